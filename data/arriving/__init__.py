"""Whether the whole would reach its targets if each of its parts reached its own."""
