"""The ways of a unit to goals of later years: all of them, or the one that the address names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from data import clock
from data.paths.paths import get_paths
from data.paths.query import PathsQuery
from data.scope import Scope
from layouts.paths.listing import listing_page
from layouts.paths.one import path_page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/paths`: the unit that the address names, else the reader's own; with a definition that one way alone."""
    asked = PathsQuery.from_args(query)
    found = get_paths(session, scope, asked.unit, asked.definition, clock.today())
    return listing_page(found) if found.chosen is None else path_page(found, found.chosen)
