"""The table on a unit's page: its controls, its lines, what stands behind them, and for whom."""

from typing import Any

import pytest
from dash import no_update
from dash.development.base_component import Component
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from callbacks import guard, units
from data import clock
from data.db import unit_of_work
from data.refusals import Invalid, NotFound
from layouts.ids.unit import UnitId
from tests import worlds
from tests.dash_client import Reader, answer_of, portal_on
from tests.drawn import as_sent, has, part, parts, words
from tests.factories import a_small_world
from tests.world_rollups import comparer, put_rollup, put_target
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    MERGED,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    NOW,
    OTHER,
    SOUTH_HEAD,
    Person,
    principal_of,
)  # fmt: skip

SRB, NEWBORN, SCREENING = "srb", "newborn_screening", "prenatal_screening"
EXPLAIN, CHOOSE = "callbacks.units.explain", "callbacks.units.choose"


def fill(session: Session) -> None:
    """Nine months of two communes and of both provinces."""
    put_target(session, 721, NATION, SCREENING, 2026, 50)
    for unit, boys in ((ASH, 60), (BAY, 70), (MERGED, 5_670), (OTHER, 5_500)):
        put_rollup(session, unit, SRB, "2026-9M", boys, 5_000 if boys > 100 else 60)
        put_rollup(session, unit, SCREENING, "2026-9M", 60, 100)
    put_rollup(session, ASH, NEWBORN, "2026-9M", 24, 100)


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


def rows(drawn: Component) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in part(drawn, UnitId.TABLE)["rowData"]}


def explained(session: Session, person: Person, definition: Any, search: str = "?key=ash") -> Any:
    event = {"data": {"definition": definition}, "timestamp": 1}
    with clock.stopped_at(NOW), guard.acting_as(principal_of(person)):
        return as_sent(units.explain(session, comparer(person), event, search))


def test_the_table_stands_first_under_programmes_with_what_each_line_is_held_against(world: Session) -> None:
    drawn = page(world, ASH_OFFICER, key="ash")
    found = rows(drawn)
    assert [row["group"] for row in found.values() if "group" in row] == [
        "468 · Giới tính khi sinh", "1999 · Sàng lọc",
    ]  # fmt: skip
    newborn = found[NEWBORN]
    assert (newborn["result"]["t"], newborn["own"]["t"], newborn["share"]["t"]) == ("24,0", "≥ 30%", "80,0%")
    assert newborn["own"]["h"] == "/targets?unit=ash&target=T706"
    assert newborn["verdict"] == {
        "c": "BEHIND", "t": "chậm tiến độ",
        "s": "theo chỉ tiêu của đơn vị · Khoảng cách tới mức cần đạt: -6,0 điểm %.",
    }  # fmt: skip
    assert found[SRB]["national"]["h"] == "/targets?target=T707"
    said = words(drawn)
    assert said.index("Kết quả thực hiện so với kế hoạch · 9 tháng năm 2026") < said.index("Kết quả theo báo cáo")


def test_columns_that_would_repeat_another_are_left_out(world: Session) -> None:
    def columns(person: Person, **query: str) -> list[str]:
        return [one["colId"] for one in part(page(world, person, **query), UnitId.TABLE)["columnDefs"]]

    usual = ["name", "result", "before", "own", "national", "share", "verdict", "series"]
    assert columns(MINISTRY_VIEWER, key="merged") == usual
    assert columns(MINISTRY_VIEWER, key="merged", ranks="1") == [*usual, "rank"]
    quarter = columns(ASH_OFFICER, key="ash", period="2026Q3")
    assert quarter == ["name", "result", "since", "before", "own", "parent", *usual[4:]]


def test_an_empty_cell_says_why(world: Session) -> None:
    found = rows(page(world, ASH_OFFICER, key="ash", ranks="1"))
    assert found["tfr"]["result"] == {
        "t": "–", "s": "chưa công bố", "y": "Chỉ lấy theo số công bố; chưa có số công bố cho đơn vị này.",
    }  # fmt: skip
    assert found[SRB]["own"]["y"] == "Không có chỉ tiêu cho năm 2026."
    assert found[SRB]["share"]["y"] == "Chưa có chỉ tiêu nào giao cho đơn vị trong năm này."
    assert found["new_modern_contraceptive_users"]["rank"]["s"] == "số đếm"


def test_the_years_are_said_in_words_beside_their_picture(world: Session) -> None:
    put_rollup(world, ASH, SRB, "2025", 110, 100)
    series = rows(page(world, ASH_OFFICER, key="ash"))[SRB]["series"]
    assert series["p"][-1] == [2025, pytest.approx(110)]
    assert series["p"][0] == [2021, None]
    assert series["t"].endswith("2025: 110,0")
    assert series["h"] == f"/paths?unit=ash&definition={SRB}"


def test_the_period_and_the_ranks_stand_in_the_address_and_stay_when_boundaries_change(world: Session) -> None:
    drawn = page(world, MINISTRY_VIEWER, key="merged", period="2026Q3", ranks="1")
    links = {one["props"]["href"] for one in parts(as_sent(drawn)) if "href" in one["props"]}
    assert "/unit?key=merged&period=2026Q3&ranks=1&boundaries=today" in links
    assert "/unit?key=merged&period=2026Q3" in links
    assert "/export/unit.xlsx?key=merged&period=2026Q3&ranks=1" in links
    assert part(drawn, UnitId.PERIOD)["value"] == "2026Q3"
    chosen = units.choose(world, comparer(MINISTRY_VIEWER), "2025", "?key=merged&period=2026Q3&ranks=1")
    assert chosen == "?key=merged&year=2025&ranks=1"
    assert units.choose(world, comparer(MINISTRY_VIEWER), None, "?key=merged&year=2025") == "?key=merged"
    with pytest.raises(Invalid):
        units.choose(world, comparer(MINISTRY_VIEWER), "2025Q9", "?key=merged")


def test_a_closed_unit_starts_with_its_own_last_year(world: Session) -> None:
    put_rollup(world, NORTH, SRB, "2025-6M", 560, 500)
    drawn = page(world, MINISTRY_VIEWER, key="north")
    assert part(drawn, UnitId.PERIOD)["value"] == "2025-6M"
    assert rows(drawn)[SRB]["result"]["t"] == "112,0"


def test_a_line_opens_the_evidence_of_its_result(world: Session) -> None:
    said = words(explained(world, ASH_OFFICER, NEWBORN))
    assert said.startswith("Xã An Bình · newborn_screening × 9 tháng năm 2026 24,0%")
    assert "12/KH-UBND, 20/01/2025" in said
    with clock.stopped_at(NOW):
        assert units.explain(world, comparer(ASH_OFFICER), None, "?key=ash") is no_update


@pytest.mark.parametrize("definition", [None, 7, ["srb"], {"a": 1}])
def test_what_names_no_line_is_refused(world: Session, definition: Any) -> None:
    with pytest.raises(Invalid):
        explained(world, ASH_OFFICER, definition)
    with pytest.raises(Invalid):
        explained(world, ASH_OFFICER, "no_such_line")


@pytest.mark.parametrize("search", ["?key=dale", "?key=nowhere", "", "?key=ash' OR 1=1"])
def test_no_evidence_comes_from_beyond_the_readers_reach(world: Session, search: str) -> None:
    with pytest.raises(NotFound):
        explained(world, ASH_OFFICER, SRB, search)


def test_a_neighbours_small_count_is_hidden_in_the_table_and_behind_it(world: Session) -> None:
    put_target(world, 731, BAY, "new_modern_contraceptive_users", 2026, 10)
    put_rollup(world, BAY, "new_modern_contraceptive_users", "2026-9M", 3)
    row = rows(page(world, ASH_OFFICER, key="bay"))["new_modern_contraceptive_users"]
    assert (row["result"]["t"], row["share"]["t"], row["verdict"]) == ("•", "–", {"t": "không nêu"})
    search = "?key=bay&period=2026-9M"
    behind = words(explained(world, ASH_OFFICER, "new_modern_contraceptive_users", search))
    assert "9 tháng năm 2026 • Lý do Không nêu số đếm dưới 5 của đơn vị khác" in behind
    above = rows(page(world, MERGED_HEAD, key="bay"))["new_modern_contraceptive_users"]
    assert (above["result"]["t"], above["share"]["t"]) == ("3", "30,0%")


def test_a_period_that_ended_out_of_reach_is_said_to_be(world: Session) -> None:
    drawn = page(world, SOUTH_HEAD, key="south", year="2026")
    assert has(drawn, UnitId.TABLE)
    merged = rows(drawn)[SRB]["result"]
    assert merged["s"] == "đã hợp nhất"


def test_only_who_may_compare_calls_the_page(filled: Engine) -> None:
    app = portal_on(filled)
    event = {"data": {"definition": SRB}, "timestamp": 1}
    with clock.stopped_at(NOW):
        assert answer_of(Reader(app, ASH_OFFICER.id).call(EXPLAIN, event, "?key=ash"))
        assert Reader(app, ASH_OFFICER.id).call(EXPLAIN, event, "?key=dale").status_code == 404
        assert Reader(app, MINISTRY_ADMIN.id).call(EXPLAIN, event, "?key=ash").status_code == 403
        assert Reader(app).call(EXPLAIN, event, "?key=ash").status_code == 401
        chosen = answer_of(Reader(app, ASH_OFFICER.id).call(CHOOSE, "2025", "?key=ash"))
        assert chosen[UnitId.ADDRESS]["search"] == "?key=ash&year=2025"
        assert Reader(app, MINISTRY_ADMIN.id).call(CHOOSE, "2025", "?key=ash").status_code == 403
