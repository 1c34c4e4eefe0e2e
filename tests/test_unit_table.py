"""A unit's table: every definition, what it is held against, and nothing that a reader must not see."""

from fractions import Fraction

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.comparisons.evidence import get_unit_evidence
from data.comparisons.model import AimKind, Gap
from data.comparisons.unit_display import PrintedLine, printed_lines
from data.comparisons.unit_model import NoChange, UnitLine, UnitTable
from data.comparisons.unit_query import UnitQuery
from data.comparisons.unit_table import get_unit_table
from data.db import unit_of_work
from data.judging import NoShare, Verdict
from data.periods import Period
from data.refusals import Invalid, NotFound
from tests import worlds
from tests.counting import queries
from tests.factories import a_small_world
from tests.world_catalogue import DEFINITIONS, NATIONAL_PLAN
from tests.world_rollups import (
    cell_of,
    compared,
    comparer,
    put_published,
    put_rollup,
    put_target,
)
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    DALE,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    OTHER,
    OTHER_HEAD,
    PLACES,
    SOUTH,
    SOUTH_HEAD,
    TODAY,
    Person,
)  # fmt: skip

SRB, SCREENING, NEWBORN = "srb", "prenatal_screening", "newborn_screening"
USERS, THIRD, CHECKUP = "new_modern_contraceptive_users", "third_birth_share", "elderly_checkup"


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def table(session: Session, person: Person, unit: int, **args: str) -> UnitTable:
    query = UnitQuery.from_args({"key": PLACES[unit].key, **args})
    return get_unit_table(session, comparer(person), query, TODAY)


def line(session: Session, person: Person, unit: int, definition: str, **args: str) -> UnitLine:
    [found] = [one for one in table(session, person, unit, **args).lines if one.definition.key == definition]
    return found


def printed(session: Session, person: Person, unit: int, definition: str, **args: str) -> PrintedLine:
    found = printed_lines(table(session, person, unit, **args))
    return next(one for one in found if one.line.definition.key == definition)


def test_every_definition_has_its_line_under_its_programme(world: Session) -> None:
    found = table(world, MERGED_HEAD, ASH)
    assert {one.definition.key for one in found.lines} == {*DEFINITIONS, "tfr"}
    programmes = [one.definition.programme for one in found.lines]
    assert [programmes.index(one) for one in programmes] == sorted(programmes.index(one) for one in programmes)
    assert (found.period, found.above and found.above.key, found.neighbour) == (Period("2026-9M"), "merged", False)


@pytest.mark.parametrize("period", ["2026", "2026Q3", "2026-9M", "2025Q1", "202607"])
def test_the_result_is_the_cell_of_the_comparison(world: Session, period: str) -> None:
    for unit in (ASH, BAY, CEDAR):
        put_rollup(world, unit, SRB, "2026Q3", 20 + unit, 130)
        put_rollup(world, unit, USERS, "2026Q3", 40 + unit)
    for person, units, level in ((ASH_OFFICER, (ASH, BAY), "commune"), (MINISTRY_VIEWER, (MERGED, OTHER), "province")):
        asked = {"level": level, "within": "merged" if level == "commune" else "vn", "boundaries": "today"}
        comparison = compared(world, person, period=period, **asked)
        for unit in units:
            for one in table(world, person, unit, period=period).lines:
                there = cell_of(comparison, unit, one.definition.key)
                assert (one.cell.value, one.cell.absence) == (there.value, there.absence)
                marks = [mark and (mark.aim.targets, mark.judgement) for mark in (one.cell.primary, there.primary)]
                assert marks[0] == marks[1]


def test_what_was_cumulated_and_the_same_window_of_last_year_stand_beside_the_quarter(world: Session) -> None:
    for year, numbers in ((2025, (10, 20, 30)), (2026, (11, 22, 36))):
        for quarter, number in enumerate(numbers, 1):
            unit = MERGED if (year, quarter) > (2025, 2) else NORTH
            put_rollup(world, unit, USERS, f"{year}Q{quarter}", number)
            if unit == NORTH:
                put_rollup(world, SOUTH, USERS, f"{year}Q{quarter}", 5)
    found = line(world, MINISTRY_VIEWER, MERGED, USERS, period="2026Q3")
    assert found.since is not None
    assert found.before is not None
    assert (found.cell.value, found.since.value, found.before.value, found.change) == (36, 69, 30, 6)
    half = line(world, MINISTRY_VIEWER, MERGED, USERS, period="2026-6M")
    # The same area: both provinces that went into it.
    assert half.before is not None
    assert (half.before.value, half.change, half.since) == (40, -7, None)


def test_counts_are_not_subtracted_where_some_units_are_missing_and_rates_are(world: Session) -> None:
    for period, counted in (("2025", 3), ("2026", 2)):
        put_rollup(world, OTHER, USERS, period, 100, counted=counted, expected=3)
        put_rollup(world, OTHER, SCREENING, period, 10 * counted, 60, counted=counted, expected=3)
    assert line(world, OTHER_HEAD, OTHER, USERS, year="2026").change is NoChange.PARTIAL
    assert line(world, OTHER_HEAD, OTHER, SCREENING, year="2026").change == pytest.approx(-100 / 6)


def test_values_published_for_other_boundaries_are_not_subtracted(world: Session) -> None:
    put_published(world, MERGED, "2025", 2.2)
    put_published(world, MERGED, "2026", 2.1, geographic_basis="63")
    put_published(world, OTHER, "2025", 2.2)
    put_published(world, OTHER, "2026", 2.1)
    assert line(world, MINISTRY_VIEWER, MERGED, "tfr", year="2026").change is NoChange.BASIS
    assert line(world, MINISTRY_VIEWER, OTHER, "tfr", year="2026").change == pytest.approx(-0.1)


def test_the_unit_its_parent_and_the_nation_have_their_targets_side_by_side(world: Session) -> None:
    put_target(world, 721, MERGED, NEWBORN, 2026, 40)
    put_target(world, 722, NATION, NEWBORN, 2026, 50, document_id=NATIONAL_PLAN)
    put_rollup(world, ASH, NEWBORN, "2026-9M", 30, 100)
    found = line(world, ASH_OFFICER, ASH, NEWBORN)
    assert found.cell.own is not None
    assert found.cell.national is not None
    assert found.parent is not None
    asked = (found.cell.own.aim, found.parent, found.cell.national.aim)
    assert [one.goal.low for one in asked] == [30, 40, 50]
    assert found.cell.primary is not None
    assert found.cell.primary.aim.kind is AimKind.OWN
    texts = printed(world, ASH_OFFICER, ASH, NEWBORN)
    assert (texts.own.text, texts.own.small, texts.own.target) == ("≥ 30%", "giao đầu năm", "T706")
    assert texts.parent is not None
    assert (texts.parent.text, texts.parent.target) == ("≥ 40%", "T721")
    assert (texts.national.text, texts.national.target) == ("≥ 50%", "T722")
    assert "21-NQ/TW, 25/10/2017" in texts.national.why


def test_a_province_has_no_parent_but_the_nation_whose_target_stands_once(world: Session) -> None:
    found = table(world, MINISTRY_VIEWER, MERGED)
    assert found.above is None
    assert all(one.parent is None for one in found.lines)
    texts = printed(world, MINISTRY_VIEWER, MERGED, SRB)
    assert (texts.national.text, texts.national.small, texts.parent) == ("≤ 109", "mốc 2030", None)


def test_the_nations_plan_is_the_national_target(world: Session) -> None:
    put_target(world, 722, NATION, SCREENING, 2026, 50, document_id=NATIONAL_PLAN)
    put_rollup(world, OTHER, SCREENING, "2026", 40, 100)
    found = printed(world, MINISTRY_VIEWER, NATION, SCREENING, year="2026")
    assert (found.own.text, found.share.text, found.parent) == ("≥ 50%", "80,0%", None)
    assert printed(world, MINISTRY_VIEWER, OTHER, SCREENING, year="2026").share.text == "–"


def test_percent_of_the_plan_is_of_the_year_so_far_and_judges_nothing(world: Session) -> None:
    for quarter, number in ((1, 100), (2, 60), (3, 40)):
        put_rollup(world, ASH, USERS, f"2026Q{quarter}", number)
        put_rollup(world, ASH, NEWBORN, f"2026Q{quarter}", 24, 100)
    users = line(world, ASH_OFFICER, ASH, USERS, period="2026Q3")
    assert users.cell.value == 40
    assert users.share == pytest.approx(50)
    assert users.cell.own is not None
    assert users.cell.own.judgement.verdict is Verdict.BEHIND
    # A rate stands as it is: 24 % where 30 % were planned.
    assert line(world, ASH_OFFICER, ASH, NEWBORN, period="2026Q3").share == pytest.approx(80)
    assert line(world, ASH_OFFICER, ASH, SRB).share is NoShare.NO_PLAN


def test_without_a_sum_since_january_there_is_no_percentage(world: Session) -> None:
    put_rollup(world, ASH, USERS, "2026Q3", 40)
    assert line(world, ASH_OFFICER, ASH, USERS, period="2026Q3").share is NoShare.NO_SUM
    assert line(world, ASH_OFFICER, ASH, USERS, period="2026Q2").share is NoShare.NO_RESULT


def test_the_years_behind_it_are_those_of_the_same_area_and_gaps_stay_gaps(world: Session) -> None:
    put_rollup(world, NORTH, USERS, "2023", 10)
    put_rollup(world, SOUTH, USERS, "2023", 7)
    put_rollup(world, NORTH, USERS, "2024", 10)
    put_rollup(world, MERGED, USERS, "2025", 21)
    found = line(world, MINISTRY_VIEWER, MERGED, USERS, period="2026Q3")
    assert [(year, cell and cell.value) for year, cell in found.series] == [
        (2021, None), (2022, None), (2023, 17), (2024, None), (2025, 21),
    ]  # fmt: skip
    assert [year for year, _ in line(world, MINISTRY_VIEWER, MERGED, USERS, year="2025").series][-1] == 2025
    said = printed(world, MINISTRY_VIEWER, MERGED, USERS, period="2026Q3").series_said
    assert said.endswith("2023: 17; 2024: thiếu đơn vị cũ; 2025: 21"), said


def test_years_out_of_reach_are_left_out_even_of_the_change(world: Session) -> None:
    put_rollup(world, SOUTH, USERS, "2024", 12)
    put_rollup(world, SOUTH, USERS, "2025-6M", 9)
    found = line(world, SOUTH_HEAD, SOUTH, USERS)
    assert found.cell.value == 9
    later = table(world, SOUTH_HEAD, SOUTH, year="2025")
    assert later.lines[0].cell.absence is not None
    assert later.lines[0].cell.absence.gap is Gap.MERGED


def test_a_neighbours_plan_and_its_percentage_never_tell_a_hidden_count(world: Session) -> None:
    put_target(world, 721, BAY, USERS, 2026, 10)
    put_target(world, 722, BAY, CHECKUP, 2026, 50)
    for unit in (ASH, BAY, CEDAR):
        put_rollup(world, unit, USERS, "2026", 3 if unit == BAY else 40)
        put_rollup(world, unit, USERS, "2025", 44)
    seen, known = (line(world, person, BAY, USERS, year="2026") for person in (ASH_OFFICER, MERGED_HEAD))
    assert (known.cell.value, known.change) == (3, -41)
    assert known.share == pytest.approx(30)
    assert seen.cell.absence is not None
    assert seen.cell.absence.gap is Gap.MASKED
    assert (seen.cell.value, seen.share, seen.change) == (None, NoShare.NO_RESULT, None)
    assert seen.series[-1][1] is not None
    assert seen.series[-1][1].value is None
    texts = printed(world, ASH_OFFICER, BAY, USERS, year="2026")
    assert (texts.result.text, texts.verdict.code, texts.share.text) == ("•", "", "–")
    assert texts.own.text == "≥ 10 người"


@pytest.mark.parametrize("unit", [DALE, OTHER, NORTH])
def test_a_unit_out_of_reach_is_not_found_and_neither_is_its_evidence(world: Session, unit: int) -> None:
    put_rollup(world, unit, SRB, "2025", 700, 600)
    with pytest.raises(NotFound):
        table(world, ASH_OFFICER, unit)
    with pytest.raises(NotFound):
        get_unit_evidence(world, comparer(ASH_OFFICER), PLACES[unit].key, None, SRB, TODAY)


def test_a_closed_units_head_sees_nothing_of_later_periods_of_others(world: Session) -> None:
    with pytest.raises(NotFound):
        table(world, SOUTH_HEAD, MERGED)


@pytest.mark.parametrize("args", [{"period": "2026Q9"}, {"year": "2026Q1"}, {"period": "2025", "year": "2026"}])
def test_a_period_that_is_none_is_refused(world: Session, args: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        table(world, MINISTRY_VIEWER, MERGED, **args)


def test_the_evidence_of_a_line_is_that_of_its_cell(world: Session) -> None:
    put_rollup(world, NORTH, SRB, "2024", 560, 500)
    put_rollup(world, SOUTH, SRB, "2024", 440, 500)
    shown = line(world, MINISTRY_VIEWER, MERGED, SRB, year="2024").cell
    found = get_unit_evidence(world, comparer(MINISTRY_VIEWER), "merged", Period("2024"), SRB, TODAY)
    assert (found.cell.value, found.cell.primary) == (shown.value, shown.primary) == (100.0, shown.primary)
    assert [(one.unit, one.share) for one in found.ingredients] == [
        ("Sông Bắc (đến 30/06/2025)", Fraction(1)), ("Sông Nam (đến 30/06/2025)", Fraction(1)),
    ]  # fmt: skip


def test_the_table_costs_a_fixed_number_of_queries(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        for unit in (ASH, BAY, MERGED, OTHER):
            put_rollup(session, unit, SRB, "2026Q3", 300, 280)
    counts = {}
    for person, unit, args in (
        (MINISTRY_VIEWER, NATION, {}), (MINISTRY_VIEWER, MERGED, {}), (MINISTRY_VIEWER, MERGED, {"period": "2026Q3"}),
        (MERGED_HEAD, ASH, {}), (ASH_OFFICER, BAY, {}), (ASH_OFFICER, BAY, {"ranks": "1"}),
        (MINISTRY_VIEWER, MERGED, {"ranks": "1"}),
    ):  # fmt: skip
        for _once_more in range(2):
            with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
                table(session, person, unit, **args)
        counts[person.username, unit, tuple(args)] = len(seen)
    # The stamp; the period with its parts; what stands beside it with its parts; of a neighbour what is hidden of both,
    # and the same once more for the ranks.
    assert set(counts.values()) <= set(range(5, 12)), counts
    assert counts["ministry.viewer", MERGED, ()] == 5
    assert counts["ministry.viewer", NATION, ()] == 5
