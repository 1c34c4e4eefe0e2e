"""The page on which the ministry changes units: what was changed, a change in three steps, and taking one back."""
