"""What the form of a target offers the reader who stands before it, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from data import clock
from data.catalogue.model import Definition
from data.comparisons.display import cited, target_text
from data.comparisons.place import in_order
from data.kinds import Horizon, PlanKind
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.considering import NEW, Considered, Paper
from data.targets.documents_entered import documents_to_cite, issuers_of
from data.targets.foretelling import foretell
from data.targets.register import TargetInfo
from data.targets.sentences import source_text
from data.targets.typed import Typed, typed_of
from data.units.naming import title_of, titles
from data.units.order import vietnamese_order
from data.wording import _
from layouts.components.facts import Fact
from layouts.set_target.fields import Options
from layouts.set_target.page import Form, live_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LONGEST_NAME = 110


def form_of(
    session: Session, scope: Scope, query: Mapping[str, str], mode: Mapping[str, str], target: TargetInfo | None
) -> Form:
    """The form as the address asks for it, or with what the target says."""
    snapshot, today = get_snapshot(session), clock.today()
    issuers = options_of_issuers(session, scope)
    issuer = issuers[0][0] if len(issuers) == 1 else ""
    paper = Paper("", issuer)
    if target is None:
        typed = _of_address(snapshot, query, today)
    else:
        unit, definition = snapshot.tree.units[target.unit_id], snapshot.catalogue.definitions[target.definition_id]
        typed = typed_of(target, unit.key, definition.key)
        paper = Paper(target.document.key, issuer)
        if "adjust" in mode:
            typed = replace(typed, kind=PlanKind.ADJUSTED.value, clause="", printed="")
            paper = Paper(NEW, issuer)
    chosen = chosen_definition(session, typed.definition)
    indicator = snapshot.catalogue.indicators[chosen.indicator_id].key if chosen else ""
    return Form(
        typed,
        paper,
        indicator,
        _units(snapshot, scope, today),
        documents_for(session, scope, typed.unit),
        issuers,
        _indicators(snapshot, today),
        definitions_of(session, indicator),
        chosen,
        snapshot.illustrative,
        mode,
        facts_about(session, target) if target else (),
    )


def facts_about(session: Session, target: TargetInfo) -> list[Fact]:
    """What the target is, and by which law."""
    snapshot = get_snapshot(session)
    definition = snapshot.catalogue.definitions[target.definition_id]
    day = date(target.year, 12, 31)
    return [
        (_("Unit"), title_of(snapshot.tree, target.unit_id, day)),
        (_("Indicator"), definition.name),
        (_("Formula"), definition.formula),
        *([(_("Denominator"), definition.denominator_words)] if definition.denominator_words else []),
        (_("Year"), str(target.year)),
        (_("Set so far"), f"{target_text(target, definition.measure)} · {source_text(target)}"),
    ]


def definitions_of(session: Session, indicator: str) -> Sequence[Definition]:
    """The definitions of an indicator that are still counted, in the catalogue's order."""
    snapshot, today = get_snapshot(session), clock.today()
    return [
        one
        for one in snapshot.catalogue.definitions.values()
        if snapshot.catalogue.indicators[one.indicator_id].key == indicator and _counted(one, today)
    ]


def chosen_definition(session: Session, key: str) -> Definition | None:
    """The definition with that key, if there is one."""
    catalogue = get_snapshot(session).catalogue
    return catalogue.definition(key) if key in catalogue.definition_ids else None


def documents_for(session: Session, scope: Scope, unit: str) -> list[tuple[str, str]]:
    """The documents that may set targets for the unit, by number and date."""
    snapshot, today = get_snapshot(session), clock.today()
    found = snapshot.tree.find(unit)
    if found is None:
        return []
    listed = documents_to_cite(snapshot, scope, found.id, today)
    return [(one.key, _short(f"{cited(one)} · {one.title}" if one.number else cited(one))) for one in listed]


def options_of_issuers(session: Session, scope: Scope) -> list[tuple[str, str]]:
    """The units in whose name the reader may enter a new document."""
    tree, today = get_snapshot(session).tree, clock.today()
    return [(one.key, title_of(tree, one.id, today)) for one in issuers_of(tree, scope, today)]


def said_of(session: Session, seen: Considered) -> list[Component]:
    """How the number will be read and judged; what it meets only once its document is known."""
    if seen.candidate is None:
        return live_of(None)
    foretold = foretell(seen.candidate, get_snapshot(session).catalogue.definitions)
    return live_of(foretold if seen.settled else replace(foretold, warnings=()))


def _of_address(snapshot: Snapshot, query: Mapping[str, str], today: date) -> Typed:
    definition = query.get("definition", "")
    return Typed(
        unit=query.get("unit", ""),
        definition=definition if definition in snapshot.catalogue.definition_ids else "",
        year=query.get("year", "")[:4] or str(today.year),
        kind=PlanKind.ASSIGNED.value,
        horizon=Horizon.YEARLY.value,
    )


def _units(snapshot: Snapshot, scope: Scope, today: date) -> Options:
    """The units for which the reader sets targets: their own first, then those below by name."""
    tree = snapshot.tree
    own = [one.id for one in issuers_of(tree, scope, today)]
    within = [one for one in scope.units(tree, today) if tree.units[one].is_open(today) and one not in own]
    ordered = (*own, *in_order(tree, within, today))
    return [(tree.units[one].key, title) for one, title in zip(ordered, titles(tree, ordered, today), strict=True)]


def _indicators(snapshot: Snapshot, today: date) -> Options:
    catalogue = snapshot.catalogue
    counted = {one.indicator_id for one in catalogue.definitions.values() if _counted(one, today)}
    found = [(catalogue.indicators[one].key, catalogue.indicators[one].name) for one in counted]
    return sorted(found, key=lambda option: (vietnamese_order(option[1]), option[0]))


def _counted(one: Definition, today: date) -> bool:
    return one.to_on is None or one.to_on.year >= today.year


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
