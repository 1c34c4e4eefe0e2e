"""Reads the files of the ways to goals of later years back, and holds them against the page of the same ways."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import groupby
from math import inf
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from callbacks import guard, paths
from data import clock
from data.catalogue.model import Definition
from data.db import unit_of_work
from data.measures import Measure
from data.wording.judging import interval_text
from data.wording.measures import margin_number, measured, measured_margin, measured_number
from tests.drawn import as_sent, parts, words
from tests.world_rollups import comparer
from tests.worlds import NOW, Person, principal_of

# A row of a table: its cells by their headings.
Row = dict[str, Any]


def in_csv(text: str) -> list[list[Row]]:
    """The tables of a text file, after the block that says what it is."""
    blocks: list[list[list[str]]] = [[]]
    for line in csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"):
        if line:
            blocks[-1].append(line)
        else:
            blocks.append([])
    return [[dict(zip(block[0], line, strict=True)) for line in block[1:]] for block in blocks[1:]]


def in_workbook(body: bytes) -> list[list[Row]]:
    """The tables of a workbook, without the last two sheets: the targets, and what the file is."""
    found = []
    for sheet in openpyxl.load_workbook(BytesIO(body)).worksheets[:-2]:
        lines = sheet.iter_rows(min_row=4, values_only=True)
        rows = [[None if value == "" else value for value in line] for line in lines]
        found.append([dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]])
    return found


def on_screen(engine: Engine, person: Person, args: dict[str, str]) -> tuple[Any, list[list[list[str]]]]:
    """The page as it is sent, and the words of the cells of its tables, without what only telephones show."""
    asking = guard.acting_as(principal_of(person))
    with unit_of_work(engine, writes=False) as session, clock.stopped_at(NOW), asking:
        drawn = as_sent(paths.view(session, comparer(person), args))
    for one in parts(drawn):
        if one["props"].get("className") == "narrow-only":
            one["props"]["children"] = ""
    bodies = [one["props"]["children"] for one in parts(drawn) if one.get("type") == "Tbody"]
    return drawn, [[list(cells_of(row)) for row in body] for body in bodies]


def cells_of(row: Any) -> Iterator[str]:
    for cell in row["props"]["children"]:
        yield " ".join(words(cell).split())


def said(number: Any, measure: Measure, *, signed: bool = False) -> str:
    """How the screen writes the number of a cell, or the words in its place."""
    if not isinstance(number, int | float):
        return number or ""
    return measured_margin(number, measure) if signed else measured(number, measure)


def interval(low: float | None, high: float | None, measure: Measure) -> str:
    return "" if low is None else interval_text(low, inf if high is None else high, measure)


def asked_by(row: Row) -> str:
    return f"{row['Mốc']} {row['Mốc của ai']} · {row['Văn bản'].replace('; ', ' · ')}"


def goal_cells(row: Row, definition: Definition) -> list[str]:
    """What the row of the file says, as the cells of the screen's row."""
    measure = definition.measure
    last = " · ".join(filter(None, (str(row["Năm"]), interval(row["95%: từ"], row["95%: đến"], measure))))
    pace = said(row["Nhịp mỗi năm"], measure, signed=True)
    if pace:
        ends = (margin_number(row[f"Nhịp, 95%: {end}"], measure) for end in ("từ", "đến"))
        pace = f"{pace} {' đến '.join(ends)}"
    return [
        definition.short,
        f"{said(row['Kết quả gần nhất'], measure)} {last}",
        asked_by(row),
        said(row["Cần mỗi năm"], measure, signed=True),
        pace,
        " ".join(filter(None, (row["Đánh giá"], row["Ghi chú"]))),
        row["Năm tới mốc"] or "",
    ]


def assert_goals(rows: list[Row], screen: list[list[str]], definitions: dict[str, Definition]) -> None:
    assert len(rows) == len(screen)
    for row, cells in zip(rows, screen, strict=True):
        wanted = goal_cells(row, definitions[row["Chỉ số"]])
        # The sign of the verdict stands before its word.
        cells[5] = cells[5].partition(" ")[2]
        assert cells == wanted


def assert_unknown(rows: list[Row], screen: list[list[str]]) -> None:
    found = []
    for name, members in groupby(rows, key=lambda row: row["Chỉ số"]):
        goals = list(members)
        found.append([name, " ".join(asked_by(row) for row in goals), goals[0]["Lý do"]])
    assert found == screen


def assert_years(rows: list[Row], screen: list[list[str]], measure: Measure) -> None:
    found = []
    for row in rows:
        both = (row["Tử số"], row["Mẫu số"])
        counted = " / ".join(measured_number(one, Measure.CASES) for one in both) if both[0] is not None else ""
        between = interval(row["95%: từ"], row["95%: đến"], measure)
        value = said(row["Kết quả"], measure)
        found.append([str(row["Năm"]), value, between, counted, row["Dùng để tính nhịp"] or ""])
    assert found == screen


def assert_ahead(rows: list[Row], screen: list[list[str]], measure: Measure) -> None:
    found = []
    for row in rows:
        year, pace, low, high, *needed = row.values()
        numbers = ["" if one is None else measured_number(one, measure) for one in needed]
        found.append([str(year), measured_number(pace, measure), interval(low, high, measure), *numbers])
    assert found == screen


def assert_alike(text: list[list[Row]], book: list[list[Row]]) -> None:
    """Both kinds of files say the same."""
    assert [len(one) for one in text] == [len(one) for one in book]
    for row, kept in zip((row for one in text for row in one), (row for one in book for row in one), strict=True):
        assert row.keys() == kept.keys()
        for name, value in kept.items():
            if isinstance(value, int | float):
                assert float(row[name].replace(",", ".")) == pytest.approx(value, abs=1e-6)
            else:
                assert row[name].removeprefix("'") == (value or "")
