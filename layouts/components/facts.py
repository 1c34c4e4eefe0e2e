"""Facts by name, as a description list."""

from collections.abc import Iterable
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

# What it is, and what is said of it.
Fact: TypeAlias = tuple[str, str | Component]


def facts(rows: Iterable[Fact]) -> Component:
    """One line for each fact: its name at the left, its value at the right."""
    return html.Dl([part for name, value in rows for part in (html.Dt(name), html.Dd(value))])
