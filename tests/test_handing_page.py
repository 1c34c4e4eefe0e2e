"""The page on which targets are handed down: over HTTP, as a browser asks."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine

from data import clock
from data.kinds import PlanKind
from layouts.ids.handing import CHECK, HandingId, check_id
from tests.counting import queries
from tests.dash_client import Reader, answer_of, body_of, key_of
from tests.handing_client import (
    CELLS,
    CHOOSE,
    DOCUMENT,
    GIVE,
    HISTORY,
    LATER,
    QUERY,
    SCREENING,
    USERS,
    WEIGH,
    box,
    given,
    head,
    kept_targets,
    portal_with_results,
    weighed,
)
from tests.page_tree import components, content_of, find, ids_of, key_of_id, links, said
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    MERGED_LEADER,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NOW,
    OTHER_HEAD,
    SOUTH_HEAD,
    Person,
)  # fmt: skip


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The small world, whose communes have results of 2025."""
    return portal_with_results(engine)


def test_the_sheet_holds_the_children_with_their_results(app: Flask) -> None:
    page = content_of(head(app), "/assign", **QUERY)
    assert "đơn vị trực thuộc: 3" in said(page)
    assert "Chỉ tiêu của Sông Bắc" in said(page)
    state = find(page, HandingId.STATE)["data"]
    assert [row["key"] for row in state["rows"]] == ["merged", "ash", "bay", "cedar"]
    assert state["cells"][f"ash|{SCREENING}"] == {"s": "2025: 50,0"}
    assert state["query"] == QUERY
    assert f"/export/assign.xlsx?unit=merged&year=2026&definitions={SCREENING}%2C{USERS}" in links(page)


def test_what_is_asked_of_the_country_stands_above_the_own_target_with_its_law(app: Flask) -> None:
    asked = {"unit": "merged", "year": "2026", "definitions": "srb"}
    page = content_of(head(app), "/assign", **asked)
    assert "Mục tiêu quốc gia:" in said(page)
    assert "đến năm 2030" in said(page)
    assert "/document?key=nq21" in links(page)
    ministry = content_of(Reader(app, MINISTRY_REVIEWER.id), "/assign", **(asked | {"unit": "vn"}))
    assert "Mục tiêu quốc gia:" not in said(ministry)


@pytest.mark.parametrize("person", [ASH_OFFICER, MERGED_LEADER])
def test_who_sets_no_targets_is_refused_everywhere(app: Flask, person: Person) -> None:
    reader = Reader(app, person.id)
    assert reader.get("/assign").status_code == 403
    assert reader.get("/export/assign.xlsx").status_code == 403
    assert reader.post("/assign/workbook", {}).status_code == 403
    for handler, sent in ((WEIGH, box("check")), (GIVE, box("give")), (HISTORY, {"unit": "ash"})):
        body = body_of(reader.dash, key_of(reader.dash, handler), [sent])
        assert reader.send(body).status_code == 403
    assert kept_targets(app) == []


@pytest.mark.parametrize("person", [OTHER_HEAD, MINISTRY_REVIEWER, SOUTH_HEAD])
def test_a_unit_of_others_does_not_exist(app: Flask, person: Person) -> None:
    reader = Reader(app, person.id)
    assert reader.get("/assign?unit=merged").status_code == 404
    assert reader.get("/export/assign.xlsx?unit=merged").status_code == 404
    assert reader.post("/assign/workbook?unit=merged", {}).status_code == 404
    for handler, sent in ((WEIGH, box("check")), (GIVE, box("give", document=DOCUMENT)), (HISTORY, {"query": QUERY})):
        body = body_of(reader.dash, key_of(reader.dash, handler), [sent])
        assert reader.send(body).status_code == 404
    assert kept_targets(app) == []


@pytest.mark.parametrize(("address", "title"), [("/assign", "Giao chỉ tiêu"), ("/followed", "Định hướng – giao")])
def test_who_is_closed_has_nothing_to_hand_down_and_is_told_why(app: Flask, address: str, title: str) -> None:
    reader = Reader(app, SOUTH_HEAD.id)
    page = content_of(reader, address)
    assert title in said(page)
    assert "kết thúc hoạt động sau ngày 30/06/2025: không giao chỉ tiêu nữa" in said(page)
    assert "Chương trình" not in said(page)
    assert "/targets" in links(page)


def test_the_running_check_weighs_what_is_typed_and_flags_what_is_low(app: Flask) -> None:
    answer = weighed(head(app), box("check", CELLS | {f"ash|{USERS}": "chín"}))
    told = answer[HandingId.ANSWER]["data"]
    assert told["number"] == 7
    assert told["flags"] == {f"ash|{USERS}": ["bad", "Đây không phải là số."]}
    drawn = said(answer[key_of_id(check_id(SCREENING))])
    # 75 · 60 + 90 · 100 + 70,5 · 40 by 200.
    assert "Bình quân gia quyền 81,6% / 70% (+11,6) · mẫu số 2025 · đủ" in drawn
    low = weighed(head(app), box("check", CELLS | {f"ash|{SCREENING}": "60"}))
    flags = low[HandingId.ANSWER]["data"]["flags"]
    assert flags == {f"ash|{SCREENING}": ["low", "thấp hơn chỉ tiêu của cấp giao 70%"]}


def test_a_proposal_fills_what_is_empty_or_everything(app: Flask) -> None:
    asked = {"way": "EQUAL", "definition": USERS}
    cells = {f"merged|{USERS}": "1.000", f"ash|{USERS}": "500"}
    answer = weighed(head(app), box("fill", cells, **asked))
    assert answer[HandingId.ANSWER]["data"]["fill"] == {f"bay|{USERS}": "250", f"cedar|{USERS}": "250"}
    assert "Tổng 1.000 người / 1.000 người (0)" in said(answer[key_of_id(check_id(USERS))])
    answer = weighed(head(app), box("fill", cells, everything=True, **asked))
    assert answer[HandingId.ANSWER]["data"]["fill"] == {
        f"ash|{USERS}": "334", f"bay|{USERS}": "333", f"cedar|{USERS}": "333",
    }  # fmt: skip
    nothing = weighed(head(app), box("fill", {}, **asked))
    assert nothing[HandingId.ANSWER]["data"]["fill"] == {}
    assert "Hãy nhập chỉ tiêu của chính đơn vị trước" in said(nothing[key_of_id(check_id(USERS))])


def test_giving_draws_the_sheet_anew_with_what_is_in_force(app: Flask) -> None:
    answer = given(head(app), box("give", document=DOCUMENT))
    assert "Giao mới: 4; điều chỉnh: 0; giữ nguyên: 0." in said(answer[HandingId.NOTICE]["children"])
    state = find(answer[HandingId.BODY]["children"], HandingId.STATE)["data"]
    assert state["fresh"] is True
    assert state["cells"][f"cedar|{SCREENING}"]["v"] == "70,5"
    assert len(kept_targets(app)) == 4


def test_what_is_low_is_seen_before_it_is_given(app: Flask) -> None:
    low = CELLS | {f"ash|{SCREENING}": "60"}
    first = given(head(app), box("give", low, document=DOCUMENT))
    notice = said(first[HandingId.NOTICE]["children"])
    assert "Xã An Bình: thấp hơn chỉ tiêu của cấp giao 70%" in notice
    assert "Vẫn giao" in notice
    assert kept_targets(app) == []
    warned = first[HandingId.GIVEN]["data"]["warned"]
    # What was seen is not what is given now.
    other = CELLS | {f"ash|{SCREENING}": "60", f"cedar|{SCREENING}": "10"}
    given(head(app), box("anyway", other, document=DOCUMENT, warned=warned))
    given(head(app), box("anyway", low, document=DOCUMENT))
    assert kept_targets(app) == []
    last = given(head(app), box("anyway", low, document=DOCUMENT, warned=warned))
    assert len(kept_targets(app)) == 4
    state = find(last[HandingId.BODY]["children"], HandingId.STATE)["data"]
    assert state["flags"] == {f"ash|{SCREENING}": ["low", "thấp hơn chỉ tiêu của cấp giao 70%"]}


def test_a_refusal_says_at_the_cell_what_is_wrong_and_gives_nothing(app: Flask) -> None:
    wrong = CELLS | {f"ash|{SCREENING}": "101"}
    answer = given(head(app), box("give", wrong, document=DOCUMENT))
    flags = answer[HandingId.GIVEN]["data"]["flags"]
    assert flags == {f"ash|{SCREENING}": ["bad", "Không thể lớn hơn 100%."]}
    notice = said(answer[HandingId.NOTICE]["children"])
    assert "Xã An Bình: Không thể lớn hơn 100%." in notice
    assert "Nội dung bạn đã nhập được giữ nguyên" in notice
    unread = given(head(app), box("give", CELLS | {f"ash|{SCREENING}": "chín"}, document=DOCUMENT))
    assert unread[HandingId.GIVEN]["data"]["flags"][f"ash|{SCREENING}"][0] == "bad"
    assert head(app).call(GIVE, box("give", document=DOCUMENT | {"day": "hôm qua"})).status_code == 422
    assert head(app).call(GIVE, box("give", document={})).status_code == 200
    assert kept_targets(app) == []


def test_an_adjustment_in_july_leaves_its_history(app: Flask) -> None:
    given(head(app), box("give", document=DOCUMENT))
    state = find(content_of(head(app), "/assign", **QUERY), HandingId.STATE)["data"]
    seen = {place: cell["k"] for place, cell in state["cells"].items() if "k" in cell}
    changed = CELLS | {f"ash|{SCREENING}": "72"}
    answer = given(head(app), box("give", changed, document=LATER, seen=seen))
    assert "Giao mới: 0; điều chỉnh: 1; giữ nguyên: 3." in said(answer[HandingId.NOTICE]["children"])
    assert kept_targets(app)[-1] == (ASH, 72, PlanKind.ADJUSTED)
    asked = {"query": QUERY, "unit": "ash", "definition": SCREENING}
    panel = said(answer_of(head(app).call(HISTORY, asked))[HandingId.PANEL]["children"])
    assert "≥ 75% · giao đầu năm · 5/QĐ-UBND, 05/01/2026" in panel
    assert "≥ 72% · điều chỉnh · 88/QĐ-UBND, 01/07/2026" in panel
    assert "Merged.Head" in panel
    assert head(app).call(HISTORY, asked | {"unit": "dale"}).status_code == 404


def test_what_was_seen_and_given_is_not_asked_about_again_until_the_parents_own_number_changes(app: Flask) -> None:
    low = CELLS | {f"ash|{SCREENING}": "60"}
    warned = given(head(app), box("give", low, document=DOCUMENT))[HandingId.GIVEN]["data"]["warned"]
    given(head(app), box("anyway", low, document=DOCUMENT, warned=warned))
    state = find(content_of(head(app), "/assign", **QUERY), HandingId.STATE)["data"]
    seen = {place: cell["k"] for place, cell in state["cells"].items() if "k" in cell}
    # A result of the year stands without that year's target, which the cell says already.
    assert "≥" not in state["cells"][f"ash|{SCREENING}"].get("s", "")
    higher = low | {f"merged|{SCREENING}": "72"}
    asked = said(given(head(app), box("give", higher, document=LATER, seen=seen))[HandingId.NOTICE]["children"])
    assert "Xã An Bình, Xã Cẩm Sơn: thấp hơn chỉ tiêu của cấp giao 72%" in asked
    bay = low | {f"bay|{SCREENING}": "95"}
    told = said(given(head(app), box("give", bay, document=LATER, seen=seen))[HandingId.NOTICE]["children"])
    assert "điều chỉnh: 1" in told


def test_what_became_of_it_is_the_other_view(app: Flask) -> None:
    given(head(app), box("give", document=DOCUMENT))
    page = content_of(head(app), "/followed", **QUERY)
    text = said(page)
    assert "Cấp trên giao" in text
    assert "Chưa tự đặt: 3 (Xã An Bình, Xã Bình Minh, Xã Cẩm Sơn)." in text
    assert "≥ 75%5/QĐ-UBND, 05/01/2026" in text
    assert "chưa có số liệu: 3" in text
    table = f"/compare?period=2026-9M&within=merged&level=commune&definitions={SCREENING}&boundaries=today"
    assert table in links(page)
    assert head(app).get(table).status_code == 200
    asked = {"year": "2026", "definitions": SCREENING}
    ministry = content_of(Reader(app, MINISTRY_REVIEWER.id), "/followed", **asked)
    assert "Định hướng" in said(ministry)
    assert "Tỉnh giao" in said(ministry)
    assert "≥ 70%5/QĐ-UBND, 05/01/2026" in said(ministry)


def test_who_only_looks_on_follows_too_and_nobody_follows_the_units_of_others(app: Flask) -> None:
    given(head(app), box("give", document=DOCUMENT))
    viewer = Reader(app, MINISTRY_VIEWER.id)
    page = content_of(viewer, "/followed", year="2026", definitions=SCREENING)
    assert "≥ 70%5/QĐ-UBND, 05/01/2026" in said(page)
    assert "/assign" not in "".join(str(one.get("href")) for one in components(page))
    assert viewer.get("/assign").status_code == 403
    leader = Reader(app, MERGED_LEADER.id)
    assert "≥ 75%5/QĐ-UBND, 05/01/2026" in said(content_of(leader, "/followed", **QUERY))
    for person in (OTHER_HEAD, ASH_OFFICER):
        assert Reader(app, person.id).get(f"/followed?unit=merged&definitions={SCREENING}").status_code == 404
    alone = content_of(Reader(app, ASH_OFFICER.id), "/followed")
    assert "không có đơn vị" in said(alone).lower()


def test_the_sheet_names_its_columns_whatever_is_given_meanwhile(app: Flask) -> None:
    state = find(content_of(head(app), "/assign", unit="merged", year="2026"), HandingId.STATE)["data"]
    assert state["query"]["definitions"].split(",") == [column["key"] for column in state["columns"]]
    assert (state["query"]["unit"], state["query"]["year"]) == ("merged", "2026")


def test_the_lists_write_the_address(app: Flask) -> None:
    answer = answer_of(head(app).call(CHOOSE, "merged", "2027", "all", SCREENING))
    assert answer[HandingId.ADDRESS]["search"] == f"?unit=merged&year=2027&definitions={SCREENING}"


def test_an_address_that_cannot_be_answered_offers_what_can(app: Flask) -> None:
    for query, status in (("year=20x5", 422), ("year=1999", 422), ("programme=9999", 422), ("definitions=none", 422)):
        assert head(app).get(f"/assign?{query}").status_code == status
    page = content_of(head(app), "/assign", definitions="none")
    assert "Không có cột “none”." in said(page)
    assert [one for one in components(page) if one.get("id") == HandingId.YEAR]


def test_a_page_asks_a_fixed_number_of_questions(app: Flask) -> None:
    engine = app.extensions["portal_engine"]
    content_of(head(app), "/assign", **QUERY)
    reader = head(app)
    with queries(engine) as asked:
        page = content_of(reader, "/assign", **QUERY)
    assert len(ids_of(page, CHECK)) == 2
    # Who asks, what waits for the header, the stamp, and the board's four.
    assert len(asked) <= 12, "\n".join(asked)
