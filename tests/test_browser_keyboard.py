"""Without a mouse: every way through the portal can be walked with the keys alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import HEADING, Desks
from tests.browser_compare import EVIDENCE, GRID, wait_for_table

pytestmark = pytest.mark.browser


def walk_to(page: Page, name: str, most: int = 40) -> None:
    """Presses Tab until that link or button has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in page.evaluate("() => document.activeElement.textContent || ''") and not _is_body(page):
            return
    pytest.fail(f"{most} times Tab did not lead to {name!r}")


def _is_body(page: Page) -> bool:
    return bool(page.evaluate("() => document.activeElement === document.body"))


def test_the_first_key_offers_to_skip_to_the_content(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/help")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Tới thẳng nội dung")
    expect(skip).to_be_focused()
    expect(skip).to_be_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"


def test_the_way_in_and_to_another_page_takes_no_mouse(desks: Desks) -> None:
    desk = desks()
    page = desk.page
    page.goto("/login")
    expect(page.locator("#username")).to_be_focused()
    page.keyboard.type("ministry.viewer")
    page.keyboard.press("Tab")
    page.keyboard.type(desk.server.password)
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).to_be_visible()
    walk_to(page, "Trợ giúp")
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).to_contain_text("Trợ giúp")
    assert page.evaluate("() => document.activeElement.id") == "main"


def test_where_the_focus_is_can_be_seen(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/help")
    for _ in range(8):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.boxShadow]; }"
        )
        assert style[0] != "none" or style[1] != "none", page.evaluate("() => document.activeElement.outerHTML")


def test_a_number_opens_its_evidence_by_enter_and_the_table_can_be_left(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/compare?period=2025")
    wait_for_table(page)
    page.locator(f"{GRID} .ag-header-cell[col-id=name]").focus()
    for _ in range(40):
        page.keyboard.press("ArrowDown")
        if page.locator(f"{GRID} .ag-pinned-left-cols-container .ag-cell-focus").count():
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(f"{EVIDENCE} h2")).to_contain_text("An Giang")
    expect(page.locator(f"{EVIDENCE} h2")).to_contain_text("TSGT khi sinh")
    page.keyboard.press("Tab")
    assert not page.evaluate("() => Boolean(document.activeElement.closest('.ag-root'))")


def test_a_column_is_sorted_by_enter(desks: Desks) -> None:
    page = desks("ministry.viewer").open("/compare?period=2025")
    wait_for_table(page)
    head = page.locator(f"{GRID} .ag-header-cell[col-id=srb]")
    head.focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")


def test_a_report_is_decided_without_a_mouse(desks: Desks) -> None:
    desk = desks("province.caobang")
    page = desk.open("/review")
    walk_to(page, "Duyệt: ")
    page.keyboard.press("Enter")
    expect(page.locator("#review-approve")).to_be_visible()
    walk_to(page, "Trả lại để sửa")
    page.keyboard.press("Enter")
    expect(page.locator("#refusal")).to_contain_text(re.compile("lý do"))
    desk.forgive("status of 422|Callback error updating")
