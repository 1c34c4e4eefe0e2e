"""Filling in and sending a form: what the pages show, and what becomes of what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dash import ALL, Dash, Input, Output, State
from dash.dependencies import ClientsideFunction
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.answer import Answer, Drawn, Ids
from callbacks.outbox import Intent, Outbox, read_ids
from data import clock
from data.refusals import Conflict
from data.scope import Scope
from data.snapshot import get_snapshot
from data.submissions.carrying import list_leftovers
from data.submissions.drafts import save_draft
from data.submissions.due import list_due
from data.submissions.forms import get_form, get_sent_form
from data.submissions.outcomes import EditConflict, NotReady, Receipt, Saved
from data.submissions.places import has_closed
from data.submissions.reports import list_reports
from data.submissions.sending import submit
from layouts.ids.submission import SAY, SUM, SubmissionId
from layouts.submission import due, form

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def bind_all(app: Dash) -> None:
    """The script fills the outbox; what became of it is drawn on the page, and told to the script."""
    guard.bind(
        app,
        work,
        [
            Output(SubmissionId.ANSWER, "data"),
            Output(SubmissionId.STATUS, "children"),
            Output(SubmissionId.SAVED, "children"),
            Output({"type": SAY, "element": ALL}, "children"),
            Output({"type": SUM, "name": ALL}, "children"),
            Output(SubmissionId.SUMMARY, "children"),
            Output(SubmissionId.TARGETS, "children"),
            Output(SubmissionId.NOTICE, "children"),
            Output(SubmissionId.BODY, "children"),
        ],
        Input(SubmissionId.OUTBOX, "data"),
        state=[State({"type": SAY, "element": ALL}, "id"), State({"type": SUM, "name": ALL}, "id")],
        permission=Permission.SUBMISSION_WRITE,
        writes=True,
    )
    # Dash runs a callback when its page is drawn only where it has an output: this one never changes.
    for function, store in (("opened", SubmissionId.STATE), ("answered", SubmissionId.ANSWER)):
        nothing = Output(store, "id")
        code = ClientsideFunction("submission", function)
        guard.bind_client(app, code, nothing, Input(store, "data"), prevent_initial_call=False)


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/submit`: the list of what is owed and what was sent, or one form where the address names it."""
    today, known = clock.today(), get_snapshot(session)
    if "unit" in query:
        asked = (query["unit"], query.get("form", ""), query.get("period", ""))
        return form.form_page(get_form(session, scope, *asked, today), guard.principal().username, today)
    reading = guard.also(Permission.RESULT_READ)
    held = [known.tree.units[grant.unit_id] for grant in scope.grants]
    closed = max((unit.closed_on for unit in held if unit.closed_on), default=None)
    everything_closed = all(has_closed(unit, today) for unit in held)
    return due.due_page(
        list_due(session, scope, today),
        list_reports(session, reading, today),
        closed if everything_closed else None,
        known.illustrative,
        list_leftovers(session, scope, today),
    )


def read(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/form`: a form as it was sent, for those who may read results but do not fill them in; else which there are."""
    today = clock.today()
    if "unit" not in query:
        return due.reports_page(list_reports(session, scope, today), get_snapshot(session).illustrative)
    asked = (query.get("unit", ""), query.get("form", ""), query.get("period", ""))
    return form.form_page(get_sent_form(session, scope, *asked, today), guard.principal().username, today)


def work(session: Session, scope: Scope, outbox: object, says: Ids, sums: Ids) -> Drawn:
    """Saves what the page's script put into the outbox, and sends the form where that was asked.

    Everything in the outbox is the browser's word: units, forms and periods are looked up within the scope. Two
    people's cells that do not meet are both kept; where they meet, nothing is written and the reader chooses.
    """
    box = Outbox.read(outbox)
    answer = Answer(box.number, read_ids(says, "element"), read_ids(sums, "name"))
    try:
        saved, other = _save(session, scope, box)
    except EditConflict as refused:
        return answer.clash(refused, box.clashes(refused))
    except Conflict:
        if box.intent is not Intent.SEND:
            raise
        # A second click: what was sent already gives its receipt again, and anything else says why not.
        return answer.sent(_submit(session, scope, box, box.version))
    if box.intent is Intent.SEND and saved.can_send and other is None:
        try:
            return answer.sent(_submit(session, scope, box, saved.version))
        except NotReady as refused:
            saved = replace(saved, can_send=False, problems=refused.problems)
    shown = get_form(session, scope, *box.place, clock.today())
    return answer.saved(shown, saved, box, other)


def _save(session: Session, scope: Scope, box: Outbox) -> tuple[Saved, EditConflict | None]:
    """What the save did, and who else saved in the meantime in other cells. Raises EditConflict where cells meet."""
    try:
        return _write(session, scope, box, box.version), None
    except EditConflict as refused:
        if box.clashes(refused):
            raise
        return _write(session, scope, box, refused.version), refused


def _write(session: Session, scope: Scope, box: Outbox, version: int) -> Saved:
    now = clock.now()
    return save_draft(session, scope, *box.place, box.typed, box.notes, version, now, standing=box.standing)


def _submit(session: Session, scope: Scope, box: Outbox, version: int) -> Receipt:
    return submit(session, scope, *box.place, version, clock.now())
