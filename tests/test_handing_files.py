"""The workbook by which targets are handed down: given out and read back over HTTP."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import Engine, select

from data import clock
from data import tables as t
from data.db import unit_of_work
from tests.handing_client import (
    DOCUMENT,
    QUERY,
    SCREENING,
    box,
    given,
    head,
    portal_with_results,
)
from tests.worlds import (
    NOW,
)  # fmt: skip


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The small world, whose communes have results of 2025."""
    return portal_with_results(engine)


def workbook(app: Flask) -> Any:
    content = head(app).get("/export/assign.xlsx", query_string=QUERY).get_data()
    return openpyxl.load_workbook(BytesIO(content))


def sent(app: Flask, book: Any) -> Any:
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    form = {"file": (stream, "giao.xlsx")}
    address = "/assign/workbook?" + "&".join(f"{name}={text}" for name, text in QUERY.items())
    return head(app).post(address, form, content_type="multipart/form-data")


def cell_with(book: Any, value: object) -> Any:
    sheet = book.worksheets[0]
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == value)


def test_the_workbook_goes_out_with_what_is_in_force_and_comes_back_the_same(app: Flask) -> None:
    given(head(app), box("give", document=DOCUMENT))
    answer = sent(app, workbook(app))
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["fill"] == {f"ash|{SCREENING}": "75", f"bay|{SCREENING}": "90", f"cedar|{SCREENING}": "70,5"}
    assert told["message"].startswith("Đã đọc 3 số từ tệp.")
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        assert session.scalars(select(t.AuditLine.action).where(t.AuditLine.action == "export.assign")).all()


def test_a_workbook_with_a_bad_cell_is_refused_with_its_address(app: Flask) -> None:
    given(head(app), box("give", document=DOCUMENT))
    book = workbook(app)
    bad = cell_with(book, 75)
    bad.value = "=1+1"
    answer = sent(app, book)
    assert answer.status_code == 422
    assert answer.get_json()["lines"][0].startswith(f"ô {bad.coordinate}: Ô này có công thức")
    assert head(app).post("/assign/workbook?unit=merged", {}).status_code == 422


def test_a_number_that_no_target_can_have_is_told_together_with_the_other_bad_cells(app: Flask) -> None:
    given(head(app), box("give", document=DOCUMENT))
    book = workbook(app)
    formula, great = cell_with(book, 75), cell_with(book, 90)
    formula.value, great.value = "=1+1", 150
    answer = sent(app, book)
    assert answer.status_code == 422
    assert f"ô {great.coordinate}: Không thể lớn hơn 100%." in answer.get_json()["lines"]
    assert any(line.startswith(f"ô {formula.coordinate}:") for line in answer.get_json()["lines"])
