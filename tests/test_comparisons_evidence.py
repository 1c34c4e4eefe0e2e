"""Evidence: what stands behind a number, for whom, and that it is the number of the table."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.comparisons.evidence import get_evidence
from data.comparisons.evidence_model import Evidence
from data.comparisons.model import AimKind, Gap, Source
from data.comparisons.query import ComparisonQuery
from data.db import unit_of_work
from data.judging import Verdict
from data.kinds import Standing
from data.refusals import Invalid, NotFound
from data.rollups import rebuild
from data.targets.documents import attach_text
from tests import worlds
from tests.counting import queries
from tests.factories import a_small_world
from tests.test_documents import attacher
from tests.world_catalogue import QUARTER
from tests.world_reports import PLAN_REPORT, put_report
from tests.world_rollups import cell_of, compared, comparer, put_published, put_rollup, put_target
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    DALE,
    MERGED,
    MERGED_HEAD,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    NOW,
    OTHER,
    OTHER_HEAD,
    SOUTH,
    TODAY,
    Person,
)  # fmt: skip

USERS = "new_modern_contraceptive_users"


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def evidence(session: Session, person: Person, unit: int, definition: str, **args: str) -> Evidence:
    query = ComparisonQuery.from_args(args)
    return get_evidence(session, comparer(person), query, worlds.PLACES[unit].key, definition, TODAY)


def reported(session: Session, *units: int, period: str = "2026Q3") -> None:
    for unit in units:
        put_report(session, unit, "quarterly", period, by=worlds.BAY_OFFICER)
    rebuild(session, NOW)


def test_a_sum_names_its_parts_and_the_children_that_it_lacks(world: Session) -> None:
    reported(world, ASH)
    found = evidence(world, MERGED_HEAD, MERGED, "srb", period="2026Q3")
    assert [(term.sign, term.element.key) for term in found.numerator.terms] == [(1, "births_boys")]
    assert found.denominator is not None
    assert (found.numerator.amount, found.denominator.amount) == (21, 19)
    missing = [(one.name, one.counted, one.expected) for one in found.missing]
    assert missing == [("Xã Bình Minh", 0, 1), ("Xã Cẩm Sơn", 0, 1)]
    (ingredient,) = found.ingredients
    assert (ingredient.source, ingredient.counted, ingredient.expected) == (Source.CHILDREN, 1, 3)
    assert (ingredient.approver, ingredient.approved_at) == ("Sông Bắc (từ 01/07/2025)", NOW)


def test_a_difference_shows_what_is_taken_away(world: Session) -> None:
    reported(world, ASH)
    found = evidence(world, ASH_OFFICER, ASH, "natural_increase_rate", period="2026Q3")
    signs = {term.element.key: term.sign for term in found.numerator.terms}
    assert signs == {"births_boys": 1, "births_girls": 1, "deaths": -1}


def test_an_own_form_names_the_unit_that_approved_it_and_no_person(world: Session) -> None:
    reported(world, BAY)
    found = evidence(world, ASH_OFFICER, BAY, "srb", period="2026Q3")
    (ingredient,) = found.ingredients
    assert (ingredient.unit, ingredient.approver) == ("Xã Bình Minh", "Sông Bắc (từ 01/07/2025)")
    assert found.neighbour
    assert "bay.officer" not in repr(found).lower()
    assert "ministry.reviewer" not in repr(found).lower()


def test_what_the_nation_approved_the_ministry_approved(world: Session) -> None:
    put_rollup(world, OTHER, USERS, "2026Q3", 40)
    (ingredient,) = evidence(world, OTHER_HEAD, OTHER, USERS, period="2026Q3").ingredients
    assert ingredient.approver == "Bộ Y tế"


def test_neighbours_learn_no_names_of_missing_children(world: Session) -> None:
    reported(world, DALE)
    asked = {"period": "2026Q3"}
    assert len(evidence(world, OTHER_HEAD, OTHER, "srb", **asked).missing) == 1
    peer = evidence(world, MERGED_HEAD, OTHER, "srb", **asked)
    assert peer.missing == ()
    assert (peer.cell.counted, peer.cell.expected) == (1, 2)


def test_a_masked_number_has_no_evidence_at_all(world: Session) -> None:
    put_report(world, BAY, "quarterly", "2026Q3", QUARTER | {"births_boys": 3})
    rebuild(world, NOW)
    found = evidence(world, ASH_OFFICER, BAY, "srb", period="2026Q3")
    assert found.cell.absence is not None
    assert found.cell.absence.gap is Gap.MASKED
    assert (found.numerator.amount, found.ingredients) == (None, ())
    (_, last) = found.series[-1]
    assert (last.value, last.numerator) == (None, None)


def test_a_year_shows_the_quarters_and_the_predecessors_that_it_was_made_of(world: Session) -> None:
    for quarter, unit in ((1, NORTH), (1, SOUTH), (2, NORTH), (2, SOUTH), (3, MERGED), (4, MERGED)):
        put_rollup(world, unit, USERS, f"2025Q{quarter}", 10 * unit)
    found = evidence(world, MINISTRY_VIEWER, MERGED, USERS, year="2025")
    old_north, old_south, now = "Sông Bắc (đến 30/06/2025)", "Sông Nam (đến 30/06/2025)", "Sông Bắc (từ 01/07/2025)"
    assert [(one.unit, one.period.code, one.share) for one in found.ingredients] == [
        (old_north, "2025Q1", Fraction(1)), (old_south, "2025Q1", Fraction(1)), (old_north, "2025Q2", Fraction(1)),
        (old_south, "2025Q2", Fraction(1)), (now, "2025Q3", Fraction(1)), (now, "2025Q4", Fraction(1)),
    ]  # fmt: skip
    assert found.cell.value == sum(int(one.numerator) for one in found.ingredients)


def test_an_estimate_on_an_old_area_says_whose_it_is(world: Session) -> None:
    put_report(world, NORTH, "plan", "2025-11M", PLAN_REPORT, reporter_id=MERGED)
    rebuild(world, NOW)
    found = evidence(world, MERGED_HEAD, NORTH, USERS, year="2025", boundaries="2025-06-30")
    assert (found.cell.standing, found.cell.value) == (Standing.ESTIMATE, 1100)
    (target,) = [one for one in found.targets if one.kind is AimKind.OWN]
    assert target.judgement is not None
    assert target.judgement.verdict is Verdict.BEHIND


def test_the_nation_names_its_provinces_and_those_that_lack(world: Session) -> None:
    put_rollup(world, OTHER, "srb", "2025", 90, 100)
    found = evidence(world, MINISTRY_VIEWER, NATION, "srb", year="2025")
    assert [one.unit for one in found.ingredients] == ["Núi Xanh"]
    assert [one.name for one in found.missing] == ["Sông Bắc"]


def test_targets_come_with_their_law_and_with_those_that_do_not_judge(world: Session) -> None:
    put_target(world, 801, NORTH, "prenatal_screening", 2027, 90)
    put_rollup(world, NORTH, "prenatal_screening", "2025-6M", 65, 100)
    found = evidence(world, MINISTRY_VIEWER, NORTH, "prenatal_screening", period="2025-6M")
    judging, later = found.targets
    assert (judging.kind, judging.target.low, judging.target.document.number) == (AimKind.OWN, 70, "12/KH-UBND")
    assert (later.kind, later.judgement, later.target.year) == (None, None, 2027)


def test_the_sentence_is_shown_where_a_reader_attached_the_text(world: Session) -> None:
    put_rollup(world, NORTH, "prenatal_screening", "2025-6M", 65, 100)
    asked = {"period": "2025-6M"}
    before = evidence(world, MINISTRY_VIEWER, NORTH, "prenatal_screening", **asked)
    assert [one.sentence for one in before.targets] == [None]
    text = "I. Chỉ tiêu\n- Sàng lọc trước sinh đạt 70;\n- Sàng lọc sơ sinh đạt 170."
    attach_text(world, attacher(MINISTRY_REVIEWER), "plan-2025", text, NOW)
    after = evidence(world, MINISTRY_VIEWER, NORTH, "prenatal_screening", **asked)
    assert [one.sentence for one in after.targets] == ["- Sàng lọc trước sinh đạt 70;"]


def test_earlier_years_stand_on_the_same_boundaries_and_window(world: Session) -> None:
    for year in (2024, 2025, 2026):
        for unit in (NORTH, SOUTH) if year < 2026 else (MERGED,):
            put_rollup(world, unit, "srb", f"{year}Q1", 110 + year % 100, 100)
    found = evidence(world, MINISTRY_VIEWER, MERGED, "srb", period="2026Q1")
    assert [period.code for period, _ in found.series] == ["2022Q1", "2023Q1", "2024Q1", "2025Q1", "2026Q1"]
    assert [cell.value for _, cell in found.series] == [None, None, 134, 135, 136]
    assert all(cell.low is not None and cell.primary is None for _, cell in found.series[2:])


def test_published_values_of_other_years_are_told_apart_from_the_cell(world: Session) -> None:
    put_published(world, OTHER, "2019", 2.0)
    put_published(world, OTHER, "2023", 1.9)
    found = evidence(world, MINISTRY_VIEWER, OTHER, "tfr", year="2024")
    assert found.cell.value is None
    assert [(one.period, one.value) for one in found.published] == [("2019", 2.0), ("2023", 1.9)]
    assert found.numerator.terms == ()


@pytest.mark.parametrize(
    ("definition", "args"),
    [
        ("srb", {"year": "2025"}),
        (USERS, {"period": "2025Q3"}),
        ("prenatal_screening", {"year": "2024", "boundaries": "today"}),
    ],
)
def test_the_number_is_that_of_the_table(world: Session, definition: str, args: dict[str, str]) -> None:
    for unit in (NORTH, SOUTH, OTHER):
        for period in ("2024", "2025Q1", "2025Q2"):
            put_rollup(world, unit, definition, period, unit, None if definition == USERS else 100)
    for unit in (MERGED, OTHER):
        for period in ("2025Q3", "2025Q4"):
            put_rollup(world, unit, definition, period, unit, None if definition == USERS else 100)
    table = compared(world, MINISTRY_VIEWER, **args)
    for unit in (MERGED, OTHER, NATION):
        assert evidence(world, MINISTRY_VIEWER, unit, definition, **args).cell is cell_of(table, unit, definition)


@pytest.mark.parametrize("key", ["dale", "other-town", "no-such-unit", "north"])
def test_a_unit_that_the_table_does_not_list_is_not_found(world: Session, key: str) -> None:
    with pytest.raises(NotFound):
        get_evidence(world, comparer(MERGED_HEAD), ComparisonQuery(), key, "srb", TODAY)


def test_a_column_that_does_not_exist_is_named(world: Session) -> None:
    for key in ("no_such_column", "'; drop table"):
        with pytest.raises(Invalid):
            evidence(world, MINISTRY_VIEWER, OTHER, key)


def test_evidence_asks_a_fixed_number_of_questions(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        for unit in (ASH, BAY):
            put_report(session, unit, "quarterly", "2026Q3")
        rebuild(session, NOW + timedelta(hours=1))
    asked = []
    for unit, definition in ((MERGED, "srb"), (OTHER, "srb"), (MERGED, "tfr"), (NATION, USERS)):
        with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
            evidence(session, MINISTRY_VIEWER, unit, definition, period="2026Q3")
        asked.append(len(seen))
    assert max(asked) <= 10
