"""Would the whole arrive: what follows from the targets of its parts, and what a reader is never told."""

from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from data import tables as t
from data.arriving.arithmetic import Conclusion, Outcome
from data.arriving.model import Obstacle
from data.arriving.query import ArrivalQuery
from data.judging.operators import Operator
from data.kinds import Standing
from data.refusals import Invalid, NotFound
from data.targets.adding import TargetSum
from data.targets.ends import Ends
from tests import worlds
from tests.world_arriving import LATER, SCREENING, arrived, fill, fill_communes, line_of
from tests.world_catalogue import SURVEYED
from tests.world_rollups import cell_of, compared, put_document, put_published, put_rollup, put_target
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    BAY_OFFICER,
    CEDAR,
    DALE_OFFICER,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    OTHER,
    OTHER_HEAD,
    SOUTH,
)


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


# ---- what follows


def test_the_nations_value_is_weighted_by_girls_and_held_against_what_is_asked(world: Session) -> None:
    fill(world)
    line = line_of(world, MINISTRY_VIEWER, "srb")
    # (108 · 300 000 + 116 · 100 000) ÷ 400 000
    assert line.value == Ends(high=Fraction(110))
    assert line.weighing is not None
    assert (line.weighing.year, line.weighing.approximate) == (2025, False)
    (answer,) = line.answers
    assert (answer.outcome, answer.sure) == (Outcome(Conclusion.FALLS_SHORT, Fraction(-1)), True)
    assert line.gap is not None
    shares = {one.unit_id: (one.difference, one.part) for one in line.gap.shares}
    assert shares == {OTHER: (Fraction(-7), Fraction(-7, 4)), MERGED: (Fraction(1), Fraction(3, 4))}
    assert next(iter(shares)) == OTHER
    assert line.gap.margin == Fraction(-1)


def test_several_instruments_stand_side_by_side_and_a_later_year_is_a_milestone(world: Session) -> None:
    fill(world)
    put_document(world, 403, worlds.MERGER)
    put_target(world, 821, NATION, "srb", 2030, 109, **LATER | {"document_id": 403}, operator=Operator.AT_MOST)
    put_target(world, 822, NATION, "srb", 2030, 112, **LATER, operator=Operator.BELOW)
    put_target(world, 823, NATION, "srb", 2035, 107, **LATER | {"document_id": 403}, operator=Operator.BELOW)
    answers = line_of(world, MINISTRY_VIEWER, "srb", year="2030").answers
    found = [(one.demand.year, one.demand.target.low, one.outcome.conclusion, one.demand.later) for one in answers]
    assert found == [
        (2030, 109, Conclusion.FALLS_SHORT, False),
        (2030, 112, Conclusion.ARRIVES, False),
        (2035, 107, Conclusion.FALLS_SHORT, True),
    ]
    assert [step.target.document.key for step in answers[0].demand.steps] == ["nq21", "document-403"]
    assert arrived(world, MINISTRY_VIEWER).place.years == (2030, 2035)


def test_where_one_has_no_target_the_others_value_and_a_supposition_are_all_that_is_said(world: Session) -> None:
    put_target(world, 801, MERGED, "srb", 2030, 108, operator=Operator.AT_MOST, **LATER)
    put_rollup(world, MERGED, "srb", "2025", 330_000, 300_000)
    put_rollup(world, OTHER, "srb", "2025", 120_000, 100_000)
    line = line_of(world, MINISTRY_VIEWER, "srb")
    (answer,) = line.answers
    assert answer.outcome.conclusion is Conclusion.UNSAID
    assert answer.unsaid is not None
    assert (answer.unsaid.why, answer.unsaid.unit_ids) == (Obstacle.MISSING, (OTHER,))
    assert (line.with_target, line.value) == (1, Ends(high=Fraction(108)))
    # (108 · 300 000 + 120 · 100 000) ÷ 400 000, supposing that OTHER stays where 2025 left it.
    assert (line.supposed, line.stayed_in) == (Ends(high=Fraction(111)), 2025)
    assert answer.supposed == Outcome(Conclusion.FALLS_SHORT, Fraction(-2))


def test_without_any_target_the_supposition_is_the_comparisons_own_total(world: Session) -> None:
    for unit, above, below in ((MERGED, 331, 300), (OTHER, 121, 100)):
        put_rollup(world, unit, "srb", "2025", above, below)
    line = line_of(world, MINISTRY_VIEWER, "srb")
    cell = cell_of(compared(world, MINISTRY_VIEWER, year="2025"), NATION, "srb")
    assert line.supposed is not None
    assert line.supposed.low == line.supposed.high == Fraction(45200, 400)
    assert cell.value == pytest.approx(float(line.supposed.low or 0))
    assert line.value is None


def test_an_incomplete_year_and_a_forecast_weigh_nothing(world: Session) -> None:
    fill(world)
    put_rollup(world, MERGED, "srb", "2026", 9, 9, counted=1, expected=2)
    put_rollup(world, OTHER, "srb", "2026", 9, 9)
    line = line_of(world, MINISTRY_VIEWER, "srb")
    assert line.weighing is not None
    assert line.weighing.year == 2025
    put_rollup(world, ASH, SCREENING, "2025", 9, 9, standing=Standing.ESTIMATE)
    put_target(world, 811, MERGED, SCREENING, 2026, 70)
    put_target(world, 812, ASH, SCREENING, 2026, 70)
    assert line_of(world, MERGED_HEAD, SCREENING).weighing is None


def test_counts_add_up_and_arrive_by_those_that_have_a_target(world: Session) -> None:
    users = "new_modern_contraceptive_users"
    put_target(world, 831, MERGED, users, 2026, 1_000)
    put_target(world, 832, BAY, users, 2026, 500)
    line = line_of(world, MERGED_HEAD, users, year="2026")
    assert line.value == Ends(low=Fraction(900))
    (answer,) = line.answers
    assert answer.outcome.conclusion is Conclusion.UNSAID
    put_target(world, 833, CEDAR, users, 2026, 150)
    (answer,) = line_of(world, MERGED_HEAD, users, year="2026").answers
    assert answer.outcome == Outcome(Conclusion.ARRIVES, Fraction(50))


def test_what_nobody_counts_is_weighted_by_published_population_and_said_to_be_approximate(world: Session) -> None:
    put_target(world, 841, NATION, "srb", 2030, 2.1, definition_id=SURVEYED, **LATER)
    put_target(world, 842, MERGED, "srb", 2030, 2, definition_id=SURVEYED, **LATER)
    put_target(world, 843, OTHER, "srb", 2030, 2.5, definition_id=SURVEYED, **LATER)
    thousands = {NORTH: 1_000.5, SOUTH: 1_999.5, OTHER: 1_000}
    world.execute(insert(t.UnitFact), [
        {"unit_id": unit, "fact": "population_thousand", "year": 2024, "value": value, "source": "niên giám"}
        for unit, value in thousands.items()
    ])  # fmt: skip
    line = line_of(world, MINISTRY_VIEWER, "tfr")
    assert line.value == Ends(low=Fraction("2.125"))
    assert line.weighing is not None
    assert (line.weighing.year, line.weighing.approximate) == (2024, True)
    assert line.answers[0].outcome == Outcome(Conclusion.ARRIVES, Fraction("0.025"))
    put_target(world, 844, NATION, "srb", 2035, 2.1, definition_id=SURVEYED, **LATER)
    for unit, value in ((MERGED, 1.9), (OTHER, 2.3)):
        put_published(world, unit, "2025", value)
    later = line_of(world, MINISTRY_VIEWER, "tfr", year="2035")
    assert (later.supposed, later.stayed_in) == (Ends(Fraction(2), Fraction(2)), 2025)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"operator": Operator.DELTA}, Obstacle.CHANGE),
        ({"operator": Operator.PER_ZONE}, Obstacle.BY_ZONE),
        ({"operator": Operator.REACH}, Obstacle.NO_LEVEL),
    ],
)
def test_what_asks_for_no_level_says_so(world: Session, changes: dict[str, Any], why: Obstacle) -> None:
    put_target(world, 851, NATION, SCREENING, 2030, 5, **LATER, **changes)
    (answer,) = line_of(world, MINISTRY_VIEWER, SCREENING).answers
    assert answer.unsaid is not None
    assert answer.unsaid.why is why


def test_a_part_with_two_targets_or_a_change_is_named_and_counts_for_nothing(world: Session) -> None:
    fill_communes(world, of_bay=100)
    put_document(world, 404, None)
    put_target(world, 861, ASH, SCREENING, 2026, 90, document_id=404)
    (answer,) = line_of(world, MERGED_HEAD, SCREENING).answers
    assert answer.unsaid is not None
    assert (answer.unsaid.why, answer.unsaid.unit_ids) == (Obstacle.TWO_IN_FORCE, (ASH,))


# ---- boundaries


def test_the_plans_of_a_year_are_those_of_its_first_days_units(world: Session) -> None:
    put_target(world, 871, NATION, SCREENING, 2025, 65, **LATER)
    put_target(world, 872, OTHER, SCREENING, 2025, 90)
    for unit, below in ((NORTH, 100), (SOUTH, 200), (OTHER, 100)):
        put_rollup(world, unit, SCREENING, "2024", 50, below)
    old = arrived(world, MINISTRY_VIEWER, year="2025", definition=SCREENING)
    assert (old.place.day.isoformat(), set(old.place.parts)) == ("2025-01-01", {NORTH, SOUTH, OTHER})
    assert [day.isoformat() for day in old.place.days] == ["2025-01-01", "2025-12-31"]
    assert old.lines[0].value == Ends(low=Fraction(70))
    assert old.lines[0].answers[0].outcome == Outcome(Conclusion.ARRIVES, Fraction(5))


def test_a_merged_unit_shows_its_predecessors_targets_and_is_never_held_to_them(world: Session) -> None:
    users = "new_modern_contraceptive_users"
    for number, definition in ((871, SCREENING), (872, users)):
        put_target(world, number, NATION, definition, 2025, 65, **LATER)
    put_target(world, 873, SOUTH, users, 2025, 800)
    line = line_of(world, MINISTRY_VIEWER, users, year="2025", boundaries="2025-12-31")
    assert (line.with_target, line.value) == (0, None)
    merged = next(part for part in line.parts if part.whose.unit.id == MERGED)
    assert merged.inherited is not None
    assert isinstance(merged.inherited.total, TargetSum)
    assert merged.inherited.total.low == 2_000
    (answer,) = line.answers
    assert answer.unsaid is not None
    assert answer.unsaid.why is Obstacle.MISSING


# ---- who is told what


def test_a_province_sees_its_communes_and_every_weight(world: Session) -> None:
    fill_communes(world)
    line = line_of(world, MERGED_HEAD, SCREENING, year="2026")
    assert line.value == Ends(low=Fraction(80 * 400 + 60 * 3 + 65 * 500, 903))
    assert line.weighing is not None
    assert line.weighing.year == 2025


def test_a_hidden_count_weighs_nothing_and_changes_nothing_that_a_neighbour_sees(world: Session) -> None:
    fill_communes(world)
    line = line_of(world, ASH_OFFICER, SCREENING, unit="merged", year="2026")
    assert (line.value, line.supposed, line.weighing) == (None, None, None)
    assert [part.weight for part in line.parts] == [None] * 3
    assert line.gap is not None
    assert (line.gap.margin, line.gap.shares) == (None, ())
    # What targets say is no count: their distances stay readable.
    assert line.gap.differences == {ASH: 10, BAY: -10, CEDAR: -5}
    (answer,) = line.answers
    assert answer.unsaid is not None
    assert answer.unsaid.why is Obstacle.MASKED
    assert line_of(world, BAY_OFFICER, SCREENING, unit="merged", year="2026").weighing is not None


@pytest.mark.parametrize("of_bay", [2, 4])
def test_whatever_the_hidden_count_is_the_neighbour_reads_the_same(world: Session, of_bay: int) -> None:
    fill_communes(world, of_bay=of_bay)
    line = line_of(world, ASH_OFFICER, SCREENING, unit="merged", year="2026")
    assert (line.value, line.supposed, line.weighing, line.gap and line.gap.shares) == (None, None, None, ())


def test_where_all_targets_reach_it_it_arrives_whatever_the_weights(world: Session) -> None:
    fill_communes(world)
    put_target(world, 881, NATION, SCREENING, 2026, 55, **LATER)
    answers = line_of(world, ASH_OFFICER, SCREENING, unit="merged", year="2026").answers
    of_nation = next(one for one in answers if one.demand.of_nation)
    assert (of_nation.outcome, of_nation.sure) == (Outcome(Conclusion.ARRIVES, Fraction(5)), False)


def test_what_lies_beyond_reach_is_counted_and_never_used(world: Session) -> None:
    fill(world)
    found = arrived(world, DALE_OFFICER, unit="vn", definition="srb")
    assert (found.place.parts, found.place.beyond) == ((OTHER,), 1)
    line = found.lines[0]
    assert (line.value, line.supposed) == (Ends(high=Fraction(116)), None)
    (answer,) = line.answers
    assert answer.unsaid is not None
    assert (answer.unsaid.why, answer.unsaid.many) == (Obstacle.BEYOND, 1)
    for unit in ("merged", "nowhere"):
        with pytest.raises(NotFound):
            arrived(world, DALE_OFFICER, unit=unit)
    with pytest.raises(NotFound):
        arrived(world, OTHER_HEAD, unit="ash")


def test_everybody_begins_where_there_is_something_to_add_up(world: Session) -> None:
    fill_communes(world)
    begins = {
        person.username: arrived(world, person).place.unit.key
        for person in (MINISTRY_VIEWER, MERGED_HEAD, ASH_OFFICER, DALE_OFFICER)
    }
    assert list(begins.values()) == ["vn", "merged", "merged", "other"]


@pytest.mark.parametrize(
    "args",
    [
        {"year": "1999"},
        {"year": "0001"},
        {"year": "9999"},
        {"year": "20x0"},
        {"definition": "none"},
        {"programme": "9999"},
        {"boundaries": "yesterday"},
        {"unit": "ash"},
    ],
)
def test_what_cannot_be_answered_is_refused(world: Session, args: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        arrived(world, MINISTRY_VIEWER, **args)


def test_a_query_goes_into_an_address_and_comes_back() -> None:
    args = {"unit": "p24-2025", "year": "2030", "programme": "468", "definition": "srb", "boundaries": "2025-06-30"}
    assert ArrivalQuery.from_args(args).to_args() == args
    assert ArrivalQuery.from_args({"kind": "nonsense"}) == ArrivalQuery()
