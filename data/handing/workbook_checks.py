"""What may be wrong with the table of a workbook, apart from its numbers: keys, merged cells, names at other keys."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from data.handing.workbook_model import CODES, HEADINGS, NAMES, Template
from data.numbers import BadNumber, NumberProblem, parse_number
from data.units.folding import marked
from data.uploads import CellKind, SheetCell, UploadedSheet
from data.wording import _

_MOST_QUOTED = 40
# No key or name is longer; what a stranger puts in a cell may be.
_MOST_NAME = 400

# Row and column of a cell, from 1, and what is wrong with it.
Place = tuple[int, int]
Wrong = Iterator[tuple[Place, str]]


class Layout(NamedTuple):
    """Where the keys of a sheet stand: of units by row, of marked rows by mark, of indicators by column."""

    sheet: UploadedSheet
    corner: Place
    units: Mapping[int, str]
    marks: Mapping[str, int]
    columns: Mapping[int, str]


def wrong_table(layout: Layout, template: Template) -> Wrong:
    """Everything that makes it uncertain whose number a number is."""
    yield from _wrong_units(layout, template)
    yield from _wrong_columns(layout, template)
    yield from _without_keys(layout)
    yield from _wrong_merges(layout)
    yield from _torn_apart(layout, template)


def plain(cell: SheetCell) -> str:
    """A key, code or name as it stands, also where a sheet made a number of it."""
    return cell.text[:_MOST_NAME].strip() if cell.kind is not CellKind.NUMBER else f"{cell.number:.0f}"


def quoted(text: str) -> str:
    """What was typed, short enough for a sentence."""
    text = " ".join(text[:_MOST_NAME].split())
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"


def _wrong_units(layout: Layout, template: Template) -> Wrong:
    known, seen = {one.key for one in template.units}, set()
    for row, key in layout.units.items():
        if key not in known:
            yield _name_place(layout, row), _("This unit is none of those that targets are handed down to here.")
        elif key in seen:
            yield _name_place(layout, row), _("This unit stands in the table twice.")
        seen.add(key)


def _wrong_columns(layout: Layout, template: Template) -> Wrong:
    known, seen = {one.key for one in template.columns} | {CODES, NAMES}, set()
    filled = {column for (row, column), cell in layout.sheet.cells.items() if row in layout.units and _counts(cell)}
    for column, key in layout.columns.items():
        if key in seen:
            yield _heading_place(layout, column), _("This column stands in the table twice.")
        elif key not in known and column in filled:
            yield (
                _heading_place(layout, column),
                _("This column is none of those that were given out, and holds numbers."),
            )
        seen.add(key)


def _without_keys(layout: Layout) -> Wrong:
    """Numbers that belong to no unit, or to no indicator: once for each row and column, at the first of them."""
    own = set(layout.marks.values())
    told: set[tuple[str, int]] = set()
    for (row, column), cell in layout.sheet.cells.items():
        if row == layout.corner[0] or column == layout.corner[1] or row in own or not _counts(cell):
            continue
        if row not in layout.units:
            if layout.columns.get(column, NAMES) not in (CODES, NAMES) and ("row", row) not in told:
                told.add(("row", row))
                yield (
                    (row, column),
                    _("This row belongs to no unit of the workbook. Take its numbers out, a sum too."),
                )
        elif column not in layout.columns and ("column", column) not in told:
            told.add(("column", column))
            yield (
                (row, column),
                _("This column belongs to no indicator of the workbook. Take its numbers out, a sum too."),
            )


def _wrong_merges(layout: Layout) -> Wrong:
    rows = sorted({layout.corner[0], *layout.units})
    numbers = {place for place, key in layout.columns.items() if key not in (CODES, NAMES)}
    columns = sorted({layout.corner[1], *numbers})
    for block in layout.sheet.merged:
        if _any_within(rows, block.top, block.bottom) and _any_within(columns, block.left, block.right):
            sentence = _("Cells are merged here, so that it is not known whose the number is. Take the merging back.")
            yield (block.top, block.left), sentence


def _any_within(places: Sequence[int], first: int, last: int) -> bool:
    at = bisect_left(places, first)
    return at < len(places) and places[at] <= last


def _torn_apart(layout: Layout, template: Template) -> Wrong:
    """Names and headings that stand at the keys of others: sorted or moved without them, and the numbers with which?"""
    units = {one.key: one for one in template.units}
    columns = {one.key: one for one in template.columns}
    for said, known in ((NAMES, {k: u.name for k, u in units.items()}), (CODES, {k: u.code for k, u in units.items()})):
        place = next((column for column, key in layout.columns.items() if key == said), None)
        if place is not None:
            here = {(row, place): key for row, key in layout.units.items()}
            yield from _strangers(layout, here, known)
    headings = layout.marks.get(HEADINGS)
    if headings is not None:
        here = {(headings, place): key for place, key in layout.columns.items()}
        yield from _strangers(layout, here, {key: one.name for key, one in columns.items()})


def _strangers(layout: Layout, here: Mapping[tuple[int, int], str], known: Mapping[str, str]) -> Wrong:
    named = {key: _alike(name) for key, name in known.items()}
    everybody = set(named.values())
    for place, key in here.items():
        cell = layout.sheet.cells.get(place)
        if cell is None or key not in named:
            continue
        said = _alike(plain(cell).partition("\n")[0])
        if said != named[key] and said in everybody:
            sentence = _(
                "“{said}” stands here, but the hidden key of the place belongs to “{name}”: was the table sorted or "
                "moved in part? Download it again and fill that in."
            )
            yield place, sentence.format(said=quoted(plain(cell).partition("\n")[0]), name=known[key])


def _counts(cell: SheetCell) -> bool:
    """Whether somebody may take it for a number that is handed down; a note beside the table is none."""
    if cell.kind is not CellKind.TEXT:
        return True
    try:
        parse_number(cell.text)
    except BadNumber as bad:
        return bad.reason is NumberProblem.AMBIGUOUS
    return True


def _name_place(layout: Layout, row: int) -> tuple[int, int]:
    """The cell of the unit's name, which is seen, rather than that of its key."""
    return row, next((column for column, key in layout.columns.items() if key == NAMES), layout.corner[1])


def _heading_place(layout: Layout, column: int) -> tuple[int, int]:
    return layout.marks.get(HEADINGS, layout.corner[0]), column


def _alike(text: str) -> str:
    return " ".join(marked(text).split())
