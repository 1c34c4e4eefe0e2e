"""A table of numbers and words: a number stands as a number; where there is none, the words of the screen say why."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from data.exports.csv_file import number_text
from data.exports.flat import neutral
from data.exports.formats import Looks, height_of, margin_decimals, number_format, write_headings
from data.exports.paper import Paper, lay_out
from data.measures import Measure


class Field(NamedTuple):
    """A cell of a file: the number as it is before rounding, else the words that stand in its place.

    `signed` is a difference, which shows its sign; `plain` a year or the number of a line, which has no thousands.
    """

    number: float | None
    text: str
    signed: bool = False
    measure: Measure = Measure.NONE
    plain: bool = False


class Heading(NamedTuple):
    """A column of a file and its width in letters."""

    text: str
    width: int


def paper_of(headings: Sequence[Heading], top: int, repeated: int) -> Paper:
    """A table whose headings stand in the row `top`; with them its first columns stand on every page."""
    return Paper([head.width for head in headings], repeated, (top, top))


def write_fields(
    sheet: Any, looks: Looks, headings: Sequence[Heading], rows: Iterable[Sequence[Field]], *, top: int, repeated: int
) -> None:
    """The table from the row `top` on. Headings and the first `repeated` columns stay in sight, and on every page."""
    write_headings(sheet, looks, headings, top)
    for at, fields in enumerate(rows, top + 1):
        sheet.set_row(at, height_of((one.text, head.width) for one, head in zip(fields, headings, strict=True)))
        for place, one in enumerate(fields):
            if one.number is None:
                sheet.write_string(at, place, one.text, looks.text(text_wrap=True))
            else:
                sheet.write_number(at, place, one.number, looks.number(_code(one, one.number)))
    sheet.freeze_panes(top + 1, repeated)
    lay_out(sheet, paper_of(headings, top, repeated))


def texts_of(fields: Iterable[Field]) -> list[str]:
    """A line of a text file: numbers with a comma, words made harmless."""
    return [neutral(one.text) if one.number is None else number_text(one.number) for one in fields]


def _code(field: Field, number: float) -> str:
    if field.plain:
        return "0"
    decimals = margin_decimals(number, field.measure) if field.signed else None
    return number_format(field.measure, decimals, signed=field.signed)
