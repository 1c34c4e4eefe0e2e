"""The page of published values."""
