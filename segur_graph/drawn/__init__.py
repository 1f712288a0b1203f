"""The picture: what it shows, where it stands, how it is drawn and written to a file."""
