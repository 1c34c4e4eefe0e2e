"""After an approval: the unit's lines, and those of its district and province, in the transaction of the approval."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import RollupSource, UnitLevel
from data.periods import Period
from data.rollups.lines import Lines, children_lines, own_lines, required_levels
from data.rollups.reading import load_approved, load_child_sums
from data.snapshot import Snapshot, get_snapshot
from data.units.tree import UnitTree

# Written nulls keep a batch one statement: left out, every count without a denominator would split it.
ONE_STATEMENT = {"render_nulls": True}


def replace_rollups(session: Session, revision_id: int) -> None:
    """Brings the roll-ups in line with the revision that has just come into force, or is no longer.

    Recomputes, for every window that any revision of its submission ever held, the unit's own lines and then those of
    its ancestors up to the province, in a fixed number of statements. Two approvals beneath one province take turns.
    """
    known = get_snapshot(session)
    submission = session.scalar(select(t.Submission).join(t.Revision).where(t.Revision.id == revision_id))
    if submission is None:
        raise ValueError("there is no such revision")
    unit_id = submission.unit_id
    r, v = t.Result, t.Revision
    held = select(r.period).join(v, v.id == r.revision_id).where(v.submission_id == submission.id).distinct()
    periods = [Period.parse(code) for code in session.scalars(held)]
    lines_of = {period: stored_ancestors(known.tree, unit_id, period) for period in periods}
    _take_turns(session, {unit_id, *(one for line in lines_of.values() for one in line)})
    codes = [period.code for period in periods]
    approved = load_approved(session, t.Submission.unit_id == unit_id, r.period.in_(codes))
    for period in periods:
        own = own_lines(known.catalogue, approved.get((unit_id, period.code), ()))
        _replace_unit(session, known, unit_id, period, own)
        for ancestor in lines_of[period]:
            _replace_sums(session, known, ancestor, period)


def replace_sums(session: Session, unit_ids: Collection[int], since: date) -> None:
    """Adds up the children of these units again, in every period that ends on the day or later: other units hang there.

    Nothing that a unit reported itself changes by it.
    """
    known = get_snapshot(session)
    lowest_first = [
        unit_id
        for level in (UnitLevel.DISTRICT, UnitLevel.PROVINCE)
        for unit_id in sorted(unit_ids)
        if unit_id in known.tree.units and known.tree.units[unit_id].level is level
    ]
    if not lowest_first:
        return
    periods = [Period.parse(code) for code in session.scalars(select(t.Rollup.period).distinct())]
    _take_turns(session, set(lowest_first))
    for period in periods:
        if period.last_day >= since:
            for unit_id in lowest_first:
                _replace_sums(session, known, unit_id, period)


def stored_ancestors(tree: UnitTree, unit_id: int, period: Period) -> tuple[int, ...]:
    """Its district and province on the period's last day, lowest first; none where the unit had closed before."""
    if not tree.units[unit_id].is_open(period.last_day):
        return ()
    above = tree.ancestors(unit_id, period.last_day)
    return tuple(one for one in above if tree.units[one].level is not UnitLevel.NATION)


def rollup_rows(tree: UnitTree, unit_id: int, period: str, lines: Lines) -> list[dict[str, object]]:
    """Lines as rows of the table."""
    level = tree.units[unit_id].level
    return [
        {"period": period, "level": level, "unit_id": unit_id, "definition_id": definition_id,
         "numerator": line.numerator, "denominator": line.denominator, "counted": line.counted,
         "expected": line.expected, "source": line.source, "standing": line.standing,
         "illustrative": line.illustrative, "approved_at": line.approved_at}
        for definition_id, line in lines.items()
    ]  # fmt: skip


def count_levels(tree: UnitTree, unit_ids: tuple[int, ...]) -> Mapping[UnitLevel, int]:
    """How many of the units are of each level."""
    return Counter(tree.units[one].level for one in unit_ids)


def _take_turns(session: Session, unit_ids: set[int]) -> None:
    # Each of two sums would miss the other's new child. The rows are locked in the order of their ids, so that nobody
    # waits for one who waits, and not against foreign keys: this transaction and the other have both referred to them.
    a = t.AdminUnit
    session.execute(select(a.id).where(a.id.in_(unit_ids)).order_by(a.id).with_for_update(key_share=True)).all()


def _replace_unit(session: Session, known: Snapshot, unit_id: int, period: Period, own: Lines) -> None:
    r = t.Rollup
    session.execute(delete(r).where(r.period == period.code, r.unit_id == unit_id))
    _insert(session, known, unit_id, period, {**_sums_of(session, known, unit_id, period), **own})


def _replace_sums(session: Session, known: Snapshot, unit_id: int, period: Period) -> None:
    r = t.Rollup
    here = (r.period == period.code, r.unit_id == unit_id)
    own = set(session.scalars(select(r.definition_id).where(*here, r.source == RollupSource.OWN)))
    session.execute(delete(r).where(*here, r.source == RollupSource.CHILDREN))
    sums = _sums_of(session, known, unit_id, period)
    _insert(session, known, unit_id, period, {key: line for key, line in sums.items() if key not in own})


def _sums_of(session: Session, known: Snapshot, unit_id: int, period: Period) -> Lines:
    children = known.tree.children(unit_id, period.last_day)
    sums = load_child_sums(session, period.code, children)
    required = required_levels(known.catalogue, period.frequency)
    return children_lines(sums, count_levels(known.tree, children), required)


def _insert(session: Session, known: Snapshot, unit_id: int, period: Period, lines: Lines) -> None:
    if lines:
        rows = rollup_rows(known.tree, unit_id, period.code, lines)
        session.execute(insert(t.Rollup), rows, execution_options=ONE_STATEMENT)
