"""Filling in and sending a form: what the page shows, and what it does with what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, no_update
from dash.dependencies import ClientsideFunction
from dash.development.base_component import Component
from data.submissions.drafts import save_draft
from data.submissions.due import list_due
from data.submissions.sending import submit

from auth.policy import Permission
from callbacks import guard
from callbacks.outbox import Intent, Outbox
from data import clock
from data.scope import Scope
from data.snapshot import get_snapshot
from data.submissions.forms import get_form, get_sent_form
from data.submissions.model import Cell, Problem
from data.submissions.outcomes import EditConflict, NotReady, Saved
from layouts.ids.submission import SAY, SUM, SubmissionId
from layouts.submission import due, form, sheet

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Ids = Sequence[Mapping[str, str]]


def bind_all(app: Dash) -> None:
    """The script fills the outbox; the answer goes beside the cells, and its state back to the script."""
    guard.bind(
        app,
        work,
        [
            Output(SubmissionId.SAVED, "children"),
            Output(SubmissionId.STATE, "data"),
            Output({"type": SAY, "element": ALL}, "children"),
            Output({"type": SUM, "cell": ALL}, "children"),
            Output(SubmissionId.SUMMARY, "children"),
            Output(SubmissionId.CONFLICT, "children"),
            Output(SubmissionId.BODY, "children"),
        ],
        Input(SubmissionId.OUTBOX, "data"),
        state=[
            State(SubmissionId.STATE, "data"),
            State({"type": SAY, "element": ALL}, "id"),
            State({"type": SUM, "cell": ALL}, "id"),
        ],
        permission=Permission.SUBMISSION_WRITE,
        writes=True,
    )
    guard.bind_client(
        app,
        ClientsideFunction("submission", "answered"),
        Output(SubmissionId.STATE, "id"),
        Input(SubmissionId.STATE, "data"),
        prevent_initial_call=False,
    )


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/submit`: the list of what is owed, or one form where the address names it."""
    today = clock.today()
    if "unit" not in query:
        return due.due_page(list_due(session, scope, today), get_snapshot(session).illustrative)
    asked = (query["unit"], query.get("form", ""), query.get("period", ""))
    return form.form_page(get_form(session, scope, *asked, today), guard.principal().username)


def read(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/form`: a form as it was sent, for those who may read the unit's results but do not fill them in."""
    asked = (query.get("unit", ""), query.get("form", ""), query.get("period", ""))
    shown = get_sent_form(session, scope, *asked, clock.today())
    return form.form_page(shown, guard.principal().username)


def work(
    session: Session, scope: Scope, outbox: object, state: object, says: Ids, sums: Ids
) -> tuple[Any, Any, list[Any], list[Any], Any, Any, Any]:
    """Saves what the page's script put into the outbox, and sends the form where that was asked.

    Everything in the outbox is the browser's word: units, forms and periods are looked up within the scope.
    """
    box = Outbox.read(outbox)
    try:
        saved = _save(session, scope, box)
    except EditConflict as refused:
        told = {**_kept(state), "version": refused.version, "answer": "conflict", "number": box.number}
        return no_update, told, _still(says), _still(sums), no_update, form.conflict(refused), no_update
    if box.intent is Intent.SEND and saved.can_send:
        try:
            sent = submit(session, scope, *box.place, saved.version, clock.now())
        except NotReady:
            return _after_saving(session, scope, box, state, saved, says, sums)
        told = {**_kept(state), "version": sent.version, "answer": "sent", "number": box.number}
        return "", told, _still(says), _still(sums), no_update, [], form.receipt(sent)
    return _after_saving(session, scope, box, state, saved, says, sums)


def _save(session: Session, scope: Scope, box: Outbox) -> Saved:
    overwrite = box.intent is Intent.KEEP
    return save_draft(session, scope, *box.place, box.typed, box.notes, box.version, clock.now(), overwrite=overwrite)


def _after_saving(
    session: Session, scope: Scope, box: Outbox, state: object, saved: Saved, says: Ids, sums: Ids
) -> tuple[Any, Any, list[Any], list[Any], Any, Any, Any]:
    cells = get_form(session, scope, *box.place, clock.today()).cells
    told = {**_kept(state), "version": saved.version, "answer": "saved", "number": box.number}
    return (
        form.just_saved_text(saved.saved_at),
        told,
        [sheet.remarks(_of_row(saved.problems, say["element"])) for say in says],
        [_sum(cells, one["cell"]) for one in sums],
        form.still_to_do(saved.problems, saved.filled, saved.total, saved.can_send),
        [],
        no_update,
    )


def _kept(state: object) -> dict[str, Any]:
    return dict(state) if isinstance(state, Mapping) else {}


def _still(ids: Ids) -> list[Any]:
    return [no_update] * len(ids)


def _of_row(problems: Sequence[Problem], element_key: str) -> list[Problem]:
    return [problem for problem in problems if problem.cell is not None and problem.cell.element == element_key]


def _sum(cells: Mapping[Any, Cell], name: str) -> str:
    found = next((cell for cell in cells.values() if str(cell.id) == name), None)
    return sheet.number_text(found.to_date if found else None)
