"""Real units on other boundaries: what rests on a weight is marked wherever it is shown, namesakes stay apart, and it
costs no more questions than the period's own boundaries do.
"""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.comparisons.display import row_title, shown
from data.comparisons.evidence import get_evidence
from data.comparisons.model import Comparison, Gap, Row
from data.comparisons.query import ComparisonQuery
from data.db import unit_of_work
from data.kinds import LineageBasis, UnitLevel
from data.measures import Measure
from data.snapshot import get_snapshot
from layouts.comparison.evidence import evidence
from layouts.comparison.picture import picture
from tests.counting import queries
from tests.drawn import parts, words
from tests.exported import csv_table, csv_text
from tests.test_comparisons_seeded import TODAY, compared, rollup, scope_at

MARK = "số quy đổi"
PEOPLE = Measure.BOYS_PER_100_GIRLS


class Split(NamedTuple):
    """A commune of today that took a part of an old one and others whole, and the province it lies in."""

    key: str
    province: str
    part: str
    share: Fraction
    others: tuple[str, ...]


def a_split(session: Session) -> Split:
    """The first commune of today that took exactly one part and something whole beside it."""
    tree = get_snapshot(session).tree
    for one in tree.at_level(UnitLevel.COMMUNE, TODAY):
        lines = tree.descents_into(one)
        weak = [line for line in lines if line.basis is LineageBasis.AREA]
        if len(weak) == 1 and 2 <= len(lines) <= 3:
            whole = tuple(tree.units[line.predecessor_id].key for line in lines if line not in weak)
            above = tree.parent(one, TODAY)
            assert above is not None
            part = tree.units[weak[0].predecessor_id].key
            return Split(tree.units[one].key, tree.units[above].key, part, weak[0].share, whole)
    raise AssertionError("no commune of today took a part of an old one")


@pytest.fixture
def split(seeded_session: Session) -> Split:
    found = a_split(seeded_session)
    rollup(seeded_session, found.part, "srb", "2024", 1_100, 1_000)
    for one in found.others:
        rollup(seeded_session, one, "srb", "2024", 212, 200)
    return found


def of_today(session: Session, split: Split) -> Comparison:
    args = {"year": "2024", "boundaries": "today", "level": "commune", "within": split.province, "definitions": "srb"}
    return compared(session, **args)


def row_of(comparison: Comparison, key: str) -> Row:
    return next(row for row in comparison.rows if row.unit.key == key)


def test_a_figure_that_rests_on_a_share_is_exact_and_marked_in_the_table(seeded_session: Session, split: Split) -> None:
    cell = row_of(of_today(seeded_session, split), split.key).cells[0]
    above, below = 1_100 * split.share + 212 * len(split.others), 1_000 * split.share + 200 * len(split.others)
    assert (cell.numerator, cell.denominator, cell.converted) == (above, below, True)
    assert cell.value == float(above * 100 / below)
    assert shown(cell, PEOPLE).small.startswith(MARK)


def test_what_no_weight_went_into_carries_no_mark(seeded_session: Session, split: Split) -> None:
    comparison = compared(seeded_session, year="2024", boundaries="today", definitions="srb")
    assert not any(cell.converted for row in comparison.rows for cell in row.cells)
    args = {"year": "2024", "level": "commune", "within": split.province, "boundaries": "2025-06-30"}
    old = get_snapshot(seeded_session).tree
    parent = old.ancestors(old.ids[split.part], date(2024, 12, 31))[-2]
    comparison = compared(seeded_session, **args | {"within": old.units[parent].key, "definitions": "srb"})
    own = row_of(comparison, split.part).cells[0]
    assert (own.value, own.converted) == (110, False)


def test_the_mark_stands_in_files_and_the_file_says_what_it_means(seeded_session: Session, split: Split) -> None:
    comparison = of_today(seeded_session, split)
    lines = {line[0]: line for line in csv_table(comparison)}
    assert MARK in lines[split.key][-1]
    assert "Số quy đổi;1: đưa về địa giới này theo tỷ lệ của đơn vị bị chia tách" in csv_text(comparison)
    plain = compared(seeded_session, year="2024", boundaries="today", definitions="srb")
    assert "quy đổi" not in csv_text(plain)


def test_the_picture_draws_a_ring_and_says_why(seeded_session: Session, split: Split) -> None:
    drawn = picture(of_today(seeded_session, split))
    (graph,) = [one["props"] for one in parts(drawn) if "figure" in one["props"]]
    assert graph["figure"]["data"][0]["marker"]["symbol"] == ["circle-open"]
    assert "vòng tròn rỗng: số quy đổi" in words(drawn)


def test_the_evidence_shows_the_shares_and_what_they_rest_on(seeded_session: Session, split: Split) -> None:
    query = ComparisonQuery.from_args(
        {"year": "2024", "boundaries": "today", "level": "commune", "within": split.province}
    )
    found = get_evidence(seeded_session, scope_at(seeded_session, "vn"), query, split.key, "srb", TODAY)
    shares = {one.share: one.bases for one in found.ingredients}
    assert shares == {split.share: (LineageBasis.AREA,), Fraction(1): ()}
    said = words(evidence(found, frozenset()))
    assert "Số quy đổi đưa về địa giới này theo tỷ lệ" in said
    assert "theo diện tích" in said


def test_communes_of_one_name_in_one_province_say_which_district_they_are_of(seeded_session: Session) -> None:
    args = {"year": "2024", "boundaries": "2025-06-30", "level": "commune", "within": "p24", "definitions": "srb"}
    comparison = compared(seeded_session, **args)
    named = [row_title(row) for row in comparison.rows]
    assert len(set(named)) == len(named) > 150
    doubled = [name for name in named if "(" in name]
    assert doubled
    assert all("(Huyện " in name or "(Thị xã " in name or "(Thành phố " in name for name in doubled)


def test_reading_on_todays_boundaries_asks_the_database_no_more(seeded_engine: Engine) -> None:
    with unit_of_work(seeded_engine) as session:
        tree = get_snapshot(session).tree
        for unit in tree.at_level(UnitLevel.PROVINCE, date(2024, 12, 31)):
            rollup(session, tree.units[unit].key, "srb", "2024", 110, 100)

    def asked(year: str, boundaries: str) -> int:
        with unit_of_work(seeded_engine, writes=False) as session, queries(seeded_engine) as seen:
            compared(session, year=year, boundaries=boundaries, definitions="srb")
        return len(seen)

    asked("2024", "today")  # reads what was published, which stays in memory
    # The stamp of the facts and the roll-ups of the year.
    assert {asked("2024", day) for day in ("2024-12-31", "2025-06-30", "today")} == {2}
    # Where nothing is there for the year itself, once more for its parts.
    assert {asked("2023", day) for day in ("2023-12-31", "today")} == {3}


def test_regions_of_one_name_say_which_of_them_is_meant(seeded_session: Session) -> None:
    scope = scope_at(seeded_session, "vn")
    query = ComparisonQuery.from_args({"year": "2023", "definitions": "srb", "boundaries": "2025-06-30"})
    found = get_evidence(seeded_session, scope, query, "p27", "srb", TODAY)
    assert {value.group for value in found.groups} == {"Vùng Đồng bằng sông Hồng (đến 30/06/2025)"}
    later = ComparisonQuery.from_args({"year": "2025", "definitions": "srb"})
    # The region of today took the name over and none of the numbers.
    assert get_evidence(seeded_session, scope, later, "p24-2025", "srb", TODAY).groups == ()


def test_a_zone_that_was_a_district_without_communes_names_the_district(seeded_session: Session) -> None:
    args = {"year": "2024", "boundaries": "today", "level": "commune", "within": "p79-2025", "definitions": "srb"}
    absence = row_of(compared(seeded_session, **args), "c26732-2025").cells[0].absence
    assert absence is not None
    assert (absence.gap, absence.units) == (Gap.OTHER_LEVEL, ("Huyện Côn Đảo",))
