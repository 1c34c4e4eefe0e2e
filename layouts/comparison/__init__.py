"""The comparison's page: controls, one table, the evidence of a number, a picture on request."""
