"""What the templates show: reports and tables turned into things with words, links and marks."""
