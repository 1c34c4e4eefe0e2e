"""A neighbour's page tells no more than the comparison: neither a number, nor anything worked out from one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data.comparisons.model import Cell
from data.comparisons.unit_model import Ranked, UnitLine, UnitTable
from data.comparisons.unit_query import UnitQuery
from data.comparisons.unit_table import get_unit_table
from data.judging import Operator
from data.periods import Period
from data.snapshot import get_snapshot
from tests.test_masking import PROPERTY, counts, undone
from tests.world_catalogue import NATIONAL_PLAN
from tests.world_masking import COMMUNES, PERIODS, SIDES, Counted, approve, build, is_masked, table_of
from tests.world_rollups import comparer, put_target
from tests.worlds import ASH_OFFICER, MERGED, MERGED_HEAD, NATION, TODAY, Person


@pytest.fixture
def world(session: Session) -> Session:
    build(session)
    return session


def table(session: Session, person: Person, unit: int, period: str) -> UnitTable:
    key = get_snapshot(session).tree.units[unit].key
    return get_unit_table(session, comparer(person), UnitQuery(key, Period(period), ranks=True), TODAY)


def lines(found: UnitTable) -> dict[str, UnitLine]:
    return {line.definition.key: line for line in found.lines if line.definition.key in SIDES}


def set_targets(session: Session) -> None:
    """A plan for every commune's counts, and a national level that ranks."""
    for number, unit in enumerate(COMMUNES):
        put_target(session, 730 + number, unit, "new_modern_contraceptive_users", 2026, 10)
    put_target(session, 750, NATION, "prenatal_screening", 2026, 50, document_id=NATIONAL_PLAN)
    put_target(session, 751, NATION, "newborn_screening", 2026, 50, document_id=NATIONAL_PLAN)
    put_target(session, 752, NATION, "srb", 2026, 107, operator=Operator.AT_MOST, document_id=NATIONAL_PLAN)


def same(cell: Cell | None, there: Cell) -> bool:
    return cell is not None and (cell.value, cell.absence) == (there.value, there.absence)


@PROPERTY
@given(counted=counts(), period=st.sampled_from(PERIODS), unit=st.sampled_from((*COMMUNES, MERGED)))
def test_every_number_of_the_page_is_one_that_the_comparison_shows(
    world: Session, counted: Counted, period: str, unit: int
) -> None:
    with undone(world):
        approve(world, counted)
        set_targets(world)
        asked = Period(period)
        shown = {one: table_of(world, ASH_OFFICER, one) for one in {period, asked.to_date().code, "2026"}}
        for key, line in lines(table(world, ASH_OFFICER, unit, period)).items():
            assert same(line.cell, shown[period][unit, key])
            if line.since is not None:
                assert same(line.since, shown[asked.to_date().code][unit, key])
            if period == "2026":
                assert line.series[-1][0] == 2026
                assert same(line.series[-1][1], shown["2026"][unit, key])
            if is_masked(line.cell):
                assert not isinstance(line.share, float)
                assert line.change is None
                assert not isinstance(line.rank, Ranked)
                assert line.cell.primary is None or line.cell.primary.judgement.margin is None


@PROPERTY
@given(counted=counts(), chance=st.data())
def test_a_rank_follows_from_what_is_shown_whatever_the_hidden_numbers_are(
    world: Session, counted: Counted, chance: st.DataObject
) -> None:
    with undone(world):
        approve(world, counted)
        set_targets(world)
        period = chance.draw(st.sampled_from(PERIODS))
        cells = table_of(world, ASH_OFFICER, period)
        unit = chance.draw(st.sampled_from(COMMUNES))
        for key, line in lines(table(world, ASH_OFFICER, unit, period)).items():
            if not isinstance(line.rank, Ranked):
                continue
            others = [cells[one, key] for one in COMMUNES if one != unit]
            known = [one for one in others if one.low is not None or not line.rank.chance]
            values = [one.value for one in known if one.value is not None]
            own = line.cell.value
            assert own is not None
            better = [one for one in values if (one < own if key == "srb" else one > own)]
            assert (line.rank.ranks.first, line.rank.ranks.of) == (1 + len(better), 1 + len(values))
            assert line.rank.hidden == sum(map(is_masked, others))


@PROPERTY
@given(counted=counts(), unit=st.sampled_from(COMMUNES))
def test_who_is_above_is_shown_every_number_and_every_percentage(world: Session, counted: Counted, unit: int) -> None:
    with undone(world):
        approve(world, counted)
        set_targets(world)
        for line in lines(table(world, MERGED_HEAD, unit, "2026")).values():
            assert not is_masked(line.cell)
            assert line.rank is None or not isinstance(line.rank, Ranked) or line.rank.hidden == 0
