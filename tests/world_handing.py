"""A province's communes with results of 2025, and what it takes to hand targets down to them."""

from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from auth.policy import Permission
from data.handing.asks import AT_LEAST, Asks
from data.handing.board import get_board
from data.handing.giving import NewDocument, Order, give
from data.handing.model import Board, Place
from data.handing.proposals import Proposal, Unproposed
from data.handing.query import HandingQuery
from data.kinds import PlanKind
from data.snapshot import get_snapshot
from tests import worlds
from tests.world_rollups import put_rollup
from tests.worlds import (
    ASH,
    BAY,
    CEDAR,
    MERGED_HEAD,
    NOW,
    TODAY,
    Person,
    scope_of,
)

SCREENING, USERS, RATE = "prenatal_screening", "new_modern_contraceptive_users", "natural_increase_rate"
QUERY = HandingQuery("merged", 2026, None, (SCREENING, USERS))
MINISTRYS = HandingQuery("vn", 2026, None, (SCREENING,))
ALL = ("ash", "bay", "cedar")


def setter(person: Person) -> Any:
    """The person's scope for setting targets."""
    return scope_of(person, Permission.TARGET_SET)


def board(session: Session, person: Person = MERGED_HEAD, query: HandingQuery = QUERY) -> Board:
    """The board as it is now."""
    return get_board(session, setter(person), query, TODAY)


def decision(day: int, month: int = 1) -> NewDocument:
    """A decision of 2026 that is entered with what it sets."""
    return NewDocument(f"{day}/QĐ-UBND", date(2026, month, day), "Giao chỉ tiêu năm 2026")


def order(
    session: Session, numbers: dict[Place, float], document: str | NewDocument, asks: Asks = AT_LEAST, **more: Any
) -> Order:
    """What the sheet would send: every number that stands in it."""
    return Order(QUERY, exactly(numbers), {SCREENING: asks, USERS: asks}, document, more.get("seen", seen(session)))


def exactly(numbers_: dict[Place, float]) -> dict[Place, Fraction]:
    """The numbers as they were typed."""
    return {place: Fraction(repr(number)) for place, number in numbers_.items()}


def seen(session: Session) -> dict[Place, str]:
    """The targets that a sheet drawn now would show."""
    return {place: cell.given.key for place, cell in board(session).cells.items() if cell.given is not None}


def give_all(session: Session, numbers: dict[Place, float], document: str | NewDocument, **more: Any) -> Any:
    """Gives a whole sheet in the name of the province."""
    return give(session, setter(MERGED_HEAD), order(session, numbers, document, **more), NOW)


def in_force(session: Session, unit: int = ASH, key: str = SCREENING) -> list[tuple[float | None, PlanKind]]:
    """What judges the unit in 2026, with its kind of plan."""
    snapshot = get_snapshot(session)
    found = snapshot.targets.in_force(snapshot.catalogue.definition(key).id, unit, 2026, date(2026, 12, 31))
    return [(one.low, one.plan_kind) for one in found]


def numbers(found: Proposal | Unproposed) -> dict[str, float]:
    """A proposal as plain numbers; there must be one."""
    assert isinstance(found, dict)
    return {key: float(number) for key, number in found.items()}


FIRST = {("merged", SCREENING): 70.0, ("ash", SCREENING): 60.0, ("bay", SCREENING): 90.0, ("ash", USERS): 100.0}


def build_with_results(session: Session) -> Session:
    """The small nation, whose communes have results of 2025."""
    worlds.build(session)
    counted = ((ASH, 30, 60, 90, 900), (BAY, 95, 100, 60, 600), (CEDAR, 8, 40, 30, 501))
    for unit, screened, managed, users, people in counted:
        put_rollup(session, unit, SCREENING, "2025", screened, managed)
        put_rollup(session, unit, USERS, "2025", users)
        put_rollup(session, unit, RATE, "2025", 9, people)
    return session
