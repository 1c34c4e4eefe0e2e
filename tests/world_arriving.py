"""Targets and results in the world of `tests.worlds` that let a whole arrive, and what readers are shown of it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from callbacks import arrival as page
from callbacks import guard
from data import clock
from data.arriving.arrive import get_arrival
from data.arriving.model import Arrival, Line
from data.arriving.query import ArrivalQuery
from data.judging.operators import Operator
from data.kinds import Horizon
from tests.world_catalogue import NATIONAL_PLAN
from tests.world_rollups import comparer, put_rollup, put_target
from tests.worlds import ASH, BAY, CEDAR, MERGED, NOW, OTHER, TODAY, Person, principal_of

SCREENING = "prenatal_screening"
LATER: dict[str, Any] = {"document_id": NATIONAL_PLAN, "horizon": Horizon.MULTI_YEAR}


def fill(session: Session) -> None:
    """The nation asks for at most 109 by 2030; both provinces have a target, and gave birth to girls in 2025."""
    put_target(session, 801, MERGED, "srb", 2030, 108, operator=Operator.AT_MOST, **LATER)
    put_target(session, 802, OTHER, "srb", 2030, 116, operator=Operator.AT_MOST, **LATER)
    put_rollup(session, MERGED, "srb", "2025", 330_000, 300_000)
    put_rollup(session, OTHER, "srb", "2025", 120_000, 100_000)


def fill_communes(session: Session, *, of_bay: int = 3) -> None:
    """MERGED asks for 70 % screened in 2026 and its communes plan for it; few pregnancies are known in BAY."""
    put_target(session, 811, MERGED, SCREENING, 2026, 70)
    for number, (unit, low, managed) in enumerate(((ASH, 80, 400), (BAY, 60, of_bay), (CEDAR, 65, 500)), 812):
        put_target(session, number, unit, SCREENING, 2026, low)
        put_rollup(session, unit, SCREENING, "2025", managed // 2, managed)


def arrived(session: Session, person: Person, **args: str) -> Arrival:
    return get_arrival(session, comparer(person), ArrivalQuery.from_args(args), TODAY)


def line_of(session: Session, person: Person, definition: str, **args: str) -> Line:
    found = arrived(session, person, **{"definition": definition} | args)
    assert found.opened is not None
    return found.opened


def drawn(session: Session, person: Person, query: Mapping[str, str]) -> Any:
    with clock.stopped_at(NOW), guard.acting_as(principal_of(person)):
        return page.view(session, comparer(person), query)
