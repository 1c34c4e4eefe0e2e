"""Where one unit stands: the period that says most, the cells of the comparison, and nobody else's."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.comparisons.display import shown
from data.comparisons.standing import Standing, standing_periods, where_we_stand
from data.judging import Verdict
from data.periods import Period
from data.refusals import NotFound
from data.snapshot import get_snapshot
from tests import worlds
from tests.counting import queries
from tests.world_catalogue import DEFINITIONS
from tests.world_rollups import comparer, put_rollup, put_target
from tests.worlds import ASH, MERGED, MERGED_HEAD, MERGED_LEADER, OTHER, PLACES, SOUTH, TODAY, Person

JUDGED = ("prenatal_screening", "newborn_screening", "elderly_checkup")


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def stand(session: Session, unit: int = MERGED, by: Person = MERGED_LEADER) -> Standing | None:
    known = get_snapshot(session)
    periods = standing_periods(known.tree.units[unit], TODAY)
    return where_we_stand(session, comparer(by), PLACES[unit].key, known.catalogue.headline(), periods)


def put_all(session: Session, unit: int, period: str, above: int, **more: Any) -> None:
    for definition in JUDGED:
        put_rollup(session, unit, definition, period, above, 100, **more)


def codes(unit: int, session: Session) -> list[str]:
    return [period.code for period in standing_periods(get_snapshot(session).tree.units[unit], TODAY)]


def test_the_year_so_far_is_asked_first_then_its_shorter_windows_then_the_last_year(session: Session) -> None:
    assert codes(MERGED, session) == ["2026-9M", "2026-6M", "2026-3M", "2025"]
    assert codes(SOUTH, session) == ["2025-6M", "2025-3M", "2024"]


def test_the_latest_period_with_a_value_is_shown(session: Session) -> None:
    put_all(session, MERGED, "2026-6M", 60)
    found = stand(session)
    assert found is not None
    assert (found.period.code, [line.definition.key for line in found.lines]) == ("2026-6M", list(JUDGED))
    assert shown(found.lines[0].cell, found.lines[0].definition.measure).text == "60,0"


def test_an_earlier_period_is_shown_where_its_verdicts_say_more(session: Session) -> None:
    put_all(session, MERGED, "2026-9M", 60)
    put_all(session, MERGED, "2025", 65)
    for number, definition in enumerate(JUDGED):
        put_target(session, 790 + number, MERGED, definition, 2025, 60)
    found = stand(session)
    assert found is not None
    assert found.period == Period.of_year(2025)
    assert {line.cell.own.judgement.verdict for line in found.lines if line.cell.own} == {Verdict.MET}


def test_quarters_are_brought_together_as_in_the_comparison(session: Session) -> None:
    for quarter in ("2026Q1", "2026Q2", "2026Q3"):
        put_rollup(session, ASH, "prenatal_screening", quarter, 20, 40)
    found = stand(session, ASH)
    assert found is not None
    assert (found.period.code, found.lines[0].cell.value) == ("2026-9M", 50)


def test_the_nation_stands_where_its_provinces_stand_together(session: Session) -> None:
    put_rollup(session, MERGED, "prenatal_screening", "2026-9M", 60, 100)
    put_rollup(session, OTHER, "prenatal_screening", "2026-9M", 20, 100)
    found = stand(session, worlds.NATION, worlds.MINISTRY_VIEWER)
    assert found is not None
    assert found.lines[0].cell.value == 40


def test_the_foremost_lines_are_those_that_are_judged_and_keep_their_order(session: Session) -> None:
    put_all(session, MERGED, "2026-9M", 60)
    put_rollup(session, MERGED, "srb", "2026-9M", 108, 100)
    for number, definition in enumerate(JUDGED):
        put_target(session, 790 + number, MERGED, definition, 2026, 60)
    found = stand(session)
    assert found is not None
    # People who were examined within the year cannot be added up, so their target does not judge them.
    assert [line.judged for line in found.lines] == [False, True, True, False]
    assert [line.definition.key for line in found.foremost(2)] == ["prenatal_screening", "newborn_screening"]
    assert [line.definition.key for line in found.foremost(3)] == ["srb", "prenatal_screening", "newborn_screening"]


def test_where_nothing_is_approved_there_is_nothing_to_show(session: Session) -> None:
    assert stand(session) is None


@pytest.mark.parametrize("unit", [OTHER, worlds.NATION, worlds.DALE])
def test_neighbours_and_strangers_are_not_shown(session: Session, unit: int) -> None:
    if unit != worlds.NATION:
        put_all(session, unit, "2026-9M", 60)
    with pytest.raises(NotFound):
        stand(session, unit, MERGED_HEAD)


def test_two_questions_answer_all_periods_and_definitions(session: Session, engine: Engine) -> None:
    put_all(session, MERGED, "2025", 60)
    stand(session)
    with queries(engine) as asked:
        stand(session)
    assert len(asked) == 2
    assert len(DEFINITIONS) > 5
