"""The page of the ways to goals of later years."""
