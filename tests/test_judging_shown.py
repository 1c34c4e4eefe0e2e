"""Where readers meet a verdict's reason: the table's cell, the evidence, the unit's page, the first page."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.comparisons.display import rows_for_grid
from data.comparisons.evidence_model import CitedTarget
from data.comparisons.standing import standing_periods, where_we_stand
from data.judging import Direction, Goal, Observed, Operator, Verdict, judge
from data.measures import Measure
from data.snapshot import get_snapshot
from data.targets.parts import planned_parts
from data.wording.judging import judgement_sentence
from layouts.comparison.cited import cited_targets
from layouts.ids.unit import UnitId
from tests import worlds
from tests.counting import queries
from tests.drawn import part, words
from tests.test_comparison_deeds import explained
from tests.test_unit_page import page as unit_page
from tests.world_rollups import compared, comparer, put_rollup, put_target
from tests.worlds import ASH_OFFICER, BAY, MERGED, MERGED_HEAD, MINISTRY_VIEWER, NATION, TODAY

SRB, SCREENING, USERS = "srb", "prenatal_screening", "new_modern_contraceptive_users"
RISE: dict[str, Any] = {"operator": Operator.DELTA, "direction": Direction.UP, "baseline_year": 2025}


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def grid_cell(session: Session, definition: str, **args: str) -> dict[str, Any]:
    line = next(row for row in rows_for_grid(compared(session, MINISTRY_VIEWER, **args)) if row["key"] == "merged")
    found: dict[str, Any] = line[definition]
    return found


def test_an_uncertain_cell_says_what_it_would_take_to_know(world: Session) -> None:
    put_target(world, 801, NATION, SRB, 2026, 107, operator=Operator.AT_MOST)
    put_rollup(world, MERGED, SRB, "2026", 4_351, 3_920)
    cell = grid_cell(world, SRB, year="2026")
    assert cell["c"] == Verdict.UNCERTAIN
    assert "cần khoảng 11.400 ca sinh mới đủ căn cứ" in cell["y"]


def test_a_plain_verdict_has_its_margin_under_the_value_and_nothing_twice(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2026, 70)
    put_rollup(world, MERGED, SCREENING, "2026", 650, 1000)
    cell = grid_cell(world, SCREENING, year="2026")
    assert (cell["c"], cell["s"], "y" in cell) == (Verdict.NOT_MET, "-5,0", False)


def test_the_evidence_of_a_change_names_its_base_and_the_level_it_leads_to(world: Session) -> None:
    put_target(world, 801, MERGED, SCREENING, 2026, 5, **RISE)
    put_rollup(world, MERGED, SCREENING, "2026", 640, 1000)
    said = words(explained(world, MINISTRY_VIEWER, "merged", SCREENING, "?period=2026"))
    assert "Năm gốc 2025 không rõ" in said
    assert "Chưa có kết quả đầy đủ được duyệt của năm gốc 2025".lower() in said.lower()
    put_rollup(world, MERGED, SCREENING, "2025", 600, 1000)
    said = words(explained(world, MINISTRY_VIEWER, "merged", SCREENING, "?period=2026"))
    assert "Năm gốc 2025 60,0%, kết quả được duyệt của chính đơn vị" in said
    assert (
        "Chưa đạt; số gốc năm 2025: 60,0%; mức cần đạt: 65,0%; khoảng cách tới mức cần đạt: -1,0 điểm %; "
        "còn thiếu 10 trên tổng số 1.000."
    ) in said


def test_a_neighbour_reads_no_small_base_in_the_evidence(world: Session) -> None:
    put_target(world, 801, BAY, USERS, 2026, 3, **RISE)
    put_rollup(world, BAY, USERS, "2025", 4)
    put_rollup(world, BAY, USERS, "2026", 9)
    address = "?period=2026&level=commune&within=merged"
    assert "số gốc năm 2025: 4 người" in words(explained(world, MERGED_HEAD, "bay", USERS, address))
    theirs = words(explained(world, ASH_OFFICER, "bay", USERS, address))
    assert "4 người" not in theirs
    assert "năm gốc 2025" in theirs


def test_parts_that_add_up_are_said_to_and_others_too(seeded_session: Session) -> None:
    snapshot = get_snapshot(seeded_session)
    targets = {target.key: target for target in snapshot.targets.targets.values()}
    assert planned_parts(snapshot, targets["S0-13"]) == (7_815, 200, 658, 19_015, 20_470)
    assert planned_parts(snapshot, targets["S3-01"]) == (92, 238, 1_650, 2_328, 2, 0)
    assert planned_parts(snapshot, targets["S0-14"]) == planned_parts(snapshot, targets["S2-07"]) == ()
    total = CitedTarget(targets["S0-13"], None, None, None, planned_parts(snapshot, targets["S0-13"]))
    for cited, said in (
        (total, "7.815 + 200 + 658 + 19.015 + 20.470 = 48.158, khớp với số đã in"),
        (replace_part(total), "8.000 + 200 + 658 + 19.015 + 20.470 = 48.343, không khớp với số đã in"),
    ):
        assert said in " ".join(words(one) for one in cited_targets([cited], Measure.PERSONS, set()))


def replace_part(cited: CitedTarget) -> CitedTarget:
    return cited._replace(parts=(8_000, *cited.parts[1:]))


def test_the_units_page_marks_what_a_target_of_that_year_judges(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2025, 70)
    put_rollup(world, MERGED, SCREENING, "2025", 650, 1000)
    put_rollup(world, MERGED, SCREENING, "2026-9M", 660, 1000)
    grid = part(unit_page(world, MINISTRY_VIEWER, key="merged"), UnitId.SERIES)
    row = next(one for one in grid["rowData"] if one["key"] == SCREENING)
    judged = [cell for name, cell in row.items() if name.startswith("merged:") and cell["t"] == "65,0"]
    assert judged == [{"t": "65,0", "s": "-5,0", "y": "Mục tiêu quốc gia năm 2025: ≥ 70%", "c": "NOT_MET"}]
    plain = [cell for name, cell in row.items() if name.startswith("merged:") and cell["t"] == "66,0"]
    assert plain == [{"t": "66,0"}]
    assert grid["dashGridOptions"]["context"]["marks"]["NOT_MET"][2] == "chưa đạt"


def test_the_first_page_judges_a_change_in_two_more_questions(session: Session, engine: Engine) -> None:
    worlds.build(session)
    put_target(session, 801, MERGED, SCREENING, 2026, 5, **RISE)
    put_rollup(session, MERGED, SCREENING, "2025", 600, 1000)
    put_rollup(session, MERGED, SCREENING, "2026-9M", 660, 1000)
    known = get_snapshot(session)
    unit, definitions = known.tree.units[MERGED], known.catalogue.headline()
    periods = standing_periods(unit, TODAY)
    for _again in range(2):
        with queries(engine) as asked:
            found = where_we_stand(session, comparer(MERGED_HEAD), "merged", definitions, periods)
    assert len(asked) <= 4
    assert found is not None
    line = next(one for one in found.lines if one.definition.key == SCREENING)
    assert line.cell.own is not None
    assert (line.cell.own.judgement.verdict, line.judged) == (Verdict.ON_TRACK, True)


@pytest.mark.parametrize(
    ("goal", "observed", "said"),
    [
        # Half of 231 cases, rounded, would be the 116 that do not keep to it.
        (
            Goal(Operator.REDUCTION_FRACTION, 0.5, 0.5, None, 2025, True, 231, baseline_year=2024),
            Observed(116, 2025),
            "Chưa đạt; số gốc năm 2024: 231 ca; mức cần đạt: 115,5 ca; khoảng cách tới mức cần đạt: -1 ca.",
        ),
        (
            Goal(Operator.AT_LEAST, 48_158, 48_158, None, 2025, True),
            Observed(44_144, 2025, 11),
            "Chậm tiến độ; mức tính đến kỳ này: 44.144,83 ca; khoảng cách tới mức cần đạt: -1 ca.",
        ),
        (
            Goal(Operator.AT_LEAST, 48_000, 48_000, None, 2025, True),
            Observed(44_000, 2025, 11),
            "Kịp tiến độ; mức tính đến kỳ này: 44.000 ca; khoảng cách tới mức cần đạt: 0 ca.",
        ),
    ],
)
def test_a_level_that_was_worked_out_is_not_rounded_to_the_value_that_misses_it(
    goal: Goal, observed: Observed, said: str
) -> None:
    assert judgement_sentence(judge(goal, observed), Measure.CASES, 2025) == said
