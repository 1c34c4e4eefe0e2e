"""All roll-ups at once, from the revisions in force: after an import, and to prove that the single steps add up."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.kinds import UnitLevel
from data.periods import Period
from data.rollups.lines import Lines, add_up, children_lines, own_lines, required_levels
from data.rollups.reading import ApprovedByPlace, load_approved
from data.rollups.replacing import ONE_STATEMENT, count_levels, rollup_rows
from data.snapshot import Snapshot, get_snapshot

# Lowest first, so that a district is summed before its province asks for it.
_SUMMED = (UnitLevel.DISTRICT, UnitLevel.PROVINCE)
_ROWS_AT_ONCE = 5000


def rebuild(session: Session, now: datetime) -> int:
    """Forgets every roll-up and computes them all again; the number of rows. One year at a time is held in memory."""
    known = get_snapshot(session)
    session.flush()
    session.execute(delete(t.Rollup))
    total = 0
    for year in sorted({period[:4] for period in session.scalars(select(t.Submission.period).distinct())}):
        within = (t.Submission.period >= year, t.Submission.period < str(int(year) + 1))
        rows = list(_rows_of_year(known, load_approved(session, *within)))
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            batch = rows[start : start + _ROWS_AT_ONCE]
            session.execute(insert(t.Rollup), batch, execution_options=ONE_STATEMENT)
        total += len(rows)
    audit.record(session, None, "rollup.rebuild", now, detail={"rows": total})
    session.flush()
    return total


def _rows_of_year(known: Snapshot, approved: ApprovedByPlace) -> Iterator[dict[str, object]]:
    by_period: dict[str, dict[int, Lines]] = defaultdict(dict)
    for (unit_id, code), several in approved.items():
        by_period[code][unit_id] = own_lines(known.catalogue, several)
    for code, own in by_period.items():
        for unit_id, lines in _with_sums(known, Period.parse(code), own).items():
            yield from rollup_rows(known.tree, unit_id, code, lines)


def _with_sums(known: Snapshot, period: Period, own: dict[int, Lines]) -> dict[int, Lines]:
    tree, on = known.tree, period.last_day
    required = required_levels(known.catalogue, period.frequency)
    found = dict(own)
    for level in _SUMMED:
        for parent in tree.at_level(level, on):
            children = tree.children(parent, on)
            with_lines = [(tree.units[child].level, found[child]) for child in children if child in found]
            if with_lines:
                sums = children_lines(add_up(with_lines), count_levels(tree, children), required)
                found[parent] = {**sums, **own.get(parent, {})}
    return found
