"""The registry of targets, one target opened, and the page of a document."""
