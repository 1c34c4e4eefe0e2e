"""Old Bắc Ninh and Bắc Giang beside the Bắc Ninh that both became, as somebody reads it in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Desks
from tests.browser_compare import cell, number_of, open_evidence, wait_for_table
from tests.browser_pages import in_every_light

pytestmark = pytest.mark.browser

USERS, NEW, OLD = "new_modern_contraceptive_users", "p24-2025", ("p24", "p27")
SERIES = "#unit-series"


def compared(desk_page: Page, boundaries: str) -> None:
    wait_for_table(desk_page)
    expect(desk_page.locator(".under")).to_contain_text(f"địa giới {boundaries}")


def of_series(page: Page, definition: str, column: str) -> float:
    """The number in the unit page's table."""
    found = page.locator(f"""{SERIES} [row-id="{definition}"] [col-id="{column}"]""")
    found.scroll_into_view_if_needed()
    return number_of(found)


def test_two_old_provinces_are_the_new_one_in_the_comparison_and_on_its_page(desks: Desks) -> None:
    desk = desks("ministry.viewer")
    page = desk.open(f"/compare?year=2024&boundaries=2025-06-30&definitions={USERS}")
    compared(page, "30/06/2025")
    parts = [number_of(cell(page, key, USERS)) for key in OLD]
    page = desk.open(f"/compare?year=2024&boundaries=2025-07-01&definitions={USERS}")
    compared(page, "01/07/2025")
    whole = number_of(cell(page, NEW, USERS))
    assert whole == sum(parts)
    evidence = open_evidence(page, NEW, USERS)
    evidence.locator("details summary", has_text="Cộng từ").click()
    for name in ("Bắc Giang", "Bắc Ninh"):
        expect(evidence.locator("details table")).to_contain_text(name)

    page = desk.open(f"/unit?key={NEW}&boundaries=today")
    page.set_viewport_size({"width": 1600, "height": 2400})
    # 2024 is the third of the five periods.
    assert of_series(page, USERS, f"{NEW}:2") == whole
    page = desk.open(f"/unit?key={NEW}")
    assert [of_series(page, USERS, f"{key}:2") for key in OLD] == parts


def test_the_break_is_seen_and_carries_its_law(desks: Desks) -> None:
    desk = desks("ministry.viewer")
    page = desk.open(f"/unit?key={NEW}")
    page.set_viewport_size({"width": 1600, "height": 1400})
    page.locator("nav.boundaries a", has_text="Địa giới hôm nay").click()
    expect(page).to_have_url(re.compile(r"boundaries=today$"))
    expect(page.locator(f"{SERIES} .ag-header-group-text").nth(1)).to_have_text(
        "Bắc Giang + Bắc Ninh, đến ngày 30/06/2025"
    )
    crossed = page.locator(f"{SERIES} .ag-cell.after-break")
    expect(crossed.first).to_be_visible()
    widths = crossed.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).borderLeftWidth)")
    assert set(widths) == {"3px"}
    assert {one.get_attribute("col-id") for one in crossed.all()} == {f"{NEW}:3"}
    notice = page.locator(".notice", has_text="ngắt quãng từ ngày 01/07/2025")
    expect(notice).to_contain_text("202/2025/QH15, 12/06/2025")
    page.go_back()
    expect(page.locator("h2", has_text="Kết quả theo báo cáo")).to_be_visible()


def test_the_old_target_is_history_and_does_not_judge(desks: Desks) -> None:
    desk = desks("ministry.viewer")
    page = desk.open(f"/unit?key={NEW}")
    expect(page.locator(".notice", has_text="Chưa có chỉ tiêu riêng của đơn vị")).to_be_visible()
    expect(page.locator("h2", has_text="Chỉ tiêu của các đơn vị cũ")).to_be_visible()
    expect(page.get_by_text("2025: Bắc Giang không có chỉ tiêu về")).to_be_visible()
    page = desk.open("/compare?year=2025&definitions=prenatal_screening")
    wait_for_table(page)
    evidence = open_evidence(page, NEW, "prenatal_screening")
    expect(evidence).not_to_contain_text("1663/QĐ-UBND")
    page = desk.open("/compare?year=2025&boundaries=2025-06-30&definitions=prenatal_screening")
    wait_for_table(page)
    expect(open_evidence(page, "p27", "prenatal_screening")).to_contain_text("1663/QĐ-UBND")


def test_a_code_that_was_used_again_is_found_for_both(desks: Desks) -> None:
    desk = desks("leader.bacninh")
    page = desk.open("/unit")
    page.locator("#unit-search").fill("24")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator(".under")).to_contain_text(
        "24 → Bắc Giang (đến ngày 30/06/2025), Bắc Ninh (từ ngày 01/07/2025)"
    )
    page.locator("#unit-list .ag-row a", has_text="Bắc Giang").click()
    expect(page.locator("h1")).to_contain_text("Tỉnh Bắc Giang")


@pytest.mark.parametrize(
    "path", [f"/unit?key={NEW}&boundaries=today", "/unit?key=p27&boundaries=today", "/unit?q=tân"], ids=str
)
def test_the_pages_are_for_everybody(desks: Desks, path: str) -> None:
    desk = desks("ministry.viewer")
    found = in_every_light(desk.open(path))
    assert not found, "\n".join(found)
