"""The comparison in a browser: one table to compare with, what stands behind its numbers, and the ways around in it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import HEADING, Desks
from tests.browser_compare import (
    GRID,
    cell,
    differences,
    in_csv,
    in_workbook,
    names_in_order,
    number_of,
    on_screen,
    open_evidence,
    take_file,
    wait_for_table,
    wait_until_settled,
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "query",
    ["period=2025", "period=2025Q2&boundaries=2025-06-30&programme=1848", "period=2024&level=district&within=p31"],
    ids=["a year", "old boundaries, one programme", "districts of old Hải Phòng"],
)
def test_both_files_hold_the_numbers_of_the_screen(desks: Desks, tmp_path: Path, query: str) -> None:
    desk = desks("ministry.viewer")
    page = desk.open(f"/compare?{query}")
    wait_for_table(page)
    workbook, text = take_file(desk, "xlsx", tmp_path), take_file(desk, "csv", tmp_path)
    shown = on_screen(page)
    assert sum(bool(re.search(r"\d", text)) for cells in shown.values() for text in cells.values()) > 20
    assert differences(shown, in_workbook(workbook)) == []
    assert differences(shown, in_csv(text)) == []


def test_a_number_opens_what_stands_behind_it(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/compare?period=2025")
    wait_for_table(page)
    shown = number_of(cell(page, "p24-2025", "srb"))
    evidence = open_evidence(page, "p24-2025", "srb")
    boys, girls = (
        number_of(evidence.locator(f"dt:text-is('{name}') + dd"))
        for name in ("Trẻ sinh ra sống, nam", "Trẻ sinh ra sống, nữ")
    )
    assert shown == pytest.approx(boys / girls * 100, abs=0.05)
    expect(evidence.get_by_role("heading", name="Bắc Ninh")).to_be_visible()
    expect(evidence.locator("dt:text-is('Đơn vị duyệt') + dd")).not_to_be_empty()
    expect(evidence.locator("dt:text-is('Duyệt lúc') + dd")).to_have_text(re.compile(r"\d\d/\d\d/2026 \d\d:\d\d"))
    expect(evidence.locator("dt:text-is('Văn bản') + dd").first).to_have_text("135/CDS-KHTC, 27/02/2025")
    expect(evidence.locator("dt:text-is('Điều, mục') + dd").first).not_to_be_empty()
    page.get_by_role("button", name="Đóng", exact=True).click()
    expect(evidence).to_be_empty()


def test_an_empty_cell_says_why_it_is_empty(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/compare?period=2025")
    wait_for_table(page)
    expect(cell(page, "p24-2025", "tfr")).to_contain_text("chưa công bố")
    assert not re.search(r"\d", cell(page, "p24-2025", "tfr").inner_text())


def test_the_table_sorts_by_its_numbers_under_the_targets(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/compare?period=2025")
    wait_for_table(page)
    pinned = page.locator(f"{GRID} .ag-floating-top .target-row").count()
    assert pinned > 0
    page.locator(f"{GRID} .ag-header-cell[col-id=srb] .ag-header-cell-label").click()
    expect(page.locator(f"{GRID} .ag-header-cell[col-id=srb]")).to_have_attribute("aria-sort", "descending")
    rows = page.locator(f"{GRID} .ag-center-cols-container .ag-row")
    ordered = [number_of(row.locator("[col-id=srb]")) for row in sorted(rows.all(), key=_place)]
    assert len(ordered) > 5
    assert ordered == sorted(ordered, reverse=True)
    assert page.locator(f"{GRID} .ag-floating-top .target-row").count() == pinned


def test_a_unit_is_found_by_its_name_without_marks(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/compare?period=2025")
    wait_for_table(page)
    assert len(names_in_order(page)) > 10
    wait_until_settled(page)
    page.locator(f"{GRID} .ag-header-cell[col-id=name] .ag-header-cell-filter-button").click()
    words = page.locator(".ag-filter input[type=text]").first
    expect(words).to_be_focused()
    words.press_sequentially("hai phong")
    expect(page.locator(f"{GRID} .ag-pinned-left-cols-container .ag-row")).to_have_count(1)
    assert names_in_order(page) == ["Hải Phòng"]
    assert page.locator(f"{GRID} .ag-floating-top .target-row").count() > 0


def test_a_control_changes_the_address_and_back_returns(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/compare?period=2025")
    expect(page.locator(HEADING)).to_contain_text("34")
    page.get_by_label("Kỳ báo cáo").select_option("2024")
    expect(page.locator(HEADING)).to_contain_text("63")
    expect(page).to_have_url(re.compile("[?&](period|year)=2024(&|$)"))
    page.go_back()
    expect(page.locator(HEADING)).to_contain_text("34")
    expect(page).to_have_url(re.compile("period=2025$"))
    expect(page.get_by_label("Kỳ báo cáo")).to_have_value("2025")
    page.go_forward()
    expect(page.locator(HEADING)).to_contain_text("63")


def test_columns_are_chosen_one_by_one_and_kept_in_the_address(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/compare?period=2025&programme=468")
    wait_for_table(page)
    page.locator(".field details.menu summary").click()
    panel = page.locator(".field details.menu .panel")
    panel.get_by_label("Tỷ suất sinh thô", exact=True).check()
    panel.get_by_role("button").first.click()
    expect(page.locator(f"{GRID} .ag-header-cell[col-id=cbr]")).to_be_visible()
    assert "definitions=" in page.url
    assert "cbr" in page.url


def test_a_link_opens_the_same_view_for_a_colleague(desks: Desks) -> None:
    sender = desks("ministry.viewer").open("/compare?period=2025")
    sender.get_by_label("Chương trình").select_option("1999")
    expect(sender.locator(f"{GRID} .ag-header-cell[col-id=newborn_screening]")).to_be_visible()
    receiver = desks("ministry.reviewer").open(sender.url)
    wait_for_table(sender)
    wait_for_table(receiver)
    assert on_screen(receiver) == on_screen(sender)


def test_the_picture_is_drawn_here_when_it_is_asked_for(desks: Desks) -> None:
    desk = desks("ministry.viewer")
    page = desk.open("/compare?period=2025")
    wait_for_table(page)
    assert not [path for path in desk.requested if "plotly" in path]
    page.locator("#comparison-figure-draw").click()
    picture = page.locator(".picture")
    expect(picture.locator(".main-svg").first).to_be_visible()
    expect(picture).to_contain_text("Hải Phòng")
    expect(picture).to_contain_text("khoảng 111")
    assert [path for path in desk.requested if "plotly" in path]
    _colours_follow(page)


def _colours_follow(page: Page) -> None:
    text = page.locator(".picture .ytick text").first
    bright = text.evaluate("node => getComputedStyle(node).fill")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.documentElement.dataset.bsTheme === 'dark'")
    assert text.evaluate("node => getComputedStyle(node).fill") != bright


def _place(row: object) -> int:
    return int(row.get_attribute("row-index"))  # type: ignore[attr-defined]
