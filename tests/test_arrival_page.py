"""The page that asks whether the whole would arrive, and its files: who opens it, what it says, what it costs."""

import csv
import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from data import clock
from data import tables as t
from data.arriving.listing import lines_of, parts_of
from data.db import unit_of_work
from data.wording.language import Language, use_language
from layouts.ids.arrival import ArrivalId
from tests import worlds
from tests.counting import queries
from tests.dash_client import Reader, answer_of, portal_on
from tests.drawn import as_sent, part, parts, words
from tests.factories import a_small_world
from tests.world_arriving import SCREENING, arrived, drawn, fill, fill_communes
from tests.world_rollups import put_target
from tests.worlds import (
    ASH_OFFICER,
    BAY,
    DALE_OFFICER,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NATION,
    NOW,
    OTHER_HEAD,
    Person,
)

CHOOSE = "callbacks.arrival.choose"
FILES = ("/export/arrival.csv", "/export/arrival.xlsx")
USERS = "new_modern_contraceptive_users"


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    fill(session)
    fill_communes(session)
    return session


@pytest.fixture
def filled(engine: Engine) -> Engine:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        fill(session)
        fill_communes(session)
    return engine


# ---- what it says


def test_the_page_says_whether_by_how_much_and_by_which_law(world: Session) -> None:
    page = drawn(world, MINISTRY_VIEWER, {"year": "2030"})
    said = words(page)
    assert "Cả nước có về đích?" in said
    assert "năm 2030 · địa giới 21/11/2026 · 2/2 đơn vị có chỉ tiêu riêng" in said
    assert "21-NQ/TW, 25/10/2017, mục II.1" in said
    assert "hụt 1,0 điểm" in said
    assert "≤ 110,0" in said
    assert "theo mẫu số năm 2025" in said
    links = {one["props"]["href"] for one in parts(as_sent(page)) if "href" in one["props"]}
    assert {"/targets?target=T707", "/document?key=nq21", "/arrival?unit=vn&year=2030&definition=srb"} <= links


def test_an_opened_indicator_shows_whose_targets_are_the_gap_the_largest_first(world: Session) -> None:
    said = words(drawn(world, MINISTRY_VIEWER, {"definition": "srb"}))
    other, merged = said.index("Núi Xanh", said.index("Từng đơn vị:")), said.index("Sông Bắc (từ 01/07/2025)")
    assert said.index("Từng đơn vị:") < other
    rows = said[other:]
    assert "-7,0 điểm" in rows
    assert "-1,75 điểm" in rows
    assert "175,0%" in rows
    assert merged > 0


def test_it_says_why_it_cannot_be_said(world: Session) -> None:
    masked = words(drawn(world, ASH_OFFICER, {"unit": "merged", "year": "2026", "definition": SCREENING}))
    assert "chưa nói được vì số nhỏ của đơn vị lân cận được che nên không dùng làm trọng số" in masked
    beyond = words(drawn(world, DALE_OFFICER, {"unit": "vn", "definition": "srb"}))
    assert "chưa nói được vì 1 đơn vị trực thuộc nằm ngoài phạm vi của bạn" in beyond
    assert "108" not in beyond.replace("109", "")
    put_target(world, 891, NATION, USERS, 2026, 9_999)
    missing = words(drawn(world, MINISTRY_VIEWER, {"year": "2026"}))
    assert "chưa nói được vì 2/2 đơn vị chưa có chỉ tiêu riêng" in missing


def test_where_no_unit_below_has_a_target_it_says_what_to_do_to_whoever_may(world: Session) -> None:
    put_target(world, 891, NATION, USERS, 2026, 9_999)
    for person, may in ((MINISTRY_VIEWER, False), (MINISTRY_REVIEWER, True)):
        page = drawn(world, person, {"year": "2026"})
        assert "Chưa đơn vị trực thuộc nào có chỉ tiêu riêng cho năm 2026" in words(page)
        found = {one["props"]["href"] for one in parts(as_sent(page)) if "href" in one["props"]}
        assert "/paths?unit=vn" in found
        assert ("/assign?unit=vn&year=2026" in found) is may
    assert "Chưa đơn vị trực thuộc nào" not in words(drawn(world, MINISTRY_VIEWER, {"year": "2030"}))


def test_a_refused_address_says_so_and_offers_what_there_is(world: Session) -> None:
    page = drawn(world, MINISTRY_VIEWER, {"year": "1999"})
    assert "Năm 1999 chưa có mục tiêu nào đặt cho" in words(page)
    assert [one["value"] for one in part(page, ArrivalId.YEAR)["options"]] == ["2030"]


def test_english_has_every_word(world: Session) -> None:
    with use_language(Language.EN):
        said = words(drawn(world, MINISTRY_VIEWER, {"definition": "srb"}))
    assert "falls short by 1.0 points" in said
    assert "by the denominators of 2025" in said


def test_the_page_of_a_neighbour_is_the_same_whatever_is_hidden(world: Session) -> None:
    asked = {"unit": "merged", "year": "2026", "definition": SCREENING}
    before = json.dumps(as_sent(drawn(world, ASH_OFFICER, asked)))
    rollup = t.Rollup
    found = world.scalars(
        select(rollup).where(rollup.unit_id == BAY, rollup.period == "2025", rollup.denominator == 3)
    ).one()
    found.denominator, found.numerator = 4, 2
    world.flush()
    assert json.dumps(as_sent(drawn(world, ASH_OFFICER, asked))) == before


# ---- who opens it


def test_the_right_permission_opens_it_and_the_status_says_what_is_wrong(filled: Engine) -> None:
    app = portal_on(filled)
    with clock.stopped_at(NOW):
        ministry, dale = Reader(app, MINISTRY_VIEWER.id), Reader(app, DALE_OFFICER.id)
        assert ministry.get("/arrival?unit=merged&year=2026").status_code == 200
        assert dale.get("/arrival?unit=vn").status_code == 200
        for path in ("/arrival?unit=merged", "/arrival?unit=nowhere", "/export/arrival.csv?unit=merged"):
            assert dale.get(path).status_code == 404, path
        for args in ("year=1999", "year=x", "definition=none", "programme=none", "boundaries=x", "unit=ash"):
            assert ministry.get(f"/arrival?{args}").status_code == 422, args
            assert ministry.get(f"{FILES[0]}?{args}").status_code == 422, args
        for path in ("/arrival", *FILES):
            assert Reader(app, MINISTRY_ADMIN.id).get(path).status_code == 403
            assert Reader(app).get(path).status_code == 303


def test_the_lists_write_the_address(filled: Engine) -> None:
    reader = Reader(portal_on(filled), MINISTRY_VIEWER.id)
    answer = answer_of(reader.call(CHOOSE, "merged", "2026", "all", SCREENING, "all"))
    assert answer[ArrivalId.ADDRESS]["search"] == f"?unit=merged&year=2026&definition={SCREENING}"
    assert answer_of(reader.call(CHOOSE, None, None, ["forged"], 7, "all"))[ArrivalId.ADDRESS]["search"] == ""


# ---- files


def tables(text: str) -> list[list[list[str]]]:
    """The blocks of a text file after the first, each without its headings."""
    blocks: list[list[list[str]]] = [[]]
    for row in csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"):
        if row:
            blocks[-1].append(row)
        else:
            blocks.append([])
    return [block[1:] for block in blocks[1:]]


def rows_of(page: Any) -> Iterator[str]:
    """The words of every row of the page's tables, without what only telephones show."""
    for one in parts(as_sent(page)):
        if one.get("type") == "Tbody":
            for row in one["props"]["children"]:
                yield " ".join(words(_wide(row)).split())


def _wide(drawn: Any) -> Any:
    if isinstance(drawn, list):
        return [_wide(one) for one in drawn]
    if not isinstance(drawn, dict):
        return drawn
    if drawn["props"].get("className") == "narrow-label" or drawn["props"].get("aria-hidden") == "true":
        return ""
    return {**drawn, "props": {**drawn["props"], "children": _wide(drawn["props"].get("children"))}}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([MINISTRY_VIEWER, MERGED_HEAD, ASH_OFFICER, OTHER_HEAD]),
    st.fixed_dictionaries(
        {},
        optional={
            "unit": st.sampled_from(["vn", "merged"]),
            "year": st.sampled_from(["2026", "2030"]),
            "programme": st.sampled_from(["468", "1999"]),
            "definition": st.sampled_from(["srb", SCREENING]),
        },
    ),
)
def test_files_say_exactly_what_the_screen_says(filled: Engine, person: Person, args: dict[str, str]) -> None:
    reader = Reader(portal_on(filled), person.id)
    with clock.stopped_at(NOW):
        text, book = (reader.get(path, query_string=args) for path in FILES)
        if text.status_code != 200:
            assert book.status_code == text.status_code
            return
        with unit_of_work(filled, writes=False) as session:
            screen = list(rows_of(drawn(session, person, args)))
            found = arrived(session, person, **args)
            expected = [list(texts) for *_rest, texts in lines_of(found)]
            units = [list(texts.values()) for _part, texts in parts_of(found.opened).rows] if found.opened else []
    written = tables(text.get_data(as_text=True))
    assert [[field.removeprefix("'") for field in row] for row in written[0]] == expected
    assert [[field.removeprefix("'") for field in row] for table in written[1:] for row in table] == units
    sheets = openpyxl.load_workbook(BytesIO(book.data)).worksheets
    assert [[str(cell or "") for cell in row] for row in sheets[0].iter_rows(min_row=2, values_only=True)] == expected
    assert len(screen) == len(expected) + len(units)
    for row, fields in zip(screen, [*expected, *units], strict=True):
        # Sources stand under one another on the screen.
        assert all(field.replace(";", "") in row.replace(" ;", "") for field in fields if field), (row, fields)


def test_a_file_says_whose_it_is_and_so_does_the_audit_trail(filled: Engine) -> None:
    reader = Reader(portal_on(filled), MERGED_HEAD.id)
    with clock.stopped_at(NOW):
        for path in FILES:
            answer = reader.get(f"{path}?year=2026")
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert "Merged.Head" in reader.get(f"{FILES[0]}?year=2026").get_data(as_text=True)
    line = t.AuditLine
    with unit_of_work(filled, writes=False) as session:
        details = session.scalars(select(line.detail).where(line.action == "export").order_by(line.id)).all()
    told = [json.loads(detail or "") for detail in details]
    assert told[0] == {"kind": "csv", "query": {"year": "2026"}, "rows": 1, "table": "arrival"}
    assert [one["kind"] for one in told] == ["csv", "xlsx", "csv"]


def test_no_text_of_a_target_runs_in_a_spreadsheet(filled: Engine) -> None:
    with unit_of_work(filled) as session:
        put_target(session, 895, NATION, SCREENING, 2030, 40, clause="=1+1")
    reader = Reader(portal_on(filled), MINISTRY_VIEWER.id)
    with clock.stopped_at(NOW):
        book = openpyxl.load_workbook(BytesIO(reader.get(FILES[1]).data))
        text = reader.get(FILES[0]).get_data(as_text=True)
    fields = [field for table in tables(text) for row in table for field in row]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not [field for field in fields if field.startswith(("=", "+", "-", "@"))]


# ---- cost


@pytest.mark.parametrize(
    ("person", "args", "most"),
    [
        # The stamp, results and their parts.
        (MINISTRY_VIEWER, {}, 3),
        (MERGED_HEAD, {"year": "2026"}, 3),
        # And what is hidden of neighbours.
        (ASH_OFFICER, {"unit": "merged", "year": "2026"}, 5),
    ],
)
def test_a_page_costs_a_fixed_number_of_queries(
    filled: Engine, person: Person, args: dict[str, str], most: int
) -> None:
    for _again in range(2):
        with unit_of_work(filled, writes=False) as session, queries(filled) as seen:
            drawn(session, person, args)
    assert len(seen) == most
    with unit_of_work(filled) as session:
        for year in range(2031, 2061):
            put_target(session, 1_000 + year, NATION, SCREENING, year, 40)
    for _again in range(2):
        with unit_of_work(filled, writes=False) as session, queries(filled) as seen:
            drawn(session, person, args)
    assert len(seen) == most
