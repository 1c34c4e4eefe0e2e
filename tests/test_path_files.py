"""The ways to goals of later years as files: what is downloaded is what is seen, for whom, and the line it leaves."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select, update

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.paths.query import PathsQuery
from data.snapshot import get_snapshot
from tests.browser_pages import is_vietnamese
from tests.counting import queries
from tests.dash_client import Reader, portal_on
from tests.drawn import parts, words
from tests.exported_paths import (
    assert_ahead,
    assert_alike,
    assert_goals,
    assert_unknown,
    assert_years,
    in_csv,
    in_workbook,
    on_screen,
)
from tests.factories import a_small_world
from tests.test_paths_page import fill
from tests.world_catalogue import DEFINITIONS
from tests.world_paths import FOR_LATER, SCREENING, SRB, USERS, put_years
from tests.world_rollups import put_rollup, put_target
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
)  # fmt: skip

FILES = ("/export/paths.csv", "/export/paths.xlsx")
ROLLUPS = st.lists(
    st.tuples(
        st.sampled_from([OTHER, MERGED, NORTH, SOUTH, BAY]),
        st.sampled_from([SRB, SCREENING, USERS]),
        st.integers(2019, 2025),
        st.integers(0, 900),
        st.integers(1, 900),
    ),
    max_size=60,
    unique_by=lambda one: one[:3],
)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        fill(session)
        put_target(session, 804, BAY, USERS, 2030, 5000)
        put_target(session, 805, BAY, SCREENING, 2035, 90)
    return engine


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([MINISTRY_VIEWER, MERGED_HEAD, ASH_OFFICER, OTHER_HEAD]),
    st.sampled_from(["vn", "merged", "other", "bay", "south", ""]),
    st.sampled_from(["", "", SRB, SCREENING, USERS]),
    ROLLUPS,
)
def test_files_say_exactly_what_the_page_says(
    filled: Engine, person: Person, unit: str, definition: str, rollups: list[tuple[int, str, int, int, int]]
) -> None:
    with unit_of_work(filled) as session:
        session.execute(delete(t.Rollup))
        for one, counted, year, above, below in rollups:
            put_rollup(session, one, counted, str(year), above, None if counted == USERS else below)
        definitions = {one.name: one for one in get_snapshot(session).catalogue.definitions.values()}
    args = PathsQuery(unit, definition).to_args()
    reader = Reader(portal_on(filled), person.id)
    with clock.stopped_at(NOW):
        text, book = (reader.get(path, query_string=args) for path in FILES)
        page = reader.get("/paths", query_string=args)
    assert text.status_code == book.status_code == page.status_code
    if text.status_code == 404:
        return
    found = in_workbook(book.data)
    assert_alike(in_csv(text.get_data(as_text=True)), found)
    drawn, screen = on_screen(filled, person, args)
    if not definition:
        assert_goals(found[0], screen.pop(0) if found[0] else [], definitions)
        assert_unknown(found[1] if len(found) > 1 else [], screen.pop(0) if screen else [])
        assert not screen
        return
    measure = next(one.measure for one in definitions.values() if one.key == definition)
    assert_years(found[1], screen.pop(0), measure)
    assert_ahead(found[2] if len(found) > 2 else [], screen.pop(0) if screen else [], measure)
    assert not screen
    whole = " ".join(words(drawn).split())
    for row in found[0]:
        assert all(row[name] is None or row[name] in whole for name in ("Mốc", "Diễn đạt bằng lời", "Quy ước"))
        assert f"{row['Mốc của ai']} · {row['Văn bản'].replace('; ', ' · ')}" in whole


def test_a_hidden_year_stands_in_no_sheet(filled: Engine) -> None:
    with unit_of_work(filled) as session:
        put_years(session, BAY, USERS, {2022: 711, 2023: 3, 2024: 712, 2025: 713})
    for person, value, why in (
        (ASH_OFFICER, "•", "Không nêu số đếm dưới 5 của đơn vị khác"),
        (MERGED_HEAD, "3", "có"),
    ):
        reader = Reader(portal_on(filled), person.id)
        with clock.stopped_at(NOW):
            text = reader.get(f"{FILES[0]}?unit=bay&definition={USERS}").get_data(as_text=True)
            book = reader.get(f"{FILES[1]}?unit=bay&definition={USERS}").data
        [row] = [one for one in in_csv(text)[1] if one["Năm"] == "2023"]
        assert (row["Kết quả"], row["Dùng để tính nhịp"].startswith(why)) == (value, True)
        [kept] = [one for one in in_workbook(book)[1] if one["Năm"] == 2023]
        assert str(kept["Kết quả"]) == value


def test_a_file_says_whose_it_is_and_so_does_the_audit_trail(filled: Engine) -> None:
    reader = Reader(portal_on(filled), OTHER_HEAD.id)
    with clock.stopped_at(NOW):
        for path in FILES:
            answer = reader.get(f"{path}?unit=other&definition={SRB}")
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
            named = f'filename="duong-den-2030-other-{SRB}.{path.rpartition(".")[2]}"'
            assert named in answer.headers["Content-Disposition"]
        text = reader.get(f"{FILES[0]}?unit=other").get_data(as_text=True)
    assert "Other.Head" in text
    assert "Đường đến 2030: Tỉnh Núi Xanh" in text
    assert "Bình phương tối thiểu có trọng số: năm nhiều trẻ sinh ra" in text
    a = t.AuditLine
    with unit_of_work(filled, writes=False) as session:
        found = session.execute(select(a.account_id, a.unit_id, a.detail).where(a.action == "export")).all()
    assert [(who, unit) for who, unit, _ in found] == [(OTHER_HEAD.id, OTHER)] * 3
    assert json.loads(found[0][2] or "") == {
        "table": "paths", "kind": "csv", "query": {"unit": "other", "definition": SRB}, "rows": 1,
    }  # fmt: skip


def test_a_way_across_a_merger_says_so_in_the_file_too(filled: Engine) -> None:
    with unit_of_work(filled) as session:
        for unit, above in ((NORTH, 40), (SOUTH, 50)):
            put_years(session, unit, SCREENING, {2023: (above, 100), 2024: (above, 100)})
    reader = Reader(portal_on(filled), MERGED_HEAD.id)
    with clock.stopped_at(NOW):
        text = reader.get(f"{FILES[0]}?unit=merged").get_data(as_text=True)
        closed = reader.get(f"{FILES[0]}?unit=north").get_data(as_text=True)
    assert "số liệu trước đó là tổng của Sông Bắc, Sông Nam" in text
    assert "Đơn vị này kết thúc hoạt động ngày 30/06/2025" in closed


@pytest.mark.parametrize("path", FILES)
def test_whoever_may_not_see_the_unit_gets_no_file(filled: Engine, path: str) -> None:
    app = portal_on(filled)
    with clock.stopped_at(NOW):
        dale = Reader(app, DALE_OFFICER.id)
        assert dale.get(f"{path}?unit=ash").status_code == 404
        assert dale.get(f"{path}?unit=nowhere").status_code == 404
        assert dale.get(f"{path}?unit=dale&definition=nothing").status_code == 422
        assert Reader(app, MINISTRY_ADMIN.id).get(f"{path}?unit=other").status_code == 403
        assert Reader(app).get(f"{path}?unit=other").status_code == 303
        a = t.AuditLine
        with unit_of_work(filled, writes=False) as session:
            assert session.scalars(select(a).where(a.action == "export")).all() == []
        assert dale.get(path).status_code == 200, "without a unit it is the reader's own"


def test_the_page_leads_to_its_own_files(filled: Engine) -> None:
    for args, asked in (({"unit": "other"}, "unit=other"), ({"definition": SRB}, f"unit=other&definition={SRB}")):
        drawn, _tables = on_screen(filled, OTHER_HEAD, args)
        links = {one["props"]["href"] for one in parts(drawn) if "href" in one["props"]}
        assert {f"{path}?{asked}" for path in FILES} <= links


def test_the_workbook_names_every_goal_with_its_law(filled: Engine) -> None:
    with clock.stopped_at(NOW):
        book = Reader(portal_on(filled), OTHER_HEAD.id).get(f"{FILES[1]}?unit=other").data
    sheet = openpyxl.load_workbook(BytesIO(book)).worksheets[-2]
    found = {(row[0], row[2], row[3], row[5]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert {
        ("Cả nước", 2030, "≥ 80%", "21-NQ/TW, 25/10/2017"),
        ("Tỉnh Núi Xanh", 2030, "≥ 84%", "12/KH-UBND, 20/01/2025"),
    } <= found


def test_no_text_runs_in_a_spreadsheet(filled: Engine) -> None:
    text = "=cmd|' /C calc'!A0"
    with unit_of_work(filled) as session:
        session.execute(update(t.UnitVersion).where(t.UnitVersion.unit_id == OTHER).values(name='=HYPERLINK("x")'))
        session.execute(update(t.Document).values(number="+1+1"))
        put_target(
            session, 806, NATION, SCREENING, 2035, 90, **FOR_LATER, wording_vi=text, clause="@SUM(A1)", note_vi="-2+3"
        )
    reader = Reader(portal_on(filled), MINISTRY_VIEWER.id)
    with clock.stopped_at(NOW):
        book = openpyxl.load_workbook(BytesIO(reader.get(f"{FILES[1]}?unit=other").data))
        lines = csv.reader(StringIO(reader.get(f"{FILES[0]}?unit=other").get_data(as_text=True)), delimiter=";")
        fields = [field for line in lines for field in line]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert text in [cell.value for cell in cells]
    for cell in cells:
        assert cell.data_type != "f"
        if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
            assert cell.quotePrefix, cell.value
    numbers = [field for field in fields if field.removeprefix("-").replace(",", "").isdigit()]
    assert not [one for one in fields if one.startswith(("=", "+", "-", "@")) and one not in numbers]


def test_in_english_no_heading_is_left_in_vietnamese(filled: Engine) -> None:
    reader = Reader(portal_on(filled), OTHER_HEAD.id)
    reader.post("/language/en", {"next": "/"})
    with clock.stopped_at(NOW):
        for asked in ("unit=other", f"unit=other&definition={SCREENING}"):
            answer = reader.get(f"{FILES[1]}?{asked}")
            book = openpyxl.load_workbook(BytesIO(answer.data))
            heads = [str(cell.value or "") for sheet in book.worksheets[:-2] for cell in sheet[4]]
            assert not [text for text in [*book.sheetnames, *heads] if is_vietnamese(text)]
            tables = in_csv(reader.get(f"{FILES[0]}?{asked}").get_data(as_text=True))
            row = next(one for one in tables[0] if one["Whose goal"] == "The unit's own goal")
            assert (row["Verdict"], row["Goal"], row["Arrives"]) == ("behind", "≥ 84% by 2030", "2031")


def test_a_file_asks_the_database_as_much_as_the_page_and_writes_one_line(filled: Engine) -> None:
    reader = Reader(portal_on(filled), OTHER_HEAD.id)
    counts = []
    for more in ((), range(2031, 2050)):
        with unit_of_work(filled) as session:
            for year in more:
                put_target(session, 1000 + year, OTHER, SCREENING, year, 90)
        with clock.stopped_at(NOW):
            reader.get(f"{FILES[0]}?unit=other")
            with queries(filled) as seen:
                assert reader.get(f"{FILES[0]}?unit=other").status_code == 200
        counts.append(len(seen))
        assert sum("INSERT" in one for one in seen) == 1
    assert counts[0] == counts[1]


def test_every_definition_has_a_file(filled: Engine) -> None:
    reader = Reader(portal_on(filled), MINISTRY_VIEWER.id)
    with clock.stopped_at(NOW):
        for definition in (*DEFINITIONS, "tfr"):
            for path in FILES:
                assert reader.get(f"{path}?unit=vn&definition={definition}").status_code == 200
