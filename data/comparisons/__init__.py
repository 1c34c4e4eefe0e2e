"""Comparing units: the query, the comparison that answers it, and the evidence behind each number."""
