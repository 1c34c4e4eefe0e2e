"""The page on which targets are handed down."""
