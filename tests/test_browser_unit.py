"""A unit's page in a browser: every indicator in one table, what stands behind it, and the ways on from it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Desks
from tests.browser_compare import cell, number_of, wait_for_table
from tests.browser_pages import hanging_over

pytestmark = pytest.mark.browser

NEW, OLD = "p24-2025", "p27"
TABLE, EVIDENCE = "#unit-table", "#unit-evidence"


def line(page: Page, definition: str, column: str) -> Locator:
    """A cell of the table."""
    return page.locator(f"""{TABLE} [row-id="{definition}"] [col-id="{column}"]""")


def test_the_page_says_what_the_comparison_says_and_what_stands_behind_it(desks: Desks) -> None:
    desk = desks("ministry.viewer")
    page = desk.open("/compare?period=2025")
    wait_for_table(page)
    compared = number_of(cell(page, NEW, "srb"))
    page = desk.open(f"/unit?key={NEW}&year=2025")
    expect(line(page, "srb", "result")).to_be_visible()
    assert number_of(line(page, "srb", "result")) == compared
    expect(line(page, "srb", "verdict")).to_contain_text("chưa đạt")
    expect(line(page, "srb", "series").get_by_role("img")).to_have_attribute("aria-label", re.compile(r"2025: 114,\d$"))
    line(page, "srb", "result").click()
    evidence = page.locator(EVIDENCE)
    expect(evidence.locator("h2")).to_have_text("Bắc Ninh (từ 01/07/2025) · TSGT khi sinh")
    expect(evidence.locator("dt:text-is('Văn bản') + dd").first).to_have_text("135/CDS-KHTC, 27/02/2025")
    page.get_by_role("button", name="Đóng", exact=True).click()
    expect(evidence).to_be_empty()


def test_with_the_keyboard_a_line_opens_its_evidence_and_a_target_its_law(desks: Desks) -> None:
    page = desks("ministry.viewer").open(f"/unit?key={OLD}")
    own = line(page, "prenatal_screening", "own")
    expect(own.get_by_role("link")).to_have_text("≥ 88%")
    line(page, "prenatal_screening", "name").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{EVIDENCE} h2")).to_contain_text("Sàng lọc trước sinh")
    own.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/targets\?unit=p27&target=S0-\d+"))
    expect(page.locator("#targets-panel h2")).to_be_visible()


def test_the_period_and_the_ranks_stand_in_the_address(desks: Desks) -> None:
    page = desks("ministry.viewer").open(f"/unit?key={NEW}")
    expect(line(page, "srb", "result")).to_be_visible()
    page.locator("#unit-period").select_option("2025")
    page.wait_for_url(f"**/unit?key={NEW}&year=2025")
    expect(page.locator("#unit-results")).to_have_text("Kết quả thực hiện so với kế hoạch · Năm 2025")
    page.get_by_role("link", name="Xếp hạng cùng cấp").click()
    page.wait_for_url(f"**/unit?key={NEW}&year=2025&ranks=1")
    expect(line(page, "srb", "rank")).to_contain_text(re.compile(r"\d+–\d+ / 34"))
    expect(line(page, "prenatal_screening_4", "rank")).to_contain_text(re.compile(r"^\d+ / 34"))
    page.go_back()
    page.wait_for_url(f"**/unit?key={NEW}&year=2025")
    expect(line(page, "srb", "result")).to_be_visible()


def test_on_a_telephone_the_name_stays_beside_each_number(desks: Desks) -> None:
    page = desks("commune.caobang").open("/unit?key=c01273-2025&year=2025")
    page.set_viewport_size({"width": 360, "height": 800})
    expect(line(page, "srb", "name")).to_be_visible()
    names = line(page, "srb", "name").bounding_box()
    assert names is not None
    assert names["width"] < 160
    page.locator(f"{TABLE} .ag-center-cols-viewport").evaluate("node => node.scrollBy(600, 0)")
    expect(line(page, "srb", "verdict")).to_be_visible()
    assert line(page, "srb", "name").bounding_box() == names
    assert hanging_over(page) == []
