"""What makes sources: those that ship, and what users bring."""
