"""Reads submissions, revisions and results as plain rows; the other modules of this package decide what they mean."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Catalogue
from data.kinds import Standing, SubmissionStatus
from data.submissions.lookup import Place
from data.submissions.model import CellId

MOST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class StoredCell:
    """A number as it is kept."""

    value: int
    note: str | None
    standing: Standing


Cells = dict[CellId, StoredCell]


def find_submission(session: Session, place: Place, *, lock: bool = False) -> t.Submission | None:
    """The submission of that unit, form and period; locked until the transaction ends where something will change."""
    s = t.Submission
    query = select(s).where(s.unit_id == place.unit.id, s.form_id == place.form.id, s.period == place.period.code)
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalar(query)


def list_revisions(session: Session, submission_id: int) -> list[t.Revision]:
    """Every revision of a submission, the first one first, as the database has it now."""
    query = select(t.Revision).where(t.Revision.submission_id == submission_id).order_by(t.Revision.number)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def load_cells(session: Session, catalogue: Catalogue, revision_ids: Collection[int]) -> dict[int, Cells]:
    """The cells of some revisions, in one query."""
    found: dict[int, Cells] = {revision_id: {} for revision_id in revision_ids}
    r = t.Result
    columns = (r.revision_id, r.element_id, r.period, r.value, r.note, r.standing)
    rows = session.execute(select(*columns).where(r.revision_id.in_(revision_ids)))
    for revision_id, element_id, period, value, note, standing in rows:
        cell = CellId(catalogue.elements[element_id].key, period)
        found[revision_id][cell] = StoredCell(value, note, standing)
    return found


def load_other_periods(
    session: Session, catalogue: Catalogue, unit_id: int, form_id: int, codes: Collection[str]
) -> dict[CellId, int]:
    """The unit's own numbers of other periods, from reports that are sent or approved.

    Of several, the one in force goes before one that waits, and the same form before another.
    """
    if not codes:
        return {}
    r, v, s = t.Result, t.Revision, t.Submission
    rows = session.execute(
        select(r.element_id, r.period, r.value, v.in_force, s.form_id)
        .join(v, v.id == r.revision_id)
        .join(s, s.id == v.submission_id)
        .where(s.unit_id == unit_id, r.period.in_(codes))
        .where(or_(v.in_force, v.status == SubmissionStatus.SUBMITTED))
    ).all()
    found: dict[CellId, int] = {}
    for row in sorted(rows, key=lambda row: (row.in_force, row.form_id == form_id)):
        found[CellId(catalogue.elements[row.element_id].key, row.period)] = row.value
    return found


def load_editors(session: Session, revision_ids: Collection[int]) -> dict[int, set[int]]:
    """Who edited each revision."""
    found: dict[int, set[int]] = defaultdict(set)
    e = t.RevisionEditor
    for revision_id, account_id in session.execute(
        select(e.revision_id, e.account_id).where(e.revision_id.in_(revision_ids))
    ):
        found[revision_id].add(account_id)
    return found


def load_names(session: Session, account_ids: Iterable[int | None]) -> dict[int | None, str]:
    """What the accounts are called, in one query; None is nobody and has no name."""
    wanted = {one for one in account_ids if one is not None}
    if not wanted:
        return {}
    rows = session.execute(select(t.Account.id, t.Account.display_name).where(t.Account.id.in_(wanted)))
    return {account_id: name for account_id, name in rows}  # noqa: C416  (dict() of rows loses their types)
