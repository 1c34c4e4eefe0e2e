"""What a draft of a change of units can be filled in with, and what it says so far."""

from __future__ import annotations

from datetime import date

from dash.development.base_component import Component

from data.kinds import UnitKind, UnitLevel
from data.numbers import format_date
from data.refusals import Invalid
from data.snapshot import Snapshot
from data.units.changes.deeds import Deed
from data.units.changes.draft import SEVERAL, Draft, read_day
from data.units.changes.model import KINDS, ORDER
from data.units.changes.names import title_on
from data.units.folding import folded
from data.units.order import vietnamese_order
from data.units.tree import UnitTree
from data.wording import _
from layouts.changes.drafting import Choice, Choices
from layouts.changes.fields import DEEDS

MOST_FOUND = 15


def documents_of(known: Snapshot) -> list[Choice]:
    """The documents that the portal knows by number, the latest first."""
    found = [one for one in known.targets.documents.values() if one.number and one.issued_on]
    found.sort(key=lambda one: (one.issued_on or date.min, one.key), reverse=True)
    return [Choice(one.key, f"{one.number} ({format_date(one.issued_on or date.min)})") for one in found]


def said_of(known: Snapshot, draft: Draft) -> list[Component | str]:
    """The first step in words: what happens, from when, by which document."""
    day = draft.on
    try:
        day = format_date(read_day(draft.on))
    except Invalid:
        day = day or _("no day yet")
    chosen = [one for one in known.targets.documents.values() if one.key == draft.document]
    by = (chosen[0].number or chosen[0].title) if chosen else draft.number or _("no document yet")
    return [" · ".join((_(DEEDS[draft.deed]), _("from {day}").format(day=day), by))]


def choices_of(tree: UnitTree, draft: Draft, words: str, on: date) -> Choices:
    """Units that stand on the day and fit the draft: those chosen, those found by name or code, and parents."""
    chosen = [unit for key in draft.units if (unit := tree.find(key)) is not None]
    if draft.deed not in SEVERAL:
        chosen = chosen[-1:]
    level = _level(tree, draft, chosen[0].level if chosen else None)
    words = words.strip()[:60]
    found = _found(tree, words, on, chosen[0].level if chosen and draft.deed in SEVERAL else None)
    ids = {unit.id for unit in chosen}
    others = [one for one in found if one not in ids]
    return Choices(
        chosen=tuple(_choice(tree, unit.id, on) for unit in chosen),
        words=words,
        found=tuple(_choice(tree, one, on) for one in others[:MOST_FOUND]),
        more=max(0, len(others) - MOST_FOUND),
        parents=tuple(_parents(tree, level, on)),
        kinds=KINDS.get(level, (UnitKind.COMMUNE,)),
        has_children=any(tree.children(unit.id, on) for unit in chosen),
    )


def _level(tree: UnitTree, draft: Draft, level: UnitLevel | None) -> UnitLevel:
    if draft.deed is Deed.OPEN and draft.level in set(UnitLevel):
        return UnitLevel(draft.level)
    return level or UnitLevel.COMMUNE


def _found(tree: UnitTree, words: str, on: date, level: UnitLevel | None) -> list[int]:
    """Standing units whose name holds the words or whose code or key they are, those of fewest letters first."""
    wanted = folded(words)
    if not wanted:
        return []
    found = []
    for unit_id in tree.subtree(tree.nation_id, on):
        unit = tree.units[unit_id]
        state = unit.state(on)
        fits = unit.level is not UnitLevel.NATION and level in (None, unit.level)
        if fits and (wanted in folded(title_on(unit, on)) or wanted in {state.code, unit.key}):
            found.append((len(state.name), vietnamese_order(state.name), unit.key, unit_id))
    return [one[-1] for one in sorted(found)]


def _choice(tree: UnitTree, unit_id: int, on: date) -> Choice:
    unit = tree.units[unit_id]
    above = [title_on(tree.units[one], on) for one in tree.ancestors(unit_id, on) if one != tree.nation_id]
    about = " · ".join(part for part in (", ".join(above), unit.state(on).code or "") if part)
    return Choice(unit.key, title_on(unit, on), about)


def _parents(tree: UnitTree, level: UnitLevel, on: date) -> list[Choice]:
    """Units of the levels above, below the nation, by name."""
    above = [one for one in ORDER[: ORDER.index(level)] if one is not UnitLevel.NATION]
    units = [tree.units[one] for wanted in above for one in tree.at_level(wanted, on)]
    units.sort(key=lambda unit: (ORDER.index(unit.level), vietnamese_order(unit.state(on).name)))
    return [Choice(unit.key, title_on(unit, on)) for unit in units]
