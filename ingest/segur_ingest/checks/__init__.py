"""What is expected of the rows that are imported, and of those that the store would then hold."""
