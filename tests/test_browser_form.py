"""The form is filled in like a spreadsheet, explains itself beside the cell, and saves by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Desk, Desks
from tests.browser_form import (
    SAVED,
    SEND,
    SUMMARY,
    Sheet,
    block,
    fill_as_before,
    form_of_the_quarter,
    statuses,
)
from tests.browser_server import Server

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("changing")]


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """The commune's officer before the form of the quarter."""
    desk = desks("commune.caobang")
    desk.open(form_of_the_quarter())
    return desk


@pytest.fixture
def sheet(desk: Desk) -> Sheet:
    """The form on that desk."""
    return Sheet(desk.page)


def test_enter_and_the_arrows_move_from_cell_to_cell(sheet: Sheet) -> None:
    keyboard, cells = sheet.page.keyboard, sheet.cells
    cells.nth(0).focus()
    for key, place in (("Enter", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("Shift+Enter", 0), ("ArrowUp", 0)):
        keyboard.press(key)
        expect(cells.nth(place)).to_be_focused()
    keyboard.type("120")
    keyboard.press("Enter")
    keyboard.type("450")
    keyboard.press("Enter")
    assert sheet.typed()[:3] == ["120", "450", ""]


def test_the_arrows_also_move_between_the_columns_of_a_form(desks: Desks) -> None:
    sheet = Sheet(desks("province.bacninh").open("/submit?unit=p27&form=plan&period=2025-11M"))
    sheet.cell("births_boys", "2025-11M").focus()
    for key, cell in (
        ("ArrowRight", ("births_boys", "2025")),
        ("ArrowDown", ("births_girls", "2025")),
        ("ArrowLeft", ("births_girls", "2025-11M")),
    ):
        sheet.page.keyboard.press(key)
        expect(sheet.cell(*cell)).to_be_focused()


def test_a_block_pasted_from_a_spreadsheet_lands_in_the_cells(sheet: Sheet) -> None:
    rows = [[number] for number in range(101, 101 + sheet.cells.count())]
    sheet.paste(block(rows), sheet.cells.first)
    sheet.wait_until_saved()
    assert sheet.typed() == [str(number) for (number,) in rows]


def test_a_block_of_two_columns_lands_in_both(desks: Desks) -> None:
    sheet = Sheet(desks("province.bacninh").open("/submit?unit=p27&form=plan&period=2025-11M"))
    sheet.paste("1.001\t1.100\r\n2001\t2.200\r\n", sheet.cell("births_boys", "2025-11M"))
    sheet.wait_until_saved()
    read = [
        sheet.cell(key, window).input_value()
        for key in ("births_boys", "births_girls")
        for window in ("2025-11M", "2025")
    ]
    assert read == ["1.001", "1.100", "2.001", "2.200"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mười hai", "không phải là số"),
        ("1.234,5", "không phải là số nguyên"),
        ("1234.5", "không phải là số nguyên"),
        ("-5", "là số âm"),
    ],
    ids=["letters", "a fraction with a comma", "a fraction with a point", "below zero"],
)
def test_what_is_no_count_is_explained_beside_its_cell_and_stays(
    desk: Desk, sheet: Sheet, typed: str, said: str
) -> None:
    sheet.cell("deaths").fill(typed)
    sheet.cell("marriages").fill("1.234")
    sheet.page.keyboard.press("Tab")
    expect(sheet.beside("deaths")).to_contain_text(said)
    expect(sheet.beside("deaths")).to_contain_text(typed)
    expect(sheet.cell("deaths")).to_have_attribute("aria-invalid", "true")
    assert sheet.cell("deaths").input_value() == typed
    desk.open(form_of_the_quarter())
    expect(sheet.cell("deaths")).to_have_value(typed)
    expect(sheet.cell("marriages")).to_have_value("1.234")


def test_a_part_above_its_whole_is_explained_beside_its_cell_and_stays(desk: Desk, sheet: Sheet) -> None:
    sheet.cell("marriages").fill("20")
    sheet.cell("marriages_examined").fill("21")
    sheet.page.keyboard.press("Tab")
    expect(sheet.beside("marriages_examined")).to_contain_text(re.compile("Số cặp kết hôn.*20"))
    desk.open(form_of_the_quarter())
    assert [sheet.cell(key).input_value() for key in ("marriages", "marriages_examined")] == ["20", "21"]


def test_numbers_are_understood_with_and_without_their_points(sheet: Sheet) -> None:
    sheet.cell("population").fill("21.683")
    sheet.cell("women_15_49").fill("5044")
    sheet.cell("elderly").fill(" 2 499 ")
    sheet.cell("deaths").focus()
    sheet.wait_until_saved()
    for key, written in (("population", "21.683"), ("women_15_49", "5.044"), ("elderly", "2.499")):
        expect(sheet.cell(key)).to_have_value(written)


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("province.bacninh", "/submit?unit=p27&form=plan&period=2025-11M"),
        ("leader.bacninh", "/form?unit=p24-2025&form=yearly&period=2025"),
        ("commune.caobang", form_of_the_quarter()),
    ],
    ids=["a plan", "a year", "a quarter"],
)
def test_no_number_is_broken_over_two_lines(desks: Desks, username: str, path: str) -> None:
    page = desks(username).open(path)
    numbers = page.locator(".form-sheet tbody td.n:not(:has(input))")
    expect(numbers.first).to_be_visible()
    broken = numbers.evaluate_all(
        """cells => cells.filter(cell => {
          const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), tops = new Set();
          while (walker.nextNode()) {
            if (walker.currentNode.parentElement.closest(".window")) continue;
            const text = document.createRange();
            text.selectNodeContents(walker.currentNode);
            [...text.getClientRects()].forEach(one => tops.add(Math.round(one.top)));
          }
          return tops.size > 1;
        }).map(cell => cell.textContent)"""
    )
    assert broken == []


def test_the_form_says_when_it_was_saved_and_that_it_is_not_yet(sheet: Sheet) -> None:
    unsaved = sheet.page.locator("#submission-unsaved")
    sheet.cell("deaths").press_sequentially("58")
    expect(unsaved).not_to_be_empty()
    sheet.wait_until_saved()
    expect(sheet.page.locator(SAVED)).to_contain_text(re.compile(r"^✓ Đã lưu"))
    expect(unsaved).to_be_empty()


def test_sending_what_is_not_finished_says_what_is_missing_and_leads_there(sheet: Sheet, changing: Server) -> None:
    sheet.cell("households").fill("6033")
    sheet.cell("deaths").fill("abc")
    sheet.page.locator(SEND).click()
    expect(sheet.page.get_by_role("alert").filter(has_text="Chưa gửi")).to_be_visible()
    expect(sheet.cell("deaths")).to_be_focused()
    expect(sheet.page.locator(SUMMARY)).to_contain_text("1/35")
    assert statuses(changing) == ["DRAFT"]


def test_an_unusual_number_asks_for_a_reason_and_is_sent_with_it(sheet: Sheet, changing: Server) -> None:
    fill_as_before(sheet)
    expect(sheet.note("moves_in")).to_be_hidden()
    sheet.cell("moves_in").fill("999")
    sheet.page.keyboard.press("Tab")
    expect(sheet.beside("moves_in")).to_contain_text("lần kỳ trước")
    expect(sheet.page.locator(SUMMARY)).not_to_contain_text("Có thể gửi")
    sheet.note("moves_in").fill("Khu công nghiệp mới")
    sheet.page.keyboard.press("Tab")
    expect(sheet.page.locator(SUMMARY)).to_contain_text("Có thể gửi")
    sheet.send()
    sent = (
        "SELECT note FROM result JOIN revision ON revision.id = revision_id WHERE status = 'SUBMITTED' AND value = 999"
    )
    assert changing.ask(sent) == [("Khu công nghiệp mới",)]


def test_a_reason_that_opens_behind_the_keyboard_does_not_catch_it_on_its_way_back(sheet: Sheet) -> None:
    keyboard, keys = sheet.page.keyboard, sheet.rows()
    after = sheet.cell(keys[keys.index("moves_in") + 1])
    sheet.cell("moves_in").fill("999")
    keyboard.press("Tab")
    expect(after).to_be_focused()
    expect(sheet.note("moves_in")).to_be_visible()
    # Back is the number before, whatever has opened; the reason is reached from its number, and leads back to it.
    for key, there in (
        ("Shift+Tab", sheet.cell("moves_in")),
        ("Tab", sheet.note("moves_in")),
        ("Shift+Tab", sheet.cell("moves_in")),
        ("Tab", sheet.note("moves_in")),
        ("Tab", after),
        ("Shift+Tab", sheet.cell("moves_in")),
    ):
        keyboard.press(key)
        expect(there).to_be_focused()


def test_before_the_first_number_the_keyboard_leaves_the_sheet(sheet: Sheet) -> None:
    sheet.cells.first.focus()
    sheet.page.keyboard.press("Shift+Tab")
    assert not sheet.page.evaluate("() => Boolean(document.activeElement.closest('#submission-sheet'))")


def test_a_double_click_sends_once(sheet: Sheet, changing: Server) -> None:
    sendings = "SELECT count(*) FROM audit_line WHERE to_status = 'SUBMITTED'"
    ((before,),) = changing.ask(sendings)
    fill_as_before(sheet)
    sheet.page.locator(SEND).dblclick()
    expect(sheet.page.locator(".receipt")).to_be_visible()
    expect(sheet.page.locator(".receipt")).to_contain_text("Tỉnh Cao Bằng")
    assert statuses(changing) == ["SUBMITTED"]
    assert changing.ask(sendings) == [(before + 1,)]
