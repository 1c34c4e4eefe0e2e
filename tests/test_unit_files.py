"""A unit's table as files: what is downloaded is what is seen, for whom, and the line that it leaves."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from callbacks import guard, units
from data import clock
from data import tables as t
from data.catalogue.model import Definition
from data.db import unit_of_work
from data.measures import Measure
from data.snapshot import get_snapshot
from data.wording.measures import measured, measured_margin, measured_number
from layouts.ids.unit import UnitId
from tests.dash_client import Reader, portal_on
from tests.drawn import as_sent, part
from tests.factories import a_small_world
from tests.test_exports_equal_screen import ROLLUPS
from tests.world_rollups import comparer, put_rollup, put_target
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_VIEWER,
    NOW,
    SOUTH_HEAD,
    Person,
    principal_of,
)  # fmt: skip

FILES = ("/export/unit.csv", "/export/unit.xlsx")
USERS = "new_modern_contraceptive_users"
# The columns that hold numbers, and what the screen calls them.
NUMBERS = {"% so KH": "share", "Lũy kế": "since", "Thực hiện kỳ": "result", "Kết quả, lũy kế từ đầu năm": "result"}


@pytest.fixture
def filled(engine: Engine) -> Engine:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        put_target(session, 721, BAY, USERS, 2026, 40)
    return engine


def in_csv(text: str) -> list[dict[str, str]]:
    lines = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    table = lines[lines.index([]) + 1 :]
    return [dict(zip(table[0], line, strict=True)) for line in table[1:]]


def in_workbook(body: bytes) -> list[dict[str, Any]]:
    rows = list(openpyxl.load_workbook(BytesIO(body)).worksheets[0].iter_rows(min_row=4, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def on_screen(engine: Engine, person: Person, args: dict[str, str]) -> tuple[list[dict[str, Any]], list[Definition]]:
    """The lines of the page's table, and the definition of each."""
    asking = guard.acting_as(principal_of(person))
    with unit_of_work(engine, writes=False) as session, clock.stopped_at(NOW), asking:
        drawn = as_sent(units.view(session, comparer(person), args))
        lines = [row for row in part(drawn, UnitId.TABLE)["rowData"] if "group" not in row]
        catalogue = get_snapshot(session).catalogue
    return lines, [catalogue.definition(row["key"]) for row in lines]


def shown(field: str, small_and_text: dict[str, str], measure: Measure, column: str) -> bool:
    """Whether a field of the file says what the cell of the screen says."""
    text, small = small_and_text["t"], small_and_text.get("s", "")
    if not field[:1].isdigit() and not (field[:1] == "-" and field[1:2].isdigit()):
        return field in (text, small)
    number = float(field.replace(",", "."))
    return text == (measured(number, Measure.PERCENT) if column == "share" else measured_number(number, measure))


def assert_same(row: dict[str, str], line: dict[str, Any], measure: Measure) -> None:
    """The row of the file says what the line of the screen says."""
    for heading, name in NUMBERS.items():
        assert heading not in row or shown(row[heading], line[name], measure, name), (heading, row, line)
    assert shown(row["Cùng kỳ"], line["before"], measure, "before")
    change = row["So cùng kỳ"].removeprefix("'").replace(",", ".")
    if change != "–":
        assert measured_margin(float(change), measure) in line["before"]["s"]
    assert row["Kế hoạch năm"] == line["own"]["t"]
    assert row["Đánh giá"] == line["verdict"]["t"]
    if "rank" in line:
        assert row["Xếp hạng cùng cấp"] == line["rank"]["t"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([MINISTRY_VIEWER, MERGED_HEAD, ASH_OFFICER, SOUTH_HEAD]),
    st.sampled_from(["vn", "merged", "other", "ash", "bay", "south", "north"]),
    st.sampled_from([{}, {"period": "2026Q3"}, {"year": "2025"}, {"period": "2026-6M", "ranks": "1"}, {"ranks": "1"}]),
    ROLLUPS,
)
def test_files_hold_exactly_the_lines_of_the_screen(
    filled: Engine, person: Person, unit: str, args: dict[str, str], rollups: list[tuple[int, str, str, int, int]]
) -> None:
    with unit_of_work(filled) as session:
        session.execute(delete(t.Rollup))
        for one, counted, period, above, below in rollups:
            share = counted not in (USERS, "srb")
            number = min(above, below) if share else above
            put_rollup(session, one, counted, period, number, None if counted == USERS else below)
    asked = {"key": unit, **args}
    reader = Reader(portal_on(filled), person.id)
    with clock.stopped_at(NOW):
        text, book = (reader.get(path, query_string=asked) for path in FILES)
    assert text.status_code == book.status_code
    if text.status_code == 404:
        return
    rows, sheet = in_csv(text.get_data(as_text=True)), in_workbook(book.data)
    if not rows:
        return
    lines, definitions = on_screen(filled, person, asked)
    assert [row["Chỉ số"] for row in rows] == [one.name for one in definitions]
    for row, line, definition in zip(rows, lines, definitions, strict=True):
        assert_same(row, line, definition.measure)
    for row, kept in zip(rows, sheet, strict=True):
        for heading, field in row.items():
            value = kept[heading]
            if isinstance(value, int | float):
                assert float(field.replace(",", ".")) == pytest.approx(value, abs=1e-6)
            else:
                assert field.removeprefix("'") == (value or "")


def test_a_hidden_count_stands_in_no_sheet(filled: Engine) -> None:
    with unit_of_work(filled) as session:
        put_rollup(session, BAY, USERS, "2026", 3)
        put_rollup(session, ASH, USERS, "2026", 80)
    for person, share in ((ASH_OFFICER, "–"), (MERGED_HEAD, "7,5")):
        answer = Reader(portal_on(filled), person.id).get(FILES[0], query_string={"key": "bay", "year": "2026"})
        [row] = [one for one in in_csv(answer.get_data(as_text=True)) if one["Kế hoạch năm"] == "≥ 40 người"]
        assert row["% so KH"] == share
        assert (row["Kết quả, lũy kế từ đầu năm"] == "3") is (person is MERGED_HEAD)


def test_a_file_says_whose_it_is_and_so_does_the_audit_trail(filled: Engine) -> None:
    reader = Reader(portal_on(filled), ASH_OFFICER.id)
    with clock.stopped_at(NOW):
        for path in FILES:
            answer = reader.get(f"{path}?key=ash&ranks=1")
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
            assert f'filename="don-vi-ash-2026-9M.{path[-4:].strip(".")}"' in answer.headers["Content-Disposition"]
        said = reader.get(f"{FILES[0]}?key=ash").get_data(as_text=True)
    assert "Ash.Officer" in said
    assert "Kết quả thực hiện so với kế hoạch: Xã An Bình, 9 tháng năm 2026" in said
    a = t.AuditLine
    with unit_of_work(filled, writes=False) as session:
        found = session.execute(select(a.account_id, a.unit_id, a.detail).where(a.action == "export")).all()
    assert [(who, unit) for who, unit, _ in found] == [(ASH_OFFICER.id, ASH)] * 3
    assert json.loads(found[0][2] or "") == {
        "table": "unit", "kind": "csv", "query": {"key": "ash", "ranks": "1"}, "period": "2026-9M", "rows": 8,
    }  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_whoever_may_not_see_the_unit_gets_no_file(filled: Engine, path: str) -> None:
    app = portal_on(filled)
    assert Reader(app, ASH_OFFICER.id).get(f"{path}?key=dale").status_code == 404
    assert Reader(app, ASH_OFFICER.id).get(f"{path}?key=nowhere").status_code == 404
    assert Reader(app, ASH_OFFICER.id).get(path).status_code == 404
    assert Reader(app, ASH_OFFICER.id).get(f"{path}?key=ash&period=2026Q9").status_code == 422
    assert Reader(app, MINISTRY_ADMIN.id).get(f"{path}?key=ash").status_code == 403
    assert Reader(app).get(f"{path}?key=ash").status_code == 303
    a = t.AuditLine
    with unit_of_work(filled, writes=False) as session:
        assert session.scalars(select(a).where(a.action == "export")).all() == []


def test_the_workbook_names_every_target_with_its_law(filled: Engine) -> None:
    answer = Reader(portal_on(filled), ASH_OFFICER.id).get(f"{FILES[1]}?key=ash&year=2026")
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).worksheets[1]
    found = {(row[0], row[3], row[5]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert found == {
        ("Xã An Bình", "≥ 400 người", "12/KH-UBND, 20/01/2025"),
        ("Xã An Bình", "≥ 30%", "12/KH-UBND, 20/01/2025"),
        ("Cả nước", "≤ 109", "21-NQ/TW, 25/10/2017"),
    }
