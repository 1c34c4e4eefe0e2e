"""A commune that moved to another province: each period is read by those who stood around it when the period ended."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.evidence import get_evidence
from data.comparisons.evidence_model import Evidence
from data.comparisons.query import ComparisonQuery
from data.judging import Direction, Operator, Reason
from data.kinds import Role
from data.refusals import NotFound
from data.units.page import get_unit_page
from tests import worlds
from tests.world_rollups import cell_of, compared, comparer, put_rollup, put_target, renew
from tests.worlds import (
    ASH_OFFICER,
    DALE,
    DALE_OFFICER,
    ELM,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    OTHER_HEAD,
    TODAY,
    Person,
)  # fmt: skip

USERS = "new_modern_contraceptive_users"
ELM_OFFICER = Person(231, "elm.officer", ((Role.OFFICER, ELM),))
PAST, PRESENT = "2025Q4", "2026Q3"


@pytest.fixture
def world(session: Session) -> Session:
    """DALE goes from OTHER to MERGED on 01/07/2026."""
    worlds.build(session)
    first = session.scalars(select(t.UnitVersion).where(t.UnitVersion.unit_id == DALE)).one()
    first.to_on = date(2026, 6, 30)
    session.flush()
    session.add(t.UnitVersion(
        unit_id=DALE, from_on=date(2026, 7, 1), to_on=None, name=first.name, kind=first.kind, code=first.code,
        parent_id=MERGED, confidence=first.confidence, document_id=None,
    ))  # fmt: skip
    for period, number in (("2025Q3", 71), (PAST, 72), ("2025", 143), ("2026-9M", 74), (PRESENT, 75)):
        put_rollup(session, DALE, USERS, period, number)
    renew(session)
    return session


def opened(session: Session, person: Person, period: str, unit: str = "dale") -> Evidence:
    query = ComparisonQuery.from_args({"period": period, "level": "commune", "definitions": USERS})
    return get_evidence(session, comparer(person), query, unit, USERS, TODAY)


def years_of(session: Session, person: Person) -> dict[str, float | None]:
    """What the unit's page says of new users, by period; without those of which it says nothing."""
    page = get_unit_page(session, comparer(person), "dale", TODAY)
    place = [one.key for one in page.definitions].index(USERS)
    (line,) = page.lines
    cells = zip(page.periods, line.rows[place], strict=True)
    return {period.code: cell.value for period, cell in cells if cell is not None}


@pytest.mark.parametrize("person", [ASH_OFFICER, MERGED_HEAD])
def test_new_peers_and_the_new_province_read_nothing_of_before(world: Session, person: Person) -> None:
    put_rollup(world, DALE, USERS, "2024Q3", 70)
    found = opened(world, person, PRESENT)
    assert [(period.code, cell.value) for period, cell in found.series] == [(PRESENT, 75)]
    assert years_of(world, person) == {"2026-9M": 74}
    with pytest.raises(NotFound):
        opened(world, person, PAST)


@pytest.mark.parametrize(
    ("person", "base"), [(ASH_OFFICER, None), (MERGED_HEAD, None), (DALE_OFFICER, 143), (MINISTRY_VIEWER, 143)]
)
def test_a_change_names_a_base_to_those_alone_who_read_that_year(
    world: Session, person: Person, base: int | None
) -> None:
    put_target(world, 801, DALE, USERS, 2026, 10, operator=Operator.DELTA, direction=Direction.UP, baseline_year=2025)
    place = {"period": "2026-9M", "level": "commune", "within": "merged"}
    mark = cell_of(compared(world, person, **place), DALE, USERS).own
    assert mark is not None
    grounds = mark.judgement.grounds
    assert (grounds and grounds.base, mark.judgement.reason) == (base, None if base else Reason.NO_BASELINE)


@pytest.mark.parametrize("person", [ELM_OFFICER, OTHER_HEAD])
def test_old_peers_and_the_old_province_go_on_reading_what_was_before(world: Session, person: Person) -> None:
    assert opened(world, person, PAST).cell.value == 72
    with pytest.raises(NotFound):
        opened(world, person, PRESENT)
    with pytest.raises(NotFound):
        get_unit_page(world, comparer(person), "dale", TODAY)


@pytest.mark.parametrize("person", [DALE_OFFICER, MINISTRY_VIEWER])
def test_the_unit_itself_and_the_ministry_read_all_of_it(world: Session, person: Person) -> None:
    query = ComparisonQuery.from_args({"period": PRESENT, "level": "commune", "within": "merged"})
    found = get_evidence(world, comparer(person), query, "dale", USERS, TODAY)
    assert [cell.value for _, cell in found.series][-2:] == [71, 75]
    assert {"2025": 143, "2026-9M": 74}.items() <= years_of(world, person).items()


def test_a_small_count_is_masked_for_those_who_were_neighbours_then(world: Session) -> None:
    put_rollup(world, DALE, USERS, "2026Q1", 3)
    put_rollup(world, ELM, USERS, "2026Q1", 30)
    put_rollup(world, ELM, USERS, "2025Q4", 3)
    assert opened(world, ELM_OFFICER, "2026Q1").cell.value is None
    assert opened(world, OTHER_HEAD, "2026Q1").cell.value == 3
    # DALE and ELM are no neighbours any more, and were so then.
    assert opened(world, DALE_OFFICER, PAST, "elm").cell.value is None


def test_evidence_of_a_sum_opens_no_unit_beyond_reach(world: Session) -> None:
    for unit, number in ((worlds.MERGED, 900), (worlds.OTHER, 800)):
        put_rollup(world, unit, USERS, PRESENT, number)
    asked = {"period": PRESENT, "level": "commune", "within": "vn"}
    seen = {}
    for person in (ASH_OFFICER, MERGED_HEAD, MINISTRY_VIEWER):
        query = ComparisonQuery.from_args(asked)
        found = get_evidence(world, comparer(person), query, "vn", USERS, TODAY)
        assert found.cell.value == 1_700
        seen[person.username] = [one.numerator for one in found.ingredients]
    # A province stands beside the other one; a commune does not.
    assert seen == {"ash.officer": [], "merged.head": [900, 800], "ministry.viewer": [900, 800]}
