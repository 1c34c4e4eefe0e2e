"""Changes of the small nation's units, applied as the ministry's administrator."""

from datetime import date
from fractions import Fraction

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from auth.policy import Permission
from data import tables as t
from data.kinds import LineageBasis, UnitKind, UnitLevel
from data.scope import Scope
from data.seeding.check import check_catalogue
from data.units.changes.apply import Applied, apply_change
from data.units.changes.deeds import merge, split
from data.units.changes.model import Change, ChangeSet, Opening
from data.wording import Language, use_language
from tests.worlds import (
    MINISTRY_ADMIN,
    NORTH_CITY,
    NORTH_HILLS,
    NOW,
    OTHER_TOWN,
    PLACES,
    SOUTH_COAST,
    Person,
    scope_of,
)  # fmt: skip

ON = date(2026, 10, 1)
EVE = date(2026, 9, 30)
LATER = date(2026, 11, 1)


def changer(person: Person = MINISTRY_ADMIN) -> Scope:
    """The person's scope for changing units; raises Forbidden for all but the ministry's administrator."""
    return scope_of(person, Permission.UNIT_CHANGE)


def commune(ref: str = "new", name: str = "Hợp Nhất", code: str = "00077", parent: str = "merged") -> Opening:
    """A commune that opens."""
    return Opening(ref, UnitLevel.COMMUNE, UnitKind.COMMUNE, name, code, parent)


def merger() -> ChangeSet:
    """Ash and Bay become one on ON."""
    return ChangeSet(ON, (merge(["ash", "bay"], commune()),))


def division(share: Fraction = Fraction(1, 3)) -> ChangeSet:
    """Ash becomes two on ON."""
    parts = [(commune("one", "Một", "00071"), share), (commune("two", "Hai", "00072"), 1 - share)]
    return ChangeSet(ON, (split("ash", parts, LineageBasis.POPULATION),))


def applied(session: Session, *changes: Change, on: date = ON) -> Applied:
    """The changes, made by the ministry's administrator."""
    return apply_change(session, changer(), ChangeSet(on, changes), NOW)


def faults(session: Session) -> list[str]:
    """What is wrong with the catalogue, apart from what the small nation leaves out.

    It has fewer units than the law counts, and its districts ended without lineage.
    """
    session.flush()
    known = ("On ", *(PLACES[one].key for one in (NORTH_CITY, NORTH_HILLS, SOUTH_COAST, OTHER_TOWN)))
    with use_language(Language.EN):
        return [fault for fault in check_catalogue(session) if not fault.startswith(known)]


def content(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with Session(engine) as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in t.Base.metadata.sorted_tables
        }
