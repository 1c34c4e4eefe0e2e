"""Who takes a comparison away, when, and how far they may see; and the audit line about it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from data import audit
from data.comparisons.model import Comparison
from data.comparisons.place import in_order
from data.scope import Scope
from data.units.tree import Unit, UnitTree
from data.wording import _
from data.wording.units import dated, unit_title

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class ExportStamp:
    """What a file says of its own making. `reach` names the units of the reader's roles and counts what they open."""

    account: str
    at: datetime
    reach: str


def reach_words(tree: UnitTree, scope: Scope, day: date) -> str:
    """How far the reader sees on that day, in a line: where the roles are held, and how many units they open."""
    held = in_order(tree, {grant.unit_id for grant in scope.grants}, day)
    names = ", ".join(_titled(tree.units[one], day) for one in held[:_MOST_NAMED])
    if len(held) > _MOST_NAMED:
        names += ", …"
    count = sum(tree.units[one].is_open(day) for one in scope.units(tree, day))
    return _("{units}; units within reach: {count}").format(units=names, count=count)


def _titled(unit: Unit, day: date) -> str:
    state = unit.state(day)
    return dated(unit_title(state.kind.value, state.name), None, unit.closed_on)


def record_export(session: Session, scope: Scope, comparison: Comparison, kind: str, now: datetime) -> None:
    """The audit line: who took which table, as which kind of file. It belongs to the transaction of the export."""
    audit.record(
        session,
        scope.account_id,
        "export",
        now,
        unit_id=comparison.within.id,
        detail={
            "kind": kind,
            "query": comparison.query.to_args(),
            "period": comparison.period.code,
            "boundaries": comparison.boundaries.isoformat(),
            "rows": len(comparison.rows),
            "columns": [column.key for column in comparison.columns],
        },
    )
