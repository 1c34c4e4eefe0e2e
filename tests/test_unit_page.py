"""A unit's page: its family, its targets, its numbers across a merger; and the list from which units are chosen."""

import json

import pytest
from dash.development.base_component import Component
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from callbacks import guard, units
from data import clock
from data.db import unit_of_work
from data.refusals import Invalid, NotFound
from data.units.page import get_unit_page
from layouts.ids.unit import UnitId
from tests import worlds
from tests.counting import queries
from tests.dash_client import Reader, answer_of, portal_on
from tests.drawn import as_sent, has, part, parts, words
from tests.factories import a_small_world
from tests.world_rollups import comparer, put_rollup
from tests.worlds import (
    ASH_OFFICER,
    MERGED,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_VIEWER,
    NORTH,
    NOW,
    SOUTH,
    SOUTH_HEAD,
    TODAY,
    Person,
    principal_of,
)  # fmt: skip

ROUTER = "callbacks.shell.show"
SRB, USERS, SCREENING = "srb", "new_modern_contraceptive_users", "prenatal_screening"


def fill(session: Session) -> None:
    """One year of a province that was merged, and nine months of what it went into."""
    put_rollup(session, NORTH, SRB, "2024", 5_600, 5_000)
    put_rollup(session, MERGED, SRB, "2026-9M", 5_670, 5_000)


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    fill(session)
    return session


@pytest.fixture
def filled(engine: Engine) -> Engine:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        fill(session)
    return engine


def page(session: Session, person: Person, **query: str) -> Component:
    with clock.stopped_at(NOW), guard.acting_as(principal_of(person)):
        return units.view(session, comparer(person), query)


def links(drawn: Component) -> set[str]:
    return {one["props"]["href"] for one in parts(as_sent(drawn)) if "href" in one["props"]}


def listed(drawn: Component) -> list[str]:
    return [row["key"] for row in part(drawn, UnitId.LIST)["rowData"]]


def test_a_unit_shows_where_it_came_from_and_where_it_belongs(world: Session) -> None:
    drawn = page(world, MINISTRY_VIEWER, key="merged")
    said = words(drawn)
    assert said.startswith("Tỉnh Sông Bắc (từ 01/07/2025) Cấp tỉnh · mã 113 · từ ngày 01/07/2025")
    assert "Chuỗi số liệu ngắt quãng từ ngày 01/07/2025" in said
    assert {"/unit?key=vn", "/unit?key=north", "/unit?key=south", "/compare?within=merged"} <= links(drawn)


def test_a_closed_unit_says_when_it_ended_and_who_has_its_area(world: Session) -> None:
    drawn = page(world, MINISTRY_VIEWER, key="north")
    assert "Đơn vị này kết thúc hoạt động ngày 30/06/2025" in words(drawn)
    assert "/unit?key=merged" in links(drawn)


def test_a_predecessors_targets_are_history(world: Session) -> None:
    said = words(page(world, MINISTRY_VIEWER, key="merged"))
    assert "Chưa có chỉ tiêu riêng của đơn vị cho năm nay hoặc các năm sau." in said
    assert said.index("Chỉ tiêu của các đơn vị cũ") < said.index("12/KH-UBND, 20/01/2025")
    assert "không dùng để đánh giá đơn vị này" in said


def test_a_predecessors_targets_are_told_only_to_whom_the_registry_tells_them(world: Session) -> None:
    put_rollup(world, NORTH, SCREENING, "2024", 50, 100)
    put_rollup(world, SOUTH, SCREENING, "2024", 50, 300)

    def shown(person: Person) -> tuple[set[str], list[str]]:
        found = get_unit_page(world, comparer(person), "merged", TODAY)
        told = [target.key for one in found.inherited for plan in one.documents for target in plan.targets]
        return set(told), [one.definition.key for one in found.sums]

    assert shown(MERGED_HEAD) == ({"T701", "T702", "T703"}, [SCREENING, USERS])
    assert shown(ASH_OFFICER) == (set(), [])
    with pytest.raises(NotFound):
        page(world, ASH_OFFICER, key="north")
    heir, commune = (words(page(world, person, key="merged")) for person in (MERGED_HEAD, ASH_OFFICER))
    # 70 % of a hundred and 60 % of three hundred.
    assert "62,5" in heir
    assert "Chỉ tiêu của các đơn vị cũ" in heir
    assert "Chỉ tiêu của các đơn vị cũ" not in commune
    assert "62,5" not in commune


def test_the_series_keeps_old_and_new_areas_apart(world: Session) -> None:
    grid = part(page(world, MINISTRY_VIEWER, key="merged"), UnitId.SERIES)
    groups = [group["headerName"] for group in grid["columnDefs"][1:]]
    assert groups == ["Sông Bắc (từ 01/07/2025)", "Sông Bắc (đến 30/06/2025)", "Sông Nam (đến 30/06/2025)"]
    [row] = [one for one in grid["rowData"] if one["key"] == SRB]
    values = {column: cell["t"] for column, cell in row.items() if ":" in column}
    assert values["merged:4"] == "113,4"
    assert values["north:2"] == "112,0"
    # Neither the successor's years on the old area nor the other way round.
    assert not {"merged:0", "merged:1", "merged:2", "north:4"} & set(values)


def test_on_the_boundaries_of_a_day_one_series_crosses_the_merger_with_a_stroke_and_its_law(world: Session) -> None:
    put_rollup(world, SOUTH, SRB, "2024", 4_400, 5_000)
    put_rollup(world, SOUTH, USERS, "2024", 30)
    put_rollup(world, NORTH, USERS, "2024", 12)
    drawn = page(world, MINISTRY_VIEWER, key="merged", boundaries="today")
    grid = part(drawn, UnitId.SERIES)
    before, after = grid["columnDefs"][1:]
    assert (before["headerName"], after["headerName"]) == ("Sông Bắc + Sông Nam, đến ngày 30/06/2025", "Sông Bắc")
    assert "after-break" in after["children"][0]["cellClass"]
    assert all("cellClass" not in column for column in before["children"])
    rows = {one["key"]: one for one in grid["rowData"]}
    assert rows[SRB]["merged:2"]["t"] == "100,0"  # 10 000 boys for 10 000 girls, and not the mean of 112 and 88
    assert rows[USERS]["merged:2"]["t"] == "42"
    assert rows[SRB]["merged:4"]["t"] == "113,4"
    assert "số liệu trước đó là tổng của Sông Bắc, Sông Nam" in words(drawn)


@pytest.mark.parametrize(
    ("key", "boundaries", "lines"),
    [
        ("merged", "today", ["merged"]),
        ("merged", "2025-06-30", ["north", "south"]),
        ("north", "2025-06-30", ["north"]),
        ("north", "today", ["merged"]),
        ("south-coast", "2026-01-01", []),
    ],
)
def test_boundaries_of_a_day_show_the_units_that_stood_on_the_area(
    world: Session, key: str, boundaries: str, lines: list[str]
) -> None:
    put_rollup(world, SOUTH, SRB, "2024", 4_400, 5_000)
    drawn = page(world, MINISTRY_VIEWER, key=key, boundaries=boundaries)
    if not lines:
        assert not has(drawn, UnitId.SERIES)
        assert "Vào ngày đó, địa bàn không có đơn vị cấp này" in words(drawn)
        return
    groups = part(drawn, UnitId.SERIES)["columnDefs"][1:]
    shown = [column["colId"].split(":")[0] for group in groups for column in group["children"]]
    assert list(dict.fromkeys(shown)) == lines


def test_other_boundaries_bring_no_unit_from_beyond_the_readers_reach(world: Session) -> None:
    put_rollup(world, MERGED, SRB, "2025", 4_400, 5_000)
    drawn = page(world, SOUTH_HEAD, key="south", boundaries="today")
    assert not has(drawn, UnitId.SERIES)
    assert "88,0" not in words(drawn)


@pytest.mark.parametrize("typed", ["31/12/2025", "2025-02-30", "yesterday"])
def test_boundaries_that_are_no_day_are_refused_in_a_sentence(world: Session, typed: str) -> None:
    with pytest.raises(Invalid, match="không phải là ngày"):
        page(world, MINISTRY_VIEWER, key="merged", boundaries=typed)


def test_the_boundaries_to_choose_from_are_links_that_keep_the_unit(world: Session) -> None:
    assert {"/unit?key=merged", "/unit?key=merged&boundaries=today", "/unit?key=merged&boundaries=2025-06-30"} <= links(
        page(world, MINISTRY_VIEWER, key="merged", boundaries="today")
    )


def test_a_reader_sees_no_unit_beyond_reach(world: Session) -> None:
    assert words(page(world, ASH_OFFICER, key="bay")).startswith("Xã Bình Minh")
    for key in ("dale", "other", "nowhere", "' OR 1=1 --"):
        with pytest.raises(NotFound):
            page(world, ASH_OFFICER, key=key)


def test_without_a_key_the_units_below_ones_own_are_listed(world: Session) -> None:
    assert listed(page(world, MINISTRY_VIEWER)) == ["other", "merged"]
    assert listed(page(world, MERGED_HEAD)) == ["ash", "bay", "cedar"]


def test_who_has_nothing_below_is_told_so(world: Session) -> None:
    drawn = page(world, ASH_OFFICER)
    assert not has(drawn, UnitId.LIST)
    assert "không có đơn vị trực thuộc" in words(drawn)


def test_a_closed_units_head_finds_its_last_districts(world: Session) -> None:
    assert listed(page(world, SOUTH_HEAD)) == ["south-coast"]


@pytest.mark.parametrize("typed", ["binh", "BÌNH", "bình"])
def test_names_are_found_with_and_without_marks_within_reach(world: Session, typed: str) -> None:
    # "Bình Minh" begins with it, "An Bình" holds it as a word.
    assert listed(page(world, MERGED_HEAD, q=typed)) == ["bay", "ash"]
    assert listed(page(world, ASH_OFFICER, q=typed)) == ["bay", "ash"]


def test_a_search_tells_units_of_one_name_apart(world: Session) -> None:
    found = part(page(world, MERGED_HEAD, q="sông"), UnitId.LIST)["rowData"]
    said = {row["key"]: (row["name"], row["dates"]) for row in found}
    assert (said["merged"][0], said["north"][0]) == ("Sông Bắc", "Sông Bắc")
    assert "từ ngày 01/07/2025" in said["merged"][1]
    assert said["north"][1].endswith("đến ngày 30/06/2025")


def test_a_search_reaches_no_further_than_the_reader(world: Session) -> None:
    drawn = page(world, ASH_OFFICER, q="dai dong")
    assert not has(drawn, UnitId.LIST)
    assert "dale" not in json.dumps(as_sent(drawn))


def test_what_was_searched_for_is_shown_and_no_more_than_fits(world: Session) -> None:
    assert part(page(world, MINISTRY_VIEWER, q="x" * 500), UnitId.SEARCH)["value"] == "x" * units.LONGEST_WORDS


def test_the_same_question_draws_the_same_page(world: Session) -> None:
    one, other = (json.dumps(as_sent(page(world, MINISTRY_VIEWER, key="merged"))) for _ in range(2))
    assert one == other


def test_the_router_draws_it_for_those_who_may_compare(filled: Engine) -> None:
    app = portal_on(filled)
    with clock.stopped_at(NOW):
        content = answer_of(Reader(app, ASH_OFFICER.id).call(ROUTER, "/unit", "?key=ash"))["shell-content"]["children"]
        assert words(content).startswith("Xã An Bình")
        assert Reader(app, ASH_OFFICER.id).call(ROUTER, "/unit", "?key=dale").status_code == 404
        assert Reader(app, MINISTRY_ADMIN.id).call(ROUTER, "/unit", "?key=ash").status_code == 403
        assert Reader(app).call(ROUTER, "/unit", "?key=ash").status_code == 401


def test_a_page_costs_a_fixed_number_of_queries(filled: Engine) -> None:
    counts = []
    for key in ("merged", "merged", "other", "ash"):
        with unit_of_work(filled, writes=False) as session, queries(filled) as seen:
            page(session, MINISTRY_VIEWER, key=key)
        counts.append(len(seen))
    # The stamp, groups, lineage, and the roll-ups of the periods and of their parts; for a unit whose predecessors had
    # targets also the denominators that weigh them, for the years and their parts; and four for the table.
    assert counts[1] == 11
    assert set(counts[2:]) <= {8, 9}
    with unit_of_work(filled, writes=False) as session, queries(filled) as seen:
        page(session, MINISTRY_VIEWER)
    assert len(seen) == 1
