"""The registry of targets in a browser: find what does not fit, open it, follow its chain and its document."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import HEADING, Desks

pytestmark = pytest.mark.browser

ROWS = "#targets-grid .ag-center-cols-container .ag-row"


def open_target(page: Page, key: str) -> None:
    page.locator(f"""#targets-grid [row-id="{key}"] [col-id="asks"]""").click()
    expect(page.locator("#targets-panel h2")).to_be_visible()


def test_a_reader_finds_a_contradiction_and_follows_it_to_the_document(desks: Desks) -> None:
    page = desks("leader.bacninh").open("/targets")
    expect(page.locator(ROWS).first).to_be_visible()
    page.get_by_label("Mâu thuẫn", exact=True).select_option("1")
    expect(page).to_have_url(re.compile("contradictions=1$"))
    expect(page.locator("details.contradictions")).to_contain_text("suy ra mức năm 2024 là 127,2")
    expect(page.locator("details.contradictions")).to_contain_text("119,6")
    expect(page.locator("""#targets-grid [row-id="S0-04"]""")).to_have_count(0)
    open_target(page, "S0-06")
    panel = page.locator("#targets-panel")
    expect(panel).to_contain_text("mục I.3.1 ghi ≥ 70%")
    expect(panel.locator(".chain > li")).to_have_count(2)
    expect(panel.locator(".chain > li").first).to_contain_text("Cả nước")
    expect(panel.locator(".chain .in-force").last).to_contain_text("1663/QĐ-UBND, 12/12/2024, mục I.3.1")
    page.get_by_role("button", name="Đóng", exact=True).click()
    expect(panel).to_be_empty()
    page.go_back()
    expect(page.get_by_label("Mâu thuẫn", exact=True)).to_have_value("all")
    page.go_forward()
    open_target(page, "S1-06")
    panel.locator("dt:text-is('Văn bản') + dd a").click()
    expect(page.locator(HEADING)).to_contain_text("Nghị quyết số 21-NQ/TW (25/10/2017)")
    expect(page.locator(".document-page tbody tr")).to_have_count(33)


def test_enter_opens_a_target_and_a_link_leads_from_the_units_page(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/unit?key=p31")
    page.locator(".document summary").first.click()
    page.locator(".document td a").first.click()
    expect(page.locator("#targets-panel h2")).to_contain_text("Hải Phòng")
    page.goto("/targets?unit=d040")
    expect(page.locator(ROWS).first).to_be_visible()
    page.locator("""#targets-grid [row-id="S3-01"] [col-id="asks"]""").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#targets-panel h2")).to_contain_text("Thành phố Cao Bằng")


def test_the_file_holds_the_rows_of_the_screen(desks: Desks, tmp_path: Path) -> None:
    desk = desks("province.caobang")
    page = desk.open("/targets?unit=d040")
    expect(page.locator(HEADING)).to_be_visible()
    page.locator(".actions details.menu summary").click()
    path = desk.download(page.locator(".actions a[href*='targets.csv']").click, tmp_path)
    keys = [line.split(";")[0] for line in path.read_text("utf-8-sig").splitlines()]
    assert [key for key in keys if re.fullmatch(r"S\d-\d\d", key)] == [
        "S3-14", "S3-10", "S3-08", "S3-11", "S3-09", "S3-13", "S3-12", "S3-01", "S3-02", "S3-06", "S3-03", "S3-05",
        "S3-04", "S3-07", "S3-15", "S3-16",
    ]  # fmt: skip


def test_a_province_finds_no_target_of_another_provinces_district(desks: Desks) -> None:
    desk = desks("city.haiphong")
    page = desk.open("/targets")
    expect(page.locator(ROWS).first).to_be_visible()
    assert "d040" not in page.get_by_label("Đơn vị", exact=True).inner_html()
    answer = page.goto("/targets?unit=d040")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("alert")).to_contain_text("Không có đơn vị này trong phạm vi của bạn.")
    desk.forgive("status of 404")
