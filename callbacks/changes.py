"""Changing units: a draft in the address, what it would do, and doing it; and taking a change back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.changes_choices import choices_of, documents_of, said_of
from data import clock
from data.numbers import format_date
from data.refusals import Invalid, NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.units.changes.apply import Applied, apply_change
from data.units.changes.counter import Shares, counter_change
from data.units.changes.draft import Draft, document_of, read_day, read_share
from data.units.changes.drafted import change_set_of
from data.units.changes.listing import ToUndo, get_change_to_undo, list_changes
from data.units.changes.preview import Preview, preview
from data.units.changes.undo import refuse_earlier, undo_change
from data.wording import _
from layouts.changes import fields
from layouts.changes.drafting import first_step, units_page
from layouts.changes.listing import changes_page, undo_page
from layouts.changes.previewing import done, preview_page, way_on
from layouts.ids.change import ChangeId

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# The outcome above the preview, and what stands in place of the button.
Drawn = tuple[Component, list[Component]]
# What was typed as shares: for each unit that closes again, one text for each that comes back.
Typed = Sequence[Sequence[str]]


def bind_all(app: Dash) -> None:
    """Two buttons, on two pages; each sends what its page was drawn from."""
    for handler, button in ((make, ChangeId.APPLY), (take_back, ChangeId.UNDO)):
        guard.bind(
            app,
            handler,
            [
                Output(ChangeId.OUTCOME, "children", allow_duplicate=True),
                Output(ChangeId.DECIDE, "children", allow_duplicate=True),
            ],
            Input(button, "n_clicks"),
            state=[State(ChangeId.DRAFT, "data")],
            permission=Permission.UNIT_CHANGE,
            writes=True,
            running=[(Output(button, "disabled"), True, False)],
        )


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/changes`: what was changed and the first step; the second, the third; or a change to take back."""
    if "undo" in query:
        return _undo(session, scope, query)
    draft, step = Draft.from_args(query), query.get("step", "")
    if step == "preview":
        return _preview(session, scope, draft, query)
    if step == "units":
        return _units(session, draft, query, ())
    known = get_snapshot(session)
    form = first_step(draft, documents_of(known))
    return changes_page(form, list_changes(session, scope), known.illustrative)


def _units(session: Session, draft: Draft, query: Mapping[str, str], sentences: tuple[str, ...]) -> Component:
    """The second step; back to the first step's own sentence where the day or the document cannot be read."""
    known = get_snapshot(session)
    on = clock.today()
    try:
        on = read_day(draft.on)
        document_of(draft)
    except Invalid as refusal:
        sentences = (*sentences, *([str(refusal)] if str(refusal) not in sentences else []))
    choices = choices_of(known.tree, draft, query.get("q", ""), on)
    return units_page(draft, choices, said_of(known, draft), sentences, known.illustrative)


def _preview(session: Session, scope: Scope, draft: Draft, query: Mapping[str, str]) -> Component:
    """The third step, or the second with the reasons why there is nothing to show."""
    known = get_snapshot(session)
    try:
        change_set = change_set_of(known.tree, draft)
    except Invalid as refusal:
        return _units(session, draft, query, (str(refusal),))
    found = preview(session, scope, change_set)
    if found.refusals:
        return _units(session, draft, query, found.refusals)
    args = draft.to_args()
    store = {"args": args, "seen": found.version}
    back = fields.address(**args, step="units")
    return preview_page(found, change_set.on, said_of(known, draft), back, store, known.illustrative)


def make(session: Session, scope: Scope, clicks: int | None, kept: object) -> Drawn:
    """Makes the change that the preview shows."""
    sent = _sent(kept)
    draft = Draft.from_args(_texts(sent.get("args")))
    change_set = change_set_of(get_snapshot(session).tree, draft)
    return _drawn(apply_change(session, scope, change_set, clock.now(), seen=_seen(sent)), undone=False)


def _undo(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    known, wanted = get_snapshot(session), get_change_to_undo(session, scope, _number(query["undo"]))
    typed = [
        [query.get(f"s{place}-{number}", "")[:20] for number in range(1, len(older) + 1)]
        for place, (_unit, older) in enumerate(wanted.shares, start=1)
    ]
    usual = format_date(wanted.change.on if wanted.kept is None else max(clock.today(), wanted.change.on))
    text = query.get("on", "")[:10] or usual
    try:
        if query.get("step") != "preview":
            return undo_page(wanted, text, typed, (), known.illustrative)
        on = read_day(text)
        found = _effects(session, scope, wanted, on, typed)
    except Invalid as refusal:
        return undo_page(wanted, text, typed, (str(refusal),), known.illustrative)
    if found.refusals:
        return undo_page(wanted, text, typed, found.refusals, known.illustrative)
    never = _("Recorded as never in force: everything is as it was before.")
    said = never if on == wanted.change.on else _("from {day}").format(day=format_date(on))
    store = {"id": wanted.change.id, "on": on.isoformat(), "typed": typed, "seen": found.version}
    back = fields.address(**{name: value for name, value in query.items() if name != "step"})
    return preview_page(found, on, [said], back, store, known.illustrative, undo=True)


def _effects(session: Session, scope: Scope, wanted: ToUndo, on: date, typed: Typed) -> Preview:
    """What taking back does; on the change's own day only that it is as before, where nothing keeps it in force."""
    known = get_snapshot(session)
    if on == wanted.change.on:
        return Preview(known.version, (wanted.kept,) if wanted.kept else (), known.tree)
    refuse_earlier(wanted.original, on)
    return preview(session, scope, counter_change(known.tree, wanted.original, on, _shares(wanted, typed)))


def _shares(wanted: ToUndo, typed: Typed) -> Shares:
    """The shares that were typed, by what closes and what comes back; a single one left out is the rest."""
    found: dict[tuple[str, str], Fraction] = {}
    for (unit, older), texts in zip(wanted.shares, typed, strict=False):
        written = {one.key: read_share(text) for one, text in zip(older, texts, strict=False) if text}
        missing = [one.key for one in older if one.key not in written]
        rest = Fraction(1) - sum(written.values())
        if len(missing) == 1 and rest > 0:
            written[missing[0]] = rest
        found |= {(unit.key, key): share for key, share in written.items()}
    return found


def take_back(session: Session, scope: Scope, clicks: int | None, kept: object) -> Drawn:
    """Takes the change back that the preview shows."""
    sent = _sent(kept)
    wanted = get_change_to_undo(session, scope, _number(sent.get("id")))
    on, typed = read_day(str(sent.get("on"))), sent.get("typed")
    rows = [[str(one) for one in row] for row in typed if isinstance(row, list)] if isinstance(typed, list) else []
    shares = _shares(wanted, rows) if on > wanted.change.on else {}
    applied = undo_change(session, scope, wanted.change.id, on, clock.now(), shares=shares, seen=_seen(sent))
    return _drawn(applied, undone=True)


def _drawn(applied: Applied, *, undone: bool) -> Drawn:
    return done(applied, undone=undone), [way_on()]


def _sent(kept: object) -> Mapping[str, Any]:
    if not isinstance(kept, dict):
        raise Invalid(_("This is no change of units that can be read."))
    return kept


def _texts(fields_: object) -> dict[str, str]:
    found = fields_.items() if isinstance(fields_, dict) else ()
    return {name: value for name, value in found if isinstance(name, str) and isinstance(value, str)}


def _seen(sent: Mapping[str, Any]) -> str:
    return str(sent.get("seen"))


def _number(value: object) -> int:
    text = str(value)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise NotFound(_("There is no such change of units."))
    return int(text)
