"""A unit's page, and the list from which a unit is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

from dash.development.base_component import Component

from data import clock
from data.comparisons.place import home_of, in_order
from data.numbers import format_date
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.units.naming import told_apart
from data.units.page import get_unit_page
from data.units.tree import Unit, UnitTree
from data.wording import _
from layouts.unit.listing import Listed, Listing, listing_page
from layouts.unit.page import unit_page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_FOUND = 200
LONGEST_WORDS = 60


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/unit`: the unit that the address names; else the units below the reader's own, or those found by name."""
    today, snapshot = clock.today(), get_snapshot(session)
    key = query.get("key", "")
    if key:
        return unit_page(get_unit_page(session, scope, key, today), snapshot.catalogue.definitions)
    return listing_page(list_units(snapshot, scope, query.get("q", ""), today))


def list_units(snapshot: Snapshot, scope: Scope, words: str, today: date) -> Listing:
    """The units below the reader's own; with words, every unit within reach whose name holds them."""
    tree, home = snapshot.tree, home_of(snapshot.tree, scope)
    if home is None:
        raise NotFound(_("There is no such unit within your reach."))
    words = words.strip()[:LONGEST_WORDS]
    day = home.within_life(today)
    if words:
        found = [one for one in scope.units(tree, today) if folded(words) in folded(tree.units[one].state(today).name)]
    else:
        found = list(tree.children(home.id, day))
    listed = tuple(_listed(tree, one, today, apart=bool(words)) for one in in_order(tree, found, today))
    own = _listed(tree, home.id, today)
    return Listing(own, words, listed[:MOST_FOUND], max(0, len(listed) - MOST_FOUND), snapshot.illustrative)


def folded(text: str) -> str:
    """The text in small letters without marks, so that "hai phong" finds "Hải Phòng"."""
    plain = normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")


def _listed(tree: UnitTree, unit_id: int, today: date, *, apart: bool = False) -> Listed:
    """A line of the list; `apart` where units of other days may stand beside it under the same name."""
    unit = tree.units[unit_id]
    state = unit.state(today)
    above = tree.parent(unit_id, today)
    return Listed(
        unit.key,
        told_apart(tree, unit, state.name) if apart else state.name,
        state.kind,
        unit.level,
        state.code or "",
        "" if above is None else _above(tree, tree.units[above], today, apart=apart),
        format_date(unit.closed_on) if unit.closed_on else "",
    )


def _above(tree: UnitTree, unit: Unit, today: date, *, apart: bool) -> str:
    name = unit.state(today).name
    return told_apart(tree, unit, name) if apart else name
