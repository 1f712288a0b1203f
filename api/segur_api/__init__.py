"""The HTTP service: pages, JSON, linked data. It asks the core's questions and knows no others."""
