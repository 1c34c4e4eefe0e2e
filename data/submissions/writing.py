"""The writes beneath a draft: the submission's own row, the next revision, its cells and its editors."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, literal, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.catalogue.model import Catalogue
from data.kinds import SubmissionStatus
from data.submissions.history import Deed
from data.submissions.lookup import Place
from data.submissions.model import CellId
from data.submissions.records import Cells, find_submission


def find_or_add_submission(session: Session, place: Place) -> t.Submission:
    """The submission, locked; made where there is none. Of two people who make it at once, the second finds it."""
    found = find_submission(session, place, lock=True)
    if found is not None:
        return found
    made = t.Submission(
        unit_id=place.unit.id, form_id=place.form.id, period=place.period.code, reporter_id=place.reporter.id
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        # Somebody else made it between our look and our write, and has committed: theirs is the one.
        found = find_submission(session, place, lock=True)
        if found is None:
            raise
        return found
    return made


def open_revision(
    session: Session,
    place: Place,
    submission: t.Submission,
    latest: t.Revision | None,
    account_id: int,
    now: datetime,
    *,
    illustrative: bool,
) -> t.Revision:
    """The next revision, a draft with the numbers of the one before. Whoever edited those has edited these."""
    submission.reporter_id = place.reporter.id
    revision = t.Revision(
        submission_id=submission.id,
        number=latest.number + 1 if latest else 1,
        status=SubmissionStatus.DRAFT,
        version=latest.version + 1 if latest else 1,
        illustrative=illustrative or (latest is not None and latest.illustrative),
        entered_for=place.entered_for,
        edited_at=now,
        edited_by_id=account_id,
        in_force=False,
    )
    session.add(revision)
    session.flush()
    if latest is not None:
        _copy(session, latest.id, revision.id)
    add_editor(session, revision.id, account_id)
    audit.record(session, account_id, Deed.OPEN, now, unit_id=place.unit.id, revision_id=revision.id)
    if place.entered_for:
        audit.record(session, account_id, Deed.ENTER_FOR, now, unit_id=place.unit.id, revision_id=revision.id)
    session.flush()
    return revision


def _copy(session: Session, old_id: int, new_id: int) -> None:
    r, e = t.Result, t.RevisionEditor
    cells = select(literal(new_id), r.element_id, r.period, r.standing, r.value, r.note).where(r.revision_id == old_id)
    session.execute(insert(r).from_select(["revision_id", "element_id", "period", "standing", "value", "note"], cells))
    editors = select(literal(new_id), e.account_id).where(e.revision_id == old_id)
    session.execute(insert(e).from_select(["revision_id", "account_id"], editors))


def add_editor(session: Session, revision_id: int, account_id: int) -> None:
    """Notes that the account edited the revision, once."""
    e = t.RevisionEditor
    known = select(e.account_id).where(e.revision_id == revision_id, e.account_id == account_id)
    if session.scalar(known) is None:
        session.execute(insert(e).values(revision_id=revision_id, account_id=account_id))


def replace_cells(
    session: Session, catalogue: Catalogue, revision_id: int, changes: Iterable[CellId], wanted: Cells
) -> None:
    """Writes the cells that changed, and nothing else."""
    r = t.Result
    keys = {cell: (catalogue.element(cell.element).id, cell.window) for cell in changes}
    if not keys:
        return
    place = tuple_(r.element_id, r.period)
    session.execute(delete(r).where(r.revision_id == revision_id, place.in_(list(keys.values()))))
    rows = [
        {"revision_id": revision_id, "element_id": element_id, "period": window, "standing": wanted[cell].standing,
         "value": wanted[cell].value, "note": wanted[cell].note}
        for cell, (element_id, window) in keys.items()
        if cell in wanted
    ]  # fmt: skip
    if rows:
        # Written nulls keep it one statement: left out, every note beside a cell without one would split it.
        session.execute(insert(r), rows, execution_options={"render_nulls": True})
