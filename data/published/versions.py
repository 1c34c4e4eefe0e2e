"""Everything that was ever published of one unit or region, definition and period, with who entered or corrected it."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.published import entry_places, trust
from data.published.kept import KeptValue, get_value, values_of
from data.scope import Scope
from data.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ValueDeed:
    """One line of the trail: when, by whom, and why where a reason was given. `made` is the id of the value that the
    deed put there or took back; of a correction the new one.
    """

    action: str
    made: int
    at: datetime
    account: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ValueVersion:
    """One value as it was entered. `deeds` are empty for one that came with the portal's reference facts.

    `first`: of those that stand for the same unit, indicator and period, it is the one that is trusted most.
    """

    value: KeptValue
    deeds: tuple[ValueDeed, ...]
    first: bool


def list_value_versions(session: Session, scope: Scope, snapshot: Snapshot, value_id: int) -> list[ValueVersion]:
    """The values beside the one with that id and itself, in the order in which they were entered; in three queries.

    Raises NotFound for an id that is not there, or out of reach.
    """
    asked, p = get_value(session, scope, snapshot, value_id), t.PublishedResult
    where = [p.definition_id == asked.definition.id, p.period == asked.period]
    where.append(p.unit_id == asked.unit.id if asked.unit else p.group_id == (asked.group.id if asked.group else None))
    values = values_of(snapshot, session.scalars(select(p).where(*where).order_by(p.id)))
    unit_id = snapshot.tree.nation_id if asked.unit is None else asked.unit.id
    deeds = _deeds(session, unit_id, {value.id for value in values})
    standing = [value for value in values if value.withdrawn_at is None]
    places = entry_places((value.id, value.corrects_id) for value in values)
    first = min(standing, key=lambda one: (trust(one.preliminary, one.confidence), places[one.id]), default=None)
    return [ValueVersion(value, tuple(deeds.get(value.id, ())), value is first) for value in values]


def _deeds(session: Session, unit_id: int, ids: set[int]) -> dict[int, list[ValueDeed]]:
    line = t.AuditLine
    query = (
        select(line.action, line.at, line.reason, line.detail, t.Account.display_name)
        .outerjoin(t.Account, t.Account.id == line.account_id)
        .where(line.unit_id == unit_id, line.action.startswith("published.", autoescape=True))
        .order_by(line.id)
    )
    found: dict[int, list[ValueDeed]] = {}
    for action, at, reason, detail, name in session.execute(query):
        told = json.loads(detail or "{}")
        for value_id in {told.get("published"), told.get("corrects")} & ids:
            found.setdefault(value_id, []).append(ValueDeed(action, told.get("published"), at, name, reason))
    return found
