"""A unit's page: what it is and was called, its family, what it was told to reach, and what it reported."""
