"""Addresses that several pages lead to."""

from functools import lru_cache
from urllib.parse import urlencode


@lru_cache(maxsize=16384)
def unit_address(key: str) -> str:
    """Where a unit's page is."""
    return f"/unit?{urlencode({'key': key})}"


def document_address(key: str) -> str:
    """Where a document's page is."""
    return f"/document?{urlencode({'key': key})}"


def target_address(key: str) -> str:
    """Where a target is opened with the chain that it stands in."""
    return f"/targets?{urlencode({'target': key})}"


def set_target_address(**state: str) -> str:
    """Where targets are entered: for a `unit`, `definition` and `year`; or to `correct`, `withdraw`, `adjust` one."""
    return f"/set-target?{urlencode(state)}" if state else "/set-target"
