"""Reads what is in force, and the children's lines added up by the database."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import Standing
from data.rollups.lines import FINALITY, Approved, ChildSum, ChildSums

# (unit, period) → the revisions in force that say something of it.
ApprovedByPlace = dict[tuple[int, str], list[Approved]]


def load_approved(session: Session, *wanted: ColumnElement[bool]) -> ApprovedByPlace:
    """The results in force of the submissions that meet the conditions, in one query."""
    r, v, s = t.Result, t.Revision, t.Submission
    rows = session.execute(
        select(
            s.unit_id, r.period, v.id, s.form_id, s.period, v.illustrative, func.coalesce(v.decided_at, v.edited_at),
            r.element_id, r.value, r.standing,
        )
        .select_from(s)
        .join(v, v.submission_id == s.id)
        .join(r, r.revision_id == v.id)
        .where(v.in_force, *wanted)
    )  # fmt: skip
    found: ApprovedByPlace = defaultdict(list)
    values: dict[tuple[int, str], dict[int, tuple[int, Standing]]] = {}
    for unit_id, period, revision_id, form_id, own, illustrative, approved_at, element_id, value, standing in rows:
        cells = values.get((revision_id, period))
        if cells is None:
            cells = values[revision_id, period] = {}
            found[unit_id, period].append(Approved(form_id, own == period, illustrative, approved_at, cells))
        cells[element_id] = (value, standing)
    return found


def load_child_sums(session: Session, period: str, children: Collection[int]) -> ChildSums:
    """The lines of the children for the period, added up by definition and level, in one query."""
    if not children:
        return {}
    r = t.Rollup
    rank = case({standing: place for place, standing in enumerate(FINALITY)}, value=r.standing)
    rows = session.execute(
        select(
            r.definition_id, r.level, func.count(), func.sum(r.numerator), func.sum(r.denominator), func.sum(r.counted),
            func.sum(r.expected), func.min(rank), func.max(case((r.illustrative, 1), else_=0)), func.max(r.approved_at),
        )
        .where(r.period == period, r.unit_id.in_(children))
        .group_by(r.definition_id, r.level)
    )  # fmt: skip
    sums: ChildSums = defaultdict(dict)
    for definition_id, level, number, above, below, counted, expected, finality, illustrative, approved_at in rows:
        sums[definition_id][level] = ChildSum(
            number, int(above), None if below is None else int(below), int(counted), int(expected), FINALITY[finality],
            bool(illustrative), approved_at,
        )  # fmt: skip
    return sums
