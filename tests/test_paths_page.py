"""The page of the ways to goals of later years: what it says, where it leads, and for whom it opens."""

import json

import pytest
from dash.development.base_component import Component
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from callbacks import comparison, guard, paths
from data import clock
from data.db import unit_of_work
from data.judging import Operator
from layouts.ids.paths import PathsId
from tests import worlds
from tests.dash_client import Reader, answer_of, portal_on
from tests.drawn import as_sent, has, part, parts, words
from tests.factories import a_small_world
from tests.world_paths import FOR_LATER, SCREENING, SRB, USERS, put_years
from tests.world_rollups import comparer, put_rollup, put_target
from tests.worlds import (
    ASH_OFFICER,
    BAY,
    DALE_OFFICER,
    MERGED,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    NOW,
    OTHER,
    OTHER_HEAD,
    SOUTH,
    Person,
    principal_of,
)

ROUTER, EXPLAIN = "callbacks.shell.show", "callbacks.comparison.explain"
GRAPH = f"{PathsId.FIGURE}-graph"


def fill(session: Session) -> None:
    """A screening that rises by four points a year, and a sex ratio of few births."""
    put_target(session, 801, NATION, SCREENING, 2030, 80, **FOR_LATER)
    put_target(session, 802, OTHER, SCREENING, 2030, 84)
    put_years(session, OTHER, SCREENING, {2022: (500, 1000), 2023: (540, 1000), 2024: (580, 1000), 2025: (620, 1000)})
    put_years(session, OTHER, SRB, {2023: (570, 500), 2024: (560, 500), 2025: (555, 500)})


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
    with clock.stopped_at(NOW):
        return paths.view(session, comparer(person), query)


def said_by(drawn: object) -> str:
    """All words of the page, with single spaces between them, without the headings that only a telephone shows."""
    sent = as_sent(drawn)
    for one in parts(sent):
        if one["props"].get("className") == "narrow-only":
            one["props"]["children"] = ""
    return " ".join(words(sent).split())


def links(drawn: Component) -> set[str]:
    return {one["props"]["href"] for one in parts(as_sent(drawn)) if "href" in one["props"]}


def test_every_goal_has_its_line_with_its_law_and_its_way(world: Session) -> None:
    drawn = page(world, OTHER_HEAD, unit="other")
    said = said_by(drawn)
    assert "Đường đến 2030: Tỉnh Núi Xanh" in said
    assert "≥ 80% đến năm 2030 Mục tiêu quốc gia · 21-NQ/TW, 25/10/2017" in said
    assert "≥ 84% đến năm 2030 Mục tiêu của đơn vị · 12/KH-UBND, 20/01/2025" in said
    assert "+3,6 điểm %" in said
    assert "kịp tiến độ" in said
    assert {
        "/unit?key=other",
        "/paths?unit=other&definition=srb",
        "/targets?unit=vn&target=T801",
        "/targets?unit=other&target=T802",
    } <= links(drawn)


def test_one_way_says_in_sentences_what_the_picture_shows(world: Session) -> None:
    said = said_by(page(world, OTHER_HEAD, unit="other", definition=SCREENING))
    assert "Cần tăng 3,6 điểm % mỗi năm đến năm 2030." in said
    assert (
        "Giai đoạn 2022–2025 tăng 4,0 điểm % mỗi năm (khoảng tin cậy 95%: +4,0 đến +4,0; bình phương tối thiểu, "
        "4 năm số liệu)." in said
    )
    assert "Với nhịp này, năm 2030 ước khoảng 82,0% (khoảng tin cậy 95%: 82,0–82,0)." in said
    assert "Với nhịp này, tới mốc vào năm 2030." in said
    assert "Với nhịp này, tới mốc vào năm 2031." in said  # the unit's own goal is higher
    assert "chậm tiến độ" in said


def test_what_chance_moves_says_so(world: Session) -> None:
    said = said_by(page(world, OTHER_HEAD, unit="other", definition=SRB))
    assert "bình phương tối thiểu có trọng số" in said
    assert "Khoảng tin cậy của nhịp gồm cả khả năng kịp và khả năng không kịp." in said
    assert "chưa đủ căn cứ" in said


def test_the_picture_holds_the_years_the_goals_and_both_ways(world: Session) -> None:
    figure = part(page(world, OTHER_HEAD, unit="other", definition=SCREENING), GRAPH)["figure"]
    points = next(trace for trace in figure["data"] if "error_y" in trace)
    assert (points["x"], points["y"]) == ([2022, 2023, 2024, 2025], [50, 54, 58, 62])
    dashed = [trace for trace in figure["data"] if trace.get("line", {}).get("dash") == "dash"]
    assert [(trace["x"], trace["y"]) for trace in dashed] == [([2025, 2030], [62, 80]), ([2025, 2030], [62, 84])]
    said = {note["text"] for note in figure["layout"]["annotations"]}
    assert {"≥ 80% (quốc gia)", "≥ 84% (mục tiêu của đơn vị)", "cần +3,6 mỗi năm", "nhịp +4,0 mỗi năm"} == said


def test_the_tables_behind_the_picture_say_which_year_is_left_out_and_why(world: Session) -> None:
    put_rollup(world, OTHER, SCREENING, "2021", 90, 100, counted=1, expected=2)
    said = said_by(page(world, OTHER_HEAD, unit="other", definition=SCREENING))
    assert "2021 90,0% 90 / 100 không: chưa đủ các đơn vị" in said
    assert "2025 62,0% 620 / 1.000 có" in said
    assert "2030 82,0 82,0–82,0 80,0 84,0" in said


def test_a_way_across_a_merger_names_who_counted_before(world: Session) -> None:
    for year in (2023, 2024):
        put_years(world, NORTH, SCREENING, {year: (40, 100)})
        put_years(world, SOUTH, SCREENING, {year: (50, 100)})
    put_years(world, MERGED, SCREENING, {2025: (100, 200)})
    said = said_by(page(world, MERGED_HEAD, unit="merged", definition=SCREENING))
    assert "số liệu trước đó là tổng của Sông Bắc, Sông Nam" in said
    assert "90 / 200" in said


def test_without_enough_years_the_page_counts_them(world: Session) -> None:
    put_years(world, MERGED, SCREENING, {2025: (100, 200)})
    said = said_by(page(world, MERGED_HEAD, unit="merged", definition=SCREENING))
    assert "Cần ít nhất 3 năm đủ số liệu trên cùng địa bàn để tính nhịp, hiện có 1." in said
    assert "không đánh giá" in said


def test_a_goal_without_any_year_stands_apart_with_its_reason(world: Session) -> None:
    drawn = page(world, MERGED_HEAD, unit="merged")
    said = said_by(drawn)
    assert "Các mốc chưa có số liệu năm để tính: 2" in said
    assert not has(drawn, GRAPH)
    alone = page(world, MERGED_HEAD, unit="merged", definition=SCREENING)
    assert "Chưa có năm nào của đơn vị dùng được" in said_by(alone)
    assert not has(alone, GRAPH)


def test_a_column_without_a_goal_shows_its_years(world: Session) -> None:
    drawn = page(world, OTHER_HEAD, unit="other", definition=USERS)
    assert "chưa có mục tiêu nào của các năm sau" in said_by(drawn)


def test_a_change_without_a_base_year_names_it(world: Session) -> None:
    put_target(world, 803, OTHER, SCREENING, 2035, 5, operator=Operator.DELTA, baseline_year=2030)
    said = said_by(page(world, OTHER_HEAD, unit="other", definition=SCREENING))
    assert "của năm gốc 2030" in said


def test_a_hidden_year_is_drawn_nowhere(world: Session) -> None:
    put_target(world, 804, BAY, USERS, 2030, 5000)
    put_years(world, BAY, USERS, {2022: 711, 2023: 3, 2024: 712, 2025: 713})
    theirs, ours = (page(world, person, unit="bay", definition=USERS) for person in (ASH_OFFICER, MERGED_HEAD))
    points = [
        next(trace for trace in part(one, GRAPH)["figure"]["data"] if "error_y" in trace)["x"] for one in (theirs, ours)
    ]
    assert points == [[2022, 2024, 2025], [2022, 2023, 2024, 2025]]
    assert "2023 • Không nêu số đếm dưới 5 của đơn vị khác" in said_by(theirs)


def test_the_same_question_draws_the_same_page(world: Session) -> None:
    for query in ({"unit": "other"}, {"unit": "other", "definition": SCREENING}):
        one, other = (json.dumps(as_sent(page(world, MINISTRY_VIEWER, **query))) for _ in range(2))
        assert one == other


def test_the_router_draws_it_for_those_who_may_compare(filled: Engine) -> None:
    app = portal_on(filled)
    with clock.stopped_at(NOW):
        asked = answer_of(Reader(app, OTHER_HEAD.id).call(ROUTER, "/paths", "?unit=other&definition=srb"))
        assert "Tỉnh Núi Xanh" in said_by(asked["shell-content"]["children"])
        dale = Reader(app, DALE_OFFICER.id)
        assert dale.call(ROUTER, "/paths", "?unit=ash").status_code == 404
        assert dale.get("/paths?unit=ash").status_code == 404
        assert dale.get("/paths?unit=dale&definition=nothing").status_code == 422
        assert dale.get("/paths").status_code == 200
        assert Reader(app, MINISTRY_ADMIN.id).call(ROUTER, "/paths", "?unit=other").status_code == 403
        assert Reader(app).call(ROUTER, "/paths", "?unit=other").status_code == 401


def test_the_evidence_of_a_number_leads_to_its_way(world: Session) -> None:
    def explained(definition: str, year: str) -> set[str]:
        with clock.stopped_at(NOW), guard.acting_as(principal_of(MINISTRY_VIEWER)):
            asked = {"data": {"unit": "other", "definition": definition}}
            panel = comparison.explain(world, comparer(MINISTRY_VIEWER), asked, f"?year={year}&boundaries=today")
        return {one["props"]["href"] for one in parts(as_sent(panel)) if "href" in one["props"]}

    assert "/paths?unit=other&definition=srb" in explained(SRB, "2025")
    assert "/paths?unit=other&definition=new_modern_contraceptive_users" not in explained(USERS, "2025")
