"""Everything that was ever set for one definition, unit and year, with who set it, corrected it or took it back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.scope import Scope
from data.targets.register import TargetInfo, TargetRegister, info_of
from data.units.tree import UnitTree

# Beyond so many units their lines are not looked for one by one.
_FEW_UNITS = 500
# The actions of the audit trail.
ENTER, CORRECT, WITHDRAW = "target.enter", "target.correct", "target.withdraw"


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the trail: when, by whom, and why where a reason was given. `made` is the key of the target that the
    deed put there or took back; of a correction the new one.
    """

    action: str
    made: str
    at: datetime
    account: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One target as it was set. `deeds` are empty for one that came with the portal's reference facts.

    `corrects` is the key of the one that it corrects; `withdrawn_at` when it ceased to count.
    """

    target: TargetInfo
    corrects: str | None
    withdrawn_at: datetime | None
    deeds: tuple[Deed, ...]

    @property
    def entered(self) -> Deed | None:
        """The deed that put it there; None for one that came with the portal's reference facts."""
        own = (one for one in self.deeds if one.made == self.target.key and one.action != WITHDRAW)
        return next(own, None)

    @property
    def ended(self) -> Deed | None:
        """The deed that took it back or put another in its place; None while it stands."""
        ends = (one for one in self.deeds if one.action == WITHDRAW or one.made != self.target.key)
        return next(ends, None)


def list_versions(
    session: Session, register: TargetRegister, unit_id: int, definition_id: int, year: int, *, names: bool
) -> tuple[Version, ...]:
    """The versions in the order in which they were entered, in two queries. `names`: whoever asks may know names."""
    rows = session.scalars(
        select(t.Target)
        .where(t.Target.unit_id == unit_id, t.Target.definition_id == definition_id, t.Target.year == year)
        .order_by(t.Target.id)
    ).all()
    keys = {row.id: row.key for row in rows}
    deeds = _deeds(session, unit_id, set(keys.values()), names=names)
    return tuple(
        Version(
            info_of(row, register.documents),
            keys.get(row.corrects_id or 0),
            row.withdrawn_at,
            tuple(deeds.get(row.key, ())),
        )
        for row in rows
    )


def entering_deeds(
    session: Session, tree: UnitTree, scope: Scope, targets: Iterable[TargetInfo], today: date
) -> dict[int, Deed]:
    """By target the deed that put it there, in one query; none for what came with the portal's reference facts.

    `scope` is that of comparing. Names are told of units of which the reader is no mere neighbour.
    """
    found = list(targets)
    units = {one.unit_id for one in found}
    line = t.AuditLine
    query = (
        select(line.action, line.at, line.detail, t.Account.display_name)
        .outerjoin(t.Account, t.Account.id == line.account_id)
        .where(line.action.in_((ENTER, CORRECT)))
        .order_by(line.id)
    )
    if len(units) <= _FEW_UNITS:
        query = query.where(line.unit_id.in_(units))
    lines = {json.loads(detail or "{}").get("target"): (action, at, name)
             for action, at, detail, name in session.execute(query)}  # fmt: skip
    days = {one: tree.units[one].within_life(today) for one in units}
    inside = {day: scope.inside(tree, day) for day in set(days.values())}
    deeds = {}
    for target in found:
        if told := lines.get(target.key):
            action, at, name = told
            is_ours = target.unit_id in inside[days[target.unit_id]]
            deeds[target.id] = Deed(action, target.key, at, name if is_ours else None, None)
    return deeds


def _deeds(session: Session, unit_id: int, keys: set[str], *, names: bool) -> dict[str, list[Deed]]:
    line = t.AuditLine
    query = (
        select(line.action, line.at, line.reason, line.detail, t.Account.display_name)
        .outerjoin(t.Account, t.Account.id == line.account_id)
        .where(line.unit_id == unit_id, line.action.in_((ENTER, CORRECT, WITHDRAW)))
        .order_by(line.id)
    )
    found: dict[str, list[Deed]] = {}
    for action, at, reason, detail, name in session.execute(query):
        told = json.loads(detail or "{}")
        for key in {told.get("target"), told.get("corrects")} & keys:
            deed = Deed(action, told.get("target"), at, name if names else None, reason if names else None)
            found.setdefault(key, []).append(deed)
    return found
