"""What a file may hold: rows within reach, no secret on any sheet, no text that runs; and its line of audit."""

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.snapshot import VERSION
from tests import worlds
from tests.dash_client import Reader, portal_on
from tests.factories import a_small_world
from tests.forged_requests import COLUMNS, DAYS, PERIODS, UNITS
from tests.forged_world import accounts, plant_all, stolen, text_of
from tests.world_rollups import put_rollup, put_target
from tests.worlds import ASH_OFFICER, MERGED_HEAD, MINISTRY_VIEWER, NOW, OTHER

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
FILES = ("/export/comparison.csv", "/export/comparison.xlsx")
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A",
    "{=1+1}",
    '=HYPERLINK("x")',
)
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"-?[0-9]+(,[0-9]+)?")

# Which units each reader may ever find in a file, whatever is asked; written by hand, and not by the policy.
_PROVINCES = {"vn", "north", "south", "merged", "other"}
_NORTHERN, _SOUTHERN = {"north-city", "north-hills"}, {"south-coast"}
_MERGED, _COMMUNES = (
    _PROVINCES | _NORTHERN | _SOUTHERN | {"ash", "bay", "cedar"},
    {"vn", "merged", "ash", "bay", "cedar"},
)
REACH: dict[str, frozenset[str]] = {
    **dict.fromkeys(("ministry.viewer", "ministry.reviewer", "ministry.officer"), frozenset(UNITS)),
    **dict.fromkeys(("merged.head", "merged.deputy", "merged.leader"), frozenset(_MERGED)),
    "other.head": frozenset(_PROVINCES | {"other-town", "dale", "elm"}),
    "south.head": frozenset(_PROVINCES - {"merged"} | _SOUTHERN),
    "city.head": frozenset({"vn", "north"} | _NORTHERN),
    **dict.fromkeys(("ash.officer", "ash.colleague", "bay.officer", "cedar.officer"), frozenset(_COMMUNES)),
    "dale.officer": frozenset({"vn", "other", "dale", "elm"}),
    **dict.fromkeys(("ministry.admin", "no.role", "ended.role", "nobody"), frozenset[str]()),
}


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """The third quarter of 2026 is over, whatever the day."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def readers(engine: Engine) -> dict[str, Reader]:
    """The world with its marks, and everybody with a browser."""
    plant_all(engine)
    app = portal_on(engine)
    return {"nobody": Reader(app), **{name: Reader(app, number) for name, number in accounts(engine).items()}}


def csv_keys(text: str) -> set[str]:
    """The keys of the rows in a file: those that are units'."""
    lines = csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";")
    return {line[0] for line in lines if line} & set(UNITS)


def lines_of_audit(engine: Engine) -> list[tuple[int | None, int | None, dict[str, Any]]]:
    """Who took a file, within which unit, and what is told of it."""
    a = t.AuditLine
    query = select(a.account_id, a.unit_id, a.detail).where(a.action == "export").order_by(a.id)
    with unit_of_work(engine, writes=False) as session:
        return [(account, unit, json.loads(detail or "")) for account, unit, detail in session.execute(query)]


QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "period": st.sampled_from(PERIODS), "boundaries": st.sampled_from(DAYS), "within": st.sampled_from(UNITS),
        "level": st.sampled_from(("province", "district", "commune")), "definitions": st.sampled_from(COLUMNS),
    },
)  # fmt: skip


@ON_SQLITE
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_query_brings_a_row_from_beyond_the_readers_reach(readers: dict[str, Reader], source: Any) -> None:
    name, query = source.draw(st.sampled_from(sorted(readers))), source.draw(QUERIES)
    answer = readers[name].get(FILES[0], query_string=query)
    said = answer.get_data(as_text=True)
    assert answer.status_code in ({200, 404, 422} if REACH[name] else {303, 403})
    assert stolen(said, name) == set()
    if answer.status_code == 200:
        assert csv_keys(said) <= REACH[name], query


def test_both_kinds_of_files_hold_the_same_rows_and_no_sheet_holds_a_secret(readers: dict[str, Reader]) -> None:
    for name in ("ministry.viewer", "merged.leader", "south.head", "ash.officer"):
        for query in ("", "?level=commune&period=2026-6M", "?boundaries=2025-06-30&period=2024"):
            text, book = (readers[name].get(path + query) for path in FILES)
            assert text.status_code == book.status_code
            if text.status_code != 200:
                continue
            sheets = openpyxl.load_workbook(BytesIO(book.get_data())).worksheets
            assert {str(row[0].value) for row in sheets[0].iter_rows()} & set(UNITS) == csv_keys(
                text.get_data(as_text=True)
            )
            assert stolen(text_of(book.get_data()), name) == stolen(text.get_data(as_text=True), name) == set()


def test_a_file_says_whose_it_is_and_so_does_the_audit_trail_and_every_time(
    engine: Engine, readers: dict[str, Reader]
) -> None:
    asked = "?period=2026-6M&level=commune&definitions=srb"
    for name in ("ash.officer", "merged.leader"):
        for path in FILES:
            assert f"MARK-name-{name}" in text_of(readers[name].get(path + asked).get_data())
    readers["ash.officer"].http.head(FILES[0] + asked)
    refused = ["?within=other", "?level=nation", "?period=2026Q9", "?definitions=no_such"]
    assert [readers["ash.officer"].get(FILES[0] + query).status_code for query in refused] == [404, 422, 422, 422]
    lines = lines_of_audit(engine)
    ash, leader = worlds.ASH_OFFICER.id, worlds.MERGED_LEADER.id
    assert [account for account, _unit, _told in lines] == [ash, ash, leader, leader, ash]
    assert {unit for _account, unit, _told in lines} == {worlds.MERGED}
    assert [told["kind"] for _account, _unit, told in lines] == ["csv", "xlsx", "csv", "xlsx", "csv"]
    assert all((told["period"], told["rows"], told["columns"]) == ("2026-6M", 3, ["srb"]) for *_who, told in lines)


def test_no_answer_of_a_file_is_kept_by_anybody_on_the_way(readers: dict[str, Reader]) -> None:
    for path in FILES:
        answer = readers["ash.officer"].get(path)
        assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
        assert re.fullmatch(r'attachment; filename="[a-zA-Z0-9.-]+"', answer.headers["Content-Disposition"])


@ON_SQLITE
def test_no_name_title_or_wording_runs_in_a_spreadsheet(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        put_target(session, 801, OTHER, "srb", 2026, 110)
        put_rollup(session, OTHER, "srb", "2026Q1", 110, 100)
    viewer = Reader(portal_on(engine), MINISTRY_VIEWER.id)
    for text in FORMULAS:
        name_everything(engine, text)
        answer = viewer.get(f"{FILES[0]}?period=2026Q1")
        assert answer.status_code == 200
        lines = csv.reader(StringIO(answer.get_data(as_text=True)), delimiter=";")
        fields = [field for line in lines for field in line]
        assert sum(text.strip() in field for field in fields) > 10
        assert [field for field in fields if field.startswith(RUNS) and not NUMBER.fullmatch(field)] == []
        with zipfile.ZipFile(BytesIO(viewer.get(f"{FILES[1]}?period=2026Q1").get_data())) as parts:
            sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
            assert not any("external" in name.lower() for name in parts.namelist())
        assert len(sheets) == 3
        assert not any(mark in sheet for sheet in sheets for mark in ("<f>", "<f ", "<hyperlink"))


def name_everything(engine: Engine, text: str) -> None:
    """The text stands wherever a file shows a text that somebody once wrote."""
    with unit_of_work(engine) as session:
        session.execute(
            update(t.UnitVersion).where(t.UnitVersion.unit_id.in_([OTHER, worlds.NATION])).values(name=text)
        )
        worded = ("short_vi", "name_vi", "formula_vi", "denominator_vi", "source", "note")
        session.execute(update(t.Definition).values(dict.fromkeys(worded, text)))
        session.execute(update(t.Programme).values(name_vi=text))
        session.execute(update(t.Document).values(title_vi=text, short_vi=text, number=text, note=text))
        said = ("as_printed", "wording_vi", "clause", "note_vi", "note_en")
        session.execute(update(t.Target).values(dict.fromkeys(said, text)))
        session.execute(update(t.Account).values(display_name=text))
        session.execute(update(t.Fact).where(t.Fact.name == VERSION).values(value=f"a world of {text!r}"))


@ON_SQLITE
def test_a_masked_count_is_on_no_sheet(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        for unit, count in ((worlds.ASH, 3), (worlds.BAY, 3), (worlds.CEDAR, 50)):
            put_rollup(session, unit, "third_birth_share", "2026Q1", count, 787)
    asked = "?period=2026Q1&definitions=third_birth_share&level=commune"
    own, above = Reader(portal_on(engine), ASH_OFFICER.id), Reader(portal_on(engine), MERGED_HEAD.id)
    for path in FILES:
        # 3 of 787 is 0.381194…; the reader's own row holds it, and the one above sees both.
        assert text_of(own.get(path + asked).get_data()).replace(",", ".").count("0.38119") == 1
        assert text_of(above.get(path + asked).get_data()).replace(",", ".").count("0.38119") == 2
