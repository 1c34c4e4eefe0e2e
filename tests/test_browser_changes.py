"""The ministry merges two communes from a document, sees both boundaries, and takes it back; people follow."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from data.clock import today
from data.numbers import format_date
from data.periods import last_complete_quarter
from tests.browser import Desk, Desks
from tests.browser_compare import WALL, cell, number_of, wait_for_table
from tests.browser_form import COMMUNE
from tests.browser_pages import in_every_light, violations

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("changing")]

OTHER = "c01288-2025"  # phường Tân Giang
MERGED = f"c01999-{today().year}"
COUNT = "new_modern_contraceptive_users"


def add(page: Page, words: str, name: str) -> None:
    """Searches with Enter, and adds what is found."""
    page.get_by_label("Tên hoặc mã").fill(words)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile(f"^Thêm ?: {name}$")).click()
    expect(page.locator(".units-chosen")).to_contain_text(name)


def merge_two(desk: Desk) -> None:
    """From the list of changes to the preview of a merger that holds from today."""
    page = desk.open("/changes")
    page.get_by_label("Có hiệu lực từ ngày").fill(format_date(today()))
    page.get_by_label("Số văn bản").fill("123/NQ-UBTVQH16")
    page.get_by_label("Ngày văn bản").fill(format_date(today() - timedelta(days=9)))
    page.get_by_label("Trích yếu").fill("Sắp xếp đơn vị hành chính cấp xã của tỉnh Cao Bằng")
    page.get_by_role("button", name="Tiếp tục: chọn đơn vị").click()
    add(page, "thuc phan", "Phường Thục Phán")
    add(page, "01288", "Phường Tân Giang")
    page.get_by_label("Tên, không kèm loại").fill("Cao Bằng")
    page.get_by_label("Loại", exact=True).select_option("WARD")
    page.get_by_role("button", name="Xem tác động").click()
    # Without a code it cannot be; what was typed stays.
    expect(page.get_by_role("alert")).to_contain_text("phải gồm 5 chữ số")
    assert violations(page) == []
    expect(page.get_by_label("Tên, không kèm loại")).to_have_value("Cao Bằng")
    page.get_by_label("Mã", exact=True).fill("01999")
    page.get_by_role("button", name="Xem tác động").click()
    expect(page.locator(".change-effects")).to_contain_text(f"Phường Cao Bằng được thành lập, khóa {MERGED}")


def numbers_on(desk: Desk, boundaries: str, *units: str) -> list[float]:
    """The count of these units for the quarter before the last, on those boundaries."""
    quarter = last_complete_quarter(today()).previous()
    desk.page.set_viewport_size(WALL)  # type: ignore[arg-type]
    desk.open(f"/compare?period={quarter.code}&level=commune&within=p04&boundaries={boundaries}&definitions={COUNT}")
    wait_for_table(desk.page)
    return [number_of(cell(desk.page, unit, COUNT)) for unit in units]


def test_two_communes_are_merged_compared_on_both_boundaries_and_taken_back(desks: Desks) -> None:
    admin, viewer = desks("ministry.admin"), desks("ministry.viewer")
    page, eve = admin.page, (today() - timedelta(days=1)).isoformat()
    parts = numbers_on(viewer, eve, COMMUNE, OTHER)
    merge_two(admin)
    found = in_every_light(page)
    assert not found, "\n".join(found)
    page.get_by_role("button", name="Thực hiện thay đổi").click()
    expect(page.get_by_role("status").filter(has_text="Đã thực hiện thay đổi.")).to_be_visible()

    assert numbers_on(viewer, today().isoformat(), MERGED) == [sum(parts)]
    expect(cell(viewer.page, COMMUNE, COUNT)).to_have_count(0)
    assert numbers_on(viewer, eve, COMMUNE, OTHER) == parts

    admin.open("/proposals")
    page.get_by_role("link", name=re.compile("^Quyết định")).click()
    page.get_by_role("button", name="Giao vai trò").click()
    expect(page.get_by_role("status").filter(has_text="Đã giao vai trò.")).to_be_visible()
    # The role rests on the change now: it was in force, and is taken back from tomorrow.
    admin.open("/changes")
    page.get_by_role("link", name=re.compile("^Hủy ?: từ ngày")).click()
    expect(page.locator(".page")).to_contain_text("tài khoản, kế hoạch hoặc nhóm gắn với Phường Cao Bằng.")
    page.get_by_label("Hủy từ ngày").fill(format_date(today() + timedelta(days=1)))
    page.get_by_label("Phường Thục Phán").fill("60%")
    page.get_by_role("button", name="Xem tác động").click()
    page.get_by_role("button", name="Hủy thay đổi").click()
    expect(page.get_by_role("status").filter(has_text="Đã hủy thay đổi.")).to_be_visible()
    assert violations(page) == []
    admin.open("/changes")
    expect(page.locator(".change-list")).to_contain_text("Đã hủy.")


def test_a_merger_on_which_nothing_rests_never_was_in_force(desks: Desks) -> None:
    admin = desks("ministry.admin")
    merge_two(admin)
    page = admin.page
    page.get_by_role("button", name="Thực hiện thay đổi").click()
    expect(page.get_by_role("status").filter(has_text="Đã thực hiện thay đổi.")).to_be_visible()
    admin.open("/changes")
    page.get_by_role("link", name=re.compile("^Hủy ?: từ ngày")).click()
    page.get_by_role("button", name="Xem tác động").click()
    expect(page.locator(".under")).to_contain_text("chưa từng có hiệu lực")
    page.get_by_role("button", name="Hủy thay đổi").click()
    expect(page.get_by_role("status").filter(has_text="Đã hủy thay đổi.")).to_be_visible()
    viewer = desks("ministry.viewer")
    assert len(numbers_on(viewer, today().isoformat(), COMMUNE, OTHER)) == 2
