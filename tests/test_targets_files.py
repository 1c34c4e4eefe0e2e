"""The registry of targets as files: what is downloaded is what is seen, and whose file it is."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from auth.policy import Permission
from data import clock
from data import tables as t
from data.db import unit_of_work
from data.judging.operators import Operator
from data.numbers import format_moment
from data.snapshot import ILLUSTRATIVE
from data.targets.documents_entered import enter_document
from data.targets.drafts import TargetDraft
from data.targets.entering import enter_targets
from layouts.ids.targets import TargetsId
from tests.dash_client import Reader, portal_on
from tests.drawn import has, part
from tests.factories import a_small_world
from tests.world_rollups import put_target
from tests.world_targets import SCREENING, drawn, fill
from tests.worlds import (
    ASH_OFFICER,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_VIEWER,
    NOW,
    OTHER,
    OTHER_HEAD,
    Person,
    scope_of,
)

FILES = ("/export/targets.csv", "/export/targets.xlsx")


@pytest.fixture
def filled(engine: Engine) -> Engine:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        fill(session)
    return engine


def csv_rows(text: str) -> list[list[str]]:
    lines = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    return lines[lines.index([]) + 2 :]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([MINISTRY_VIEWER, MERGED_HEAD, ASH_OFFICER, OTHER_HEAD]),
    st.fixed_dictionaries(
        {},
        optional={
            "unit": st.sampled_from(["vn", "north", "ash"]),
            "year": st.sampled_from(["2025", "2026", "2030", "1999"]),
            "programme": st.sampled_from(["468", "1999"]),
            "kind": st.sampled_from(["assigned", "orientation"]),
            "contradictions": st.just("1"),
        },
    ),
)
def test_files_hold_exactly_the_rows_of_the_screen(filled: Engine, person: Person, args: dict[str, str]) -> None:
    reader = Reader(portal_on(filled), person.id)
    with clock.stopped_at(NOW):
        text, book = (reader.get(path, query_string=args) for path in FILES)
        if text.status_code == 404:
            assert book.status_code == 404
            return
        with unit_of_work(filled, writes=False) as session:
            page = drawn(session, person, **args)
    shown = part(page, TargetsId.GRID)["rowData"] if has(page, TargetsId.GRID) else []
    screen = [
        [str(field or 0) if name == "contradictions" else str(field) for name, field in row.items()] for row in shown
    ]
    width = 13
    assert [row[:width] for row in csv_rows(text.get_data(as_text=True))] == screen
    sheet = openpyxl.load_workbook(BytesIO(book.data)).worksheets[0]
    assert [[str(cell) for cell in row[:width]] for row in sheet.iter_rows(min_row=2, values_only=True)] == screen


def test_a_file_says_whose_it_is_and_so_does_the_audit_trail(filled: Engine) -> None:
    reader = Reader(portal_on(filled), ASH_OFFICER.id)
    for path in FILES:
        answer = reader.get(f"{path}?unit=ash")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Ash.Officer" in reader.get(f"{FILES[0]}?unit=ash").get_data(as_text=True)
    assert reader.get(f"{FILES[0]}?unit=dale").status_code == 404
    a = t.AuditLine
    with unit_of_work(filled, writes=False) as session:
        lines = session.execute(select(a.account_id, a.detail).where(a.action == "export").order_by(a.id)).all()
    told = [json.loads(detail or "") for _account, detail in lines]
    assert {account for account, _detail in lines} == {ASH_OFFICER.id}
    assert [one["kind"] for one in told] == ["csv", "xlsx", "csv"]
    assert told[0] == {"kind": "csv", "query": {"unit": "ash"}, "rows": 2, "table": "targets"}


@pytest.mark.parametrize("year", ["2025", "1999"])
def test_a_file_names_its_unit_where_nothing_is_set_for_it_too(filled: Engine, year: str) -> None:
    reader = Reader(portal_on(filled), MERGED_HEAD.id)
    with clock.stopped_at(NOW):
        text = reader.get(FILES[0], query_string={"unit": "merged", "year": year}).get_data(as_text=True)
    assert csv_rows(text) == []
    told = [line.partition(";") for line in text.splitlines()]
    assert ("Đơn vị", "Sông Bắc (từ 01/07/2025)") in {(label, value) for label, _, value in told}


def test_a_file_says_of_contradictions_what_the_screen_has_chosen(filled: Engine) -> None:
    reader = Reader(portal_on(filled), MERGED_HEAD.id)
    for args, said in (("", "Mâu thuẫn;tất cả"), ("?contradictions=1", "Mâu thuẫn;Có mâu thuẫn")):
        assert said in reader.get(f"{FILES[0]}{args}").get_data(as_text=True).splitlines()


def test_a_file_says_where_results_that_targets_contradict_are_made_up(filled: Engine) -> None:
    reader, mark = Reader(portal_on(filled), MERGED_HEAD.id), "SỐ LIỆU MINH HOẠ"
    assert mark not in reader.get(FILES[0]).get_data(as_text=True).upper()
    with unit_of_work(filled) as session:
        session.add(t.Fact(name=ILLUSTRATIVE, value="1"))
    assert mark in reader.get(FILES[0]).get_data(as_text=True).upper()
    book = openpyxl.load_workbook(BytesIO(reader.get(FILES[1]).data))
    for sheet in book:
        assert sheet.oddFooter is not None
        assert mark in str(sheet.oddFooter.left.text).upper()
    assert mark in str(book.worksheets[-1]["B1"].value).upper()


def test_a_file_says_who_entered_a_target_to_those_who_may_know(filled: Engine) -> None:
    ours = scope_of(MERGED_HEAD, Permission.TARGET_SET)
    with unit_of_work(filled) as session, clock.stopped_at(NOW):
        key = enter_document(session, ours, "merged", "5/QĐ-UBND", date(2026, 1, 5), "Giao chỉ tiêu", NOW)
        draft = TargetDraft("merged", SCREENING, 2026, Operator.AT_LEAST, 85.0, 85.0)
        (made,) = enter_targets(session, ours, key, [draft], NOW)
    moment = format_moment(NOW)
    for person, said in (
        (MERGED_HEAD, f"{moment}, Merged.Head"),
        (MINISTRY_VIEWER, f"{moment}, Merged.Head"),
        (OTHER_HEAD, moment),
    ):
        with clock.stopped_at(NOW):
            answers = [Reader(portal_on(filled), person.id).get(path) for path in FILES]
        rows = {row[0]: row[-1] for row in csv_rows(answers[0].get_data(as_text=True))}
        assert rows[made] == said
        assert {text for key, text in rows.items() if key != made} == {"nạp cùng danh mục ban đầu của cổng"}
        sheet = openpyxl.load_workbook(BytesIO(answers[1].data)).worksheets[0]
        assert {row[0]: row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)} == rows


def test_who_may_not_compare_takes_no_file(filled: Engine) -> None:
    app = portal_on(filled)
    for path in FILES:
        assert Reader(app, MINISTRY_ADMIN.id).get(path).status_code == 403
        assert Reader(app).get(path).status_code == 303


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_text_of_a_target_runs_in_a_spreadsheet(filled: Engine, text: str) -> None:
    with unit_of_work(filled) as session:
        put_target(
            session, 731, OTHER, SCREENING, 2026, 40, as_printed=text, wording_vi=text, clause=text, note_vi=text
        )
    reader = Reader(portal_on(filled), MINISTRY_VIEWER.id)
    fields = [field for row in csv_rows(reader.get(FILES[0]).get_data(as_text=True)) for field in row]
    assert sum(text.strip() in field for field in fields) >= 4
    assert not [field for field in fields if field.startswith(("=", "+", "-", "@", "\t", "＝"))]
    book = openpyxl.load_workbook(BytesIO(reader.get(FILES[1]).data))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
