"""What a reader may do with a target that stands: correct it, take it back, or adjust it by a later document."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from data.numbers import in_vietnam
from data.refusals import Conflict, Forbidden, NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.entering import find_changeable, find_set
from data.targets.register import TargetInfo


@dataclass(frozen=True, slots=True)
class Changing:
    """`correct` stands for taking back too; `judged` says that it has judged approved results and stays as it is."""

    correct: bool = False
    adjust: bool = False
    judged: bool = False


NOTHING_TO_CHANGE = Changing()


def what_may_change(session: Session, scope: Scope, target: TargetInfo, now: datetime) -> Changing:
    """What the reader may do with the target. `scope` is that of setting targets; at most one query."""
    if not scope.grants:
        return NOTHING_TO_CHANGE
    snapshot, today = get_snapshot(session), in_vietnam(now).date()
    try:
        find_set(snapshot, scope, target.key, today)
    except NotFound:
        return NOTHING_TO_CHANGE
    unit = snapshot.tree.units[target.unit_id]
    adjust = unit.is_open(min(date(target.year, 12, 31), today)) and not target.is_by_zone
    try:
        find_changeable(session, scope, target.key, now)
    except Forbidden:
        # Who set it adjusts it; the unit itself only what it has set.
        return Changing(adjust=adjust and target.document.issuer_id in scope.units(snapshot.tree, today))
    except Conflict:
        return Changing(adjust=adjust, judged=True)
    return Changing(correct=not target.is_by_zone, adjust=adjust)
