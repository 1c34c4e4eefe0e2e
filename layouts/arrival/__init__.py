"""Whether the whole would arrive: the page and its two tables."""
