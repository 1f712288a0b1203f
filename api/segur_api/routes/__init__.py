"""The addresses, one noun a module; each brings its `router`."""
