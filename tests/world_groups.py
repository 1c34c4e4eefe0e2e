"""Groups in the small nation of `tests.worlds`: a reference one, and the deeds of those who keep others."""

from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from auth.policy import Permission
from data import tables as t
from data.kinds import GroupKind
from data.scope import Scope
from data.units.keeping import Names, create_group
from tests.world_rollups import renew
from tests.worlds import NOW, Person, scope_of

NEW_YEAR = date(2026, 1, 1)


def keeper(person: Person) -> Scope:
    """The person's scope for keeping groups."""
    return scope_of(person, Permission.GROUP_KEEP)


def make(
    session: Session, person: Person, name: str, *units: str, at: str = "merged", from_on: date = NEW_YEAR
) -> str:
    """A group of these units, made by the person for their unit; its key."""
    key = create_group(session, keeper(person), at, Names(name, ""), units, "", from_on, NOW)
    session.info.pop("snapshot", None)
    return key


def dates(session: Session, key: str) -> dict[str, list[tuple[date, date | None]]]:
    """The days of every membership of the group, by unit."""
    found: dict[str, list[tuple[date, date | None]]] = {}
    for row in session.execute(
        select(t.AdminUnit.key, t.UnitGroupMember.from_on, t.UnitGroupMember.to_on)
        .join(t.AdminUnit, t.AdminUnit.id == t.UnitGroupMember.unit_id)
        .join(t.UnitGroup, t.UnitGroup.id == t.UnitGroupMember.group_id)
        .where(t.UnitGroup.key == key)
        .order_by(t.UnitGroupMember.from_on)
    ):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


def put_group(
    session: Session, group_id: int, key: str, kind: GroupKind, *members: tuple[int, date, date | None]
) -> None:
    """A reference group with its dated members."""
    session.execute(insert(t.UnitGroup), [{
        "id": group_id, "key": key, "kind": kind, "name_vi": key.title(), "name_en": key.title(), "from_on": None,
        "to_on": None, "document_id": None, "keeper_id": None,
    }])  # fmt: skip
    session.execute(
        insert(t.UnitGroupMember),
        [
            {"group_id": group_id, "unit_id": unit, "from_on": first, "to_on": last, "keeper_id": None}
            for unit, first, last in members
        ],
    )
    renew(session)
