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


def target_address(key: str, unit: str = "") -> str:
    """Where a target is opened with the chain that it stands in; with a unit beside all that is set for that one."""
    return f"/targets?{urlencode({'unit': unit, 'target': key} if unit else {'target': key})}"


def paths_address(unit_key: str, definition_key: str = "") -> str:
    """Where a unit's ways to goals of later years are; with a definition the one way alone."""
    asked = {"unit": unit_key, "definition": definition_key} if definition_key else {"unit": unit_key}
    return f"/paths?{urlencode(asked)}"


def followed_address(unit_key: str, year: int) -> str:
    """Where it stands what the units below were given, have set for themselves and have reached."""
    return f"/followed?{urlencode({'unit': unit_key, 'year': str(year)})}"


def set_target_address(**state: str) -> str:
    """Where targets are entered: for a `unit`, `definition` and `year`; or to `correct`, `withdraw`, `adjust` one."""
    return f"/set-target?{urlencode(state)}" if state else "/set-target"
