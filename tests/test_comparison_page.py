"""The page of the comparison: who sees which rows, what a bad address is told, and what it costs."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from dash.development.base_component import Component
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from callbacks import comparison
from data import clock
from data import tables as t
from data.db import unit_of_work
from data.snapshot import ILLUSTRATIVE
from data.wording import Language, use_language
from layouts.ids.comparison import ComparisonId
from tests import worlds
from tests.counting import queries
from tests.dash_client import Reader, answer_of, portal_on
from tests.drawn import as_sent, has, part, parts, words
from tests.factories import a_small_world
from tests.source_tree import ROOT
from tests.world_rollups import comparer, put_rollup, put_target, renew
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    DALE,
    DALE_OFFICER,
    MERGED,
    MINISTRY_ADMIN,
    MINISTRY_VIEWER,
    NOW,
    OTHER,
    OTHER_HEAD,
    Person,
)  # fmt: skip

ROUTER = "callbacks.shell.show"
SRB, THIRD = "srb", "third_birth_share"


def fill(session: Session) -> None:
    """Approved figures of two provinces and three communes, for nine months and a quarter of 2026."""
    for unit, boys, girls in ((MERGED, 5_670, 5_000), (OTHER, 10_600, 10_000)):
        put_rollup(session, unit, SRB, "2026-9M", boys, girls)
    for unit, third in ((ASH, 3), (BAY, 4), (CEDAR, 40)):
        put_rollup(session, unit, THIRD, "2026Q3", third, 60)
    renew(session)


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
        return comparison.view(session, comparer(person), query)


def keys(drawn: Any) -> list[str]:
    return [row["key"] for row in part(drawn, ComparisonId.GRID)["rowData"]]


def pinned(drawn: Any) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = part(drawn, ComparisonId.GRID)["dashGridOptions"]["pinnedTopRowData"]
    return rows


def row(drawn: Any, key: str) -> Mapping[str, Any]:
    rows = [*part(drawn, ComparisonId.GRID)["rowData"], *pinned(drawn)]
    return next(one for one in rows if one["key"] == key)


def test_the_ministry_sees_all_provinces_below_the_targets_and_the_whole(world: Session) -> None:
    drawn = page(world, MINISTRY_VIEWER)
    assert keys(drawn) == ["other", "merged"]
    assert [one["key"] for one in pinned(drawn)] == ["nq21", "vn"]
    assert words(drawn).startswith("So sánh 2 tỉnh, thành phố 9 tháng năm 2026 · địa giới 30/09/2026 · 2/2 đơn vị")


def test_a_commune_sees_its_peers_and_nobody_elses(world: Session) -> None:
    assert sorted(keys(page(world, ASH_OFFICER))) == ["ash", "bay", "cedar"]
    assert sorted(keys(page(world, DALE_OFFICER))) == ["dale", "elm"]
    assert not {"dale", "elm"} & set(keys(page(world, ASH_OFFICER, boundaries="today")))


def test_small_counts_of_a_neighbour_are_masked_and_ones_own_are_shown(world: Session) -> None:
    drawn = page(world, ASH_OFFICER, period="2026Q3", definitions=THIRD)
    assert row(drawn, "ash")[THIRD]["t"] == "5,0"
    assert (row(drawn, "bay")[THIRD]["t"], row(drawn, "bay")[THIRD]["v"]) == ("•", None)
    # BAY alone could be worked out from the total.
    assert row(drawn, "cedar")[THIRD]["t"] == "•"


def test_a_cell_holds_value_margin_interval_and_the_year_of_the_goal(world: Session) -> None:
    cell = row(page(world, MINISTRY_VIEWER, definitions=SRB), "merged")[SRB]
    assert (cell["t"], cell["w"]) == ("113,4", "mốc 2030")
    assert re.fullmatch(r"-4,4 · 109,\d–117,\d", cell["s"])


def test_a_units_own_target_stands_in_its_cell_and_the_nations_beside_the_column(world: Session) -> None:
    put_target(world, 790, MERGED, SRB, 2026, 112)
    drawn = page(world, MINISTRY_VIEWER, definitions=SRB)
    assert row(drawn, "merged")[SRB]["o"] == "≥ 112"
    assert "o" not in row(drawn, "other")[SRB]
    assert part(drawn, ComparisonId.GRID)["dashGridOptions"]["context"]["aims"] == {
        SRB: ["Mục tiêu quốc gia 2030: ≤ 109"]
    }


def test_an_empty_cell_says_why_in_short_and_in_a_sentence(world: Session) -> None:
    cell = row(page(world, MINISTRY_VIEWER, year="2024", boundaries="2025-06-30", definitions=SRB), "north")[SRB]
    assert (cell["v"], cell["t"], cell["s"]) == (None, "–", "chưa có số liệu")
    assert cell["y"].endswith(".")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"definitions": "nonsense"}, "“nonsense”"),
        ({"period": "2025Q9"}, "“2025Q9”"),
        ({"within": "no-such-unit"}, "Không có đơn vị này trong phạm vi"),
        ({"within": "other"}, "Không có đơn vị này trong phạm vi"),
        ({"boundaries": "31/12/2025"}, "“31/12/2025”"),
    ],
)
def test_a_bad_address_gets_a_sentence_and_controls_that_work(
    world: Session, query: dict[str, str], sentence: str
) -> None:
    drawn = as_sent(page(world, ASH_OFFICER, **query))
    [said] = [one for one in parts(drawn) if one["props"].get("role") == "alert"]
    assert sentence in words(said)
    assert part(drawn, ComparisonId.PERIOD)["value"] == "2026-9M"
    assert not has(drawn, ComparisonId.GRID)


def test_what_exists_beyond_reach_and_what_does_not_exist_are_told_the_same(world: Session) -> None:
    assert words(page(world, ASH_OFFICER, within="dale")) == words(page(world, ASH_OFFICER, within="nowhere"))


def test_too_many_rows_are_offered_as_a_file(world: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "MOST_ROWS", 1)
    drawn = as_sent(page(world, MINISTRY_VIEWER, year="2026"))
    assert not has(drawn, ComparisonId.GRID)
    links = [one["props"]["href"] for one in parts(drawn) if "/export/" in one["props"].get("href", "")]
    assert links == ["/export/comparison.xlsx?year=2026", "/export/comparison.csv?year=2026"]


def test_the_files_are_asked_for_with_the_query_of_the_page(world: Session) -> None:
    drawn = as_sent(page(world, MINISTRY_VIEWER, definitions=SRB, boundaries="today", foreign="x"))
    links = {one["props"]["href"] for one in parts(drawn) if "/export/" in one["props"].get("href", "")}
    assert f"/export/comparison.csv?definitions={SRB}&boundaries=today" in links


def test_made_up_results_are_marked_and_only_they(world: Session) -> None:
    assert "số liệu minh hoạ" not in words(page(world, MINISTRY_VIEWER))
    world.merge(t.Fact(name=ILLUSTRATIVE, value="1"))
    world.flush()
    renew(world)
    assert "số liệu minh hoạ" in words(page(world, MINISTRY_VIEWER))


def test_the_page_speaks_the_language_of_its_reader(world: Session) -> None:
    with use_language(Language.EN):
        drawn = page(world, MINISTRY_VIEWER, definitions=SRB)
    assert words(drawn).startswith("Comparison of 2 provinces and cities")
    assert row(drawn, "merged")[SRB]["t"] == "113.4"
    assert part(drawn, ComparisonId.GRID)["dashGridOptions"]["localeText"]["contains"] == "contains"


def test_the_same_question_draws_the_same_page(world: Session) -> None:
    one, other = (json.dumps(as_sent(page(world, MINISTRY_VIEWER))) for _ in range(2))
    assert one == other


def test_the_first_answer_holds_the_rows_for_whoever_may_compare(filled: Engine) -> None:
    with clock.stopped_at(NOW):
        answer = Reader(portal_on(filled), OTHER_HEAD.id).call(ROUTER, "/compare", "")
    assert keys(answer_of(answer)["shell-content"]["children"]) == ["other", "merged"]


def test_who_may_not_compare_sees_nothing(filled: Engine) -> None:
    app = portal_on(filled)
    assert Reader(app, MINISTRY_ADMIN.id).call(ROUTER, "/compare", "").status_code == 403
    assert Reader(app).call(ROUTER, "/compare", "").status_code == 401


def test_a_page_costs_a_fixed_number_of_queries(filled: Engine) -> None:
    with unit_of_work(filled, writes=False) as session:
        page(session, MINISTRY_VIEWER)  # reads the reference facts, which stay in memory
    counts = {}
    for name, args in {"one": {"definitions": SRB}, "usual": {}, "year": {"year": "2025"}}.items():
        with unit_of_work(filled, writes=False) as session, queries(filled) as seen:
            page(session, MINISTRY_VIEWER, **args)
        counts[name] = len(seen)
    # The stamp of the facts and the roll-ups; once more where a period has to be put together from its parts.
    assert counts == {"one": 2, "usual": 3, "year": 3}


def test_every_function_that_the_table_names_is_in_its_script(world: Session) -> None:
    put_target(world, 790, MERGED, SRB, 2026, 112)
    script = (ROOT / "portal" / "assets" / "grid.js").read_text("utf-8")
    grid = part(page(world, MINISTRY_VIEWER), ComparisonId.GRID)
    text = json.dumps([grid["columnDefs"], grid["defaultColDef"], list(grid["eventListeners"].values())])
    functions = set(re.findall(r"\b(grid[A-Z]\w+)", text))
    components = set(re.findall(r'"(?:cellRenderer|innerHeaderComponent)": "(\w+)"', text))
    assert {one for one in functions if f"functions.{one} =" not in script} == set()
    assert {one for one in components if f"components.{one} =" not in script} == set()
    assert len(functions) > 5
    assert components == {"NameCell", "ValueCell", "ColumnHeading"}


def test_closing_a_role_closes_the_page(filled: Engine) -> None:
    with unit_of_work(filled) as session:
        session.execute(update(t.AccountRole).values(to_on=NOW.date().replace(year=2025)))
    answer = Reader(portal_on(filled), OTHER_HEAD.id).call(ROUTER, "/compare", "")
    assert answer.status_code == 403


def test_units_of_another_province_are_on_no_list_to_choose_from(world: Session) -> None:
    options = part(page(world, ASH_OFFICER), ComparisonId.WITHIN)["options"]
    assert [one["value"] for one in options] == ["vn", "merged"]
    assert str(DALE) not in json.dumps(options)
