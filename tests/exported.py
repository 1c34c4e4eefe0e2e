"""Reads exported files back, and says what the screen shows of the same comparison."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

import openpyxl

from data.comparisons.display import lines, rows_for_grid
from data.comparisons.model import Comparison
from data.exports.csv_file import write_csv
from data.exports.stamp import ExportStamp
from data.exports.xlsx import write_xlsx

STAMP = ExportStamp("Phạm Minh Châu", datetime(2026, 11, 21, 3, 0, tzinfo=UTC), "Cả nước; số đơn vị trong phạm vi: 6")
VALUE, MARGIN, LOW, HIGH = "value", "margin", "low", "high"
# A row of a file: the unit's key and the numbers of its cells.
Numbers = tuple[str, list[float | None]]


def workbook(comparison: Comparison) -> Any:
    stream = BytesIO()
    write_xlsx(comparison, STAMP, stream)
    return openpyxl.load_workbook(BytesIO(stream.getvalue()))


def csv_text(comparison: Comparison) -> str:
    stream = BytesIO()
    text = TextIOWrapper(stream, "utf-8", newline="")
    write_csv(comparison, STAMP, text)
    text.flush()
    return stream.getvalue().decode("utf-8")


def csv_table(comparison: Comparison) -> list[list[str]]:
    """The lines after the block that says what the file is."""
    rows = list(csv.reader(StringIO(csv_text(comparison).removeprefix("\ufeff")), delimiter=";"))
    return rows[rows.index([]) + 1 :]


def parts_of(comparison: Comparison) -> list[tuple[int, str]]:
    """Which column and which of its parts stand in each cell of a line, after key and name."""
    found: list[tuple[int, str]] = []
    for number, column in enumerate(comparison.columns):
        chance = [LOW, HIGH] if column.definition.chance else []
        found += [(number, part) for part in (VALUE, MARGIN, *chance, "note")]
    return found


def on_screen(comparison: Comparison) -> list[Numbers]:
    """Key and numbers of each row as `compare` gives them and the grid sorts by."""
    drawn = {line["key"]: line for line in rows_for_grid(comparison)}
    found = []
    for row in lines(comparison):
        numbers: list[float | None] = []
        for number, part in parts_of(comparison):
            cell, shown = row.cells[number], drawn[row.unit.key][comparison.columns[number].key]
            assert shown.get("v") == cell.value
            mark = cell.primary
            known = {VALUE: cell.value, MARGIN: mark.judgement.margin if mark else None, LOW: cell.low, HIGH: cell.high}
            if part != "note":
                there = known[part] if cell.value is not None else None
                numbers.append(None if there == float("inf") and part == HIGH else there)
        found.append((row.unit.key, numbers))
    return found


def in_workbook(comparison: Comparison) -> list[Numbers]:
    sheet = workbook(comparison).worksheets[0]
    parts = parts_of(comparison)
    found = []
    for line in sheet.iter_rows(min_row=7 + len(comparison.target_rows)):
        cells = line[2 : 2 + len(parts)]
        found.append(
            (line[0].value, [cell.value for cell, (_, part) in zip(cells, parts, strict=True) if part != "note"])
        )
    return found


def in_csv(comparison: Comparison) -> list[Numbers]:
    parts = parts_of(comparison)
    found = []
    for line in csv_table(comparison)[1 + len(comparison.target_rows) :]:
        cells = [text for text, (_, part) in zip(line[2:], parts, strict=True) if part != "note"]
        found.append((line[0], [float(text.replace(",", ".")) if text not in ("", "inf") else None for text in cells]))
    return found


def rounded(rows: list[Numbers]) -> list[Numbers]:
    return [(key, [None if one is None else round(one, 6) for one in numbers]) for key, numbers in rows]


def as_kept(rows: list[Numbers]) -> list[Numbers]:
    """The numbers with the sixteen figures that a workbook keeps."""
    return [(key, [None if one is None else float(f"{one:.16g}") for one in numbers]) for key, numbers in rows]
