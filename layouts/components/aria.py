"""Attributes for who does not see the page."""

from typing import Any


def aria(**said: str) -> dict[str, Any]:
    """`aria-label`, `aria-live` and their like, to be given to a component with two stars."""
    return {f"aria-{name}": text for name, text in said.items()}
