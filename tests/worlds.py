"""A small nation, made by hand, for tests of what data does.

Two provinces, NORTH and SOUTH, merge into MERGED on 01/07/2025, the day on which the districts end; OTHER stands
throughout. Communes report since that day. `build(session)` inserts everything into a migrated, empty database;
`tests.world_reports` puts submissions into it, `scope_of` asks the real policy what an account may do.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from auth.policy import Permission, scope_for
from auth.principal import HeldRole, Principal
from data import tables as t
from data.kinds import Confidence, LineageBasis, Role, SubmissionStatus, UnitKind, UnitLevel
from data.scope import Scope
from data.snapshot import VERSION
from tests.world_catalogue import DOCUMENTS, FORM_DUE_DAYS, TARGETS, catalogue_rows

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LONG_AGO = date(2000, 1, 1)
LAST_OLD_DAY = date(2025, 6, 30)
MERGER = date(2025, 7, 1)

# Ids start above 100 so that rows which a test adds itself, numbered from 1, never meet them.
NATION = 101
NORTH, SOUTH, MERGED, OTHER = 111, 112, 113, 114
NORTH_CITY, NORTH_HILLS, SOUTH_COAST, OTHER_TOWN = 121, 122, 123, 124  # districts until 30/06/2025
ASH, BAY, CEDAR = 131, 132, 133  # communes of MERGED
DALE, ELM = 134, 135  # communes of OTHER


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the world, with one state for all its life."""

    id: int
    key: str
    name: str
    level: UnitLevel
    kind: UnitKind
    parent: int | None
    opened_on: date = LONG_AGO
    closed_on: date | None = None


def _province(unit_id: int, key: str, name: str, opened_on: date = LONG_AGO, closed_on: date | None = None) -> Place:
    return Place(unit_id, key, name, UnitLevel.PROVINCE, UnitKind.PROVINCE, NATION, opened_on, closed_on)


def _district(unit_id: int, key: str, name: str, parent: int) -> Place:
    return Place(
        unit_id, key, name, UnitLevel.DISTRICT, UnitKind.RURAL_DISTRICT, parent, LONG_AGO, LAST_OLD_DAY
    )


def _commune(unit_id: int, key: str, name: str, parent: int) -> Place:
    return Place(unit_id, key, name, UnitLevel.COMMUNE, UnitKind.COMMUNE, parent, MERGER)


PLACES: dict[int, Place] = {
    place.id: place
    for place in (
        Place(NATION, "vn", "Việt Nam", UnitLevel.NATION, UnitKind.NATION, None),
        _province(NORTH, "north", "Sông Bắc", closed_on=LAST_OLD_DAY),
        _province(SOUTH, "south", "Sông Nam", closed_on=LAST_OLD_DAY),
        _province(MERGED, "merged", "Sông Bắc", opened_on=MERGER),
        _province(OTHER, "other", "Núi Xanh"),
        _district(NORTH_CITY, "north-city", "Phố Bắc", NORTH),
        _district(NORTH_HILLS, "north-hills", "Đồi Bắc", NORTH),
        _district(SOUTH_COAST, "south-coast", "Bờ Nam", SOUTH),
        _district(OTHER_TOWN, "other-town", "Thị Xanh", OTHER),
        _commune(ASH, "ash", "An Bình", MERGED),
        _commune(BAY, "bay", "Bình Minh", MERGED),
        _commune(CEDAR, "cedar", "Cẩm Sơn", MERGED),
        _commune(DALE, "dale", "Đại Đồng", OTHER),
        _commune(ELM, "elm", "Yên Lập", OTHER),
    )
}


@dataclass(frozen=True, slots=True)
class Person:
    """An account and the roles that it holds at units."""

    id: int
    username: str
    roles: tuple[tuple[Role, int], ...]


MINISTRY_REVIEWER = Person(201, "ministry.reviewer", ((Role.REVIEWER, NATION),))
MINISTRY_VIEWER = Person(202, "ministry.viewer", ((Role.VIEWER, NATION),))
MINISTRY_ADMIN = Person(203, "ministry.admin", ((Role.ADMINISTRATOR, NATION),))
MINISTRY_OFFICER = Person(204, "ministry.officer", ((Role.OFFICER, NATION), (Role.REVIEWER, NATION)))
MERGED_HEAD = Person(211, "merged.head", ((Role.OFFICER, MERGED), (Role.REVIEWER, MERGED)))
MERGED_DEPUTY = Person(212, "merged.deputy", ((Role.OFFICER, MERGED), (Role.REVIEWER, MERGED)))
MERGED_LEADER = Person(213, "merged.leader", ((Role.VIEWER, MERGED),))
OTHER_HEAD = Person(214, "other.head", ((Role.OFFICER, OTHER), (Role.REVIEWER, OTHER)))
SOUTH_HEAD = Person(215, "south.head", ((Role.OFFICER, SOUTH), (Role.REVIEWER, SOUTH)))  # of a closed unit
CITY_HEAD = Person(216, "city.head", ((Role.OFFICER, NORTH_CITY), (Role.REVIEWER, NORTH_CITY)))  # of a closed unit
ASH_OFFICER = Person(221, "ash.officer", ((Role.OFFICER, ASH),))
ASH_COLLEAGUE = Person(222, "ash.colleague", ((Role.OFFICER, ASH),))
BAY_OFFICER = Person(223, "bay.officer", ((Role.OFFICER, BAY),))
CEDAR_OFFICER = Person(224, "cedar.officer", ((Role.OFFICER, CEDAR),))
DALE_OFFICER = Person(225, "dale.officer", ((Role.OFFICER, DALE),))

PEOPLE = (
    MINISTRY_REVIEWER, MINISTRY_VIEWER, MINISTRY_ADMIN, MINISTRY_OFFICER, MERGED_HEAD, MERGED_DEPUTY, MERGED_LEADER,
    OTHER_HEAD, SOUTH_HEAD, CITY_HEAD, ASH_OFFICER, ASH_COLLEAGUE, BAY_OFFICER, CEDAR_OFFICER, DALE_OFFICER,
)  # fmt: skip


def principal_of(person: Person) -> Principal:
    """The person as the policy sees them."""
    roles = tuple(HeldRole(role, unit, PLACES[unit].level, LONG_AGO, None) for role, unit in person.roles)
    return Principal(person.id, person.username, person.username.title(), "vi", roles)


def scope_of(person: Person, permission: Permission, on: date = TODAY) -> Scope:
    """What the policy opens to the person; raises Forbidden where it opens nothing."""
    return scope_for(principal_of(person), permission, on)


def writer(person: Person) -> Scope:
    """The person's scope for writing and sending submissions."""
    return scope_of(person, Permission.SUBMISSION_WRITE)


def reviewer(person: Person) -> Scope:
    """The person's scope for reviewing submissions."""
    return scope_of(person, Permission.SUBMISSION_REVIEW)


def reader(person: Person) -> Scope:
    """The person's scope for reading results from SUBMITTED on."""
    return scope_of(person, Permission.RESULT_READ)


def build(session: Session) -> None:
    """Inserts the whole world."""
    allowed = (
        (SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED),
        (SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED),
        (SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED),
    )
    _put(session, t.StatusTransition, [{"from_status": a, "to_status": b} for a, b in allowed])
    _put(session, t.Fact, [{"name": VERSION, "value": "a small world"}])
    _build_units(session)
    _build_people(session)
    _put(session, t.Document, DOCUMENTS)
    for table, rows in catalogue_rows():
        _put(session, table, rows)
    _put(session, t.FormDueDay, FORM_DUE_DAYS)
    _put(session, t.Target, TARGETS)


def _put(session: Session, table: type[t.Base], rows: list[dict[str, Any]]) -> None:
    session.execute(insert(table), rows)


def _build_units(session: Session) -> None:
    places = PLACES.values()
    _put(session, t.AdminUnit, [
        {"id": p.id, "key": p.key, "level": p.level, "opened_on": p.opened_on, "opening_known": p.opened_on == MERGER,
         "closed_on": p.closed_on}
        for p in places
    ])  # fmt: skip
    _put(session, t.UnitVersion, [
        {"unit_id": p.id, "from_on": p.opened_on, "to_on": p.closed_on, "name": p.name, "kind": p.kind,
         "code": f"{p.id:05}" if p.level is UnitLevel.COMMUNE else str(p.id), "parent_id": p.parent,
         "confidence": Confidence.HIGH, "document_id": None}
        for p in places
    ])  # fmt: skip
    _put(session, t.UnitClosure, [
        {"ancestor_id": above.id, "descendant_id": p.id, "from_on": max(p.opened_on, above.opened_on),
         "to_on": p.closed_on, "depth": depth}
        for p in places
        for depth, above in enumerate(_line(p))
    ])  # fmt: skip
    _put(session, t.UnitLineage, [
        {"predecessor_id": old, "successor_id": MERGED, "on": MERGER, "share_numerator": 1, "share_denominator": 1,
         "basis": LineageBasis.WHOLE, "document_id": None}
        for old in (NORTH, SOUTH)
    ])  # fmt: skip
    _put(session, t.UnitLineageClosure, [
        {"predecessor_id": old, "descendant_id": MERGED, "on": MERGER, "share": Fraction(1),
         "basis": LineageBasis.WHOLE}
        for old in (NORTH, SOUTH)
    ])  # fmt: skip


def _line(place: Place) -> list[Place]:
    """The unit, its parent, and so on up to the nation."""
    return [place] if place.parent is None else [place, *_line(PLACES[place.parent])]


def _build_people(session: Session) -> None:
    _put(session, t.Account, [
        {"id": p.id, "username": p.username, "display_name": p.username.title(), "password_hash": "-",
         "session_stamp": "-", "language": "vi", "created_at": NOW, "closed_at": None}
        for p in PEOPLE
    ])  # fmt: skip
    _put(session, t.AccountRole, [
        {"account_id": p.id, "unit_id": unit, "role": role, "from_on": LONG_AGO, "to_on": None}
        for p in PEOPLE
        for role, unit in p.roles
    ])  # fmt: skip
