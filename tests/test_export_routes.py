"""The addresses of the files: who gets one, what is refused and how, and the line that each leaves."""

import json
from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import Engine, select

from data import tables as t
from data.db import unit_of_work
from data.kinds import Role
from data.wording import Language, use_language
from tests.dash_client import Reader, portal_on
from tests.factories import a_small_world, an_account
from tests.world_rollups import put_rollup
from tests.worlds import ASH, BAY, MERGED, NATION, OTHER

USERS = "new_modern_contraceptive_users"
FILES = ("/export/comparison.xlsx", "/export/comparison.csv")


@pytest.fixture(autouse=True)
def language_of_this_test() -> Iterator[None]:
    """Requests of a test client speak in the test's own context: what they set must not outlive it."""
    with use_language(Language.VI):
        yield


@pytest.fixture
def world(engine: Engine) -> Engine:
    """The small world with a few results."""
    a_small_world(engine)
    with unit_of_work(engine) as session:
        for unit in (MERGED, OTHER):
            put_rollup(session, unit, "srb", "2025", 1000 + unit, 1000)
        for unit in (ASH, BAY):
            put_rollup(session, unit, USERS, "2026Q3", 3)
    return engine


def reader(engine: Engine, role: Role, unit: int, language: str = "vi") -> Reader:
    account = an_account(engine, f"{role.value.lower()}.{unit}.{language}", (role, unit), language=language)
    return Reader(portal_on(engine), account)


def exports(engine: Engine) -> list[tuple[int | None, str]]:
    """Unit and detail of every export's line."""
    a = t.AuditLine
    with unit_of_work(engine, writes=False) as session:
        rows = session.execute(select(a.unit_id, a.detail).where(a.action == "export"))
        return [(unit, detail or "") for unit, detail in rows]


def test_the_ministry_takes_the_table_of_all_provinces_as_a_workbook(world: Engine) -> None:
    response = reader(world, Role.VIEWER, NATION).get(f"{FILES[0]}?year=2025&definitions=srb")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="so-sanh-2025-province-vn.xlsx"'
    assert response.cache_control.no_store
    sheet = openpyxl.load_workbook(BytesIO(response.data)).worksheets[0]
    rows = {line[0]: line[2] for line in sheet.iter_rows(min_row=7, values_only=True) if line[0]}
    assert rows == {"vn": pytest.approx(111.35), "merged": pytest.approx(111.3), "other": pytest.approx(111.4)}


def test_csv_comes_with_its_encoding(world: Engine) -> None:
    response = reader(world, Role.VIEWER, NATION).get(f"{FILES[1]}?year=2025&definitions=srb")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.data.startswith("\ufeff".encode())
    assert "merged;Sông Bắc;111,3;" in response.data.decode("utf-8")


def test_the_file_names_who_took_it_and_the_audit_trail_too(world: Engine) -> None:
    person = reader(world, Role.OFFICER, ASH)
    body = person.get(f"{FILES[1]}?period=2026Q3").data.decode("utf-8")
    assert "Người xuất;Officer.131.Vi" in body
    ((unit, text),) = exports(world)
    detail = json.loads(text)
    assert unit == MERGED
    assert (detail["kind"], detail["query"], detail["rows"]) == ("csv", {"period": "2026Q3"}, 3)


def test_small_counts_of_neighbours_are_masked_in_files_too(world: Engine) -> None:
    body = reader(world, Role.OFFICER, ASH).get(f"{FILES[1]}?period=2026Q3&definitions={USERS}").data.decode("utf-8")
    rows = {line.split(";")[0]: line.split(";") for line in body.splitlines()}
    assert rows["ash"][2] == "3"
    assert rows["bay"][2:] == ["", "", "Không nêu số đếm dưới 5 của đơn vị khác, hoặc số có thể làm lộ số đếm ấy."]


@pytest.mark.parametrize("path", FILES)
def test_who_is_not_signed_in_is_sent_to_the_door(world: Engine, path: str) -> None:
    response = Reader(portal_on(world)).get(path)
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/login")


@pytest.mark.parametrize("path", FILES)
def test_a_role_that_compares_nothing_takes_no_file(world: Engine, path: str) -> None:
    assert reader(world, Role.ADMINISTRATOR, NATION).get(path).status_code == 403
    assert exports(world) == []


@pytest.mark.parametrize(
    ("query", "status", "named"),
    [
        ("within=other", 404, "phạm vi"),
        ("within=no-such-unit", 404, "phạm vi"),
        ("within=dale", 404, "phạm vi"),
        ("definitions=srb,nothing", 422, "nothing"),
        ("programme=9999", 422, "9999"),
        ("period=2025Q5", 422, "2025Q5"),
        ("year=0", 422, "0"),
        ("boundaries=soon", 422, "soon"),
        ("level=galaxy", 422, "galaxy"),
        (f"definitions={'a' * 5000}", 422, "cột"),
    ],
)
def test_what_cannot_be_answered_gets_a_sentence_and_leaves_no_line(
    world: Engine, query: str, status: int, named: str
) -> None:
    person = reader(world, Role.OFFICER, ASH)
    for path in FILES:
        response = person.get(f"{path}?{query}")
        assert response.status_code == status
        text = response.get_data(as_text=True)
        assert named in text
        assert "Traceback" not in text
    assert exports(world) == []


def test_a_reader_of_english_gets_english(world: Engine) -> None:
    person = reader(world, Role.VIEWER, NATION, "en")
    assert "Comparison: Province level, Whole country, Year 2025" in person.get(f"{FILES[1]}?year=2025").data.decode()
    assert "There is no column" in person.get(f"{FILES[1]}?definitions=nothing").get_data(as_text=True)
