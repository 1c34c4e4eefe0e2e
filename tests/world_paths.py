"""Ways to goals of later years in the world of `tests.worlds`, as one of its people is told them."""

from typing import Any

from sqlalchemy.orm import Session

from data.kinds import Horizon
from data.paths.model import GoalOf, Path, Paths
from data.paths.paths import get_paths
from tests.world_catalogue import NATIONAL_PLAN
from tests.world_rollups import comparer, put_rollup
from tests.worlds import MINISTRY_VIEWER, TODAY, Person

SRB, SCREENING, USERS, THIRD = "srb", "prenatal_screening", "new_modern_contraceptive_users", "third_birth_share"
FOR_LATER: dict[str, Any] = {"horizon": Horizon.MULTI_YEAR, "document_id": NATIONAL_PLAN}


def paths_of(session: Session, unit: str, person: Person = MINISTRY_VIEWER, definition: str = "") -> Paths:
    return get_paths(session, comparer(person), unit, definition, TODAY)


def path_of(session: Session, unit: str, definition: str, person: Person = MINISTRY_VIEWER) -> Path:
    found = paths_of(session, unit, person, definition).chosen
    assert found is not None
    return found


def one_goal(session: Session, unit: str, definition: str, person: Person = MINISTRY_VIEWER) -> GoalOf:
    [goal] = path_of(session, unit, definition, person).goals
    return goal


def put_years(session: Session, unit: int, definition: str, values: dict[int, tuple[int, int] | int]) -> None:
    for year, parts in values.items():
        above, below = parts if isinstance(parts, tuple) else (parts, None)
        put_rollup(session, unit, definition, str(year), above, below)


def values(found: Path) -> dict[int, float | None]:
    return {one.year: one.cell.value if one.cell else None for one in found.years}
