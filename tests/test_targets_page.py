"""The registry of targets: who sees which, what is opened, what is in force; a document's page; and the files."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from data import clock
from data import tables as t
from data.audit import record
from data.db import unit_of_work
from data.judging.operators import Operator
from data.kinds import PlanKind
from data.refusals import Invalid, NotFound
from data.targets.query import TargetQuery
from layouts.ids.targets import TargetsId
from tests import worlds
from tests.counting import queries
from tests.dash_client import Reader, answer_of, portal_on
from tests.drawn import as_sent, has, part, words
from tests.factories import a_small_world
from tests.world_catalogue import NATIONAL_PLAN, PLAN_2025
from tests.world_rollups import put_document, put_rollup, put_target
from tests.world_targets import SCREENING, document, drawn, fill, keys, links
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    BAY_OFFICER,
    DALE_OFFICER,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    NOW,
    OTHER,
    OTHER_HEAD,
    SOUTH_HEAD,
    Person,
)  # fmt: skip

ROUTER = "callbacks.shell.show"
OPEN, CHOOSE = "callbacks.targets.open_target", "callbacks.targets.choose"


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


# ---- who sees which


def test_the_ministry_sees_every_target(world: Session) -> None:
    assert sorted(keys(world, MINISTRY_VIEWER)) == [f"T{number}" for number in (*range(701, 708), 711, 712)]


@pytest.mark.parametrize(
    ("person", "beyond"),
    [
        (OTHER_HEAD, {"T704", "T705", "T706"}),
        (SOUTH_HEAD, {"T704", "T705", "T706"}),
        (ASH_OFFICER, {"T701", "T702", "T703", "T704", "T711"}),
        (DALE_OFFICER, {"T701", "T702", "T703", "T704", "T705", "T706", "T711"}),
    ],
)
def test_a_reader_sees_no_target_of_a_unit_beyond_reach(world: Session, person: Person, beyond: set[str]) -> None:
    seen = set(keys(world, person))
    assert {"T707", "T712"} <= seen
    assert seen & beyond == set()
    said = json.dumps(as_sent(drawn(world, person)))
    assert not [key for key in beyond if f'"{key}"' in said]


def test_a_unit_and_its_neighbours_see_its_targets(world: Session) -> None:
    assert {"T705", "T706"} <= set(keys(world, ASH_OFFICER))
    assert {"T705", "T706"} <= set(keys(world, BAY_OFFICER))
    assert {"T701", "T702", "T705", "T706"} <= set(keys(world, MERGED_HEAD))


def test_what_lies_beyond_reach_and_what_does_not_exist_are_one_answer(world: Session) -> None:
    for args in ({"unit": "ash"}, {"unit": "nowhere"}, {"unit": "' OR 1=1 --"}):
        with pytest.raises(NotFound, match="Không có đơn vị này"):
            keys(world, OTHER_HEAD, **args)
    said = {words(drawn(world, OTHER_HEAD, target=key)) for key in ("T705", "T999", "x" * 3000)}
    assert len(said) == 1
    assert "Không có chỉ tiêu này trong phạm vi của bạn." in said.pop()


def test_the_right_permission_opens_the_page_and_the_status_says_what_is_wrong(filled: Engine) -> None:
    app = portal_on(filled)
    with clock.stopped_at(NOW):
        ash, dale = Reader(app, ASH_OFFICER.id), Reader(app, DALE_OFFICER.id)
        assert [row["key"] for row in _rows(ash.call(ROUTER, "/targets", "?unit=ash"))] == ["T706", "T705"]
        assert ash.get("/targets?unit=ash&target=T705").status_code == 200
        for path in ("/targets?unit=ash", "/targets?target=T705", "/document?key=plan-2025", "/document?key=none"):
            assert dale.get(path).status_code == 404, path
        assert dale.get("/targets?programme=9999").status_code == 422
        for path in ("/targets", "/document?key=nq21"):
            assert Reader(app, MINISTRY_ADMIN.id).get(path).status_code == 403
            assert Reader(app).get(path).status_code == 303
        assert answer_of(ash.call(OPEN, {"data": {"target": "T705"}}))
        assert dale.call(OPEN, {"data": {"target": "T705"}}).status_code == 404
        assert dale.call(OPEN, {"data": {"target": 7}}).status_code == 422


def _rows(answer: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = part(answer_of(answer)["shell-content"]["children"], TargetsId.GRID)["rowData"]
    return rows


# ---- filters


def test_the_address_chooses_and_the_lists_write_the_address(filled: Engine) -> None:
    with unit_of_work(filled, writes=False) as session:
        assert set(keys(session, MINISTRY_VIEWER, unit="north")) == {"T701", "T702", "T711"}
        assert set(keys(session, MINISTRY_VIEWER, definition="srb")) == {"T707"}
        assert set(keys(session, MINISTRY_VIEWER, programme="468")) == {"T707"}
        assert set(keys(session, MINISTRY_VIEWER, kind="orientation")) == {"T707"}
        assert set(keys(session, MINISTRY_VIEWER, year="2026", unit="ash")) == {"T705", "T706"}
        assert set(keys(session, MINISTRY_VIEWER, contradictions="1")) == {"T702", "T711"}
        for args in ({"year": "20x5"}, {"definition": "none"}, {"programme": "9999"}, {"kind": "wish"}):
            with pytest.raises(Invalid):
                keys(session, MINISTRY_VIEWER, **args)
    reader = Reader(portal_on(filled), MINISTRY_VIEWER.id)
    answer = answer_of(reader.call(CHOOSE, "north", "2025", "all", None, ["forged"], "1"))
    assert answer[TargetsId.ADDRESS]["search"] == "?unit=north&year=2025&contradictions=1"
    assert answer_of(reader.call(CHOOSE))[TargetsId.ADDRESS]["search"] == ""


@given(
    st.builds(
        TargetQuery,
        st.none() | st.sampled_from(["vn", "p24-2025"]),
        st.none() | st.integers(1990, 2100),
        st.none() | st.just("1999"),
        st.none() | st.just("srb"),
        st.none() | st.sampled_from(PlanKind),
        st.booleans(),
    )
)
def test_a_query_goes_into_an_address_and_comes_back(query: TargetQuery) -> None:
    assert TargetQuery.from_args(query.to_args()) == query


# ---- one target opened


def test_a_target_opens_with_its_law_and_its_chain(world: Session) -> None:
    said = words(drawn(world, MINISTRY_VIEWER, target="T711"))
    assert "403/KH-UBND" in said
    panel = words(part(drawn(world, MINISTRY_VIEWER, target="T711"), TargetsId.PANEL)["children"])
    assert "Sông Bắc" in panel
    assert "nạp cùng danh mục ban đầu của cổng" in panel
    nation, own = panel.index("Cả nước"), panel.index("12/KH-UBND, 20/01/2025, mục II.1", panel.index("Cả nước"))
    assert nation < own
    assert "Không áp dụng: kế hoạch năm đứng trước kế hoạch nhiều năm." in panel
    assert "Có hiệu lực: kế hoạch năm đứng trước kế hoạch nhiều năm." in panel
    assert "12/KH-UBND, 20/01/2025, mục II.1 ghi ≥ 70%, còn 403/KH-UBND, không rõ ngày, mục II.1 ghi ≥ 80%" in panel
    assert "/document?key=document-403" in links(drawn(world, MINISTRY_VIEWER, target="T711"))


def test_who_entered_a_target_is_told_by_name_only_to_who_is_no_neighbour(world: Session) -> None:
    record(world, MERGED_HEAD.id, "target.enter", NOW, unit_id=ASH, detail={"target": "T705"})
    world.flush()
    own, neighbour = (words(drawn(world, person, target="T705")) for person in (ASH_OFFICER, BAY_OFFICER))
    assert "21/11/2026 10:00, Merged.Head" in own
    assert "21/11/2026 10:00" in neighbour
    assert "Merged.Head" not in neighbour


def test_the_sentence_of_an_attached_text_stands_in_the_panel_and_the_text_on_the_documents_page(
    world: Session,
) -> None:
    text = "I. Chỉ tiêu\n- Tỷ lệ sàng lọc trước sinh đạt 70 phần trăm.\n- Khác."
    values = {"document_id": PLAN_2025, "text": text, "attached_by_id": MERGED_HEAD.id, "attached_at": NOW}
    world.execute(insert(t.DocumentText), [values])
    assert "- Tỷ lệ sàng lọc trước sinh đạt 70 phần trăm." in words(drawn(world, MERGED_HEAD, target="T702"))
    said = words(document(world, OTHER_HEAD, "plan-2025"))
    assert text in said
    assert "Merged.Head" not in said


def test_the_form_to_attach_stands_only_where_the_reader_may(world: Session) -> None:
    forms = {
        person.username: "/documents/plan-2025" in json.dumps(as_sent(document(world, person, "plan-2025")))
        for person in (MINISTRY_REVIEWER, MERGED_HEAD, OTHER_HEAD, MINISTRY_VIEWER)
    }
    assert forms == {"ministry.reviewer": True, "merged.head": True, "other.head": False, "ministry.viewer": False}


# ---- a document's page


def test_a_document_says_what_it_sets_for_whom_as_far_as_the_reader_reaches(world: Session) -> None:
    everything, province = (document(world, person, "plan-2025") for person in (MINISTRY_VIEWER, OTHER_HEAD))
    assert words(everything).startswith("12/KH-UBND, 20/01/2025 Kế hoạch công tác dân số năm 2025")
    assert {f"/targets?target=T{number}" for number in range(701, 707)} <= links(everything)
    assert "cả hai đều do Tỉnh Sông Bắc (đến 30/06/2025) ban hành." in words(everything)
    assert {one for one in links(province) if "target=" in one} == {
        f"/targets?target=T{number}" for number in (701, 702, 703)
    }
    with pytest.raises(NotFound):
        document(world, DALE_OFFICER, "plan-2025")
    with pytest.raises(NotFound):
        document(world, MINISTRY_VIEWER, "nothing")
    assert "21-NQ/TW, 25/10/2017" in words(document(world, DALE_OFFICER, "nq21"))


# ---- contradictions for a reader


def test_a_contradiction_is_told_only_to_who_sees_both_targets(world: Session) -> None:
    put_target(world, 713, BAY, SCREENING, 2026, 40)
    put_target(world, 714, NATION, SCREENING, 2026, 50, document_id=NATIONAL_PLAN)
    put_document(world, 404, None)
    world.execute(t.Document.__table__.update().where(t.Document.id == 404).values(issuer_id=BAY))  # type: ignore[attr-defined]
    put_target(world, 715, BAY, SCREENING, 2026, 45, document_id=404)
    assert set(keys(world, BAY_OFFICER, contradictions="1")) == {"T714", "T715"}
    assert keys(world, DALE_OFFICER, contradictions="1") == []


def test_a_base_is_held_against_approved_results_but_not_through_the_mask(world: Session) -> None:
    for unit, period in ((NORTH, "2024"), (ASH, "2025")):
        put_rollup(world, unit, "srb", period, 119_600, 100_000)
    for number, unit, year in ((721, NORTH, 2025), (723, ASH, 2026)):
        put_target(world, number, unit, "srb", year, -16.2, operator=Operator.DELTA, baseline_year=year - 1)
        put_target(world, number + 1, unit, "srb", year, 111, operator=Operator.AT_MOST)
    assert {"T721", "T722"} <= set(keys(world, OTHER_HEAD, contradictions="1"))
    assert {"T723", "T724"} <= set(keys(world, ASH_OFFICER, contradictions="1"))
    assert not {"T723", "T724"} & set(keys(world, BAY_OFFICER, contradictions="1"))
    assert "trong khi kết quả đã duyệt" in words(drawn(world, OTHER_HEAD, contradictions="1"))


# ---- cost, sameness


def test_pages_cost_a_fixed_number_of_queries(filled: Engine) -> None:
    counts = []
    for person in (MINISTRY_VIEWER, MINISTRY_VIEWER, MERGED_HEAD, ASH_OFFICER):
        with unit_of_work(filled, writes=False) as session, queries(filled) as seen:
            drawn(session, person)
        counts.append(len(seen))
    # The stamp; nothing is held against results here.
    assert counts[1:] == [1, 1, 1]
    with unit_of_work(filled, writes=False) as session, queries(filled) as seen:
        drawn(session, MINISTRY_VIEWER, target="T702")
    # The document's text, every version of it and the audit trail as well.
    assert len(seen) == 4
    with unit_of_work(filled) as session:
        for number in range(40):
            put_target(session, 900 + number, OTHER, "elderly_checkup", 1990 + number, -1, operator=Operator.DELTA,
                       baseline_year=2024, baseline_value=50)  # fmt: skip
    for _again in range(2):
        with unit_of_work(filled, writes=False) as session, queries(filled) as seen:
            drawn(session, MINISTRY_VIEWER)
    # And the results that bases are held against, from their year and from its parts.
    assert len(seen) == 3


def test_the_same_question_draws_the_same_page(world: Session) -> None:
    one, other = (json.dumps(as_sent(drawn(world, MINISTRY_VIEWER, target="T702"))) for _ in range(2))
    assert one == other


def test_nothing_to_show_is_said(world: Session) -> None:
    empty = drawn(world, MINISTRY_VIEWER, year="1999")
    assert not has(empty, TargetsId.GRID)
    assert "hiện 0 trong 9 chỉ tiêu" in words(empty)
    assert "Không có chỉ tiêu nào thỏa tất cả các điều kiện" in words(empty)
    assert "/targets" in links(empty)


def test_without_a_key_the_documents_within_reach_are_listed(world: Session) -> None:
    everything, commune = (document(world, person, "") for person in (MINISTRY_VIEWER, DALE_OFFICER))
    assert links(everything) == {f"/document?key={key}" for key in ("plan-2025", "nq21", "document-403")}
    assert links(commune) == {"/document?key=nq21"}
    said = words(everything)
    assert said.index("12/KH-UBND") < said.index("21-NQ/TW") < said.index("403/KH-UBND")
