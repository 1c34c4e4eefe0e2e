"""Looks into what was drawn: a component as it travels to the browser, its parts by id, and the words that it shows."""

import json
from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

Drawn = dict[str, Any]


def as_sent(component: Any) -> Any:
    """The component, or a list of them, as JSON carries it."""
    return json.loads(to_json_plotly(component))


def parts(drawn: Any) -> Iterator[Drawn]:
    """Every component inside, itself included, from the top."""
    if isinstance(drawn, Component):
        drawn = as_sent(drawn)
    if isinstance(drawn, list):
        for one in drawn:
            yield from parts(one)
    elif isinstance(drawn, dict) and "props" in drawn:
        yield drawn
        yield from parts(drawn["props"].get("children"))


def part(drawn: Any, wanted: str) -> Drawn:
    """The properties of the component with that id."""
    found = [one["props"] for one in parts(drawn) if one["props"].get("id") == wanted]
    assert len(found) == 1, f"{wanted} is drawn {len(found)} times"
    return dict(found[0])


def has(drawn: Any, wanted: str) -> bool:
    """Whether a component with that id is there."""
    return any(one["props"].get("id") == wanted for one in parts(drawn))


def words(drawn: Any) -> str:
    """All texts, in their order, set apart by spaces."""
    return " ".join(_texts(as_sent(drawn) if isinstance(drawn, Component) else drawn))


def _texts(drawn: Any) -> Iterator[str]:
    if isinstance(drawn, str):
        yield drawn
    elif isinstance(drawn, list):
        for one in drawn:
            yield from _texts(as_sent(one) if isinstance(one, Component) else one)
    elif isinstance(drawn, dict) and "props" in drawn:
        yield from _texts(drawn["props"].get("children"))
