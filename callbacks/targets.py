"""The registry of targets: the page, what its controls change in the address, a target opened; a document's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, no_update
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.refusals import Invalid, Refusal
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.changing import what_may_change
from data.targets.document_page import get_document_page, list_all_documents
from data.targets.documents import list_documents
from data.targets.listing import owner_name
from data.targets.panel import get_target_panel
from data.targets.query import KINDS, YES, TargetQuery
from data.targets.registry import Entry, Registry, get_registry
from data.wording import _
from data.wording.targets import plan_kind_name
from data.wording.units import capitalised
from layouts.components.controls import Choice, Control
from layouts.ids.targets import TargetsId
from layouts.targets.document import document_page, documents_page
from layouts.targets.page import page, refused
from layouts.targets.panel import target_panel

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOTHING = TargetQuery()
_CONTROLS = (
    TargetsId.UNIT,
    TargetsId.YEAR,
    TargetsId.PROGRAMME,
    TargetsId.DEFINITION,
    TargetsId.KIND,
    TargetsId.CONTRADICTIONS,
)
# What stands in the lists for leaving a word out of the address: the browser takes an empty value for none chosen.
ALL = "all"


def bind_all(app: Dash) -> None:
    """The controls write the address; a row asks for what stands behind its target."""
    guard.bind(
        app,
        choose,
        Output(TargetsId.ADDRESS, "search"),
        [Input(control, "value") for control in _CONTROLS],
        permission=Permission.RESULT_COMPARE,
    )
    guard.bind(
        app,
        open_target,
        Output(TargetsId.PANEL, "children"),
        Input(TargetsId.GRID, "eventData"),
        permission=Permission.RESULT_COMPARE,
    )


def check(session: Session, scope: Scope, query: Mapping[str, str]) -> None:
    """Raises NotFound or Invalid for an address that names what does not exist or lies outside the reader's reach."""
    today = clock.today()
    get_registry(session, scope, TargetQuery.from_args(query), today)
    if query.get("target"):
        get_target_panel(session, scope, query["target"], today)


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/targets`: the targets that the address asks for, with one of them opened where it names one."""
    today, definitions = clock.today(), get_snapshot(session).catalogue.definitions
    try:
        registry = get_registry(session, scope, TargetQuery.from_args(query), today)
        opened = _panel(session, scope, query["target"]) if query.get("target") else []
        may_set = bool(guard.also(Permission.TARGET_SET).grants)
        words = urlencode(registry.query.to_args())
        return page(registry, definitions, controls_of(registry), words, opened, may_set=may_set)
    except Refusal as refusal:
        registry = get_registry(session, scope, NOTHING, today)
        return refused(str(refusal), controls_of(registry), registry.illustrative)


def view_document(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/document`: the document that the address names; without a name every document within reach."""
    today, snapshot = clock.today(), get_snapshot(session)
    key = query.get("key", "")
    if not key:
        return documents_page(list_all_documents(session, scope, today), snapshot.illustrative)
    found = get_document_page(session, scope, key, today)
    definitions = snapshot.catalogue.definitions
    return document_page(found, definitions, may_attach=found.document.key in _attachable(session))


def choose(session: Session, scope: Scope, *values: object) -> str:
    """The address with what was chosen in the lists."""
    names = ("unit", "year", "programme", "definition", "kind", "contradictions")
    args = {name: value for name, value in zip(names, values, strict=True) if isinstance(value, str) and value != ALL}
    words = urlencode(TargetQuery.from_args(args).to_args())
    return f"?{words}" if words else ""


def open_target(session: Session, scope: Scope, event: Any) -> Any:
    """What stands behind the target whose row was chosen."""
    if event is None:
        return no_update
    asked = event.get("data") if isinstance(event, Mapping) else None
    key = asked.get("target") if isinstance(asked, Mapping) else None
    if not isinstance(key, str):
        raise Invalid(_("Choose a row of the table."))
    return _panel(session, scope, key)


def controls_of(registry: Registry) -> list[Control]:
    """The lists, each with what occurs among the targets within the reader's reach."""
    query, entries = registry.query, registry.all
    units = {one.whose.unit.key: owner_name(one.whose) for one in entries}
    if registry.whose is not None:
        units.setdefault(registry.whose.unit.key, owner_name(registry.whose))
    years = {str(year): str(year) for year in sorted({one.target.year for one in entries}, reverse=True)}
    programmes = {one.key: f"{one.key} · {one.name}" for one in _programmes(entries)}
    definitions = {one.definition.key: one.definition.name for one in entries}
    occurring = {one.target.plan_kind for one in entries}
    kinds = {word: capitalised(plan_kind_name(kind.value)) for word, kind in KINDS.items() if kind in occurring}
    kind = query.kind.value.lower() if query.kind else None
    year = str(query.year) if query.year is not None else None
    return [
        _control(TargetsId.UNIT, _("Unit"), query.unit, units),
        _control(TargetsId.YEAR, _("Year"), year, years),
        _control(TargetsId.PROGRAMME, _("Programme"), query.programme, programmes),
        _control(TargetsId.DEFINITION, _("Indicator"), query.definition, definitions),
        _control(TargetsId.KIND, _("Kind of plan"), kind, kinds),
        _control(
            TargetsId.CONTRADICTIONS,
            _("Contradictions"),
            YES if query.contradicting else None,
            {YES: _("Only contradictions")},
        ),
    ]


def _programmes(entries: Iterable[Entry]) -> list[Any]:
    found = {one.definition.programme for one in entries if one.definition.programme is not None}
    return sorted(found, key=lambda one: one.position)


def _control(control: TargetsId, label: str, chosen: str | None, found: Mapping[str, str]) -> Control:
    """The list with everything first; what the address asks for stands in it even where nothing occurs."""
    choices = [Choice(ALL, _("All")), *(Choice(value, text) for value, text in found.items())]
    if chosen is not None and chosen not in found:
        choices.append(Choice(chosen, chosen))
    return Control(control, label, chosen or ALL, tuple(choices))


def _panel(session: Session, scope: Scope, key: str) -> list[Component]:
    panel = get_target_panel(session, scope, key, clock.today())
    changing = what_may_change(session, guard.also(Permission.TARGET_SET), panel.entry.target, clock.now())
    return target_panel(panel, get_snapshot(session).catalogue.definitions, _attachable(session), changing)


def _attachable(session: Session) -> set[str]:
    """The documents to which the reader may attach a text."""
    may = guard.also(Permission.DOCUMENT_ATTACH)
    return {one.key for one, _has in list_documents(session, may, clock.now())} if may.grants else set()
