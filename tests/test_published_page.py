"""The page of published values, its files and the way in for files: over HTTP, as a browser asks."""

import csv
import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from werkzeug.test import TestResponse

from data import clock
from data import tables as t
from data.db import unit_of_work
from layouts.ids.published import PublishedId
from tests.counting import queries
from tests.dash_client import Reader, answer_of, portal_on
from tests.drawn import parts
from tests.factories import a_small_world
from tests.page_tree import content_of, find, links, said
from tests.test_published_files import RIGHT, changed, workbook
from tests.world_rollups import put_published
from tests.worlds import (
    MERGED,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NATION,
    NOW,
    OTHER,
    Person,
)  # fmt: skip

ENTER, CORRECT = "callbacks.published.enter", "callbacks.published.correct"
WITHDRAW, SHOW, CHOOSE = "callbacks.published.withdraw", "callbacks.published.show_value", "callbacks.published.choose"
FILES = ("/export/published.xlsx", "/export/published.csv")
IMPORT = "/published/import"
SOURCE = "Cục Thống kê, thông cáo 06/01/2026"
TYPED = ("tfr", "other", "2025", "2,31", "PRELIMINARY", "PROVINCE_34", SOURCE, "HIGH", "")


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The small world with one published value."""
    a_small_world(engine)
    with unit_of_work(engine) as session:
        put_published(session, MERGED, "2024", 1.95, geographic_basis="PROVINCE_34", id=500)
    return portal_on(engine)


def reader(app: Flask, person: Person = MINISTRY_REVIEWER) -> Reader:
    return Reader(app, person.id)


def search_of(answer: TestResponse) -> str:
    return str(answer_of(answer)[PublishedId.ADDRESS]["search"])


def entered(app: Flask) -> dict[str, str]:
    """Enters the value of `TYPED`; the query of the page that it leads to."""
    search = search_of(reader(app).call(ENTER, 1, *TYPED))
    return dict(pair.split("=") for pair in search.removeprefix("?").split("&"))


def rows_of(page: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = find(page, PublishedId.GRID)["rowData"]
    return rows


def count(app: Flask) -> int:
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        return session.scalars(select(func.count()).select_from(t.PublishedResult)).one()


def send(reader: Reader, content: bytes, name: str = "bang.xlsx", **headers: str) -> TestResponse:
    return reader.post(IMPORT, {"file": (BytesIO(content), name)}, headers=headers)


def test_a_value_is_entered_and_opened_with_who_entered_it(app: Flask) -> None:
    query = entered(app)
    assert query["said"] == "entered"
    page = content_of(reader(app), "/published", **query)
    assert "Đã nhập giá trị." in said(page)
    assert [one["place"] for one in rows_of(page)] == ["Tỉnh Núi Xanh", "Tỉnh Sông Bắc"]
    panel = said(find(page, PublishedId.PANEL))
    assert panel.startswith("Tỉnh Núi Xanh · srb · năm 2025")
    assert "2,31 con/phụ nữ" in panel
    assert f"{SOURCE}" in panel
    assert "Đã nhập: 21/11/2026 10:00, Ministry.Reviewer" in panel
    assert find(page, PublishedId.NEW_SOURCE)["value"] == SOURCE
    assert find(page, PublishedId.NEW_VALUE)["value"] == ""


def test_it_stands_in_the_comparison_of_exactly_its_year_with_its_source(app: Flask) -> None:
    entered(app)
    head = reader(app, MERGED_HEAD)
    page = content_of(head, "/compare", period="2025", within="vn", level="province", definitions="tfr")
    assert [row["tfr"]["t"] for row in find(page, "comparison-grid")["rowData"] if row["key"] == "other"] == ["2,31"]
    event = {"data": {"unit": "other", "definition": "tfr"}}
    query = "?period=2025&within=vn&level=province&definitions=tfr"
    evidence = said(answer_of(head.call("callbacks.comparison.explain", event, query))["comparison-evidence"])
    assert SOURCE in evidence
    assert "34 tỉnh, thành phố" in evidence


def test_a_correction_leads_to_both_values_and_why(app: Flask) -> None:
    query = entered(app)
    fixed = ("2,13", "FINAL", "PROVINCE_34", SOURCE, "HIGH", "")
    search = search_of(reader(app).call(CORRECT, 1, int(query["value"]), "Gõ nhầm 2,31", *fixed))
    new = dict(pair.split("=") for pair in search.removeprefix("?").split("&"))
    page = content_of(reader(app), "/published", **new)
    assert "Đã sửa giá trị" in said(page)
    panel = find(page, PublishedId.PANEL)
    assert "không còn được dùng từ 21/11/2026 10:00" in said(panel)
    assert "Nhập thay giá trị cũ: 21/11/2026 10:00, Ministry.Reviewer · “Gõ nhầm 2,31”" in said(panel)
    assert f"/published?value={query['value']}" in links(page)
    assert rows_of(page)[0]["value"] == "2,13 con/phụ nữ"


def test_a_withdrawn_value_leads_to_its_history_and_offers_nothing_more(app: Flask) -> None:
    query = entered(app)
    search = search_of(reader(app).call(WITHDRAW, 1, query["value"], "Nhầm tỉnh"))
    assert search == f"?value={query['value']}&said=withdrawn"
    page = content_of(reader(app), "/published", value=query["value"], said="withdrawn")
    assert "Đã rút: 21/11/2026 10:00, Ministry.Reviewer · “Nhầm tỉnh”" in said(page)
    assert PublishedId.CORRECT not in [one["props"].get("id") for one in parts(page)]
    assert len(rows_of(page)) == 1


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (0, "-", "Thiếu chỉ số: hãy chọn, hoặc ghi mã chỉ số."),
        (1, "-", "Hãy ghi số này là của đơn vị hay vùng nào."),
        (2, "", "Thiếu năm, hoặc ghi chưa đúng"),
        (3, "một", "“một” không phải là số."),
        (3, "1,234", "“1,234” đọc được hai cách"),
        (3, 7, "Thiếu con số."),
        (4, "-", "Hãy cho biết số này là sơ bộ hay chính thức."),
        (5, "PROVINCE_63x", "“PROVINCE_63x” không phải là địa giới"),
        (6, None, "Hãy ghi ai công bố, ở đâu"),
        (7, "-", "Hãy cho biết độ tin cậy"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(app: Flask, place: int, value: Any, sentence: str) -> None:
    typed: list[Any] = list(TYPED)
    typed[place] = value
    refused = reader(app).call(ENTER, 1, *typed)
    assert refused.status_code == 422
    assert sentence in refused.get_json()["message"]
    assert count(app) == 1


def test_a_deed_without_a_press_does_nothing(app: Flask) -> None:
    for handler in (ENTER, CORRECT, WITHDRAW):
        assert answer_of(reader(app).call(handler, None)) == {}
    assert count(app) == 1


@pytest.mark.parametrize("person", [MERGED_HEAD, MINISTRY_VIEWER, MINISTRY_ADMIN])
def test_nobody_else_sees_the_page_its_files_or_its_deeds(app: Flask, person: Person) -> None:
    other = reader(app, person)
    assert other.get("/published").status_code == 403
    for path in FILES:
        assert other.get(path).status_code == 403
    assert send(other, workbook(RIGHT)).status_code == 403
    calls: list[tuple[Any, ...]] = [
        (ENTER, 1, *TYPED), (CORRECT, 1, 500, "x"), (WITHDRAW, 1, 500, "x"), (SHOW, {}), (CHOOSE,),
    ]  # fmt: skip
    assert {other.call(handler, *values).status_code for handler, *values in calls} == {403}
    assert count(app) == 1


def test_nobody_at_all_is_sent_to_the_door(app: Flask) -> None:
    assert Reader(app).get("/published").status_code == 303
    assert Reader(app).post(IMPORT, {}).status_code in {303, 401}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("definition=nothing", 422),
        ("unit=nowhere", 404),
        ("unit=%27", 404),
        ("year=MM", 422),
        ("value=999", 404),
        ("value=x", 404),
        ("value=99999999999999", 404),
        ("unit=other&year=1999", 200),
        ("said=imported&entered=x", 200),
    ],
)
def test_an_address_that_cannot_be_answered_says_so(app: Flask, query: str, status: int) -> None:
    assert reader(app).get(f"/published?{query}").status_code == status
    assert reader(app).call("callbacks.shell.show", "/published", f"?{query}").status_code == 200


def test_the_controls_write_the_address_and_narrow_the_table_and_the_files(app: Flask) -> None:
    entered(app)
    assert search_of(reader(app).call(CHOOSE, "tfr", "merged", "all")) == "?definition=tfr&unit=merged"
    page = content_of(reader(app), "/published", definition="tfr", unit="merged")
    assert [row["key"] for row in rows_of(page)] == ["500"]
    assert "/export/published.csv?definition=tfr&unit=merged" in links(page)
    text = reader(app).get(f"{FILES[1]}?unit=merged").get_data(as_text=True).removeprefix("\ufeff")
    lines = list(csv.reader(StringIO(text), delimiter=";"))
    assert [line[2] for line in lines[1:]] == ["merged"]
    book = openpyxl.load_workbook(BytesIO(reader(app).get(f"{FILES[0]}?empty=1").get_data()))
    assert book.worksheets[0].max_row == 1


def test_a_row_opens_its_value(app: Flask) -> None:
    drawn = answer_of(reader(app).call(SHOW, {"data": {"target": "500"}}))[PublishedId.PANEL]["children"]
    assert "nạp cùng danh mục ban đầu" in said(drawn)
    assert reader(app).call(SHOW, {"data": {"target": "501"}}).status_code == 404
    assert reader(app).call(SHOW, {"data": 7}).status_code == 422


def test_an_export_leaves_its_line(app: Flask) -> None:
    for path in FILES:
        answer = reader(app).get(f"{path}?unit=merged")
        assert answer.status_code == 200
        assert answer.cache_control.no_store
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        details = session.scalars(select(t.AuditLine.detail).where(t.AuditLine.action == "export")).all()
    told = [json.loads(detail or "") for detail in details]
    assert [(one["table"], one["kind"], one["rows"]) for one in told] == [
        ("published", "xlsx", 1), ("published", "csv", 1),
    ]  # fmt: skip


def test_a_file_is_taken_in_and_leads_to_the_page_that_says_how_many(app: Flask) -> None:
    content = workbook(RIGHT, changed(B="vn", G="cả nước"))
    answer = send(reader(app), content)
    assert (answer.status_code, answer.location) == (303, "/published?said=imported&entered=2&known=0")
    page = content_of(reader(app), "/published", said="imported", entered="2", known="0")
    assert "Đã nhập từ tệp 2 giá trị" in said(page)
    told = send(reader(app), content, Accept="application/json").get_json()
    assert told == {"address": "/published?said=imported&entered=0&known=2"}
    assert "Tệp không có gì mới để lưu: cả 2 giá trị đều đã có." in said(
        content_of(reader(app), "/published", said="imported", entered="0", known="2")
    )
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        a = t.AuditLine
        lines = select(a.unit_id).where(a.action == "published.enter").order_by(a.id)
        assert session.scalars(lines).all() == [OTHER, NATION]


def test_a_bad_cell_is_named_to_a_script_and_on_a_page_and_nothing_is_kept(app: Flask) -> None:
    content = workbook(RIGHT, changed(D="2024", E="một"), changed(A="nothing"))
    told = send(reader(app), content, Accept="application/json")
    assert told.status_code == 422
    assert told.get_json() == {
        "message": "Chưa lưu gì từ tệp. Số ô cần sửa: 2.",
        "details": ["Ô E3: “một” không phải là số.", "Ô A4: Không có chỉ số “nothing”."],
    }
    page = send(reader(app), content, Accept="text/html")
    assert page.status_code == 422
    assert "<li>Ô A4: Không có chỉ số “nothing”.</li>" in page.get_data(as_text=True)
    assert count(app) == 1


def test_what_cannot_be_a_key_is_chosen_by_nobody(app: Flask) -> None:
    for chosen in ("\ud800", "tfr\x00", "a b", "x" * 3000):
        assert reader(app).call("callbacks.published.choose", chosen, "all", "all").status_code == 422


def test_what_is_no_file_is_refused(app: Flask) -> None:
    assert reader(app).post(IMPORT, {}).status_code == 422
    assert send(reader(app), b"").status_code == 422
    assert send(reader(app), b"%PDF-1.7 \xff").status_code == 422
    forged = reader(app).http.post(IMPORT, data={"file": (BytesIO(workbook(RIGHT)), "bang.xlsx")})
    assert forged.status_code == 400
    assert count(app) == 1


def test_the_page_asks_the_same_number_of_questions_however_much_is_kept(app: Flask) -> None:
    engine = app.extensions["portal_engine"]
    content_of(reader(app), "/published")
    with queries(engine) as few:
        content_of(reader(app), "/published")
    send(reader(app), workbook(*(changed(D=str(year)) for year in range(2000, 2025))))
    content_of(reader(app), "/published")
    with queries(engine) as many:
        content_of(reader(app), "/published")
    assert len(few) == len(many)
