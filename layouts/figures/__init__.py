"""Pictures as plain dictionaries over one shared layout, checked by tests and never by a request."""
