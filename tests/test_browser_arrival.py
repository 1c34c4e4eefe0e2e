"""Whether the whole would arrive, in a browser: choose a year, open an indicator, take the file, go back."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser import HEADING, Desks

pytestmark = pytest.mark.browser

ANSWERS = ".of-arrival >> nth=0"


def test_a_reader_finds_whose_targets_decide_and_takes_them_away(desks: Desks, tmp_path: Path) -> None:
    desk = desks("ministry.viewer")
    page = desk.open("/arrival")
    expect(page.locator(HEADING)).to_contain_text("Cả nước có về đích?")
    expect(page.locator(ANSWERS)).to_contain_text("21-NQ/TW, 25/10/2017")
    expect(page.locator(ANSWERS)).to_contain_text("262/2025/QH15, 11/12/2025")
    page.get_by_label("Năm", exact=True).select_option("2025")
    expect(page).to_have_url(re.compile("year=2025"))
    expect(page.locator(".under")).to_contain_text("địa giới 01/01/2025")
    page.locator(ANSWERS).get_by_role("link", name="Tỷ lệ người cao tuổi được khám sức khỏe định kỳ").first.click()
    expect(page.get_by_role("heading", name=re.compile("Từng đơn vị"))).to_be_visible()
    units = page.locator(".of-arrival >> nth=1").locator("tbody tr")
    expect(units).to_have_count(63)
    expect(units.first).to_contain_text("Hải Phòng (đến 30/06/2025)")
    expect(units.first).to_contain_text("≥ 76%")
    taken = desk.download(lambda: _take(page), tmp_path)
    sheet = openpyxl.load_workbook(taken).worksheets[1]
    assert [sheet["A2"].value, sheet["B2"].value] == ["Hải Phòng (đến 30/06/2025)", "≥ 76%"]
    assert sheet.max_row == 64
    page.get_by_role("link", name="Tất cả chỉ tiêu").click()
    expect(page.locator(".of-arrival")).to_have_count(1)
    page.go_back()
    expect(page.locator(".of-arrival")).to_have_count(2)


def _take(page: Page) -> None:
    page.locator("summary", has_text="Xuất").click()
    page.locator("a[href^='/export/arrival.xlsx']").click()
