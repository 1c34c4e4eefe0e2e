"""Tables on paper: on A4, in letters that can be read, with headings on every page, and nothing torn apart."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data import clock
from data.db import unit_of_work
from data.exports.formats import LETTERS, SMALL_LETTERS, height_of
from data.exports.paper import LEAST_LETTERS, Paper, plan_printing, room, wide
from tests.dash_client import Reader, portal_on
from tests.factories import a_small_world
from tests.world_arriving import fill, fill_communes
from tests.worlds import MERGED_HEAD, MINISTRY_REVIEWER, NOW

BOOKS = {
    "/export/comparison.xlsx?year=2025": MERGED_HEAD,
    "/export/unit.xlsx?key=merged&ranks=1": MERGED_HEAD,
    "/export/targets.xlsx": MERGED_HEAD,
    "/export/arrival.xlsx?year=2026": MERGED_HEAD,
    "/export/assign.xlsx?year=2026": MERGED_HEAD,
    "/export/paths.xlsx": MERGED_HEAD,
    "/export/paths.xlsx?definition=srb": MERGED_HEAD,
    "/export/published.xlsx": MINISTRY_REVIEWER,
}
# As many columns as a comparison of everything has, of every width that a sheet of ours has.
PAPERS = st.builds(
    lambda widths, repeated, every, smallest: Paper(
        widths, min(repeated, len(widths)), None, range(min(repeated, len(widths)), len(widths), every), smallest
    ),
    st.lists(st.integers(5, 60), min_size=1, max_size=120),
    st.integers(0, 3),
    st.integers(1, 5),
    st.sampled_from([LETTERS, SMALL_LETTERS]),
)


def pages_of(paper: Paper, breaks: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    yield from pairwise([paper.repeated, *breaks, len(paper.widths)])


def width_of(paper: Paper, start: int, end: int) -> float:
    return wide(paper.widths[: paper.repeated]) + wide(paper.widths[start:end])


@given(PAPERS)
def test_letters_are_never_too_small_and_never_larger_than_the_sheets(paper: Paper) -> None:
    scale = plan_printing(paper).scale
    assert scale <= 100
    assert paper.smallest * scale / 100 >= LEAST_LETTERS


@given(PAPERS)
def test_a_page_holds_what_it_is_given_unless_that_cannot_be_parted(paper: Paper) -> None:
    scale, breaks = plan_printing(paper)
    starts = list(paper.starts or [])
    for start, end in pages_of(paper, breaks):
        parts = [one for one in starts if start <= one < end]
        assert width_of(paper, start, end) <= room(scale) + 1e-9 or len(parts) == 1


@given(PAPERS)
def test_pages_begin_only_where_something_begins(paper: Paper) -> None:
    breaks = plan_printing(paper).breaks
    assert set(breaks) <= set(paper.starts or [])
    assert list(breaks) == sorted(set(breaks))
    assert paper.repeated not in breaks


@given(PAPERS)
def test_no_page_more_than_readable_letters_need(paper: Paper) -> None:
    """What begins a page would not have fitted on the one before it, at the smallest scale that is allowed."""
    breaks = plan_printing(paper).breaks
    least = -(-100 * int(LEAST_LETTERS) // int(paper.smallest))
    starts = [*(paper.starts or []), len(paper.widths)]
    needed, begun = 0, paper.repeated
    for start, end in pairwise(starts):
        if start > begun and width_of(paper, begun, end) > room(least):
            needed, begun = needed + 1, start
    assert len(breaks) == needed


def test_a_narrow_table_stands_on_one_page_as_large_as_it_is() -> None:
    assert plan_printing(Paper((40, 80))) == (100, ())


def test_a_wider_one_is_made_smaller_first_and_parted_then() -> None:
    one, two = (plan_printing(Paper([30, *[12] * count], repeated=1)) for count in (12, 24))
    assert one.breaks == ()
    assert 64 <= one.scale < 100
    assert len(two.breaks) == 1
    # Two pages of alike columns are alike, and their letters as large as the two of them allow.
    assert two.breaks[0] in (13, 14)
    assert two.scale > 64


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("Dân số", 10, 1), ("một hai ba bốn năm", 10, 2), ("a\nb", 10, 2), ("x" * 33, 10, 3)],
)
def test_rows_are_as_high_as_their_words_need(text: str, width: float, lines: int) -> None:
    assert height_of([(text, width)]) == 15 * lines + 2


def test_no_row_is_higher_than_a_sheet_allows() -> None:
    assert height_of([("chữ " * 2000, 10)]) < 409.5


@pytest.fixture
def filled(engine: Engine) -> Engine:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        fill(session)
        fill_communes(session)
    return engine


@pytest.mark.parametrize("path", BOOKS)
def test_every_sheet_of_every_workbook_is_fit_to_be_printed(filled: Engine, path: str) -> None:
    for sheet in sheets_of(filled, path):
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize) == ("landscape", 9), sheet.title
        assert numbered(sheet) == "Trang &P/&N"
        assert sheet.oddFooter.left.text.strip()
        assert sheet.HeaderFooter.scaleWithDoc is False
        if sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert (setup.fitToWidth, setup.fitToHeight) == (None, 0), "one page's width, as many heights as it takes"
            assert plan_printing(Paper(widths_of(sheet))).breaks == (), sheet.title
        else:
            assert sheet.col_breaks.brk
            assert setup.pageOrder == "overThenDown"
            assert setup.scale >= 64


@pytest.mark.parametrize("path", BOOKS)
def test_words_that_do_not_fit_go_on_in_another_line(filled: Engine, path: str) -> None:
    for sheet in sheets_of(filled, path):
        widths = widths_of(sheet)
        merged = {(row, column) for one in sheet.merged_cells.ranges for row, column in one.cells}
        first = sheet.freeze_panes and int("".join(filter(str.isdigit, sheet.freeze_panes)))
        for line in sheet.iter_rows(min_row=first or 1):
            for cell in line:
                width = widths[cell.column - 1]
                long = isinstance(cell.value, str) and len(cell.value) > 1.4 * width
                if long and width and first and (cell.row, cell.column) not in merged:
                    assert cell.alignment.wrap_text, (sheet.title, cell.coordinate, cell.value)


def test_pages_say_in_english_too_which_of_how_many_they_are(filled: Engine) -> None:
    reader = Reader(portal_on(filled), MERGED_HEAD.id)
    reader.post("/language/en", {"next": "/"})
    book = openpyxl.load_workbook(BytesIO(reader.get("/export/unit.xlsx?key=merged").data))
    assert {numbered(sheet) for sheet in book.worksheets} == {"Page &P/&N"}


def test_a_page_of_a_comparison_says_which_programme_its_columns_belong_to(filled: Engine) -> None:
    sheet = sheets_of(filled, "/export/comparison.xlsx?year=2025")[0]
    begins = [one.id + 1 for one in sheet.col_breaks.brk]
    assert begins
    assert all(sheet.cell(4, column).value and sheet.cell(5, column).value for column in begins)


def sheets_of(engine: Engine, path: str) -> list[Any]:
    with clock.stopped_at(NOW):
        answer = Reader(portal_on(engine), BOOKS[path].id).get(path)
    assert answer.status_code == 200, (path, answer.get_data(as_text=True)[:300])
    return list(openpyxl.load_workbook(BytesIO(answer.data)).worksheets)


def numbered(sheet: Any) -> str:
    """What stands at the right under every page."""
    return str(sheet.oddFooter.right.text).strip()


def widths_of(sheet: Any) -> list[float]:
    found = [0.0] * sheet.max_column
    for one in sheet.column_dimensions.values():
        for place in range(one.min, min(one.max, sheet.max_column) + 1):
            found[place - 1] = 0.0 if one.hidden else one.width - 5 / 7
    return found
