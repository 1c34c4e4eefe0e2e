"""Targets that contradict each other in the world of `tests.worlds`, and the registry's pages as readers see them."""

from typing import Any

from sqlalchemy.orm import Session

from callbacks import guard, targets
from data import clock
from data.kinds import Horizon
from data.targets.query import TargetQuery
from data.targets.registry import get_registry
from tests.drawn import as_sent, parts
from tests.world_catalogue import NATIONAL_PLAN
from tests.world_rollups import comparer, put_document, put_target
from tests.worlds import NATION, NORTH, NOW, TODAY, Person, principal_of

SCREENING = "prenatal_screening"


def fill(session: Session) -> None:
    """An earlier plan of several years that the plan of 2025 contradicts, and what the nation asks for."""
    put_document(session, 403, None)
    put_target(session, 711, NORTH, SCREENING, 2025, 80, document_id=403, horizon=Horizon.MULTI_YEAR)
    put_target(session, 712, NATION, SCREENING, 2025, 50, document_id=NATIONAL_PLAN, horizon=Horizon.MULTI_YEAR)


def keys(session: Session, person: Person, **args: str) -> list[str]:
    registry = get_registry(session, comparer(person), TargetQuery.from_args(args), TODAY)
    return [one.target.key for one in registry.entries]


def drawn(session: Session, person: Person, **query: str) -> Any:
    with clock.stopped_at(NOW), guard.acting_as(principal_of(person)):
        return targets.view(session, comparer(person), query)


def document(session: Session, person: Person, key: str) -> Any:
    with clock.stopped_at(NOW), guard.acting_as(principal_of(person)):
        return targets.view_document(session, comparer(person), {"key": key})


def links(component: Any) -> set[str]:
    return {one["props"]["href"] for one in parts(as_sent(component)) if "href" in one["props"]}
