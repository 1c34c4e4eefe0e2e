"""What the page of the comparison does when asked: the address, the evidence, the picture, a document's text."""

from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

import pytest
from dash import no_update
from plotly.graph_objects import Figure as Checked
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from callbacks import comparison, guard
from data import clock
from data import tables as t
from data.db import unit_of_work
from data.refusals import Invalid, NotFound
from data.rollups import rebuild
from layouts.ids.comparison import ComparisonId
from tests import worlds
from tests.counting import queries
from tests.dash_client import Many, Reader, answer_of, portal_on
from tests.drawn import as_sent, part, parts, words
from tests.factories import a_small_world
from tests.test_documents import PLAN
from tests.world_catalogue import PLAN_2025
from tests.world_reports import PLAN_REPORT, put_report
from tests.world_rollups import comparer, put_rollup
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    MERGED,
    MERGED_HEAD,
    MERGED_LEADER,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NORTH,
    NOW,
    OTHER,
    OTHER_HEAD,
    Person,
    principal_of,
)  # fmt: skip

SRB, SCREENING = "srb", "prenatal_screening"
OLD = "?period=2025-11M&boundaries=2025-06-30"


def fill(session: Session) -> None:
    """The quarter of two communes, the old area's plan report, and two provinces' nine months."""
    for unit in (ASH, BAY):
        put_report(session, unit, "quarterly", "2026Q3", by=worlds.BAY_OFFICER)
    put_report(session, NORTH, "plan", "2025-11M", PLAN_REPORT, reporter_id=MERGED)
    rebuild(session, NOW)
    for unit, boys, girls in ((MERGED, 5_670, 5_000), (OTHER, 10_600, 10_000)):
        put_rollup(session, unit, SRB, "2026-9M", boys, girls)


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


def args_of(search: str) -> dict[str, str]:
    return dict(parse_qsl(search.removeprefix("?")))


def chosen(session: Session, search: str = "", **changes: str) -> dict[str, str]:
    """The address after a choice on the page of the ministry's viewer."""
    usual = {"period": "2026-9M", "boundaries": "end", "level": "province", "within": "vn", "programme": "main"}
    lists = usual | changes
    return args_of(comparison.choose(session, comparer(MINISTRY_VIEWER), search=search, **lists))


def explained(session: Session, person: Person, unit: str, definition: str, search: str = "") -> list[Any]:
    event = {"data": {"unit": unit, "definition": definition}, "timestamp": 1}
    with clock.stopped_at(NOW), guard.acting_as(principal_of(person)):
        found: list[Any] = as_sent(comparison.explain(session, comparer(person), event, search))
    return found


def drawn(session: Session, person: Person, column: Any, search: str = "", clicks: int | None = 1) -> Any:
    with clock.stopped_at(NOW):
        return comparison.draw(session, comparer(person), clicks, column, search)


def test_what_is_chosen_stands_in_the_address(world: Session) -> None:
    assert chosen(world, period="2025", boundaries="2025-06-30", programme="1999") == {
        "year": "2025", "level": "province", "within": "vn", "programme": "1999", "boundaries": "2025-06-30",
    }  # fmt: skip


def test_ticked_columns_stay_until_a_programme_is_chosen(world: Session) -> None:
    assert chosen(world, "?definitions=srb", programme="ticked")["definitions"] == "srb"
    assert "definitions" not in chosen(world, "?definitions=srb", programme="main")


def test_a_unit_with_nothing_of_the_level_gives_way(world: Session) -> None:
    assert "within" not in chosen(world, level="province", within="merged")
    assert chosen(world, level="commune", within="merged")["within"] == "merged"


def test_columns_are_ticked_across_programmes(world: Session) -> None:
    scope = comparer(MINISTRY_VIEWER)
    search = comparison.choose_columns(world, scope, 1, [["srb"], None, ["tfr"]], "?year=2025&programme=1999")
    assert args_of(search) == {"year": "2025", "definitions": "srb,tfr"}


def test_no_column_is_no_table(world: Session) -> None:
    with pytest.raises(Invalid):
        comparison.choose_columns(world, comparer(MINISTRY_VIEWER), 1, [[], None], "")


def test_a_list_that_was_merely_drawn_changes_nothing(world: Session) -> None:
    scope = comparer(MINISTRY_VIEWER)
    assert comparison.choose_columns(world, scope, None, [["srb"]], "") is no_update
    assert comparison.explain(world, scope, None, "") is no_update
    assert drawn(world, MINISTRY_VIEWER, SRB, clicks=None) is no_update


def test_evidence_shows_parts_target_and_law_with_number_and_date(world: Session) -> None:
    said = words(explained(world, MINISTRY_VIEWER, "merged", SRB))
    assert said.startswith("Sông Bắc (từ 01/07/2025) · srb")
    for text in ("113,4", "5.670", "5.000", "≤ 109", "-4,4 điểm", "21-NQ/TW, 25/10/2017", "II.1"):
        assert text in said


def test_evidence_names_who_approved_as_a_unit_and_never_a_person(world: Session) -> None:
    said = words(explained(world, ASH_OFFICER, "bay", SCREENING, "?period=2026Q3"))
    assert "Đơn vị duyệt Sông Bắc" in said
    assert not any(person.username in said or person.username.title() in said for person in worlds.PEOPLE)


def test_evidence_of_a_sum_says_how_many_counted_and_who_is_missing(world: Session) -> None:
    said = words(explained(world, MERGED_HEAD, "merged", SCREENING, "?period=2026Q3&level=province&within=vn"))
    assert "2/3" in said
    assert "Còn thiếu Xã Cẩm Sơn" in said


def test_evidence_of_an_old_area_cites_its_own_plan(world: Session) -> None:
    said = words(explained(world, MINISTRY_VIEWER, "north", SCREENING, OLD))
    for text in ("Chỉ tiêu của đơn vị năm 2025", "≥ 70%", "12/KH-UBND, 20/01/2025", "75,0%"):
        assert text in said


def test_evidence_of_a_masked_number_gives_no_number_away(world: Session) -> None:
    said = words(explained(world, ASH_OFFICER, "bay", "third_birth_share", "?period=2026Q3"))
    assert "•" in said
    assert not {"10,0", "4", "40"} & set(said.replace("%", " ").split())
    assert "10,0%" in words(explained(world, MERGED_HEAD, "bay", "third_birth_share", "?period=2026Q3&within=merged"))


@pytest.mark.parametrize("unit", ["dale", "nowhere", "vn"])
def test_evidence_of_a_unit_that_the_table_does_not_list_is_not_found(world: Session, unit: str) -> None:
    with pytest.raises(NotFound):
        explained(world, ASH_OFFICER, unit, SRB)


@pytest.mark.parametrize("event", ["x", 7, {}, {"data": None}, {"data": {"unit": ["ash"], "definition": SRB}}])
def test_a_forged_question_is_refused(world: Session, event: Any) -> None:
    with pytest.raises(Invalid):
        comparison.explain(world, comparer(ASH_OFFICER), event, "")


def forms(found: Any) -> list[str]:
    return [one["props"]["action"] for one in parts(found) if one["type"] == "Form"]


def test_only_who_may_attach_the_documents_text_gets_the_form(world: Session) -> None:
    assert forms(explained(world, MERGED_HEAD, "north", SCREENING, OLD)) == ["/documents/plan-2025"]
    assert forms(explained(world, MERGED_LEADER, "north", SCREENING, OLD)) == []
    assert forms(explained(world, MINISTRY_REVIEWER, "merged", SRB)) == ["/documents/nq21"]


def test_an_attached_text_gives_its_own_sentence(filled: Engine) -> None:
    app = portal_on(filled)
    form = {"text": "- Tỷ lệ bà mẹ mang thai được sàng lọc trước sinh đạt 70%;", "next": "/compare?year=2025"}
    answer = Reader(app, MERGED_HEAD.id).post("/documents/plan-2025", form)
    assert (answer.status_code, answer.location) == (303, "/compare?year=2025")
    with unit_of_work(filled, writes=False) as session:
        quoted = explained(session, MINISTRY_VIEWER, "north", SCREENING, OLD)
        assert "sàng lọc trước sinh đạt 70%" in words(quoted)


@pytest.mark.parametrize(
    ("person", "status"), [(OTHER_HEAD, 404), (MERGED_LEADER, 403), (MINISTRY_VIEWER, 403), (None, 401)]
)
def test_who_may_not_attach_changes_nothing(filled: Engine, person: Person | None, status: int) -> None:
    reader = Reader(portal_on(filled), person.id if person else None)
    answer = reader.post("/documents/plan-2025", {"text": "Một văn bản khác"}, headers={"Accept": "application/json"})
    assert answer.status_code in ({status, 303} if person is None else {status})
    with unit_of_work(filled, writes=False) as session:
        assert session.scalars(select(t.DocumentText)).all() == []


def test_a_text_file_is_read_and_another_kind_is_refused(filled: Engine) -> None:
    reader = Reader(portal_on(filled), MERGED_HEAD.id)
    bad = reader.post("/documents/plan-2025", {"file": (BytesIO(b"\xff\xfe\x00"), "plan.docx")})
    assert bad.status_code == 422
    good = reader.post("/documents/plan-2025", {"file": (BytesIO(PLAN.encode("utf-8-sig")), "plan.txt")})
    assert good.status_code == 303
    with unit_of_work(filled, writes=False) as session:
        kept = session.get_one(t.DocumentText, PLAN_2025)
        assert kept.text == PLAN.strip()


def test_the_picture_is_drawn_from_the_same_numbers_as_the_table(world: Session) -> None:
    graph = part(drawn(world, MINISTRY_VIEWER, SRB), f"{ComparisonId.FIGURE}-graph")
    figure = Checked(graph["figure"])
    # The whole country on top, then the highest first.
    assert list(figure.layout.yaxis.ticktext) == ["Cả nước", "Sông Bắc", "Núi Xanh"]
    assert [round(value, 1) for value in figure.data[0].x] == [108.5, 113.4, 106.0]
    assert figure.layout.annotations[0].text == "≤ 109 · Mục tiêu NQ 21 · 2030"


def test_a_picture_of_nothing_says_so(world: Session) -> None:
    assert words(drawn(world, MINISTRY_VIEWER, SRB, "?year=2024")) == "Chưa có số liệu để vẽ."


@pytest.mark.parametrize("column", [None, 3, ["srb"], "nonsense"])
def test_a_forged_column_is_not_drawn(world: Session, column: Any) -> None:
    with pytest.raises(Invalid):
        drawn(world, MINISTRY_VIEWER, column)


def test_the_browser_gets_evidence_and_refusals_with_their_status(filled: Engine) -> None:
    reader = Reader(portal_on(filled), ASH_OFFICER.id)
    asked = {"data": {"unit": "ash", "definition": SCREENING}, "timestamp": 1}
    with clock.stopped_at(NOW):
        found = answer_of(reader.call("callbacks.comparison.explain", asked, "?period=2026Q3"))
        assert "75,0%" in words(found[ComparisonId.EVIDENCE]["children"])
        forged = asked | {"data": {"unit": "dale", "definition": SCREENING}}
        assert reader.call("callbacks.comparison.explain", forged, "").status_code == 404
        assert reader.call("callbacks.comparison.draw", 1, "nonsense", "").status_code == 422
        lists = Many([({"type": ComparisonId.COLUMNS, "index": "468"}, ["srb"])])
        found = answer_of(reader.call("callbacks.comparison.choose_columns", 1, lists, "?year=2025"))
        assert {"search": "?year=2025&definitions=srb"} in found.values()


def test_evidence_costs_a_fixed_number_of_queries(filled: Engine) -> None:
    counts = []
    for unit in ("merged", "merged", "vn"):
        with unit_of_work(filled, writes=False) as session, queries(filled) as seen:
            explained(session, MINISTRY_VIEWER, unit, SRB)
        counts.append(len(seen))
    assert counts[1:] == [counts[1], counts[1]]
    assert counts[1] <= 8
