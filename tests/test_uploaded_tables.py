"""A table that somebody sends: cells with their addresses, from a workbook or from text; a refusal for the rest."""

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import uploaded_tables
from data.refusals import Refusal, TooLarge
from data.uploaded_tables import Cell, read_table


def book_of(**cells: str | float) -> bytes:
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for address, value in cells.items():
        sheet[address] = value
    book.save(stream)
    return stream.getvalue()


def test_cells_of_a_workbook_carry_their_addresses_and_formulas_are_told_and_not_run() -> None:
    rows = read_table(book_of(A1="Tên", B3=2.5, D7="=B3*2", C7=" ", A9=True))
    assert rows == [
        [Cell(1, 1, "Tên", False)],
        [Cell(3, 2, 2.5, False)],
        [Cell(7, 4, "=", True)],
        [Cell(9, 1, "True", False)],
    ]
    assert [row[0].address for row in rows] == ["A1", "B3", "D7", "A9"]


def test_a_percentage_is_read_as_it_is_shown_and_so_as_no_number() -> None:
    book, stream = openpyxl.Workbook(), BytesIO()
    book.worksheets[0]["A1"] = 0.882
    book.worksheets[0]["A1"].number_format = "0.0%"
    book.save(stream)
    assert read_table(stream.getvalue()) == [[Cell(1, 1, "88.2%", False)]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_is_read_with_the_delimiter_of_its_first_line(delimiter: str) -> None:
    text = f"\ufeffa{delimiter}b\r\n\r\n'=x{delimiter}=1+1\r\n"
    assert read_table(text.encode()) == [
        [Cell(1, 1, "a", False), Cell(1, 2, "b", False)],
        [Cell(3, 1, "=x", False), Cell(3, 2, "=1+1", True)],
    ]


def test_a_far_cell_is_refused_before_a_million_rows_are_made() -> None:
    for address in ("A1048576", "XFD1"):
        with pytest.raises(TooLarge):
            read_table(book_of(A1="x", **{address: "y"}))
    with pytest.raises(TooLarge):
        read_table(b"a\n" * (uploaded_tables.MOST_ROWS + 1))
    with pytest.raises(TooLarge):
        read_table(b"a" * (uploaded_tables.MOST_LETTERS + 1))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 4000), st.booleans())
def test_no_bytes_do_more_than_be_refused(noise: bytes, at: int, packed: bool) -> None:
    whole = book_of(A1="x", B2=1)
    content = whole[:at] + noise + whole[at + len(noise) :] if packed else noise
    try:
        rows = read_table(content)
    except Refusal:
        return
    assert all(cell.value != "" for row in rows for cell in row)
