"""A comparison as CSV, as a Vietnamese Excel opens it with a double click.

The decimal separator of Vietnam is the comma, so the numbers are written with one (`113,428571`) and the fields are
parted by semicolons: with commas in both places Excel would tear every number in two, and with decimal points it
would read 113.428 as a hundred thousand. UTF-8 with a byte order mark, or Excel shows broken Vietnamese. There is no
`sep=` line, which makes Excel forget the byte order mark.

First comes a block of label and text, two fields a line: what the table is, who took it, when. An empty line ends it.
Then one line of headings and one line a row: the instruments with their targets, the total, the units. Numbers have
at most six decimals and no separators of thousands; what would start a formula has an apostrophe before it.
"""

import csv
from collections.abc import Iterator
from typing import TextIO

from data.comparisons.model import Column, Comparison
from data.exports.flat import FlatCell, about, flat_rows, heading, neutral, pinned_text, pinned_title
from data.exports.stamp import ExportStamp
from data.periods import Period
from data.wording import _

BYTE_ORDER_MARK = "\ufeff"
DELIMITER = ";"
DECIMALS = 6


def write_csv(comparison: Comparison, stamp: ExportStamp, stream: TextIO) -> None:
    """Writes the file into a text stream that encodes UTF-8 and translates no line ends."""
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerows([neutral(label), neutral(text)] for label, text in about(comparison, stamp))
    writer.writerow([])
    columns = comparison.columns
    headings = (name for column in columns for name in _headings(column, comparison.period))
    writer.writerow([_("Key"), _("Unit"), *headings])
    for number, row in enumerate(comparison.target_rows):
        cells = zip(columns, row.targets, strict=True)
        texts = [(column, neutral(pinned_text(target, column.definition.measure))) for column, target in cells]
        fields = [field for column, text in texts for field in (text, *[""] * (_width(column) - 1))]
        writer.writerow(["", neutral(pinned_title(comparison, number)), *fields])
    for line in flat_rows(comparison):
        pairs = zip(columns, line.cells, strict=True)
        fields = [field for column, cell in pairs for field in _fields(column, cell)]
        writer.writerow([neutral(line.key), neutral(line.title), *fields])


def number_text(value: float | None) -> str:
    """`113,428571`, `48158`, nothing for nothing."""
    if value is None:
        return ""
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",")


def _headings(column: Column, period: Period) -> Iterator[str]:
    name = neutral(heading(column, period))
    yield name
    yield _("{column}: margin").format(column=name)
    if column.definition.chance:
        yield _("{column}: 95% from").format(column=name)
        yield _("{column}: 95% to").format(column=name)
    yield _("{column}: judgement").format(column=name)


def _fields(column: Column, cell: FlatCell) -> Iterator[str]:
    yield number_text(cell.value)
    yield number_text(cell.margin)
    if column.definition.chance:
        yield number_text(cell.low)
        yield number_text(cell.high)
    yield neutral(cell.note)


def _width(column: Column) -> int:
    return 5 if column.definition.chance else 3
