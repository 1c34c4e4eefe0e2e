"""Targets and the documents they come from."""
