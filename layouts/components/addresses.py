"""Addresses that several pages lead to."""

from functools import lru_cache
from urllib.parse import urlencode


@lru_cache(maxsize=16384)
def unit_address(key: str) -> str:
    """Where a unit's page is."""
    return f"/unit?{urlencode({'key': key})}"
