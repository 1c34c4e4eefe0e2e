"""Addresses that several pages lead to."""

from urllib.parse import urlencode


def unit_address(key: str) -> str:
    """Where a unit's page is."""
    return f"/unit?{urlencode({'key': key})}"
