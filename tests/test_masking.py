"""What an officer can work out of neighbours from everything that is shown: no small count, by no subtraction."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.comparisons.evidence import get_evidence
from data.comparisons.linked import counts_of, links_of
from data.comparisons.masking import periods_within
from data.comparisons.model import Cell
from data.comparisons.query import ComparisonQuery
from data.db import unit_of_work
from data.periods import Period
from data.snapshot import get_snapshot
from tests.counting import queries
from tests.world_catalogue import ELEMENTS
from tests.world_masking import (
    ALL,
    COMMUNES,
    PERIODS,
    QUARTERS,
    SIDES,
    Adversary,
    Counted,
    Told,
    added,
    approve,
    build,
    cells_of,
    is_masked,
    table_of,
    times_of,
    told,
)
from tests.world_rollups import compared, comparer
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    TODAY,
    Person,
)  # fmt: skip

USERS, THIRD = "new_modern_contraceptive_users", "third_birth_share"
# Small numbers as often as others, and none at all.
NUMBERS = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 9, 14, 20, 40])
QUARTER = st.fixed_dictionaries(dict.fromkeys(ELEMENTS, NUMBERS))
LARGE = dict.fromkeys(ELEMENTS, 40)


@pytest.fixture
def world(session: Session) -> Session:
    build(session)
    return session


@st.composite
def counts(draw: st.DrawFn) -> Counted:
    """Communes that count little; all of them have reported, or most, or only two."""
    reported = st.sampled_from([True, True, True, False]) if draw(st.booleans()) else st.just(True)
    usual = draw(st.booleans())
    found: Counted = {}
    for unit in COMMUNES if draw(st.booleans()) else COMMUNES[:2]:
        for quarter in QUARTERS:
            if draw(reported):
                found[unit, quarter] = draw(QUARTER) if not usual or draw(st.booleans()) else LARGE
    return found


@contextmanager
def undone(session: Session) -> Iterator[None]:
    with session.begin_nested() as one:
        yield
        one.rollback()


def everything_shown(session: Session, person: Person) -> dict[tuple[int, str, str], Cell]:
    """All cells of all periods and columns, by unit, column and period."""
    return {
        (unit, column, period): cell
        for period in PERIODS
        for (unit, column), cell in table_of(session, person, period).items()
    }


def small_counts(counted: Counted) -> Iterator[tuple[str, Told]]:
    """Every count from 1 to 4 of a neighbour's quarter, with the column that has it."""
    for (unit, quarter), numbers in counted.items():
        for column, sides in SIDES.items():
            for side in sides:
                if unit != ASH and all(sign > 0 for sign in side.values()) and 0 < added(side, numbers) < 5:
                    yield column, Told(times_of(unit, side, quarter, counted), added(side, numbers))


PROPERTY = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@PROPERTY
@given(counted=counts())
def test_no_small_count_of_a_neighbour_follows_from_all_that_is_shown(world: Session, counted: Counted) -> None:
    with undone(world):
        approve(world, counted)
        shown = everything_shown(world, ASH_OFFICER)
        said = [
            one for (unit, column, period), cell in shown.items() for one in told(cell, unit, column, period, counted)
        ]
        # Their own counts are no news to the reader.
        said += [
            Told({(unit, element, quarter): 1}, number)
            for (unit, quarter), numbers in counted.items()
            if unit == ASH
            for element, number in numbers.items()
        ]
        adversary = Adversary(said)
        for column, secret in small_counts(counted):
            assert not adversary.knows(secret), (column, secret)


@PROPERTY
@given(counted=counts())
def test_what_is_hidden_together_is_more_than_one_unit_and_no_small_sum(world: Session, counted: Counted) -> None:
    with undone(world):
        approve(world, counted)
        for quarter in QUARTERS:
            shown = table_of(world, ASH_OFFICER, quarter)
            for column, sides in SIDES.items():
                total = shown.get((MERGED, column))
                if total is None or is_masked(total):
                    continue
                hidden = [one for one in COMMUNES if is_masked(shown[one, column])]
                for side in sides:
                    numbers = [added(side, counted[one, quarter]) for one in hidden]
                    if all(sign > 0 for sign in side.values()) and any(0 < one < 5 for one in numbers):
                        assert len(numbers) > 1
                        assert 0 in numbers or sum(numbers) >= max(5, len(numbers) + 1)


@PROPERTY
@given(counted=counts(), chance=st.data())
def test_what_is_hidden_does_not_depend_on_what_was_asked_for(
    world: Session, counted: Counted, chance: st.DataObject
) -> None:
    with undone(world):
        approve(world, counted)
        period = chance.draw(st.sampled_from(PERIODS))
        columns = chance.draw(st.lists(st.sampled_from(sorted(SIDES)), min_size=1, unique=True))
        whole = table_of(world, ASH_OFFICER, period)
        some = table_of(world, ASH_OFFICER, period, ",".join(columns))
        assert all(is_masked(cell) == is_masked(whole[place]) for place, cell in some.items())
        # The same total, seen from the level above.
        above = cells_of(compared(world, ASH_OFFICER, period=period, level="province", definitions=ALL))
        assert all(is_masked(above[MERGED, column]) == is_masked(whole[MERGED, column]) for column in SIDES)
        unit = chance.draw(st.sampled_from(COMMUNES))
        column = columns[0]
        query = ComparisonQuery.from_args({"period": period, "level": "commune", "within": "merged"})
        key = get_snapshot(world).tree.units[unit].key
        found = get_evidence(world, comparer(ASH_OFFICER), query, key, column, TODAY)
        for cell in (found.cell, dict(found.series)[Period(period)]):
            assert (cell.value, cell.absence) == (whole[unit, column].value, whole[unit, column].absence)
        if is_masked(found.cell):
            assert found.ingredients == ()


@PROPERTY
@given(counted=counts())
def test_who_is_above_sees_every_number(world: Session, counted: Counted) -> None:
    with undone(world):
        approve(world, counted)
        for person in (MERGED_HEAD, MINISTRY_VIEWER):
            for period in (QUARTERS[1], "2026"):
                assert not any(is_masked(cell) for cell in table_of(world, person, period).values())
        own = table_of(world, ASH_OFFICER, QUARTERS[1])
        assert not any(is_masked(cell) for (unit, _), cell in own.items() if unit == ASH)


def of_third(session: Session, *numbers: int, period: str = "2026Q1", person: Person = ASH_OFFICER) -> list[bool]:
    """Which communes, and then the province, are hidden from the person when they had so many third births."""
    approve(session, {
        (unit, period): LARGE | {"births_third_plus": number}
        for unit, number in zip(COMMUNES, numbers, strict=False)
    })  # fmt: skip
    shown = table_of(session, person, period)
    return [is_masked(shown[unit, THIRD]) for unit in (*COMMUNES[: len(numbers)], MERGED)]


def test_a_small_count_alone_takes_the_next_smallest_with_it(world: Session) -> None:
    assert of_third(world, 9, 3, 30, 8, 20) == [False, True, False, True, False, False]
    assert of_third(world, 9, 3, 30, 4, 20) == [False, True, False, True, False, False]
    # One and one are two: both would be known.
    assert of_third(world, 9, 1, 30, 1, 20) == [False, True, False, True, True, False]


def test_ones_own_small_count_hides_nobody_elses(world: Session) -> None:
    assert of_third(world, 3, 4, 30, 20) == [False, True, False, True, False]
    assert of_third(world, 3, 40, 30, 20) == [False] * 5


def test_whoever_hides_the_same_columns_for_another_reason_is_company_enough(world: Session) -> None:
    numbers = {ASH: (40, 40), BAY: (2, 40), COMMUNES[2]: (0, 3), COMMUNES[3]: (30, 40), COMMUNES[4]: (40, 9)}
    approve(world, {
        (unit, "2026Q1"): LARGE | {"new_users_pill": pill, "new_users_condom": condom}
        for unit, (pill, condom) in numbers.items()
    })  # fmt: skip
    shown = table_of(world, ASH_OFFICER, "2026Q1")
    hidden = {unit for unit in (*numbers, MERGED) for column in ("pill", "condom") if is_masked(shown[unit, column])}
    assert hidden == {BAY, COMMUNES[2]}


def test_where_nobody_else_has_reported_the_total_is_hidden(world: Session) -> None:
    assert of_third(world, 40, 3) == [False, True, True]
    assert of_third(world, 40, 3, 0, 0) == [False, True, False, False, True]
    assert of_third(world, 40, 3, 0, person=MERGED_HEAD) == [False] * 4


def test_a_year_is_hidden_with_its_quarter_and_the_other_quarters_are_not(world: Session) -> None:
    small = {(BAY, "2026Q1"): LARGE | {"births_third_plus": 3}}
    approve(world, {(unit, quarter): LARGE for unit in COMMUNES for quarter in QUARTERS} | small)
    hidden = {period for period in PERIODS if is_masked(table_of(world, ASH_OFFICER, period)[BAY, THIRD])}
    assert hidden == {"2026Q1", "2026-6M", "2026-9M", "2026"}


def test_a_breakdown_is_hidden_whole_and_its_total_stays(world: Session) -> None:
    approve(world, {(unit, "2026Q1"): LARGE | {"new_users_pill": 2 if unit == BAY else 40} for unit in COMMUNES})
    shown = table_of(world, ASH_OFFICER, "2026Q1")
    assert [is_masked(shown[BAY, column]) for column in ("pill", "condom", USERS, "srb")] == [True, True, False, False]


def test_a_difference_goes_with_what_it_would_give_away(world: Session) -> None:
    approve(world, {(unit, "2026Q1"): LARGE | {"deaths": 2 if unit == BAY else 41} for unit in COMMUNES})
    shown = table_of(world, ASH_OFFICER, "2026Q1")
    columns = ("death_rate", "natural_increase_rate", "birth_rate")
    assert [is_masked(shown[BAY, column]) for column in columns] == [True, True, False]
    # Births less deaths are nobody's count: one less is shown as what it is.
    assert shown[COMMUNES[-1], "natural_increase_rate"].numerator == 39


def test_the_links_follow_from_the_catalogue(world: Session) -> None:
    snapshot = get_snapshot(world)
    links, catalogue = links_of(snapshot), snapshot.catalogue

    def beside(column: str, side: int) -> set[str]:
        count = counts_of(catalogue.definition(column))[side]
        assert count is not None
        return {catalogue.definitions[one].key for one in links.hidden_with[count]}

    assert beside("pill", 0) == {"pill", "condom"}
    assert beside("srb", 0) == {"srb"}
    assert beside("death_rate", 0) == {"death_rate", "natural_increase_rate"}
    assert beside("prenatal_screening", 1) == {"prenatal_screening"}
    assert counts_of(catalogue.definition("natural_increase_rate"))[0] is None


def test_the_periods_within_a_period() -> None:
    assert {one.code for one in periods_within(Period("2026Q2"))} == {"2026Q2", "202604", "202605", "202606"}
    assert {one.code for one in periods_within(Period("2026-2M"))} == {"2026-2M", "2026-1M", "202601", "202602"}
    assert len(periods_within(Period("2026"))) == 1 + 4 + 12 + 11


def test_hiding_asks_twice_at_most_and_never_for_those_above(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        build(session)
        approve(session, {(unit, "2026Q1"): LARGE | {"deaths": unit % 7} for unit in COMMUNES})
    asked = []
    for person, columns in ((MINISTRY_VIEWER, ALL), (ASH_OFFICER, ALL), (ASH_OFFICER, THIRD)):
        for _again in range(2):
            with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
                table_of(session, person, "2026Q1", columns)
        asked.append(len([one for one in seen if "rollup" in one]))
    assert asked[0] == 1
    assert max(asked) <= 3
