"""Ségur Graph: who signs what in French health democracy, and where users' seats are missing."""
