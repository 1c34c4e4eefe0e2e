"""A file of published values: read cell by cell, then entered as a whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from data.numbers import format_number
from data.published.columns import COLUMNS, FileColumn, columns_by_heading
from data.published.drafts import PublishedDraft, PublishedField, RefusedValues
from data.published.entering import Entered, check_values, enter_values
from data.published.kept import tidy
from data.published.reading import read_draft
from data.refusals import Invalid
from data.scope import Scope
from data.uploaded_tables import Cell, read_table
from data.uploads import address
from data.wording import _

# Without these nothing can be read of a row.
_NEEDED = (PublishedField.DEFINITION, PublishedField.PERIOD, PublishedField.VALUE)
# Whoever has more to put right than this has one mistake all over the file.
_MOST_NAMED = 200


class FileProblem(NamedTuple):
    """What is wrong with one cell, as a sentence."""

    row: int
    column: int
    sentence: str

    @property
    def line(self) -> str:
        """`Ô D7: …`."""
        return _("Cell {address}: {sentence}").format(address=address(self.row, self.column), sentence=self.sentence)


class RefusedFile(Invalid):
    """Something is wrong with some cells, and so nothing of the file was kept; `details` name the first of them."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        found = sorted(problems)
        shown = [problem.line for problem in found[:_MOST_NAMED]]
        if len(found) > _MOST_NAMED:
            shown.append(_("and {count} more").format(count=format_number(len(found) - _MOST_NAMED)))
        self.details = tuple(shown)
        super().__init__(
            _("Nothing of the file was kept. Cells to put right: {count}.").format(count=format_number(len(found)))
        )


def import_file(session: Session, scope: Scope, content: bytes, now: datetime) -> Entered:
    """Enters the values of a file; those that stand already exactly like this are left out.

    Raises RefusedFile with every cell that is wrong, Invalid or TooLarge for what is no table.
    """
    rows = read_table(content)
    if not rows:
        raise Invalid(_("The file holds nothing."))
    places, lines = _places(rows[0]), rows[1:]
    if not lines:
        raise Invalid(_("There is nothing to keep: the file has headings and no row."))
    problems: list[FileProblem] = []
    drafts: list[PublishedDraft] = []
    for cells in lines:
        draft, wrong = _line(cells, places)
        drafts.append(draft)
        problems += wrong
    try:
        if problems:
            check_values(session, scope, drafts, now)
            raise RefusedFile(problems)
        return enter_values(session, scope, drafts, now, skip_known=True)
    except RefusedValues as refused:
        there = {(one.row, one.column) for one in problems}
        told = [FileProblem(lines[one.place][0].row, places[one.field], one.sentence) for one in refused.problems]
        # What could not be read is not missing too.
        raise RefusedFile([*problems, *(one for one in told if (one.row, one.column) not in there)]) from None


def _places(headings: Sequence[Cell]) -> dict[PublishedField, int]:
    """In which column each field stands; raises RefusedFile for headings that are strange, twice there or missing."""
    known: Mapping[str, FileColumn] = columns_by_heading()
    problems: list[FileProblem] = []
    places: dict[PublishedField, int] = {}
    for cell in headings:
        column = known.get(tidy(str(cell.value)).casefold())
        if column is None:
            sentence = _("“{typed}” is no heading of this table.").format(typed=tidy(str(cell.value))[:60])
            problems.append(FileProblem(cell.row, cell.column, sentence))
        elif column.field is not None and column.field in places:
            problems.append(FileProblem(cell.row, cell.column, _("This heading stands here twice.")))
        elif column.field is not None:
            places[column.field] = cell.column
    row, after = headings[0].row, max(cell.column for cell in headings) + 1
    for column in COLUMNS:
        if column.field is not None and column.field not in places:
            if column.field in _NEEDED:
                sentence = _("The column “{heading}” is missing.").format(heading=_(column.heading))
                problems.append(FileProblem(row, after, sentence))
            # Whatever is found missing in the rows is said of the first free column.
            places[column.field] = after
    if problems:
        raise RefusedFile(problems)
    return places


def _line(cells: Sequence[Cell], places: Mapping[PublishedField, int]) -> tuple[PublishedDraft, list[FileProblem]]:
    by_column = {cell.column: cell for cell in cells}
    texts: dict[PublishedField, str | float] = {}
    problems: list[FileProblem] = []
    for field, column in places.items():
        cell = by_column.get(column)
        if cell is None:
            continue
        if cell.is_formula:
            sentence = _("A formula stands here: put the value itself.")
            problems.append(FileProblem(cell.row, cell.column, sentence))
        else:
            texts[field] = cell.value
    draft, wrong = read_draft(texts)
    row = cells[0].row
    problems += [FileProblem(row, places[field], sentence) for field, sentence in wrong]
    return draft, problems
