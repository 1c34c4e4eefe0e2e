"""A target in a browser: typed, refused beside its field, entered, corrected, and read with its history."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import HEADING, Desks
from tests.browser_pages import in_every_light

pytestmark = pytest.mark.browser

TAKEN = "c01273-2025-prenatal_screening-2027"


def choose(page: Page) -> None:
    """Of whom, of what, by which new document."""
    page.get_by_label("Đơn vị", exact=True).select_option("c01273-2025")
    page.get_by_label("Năm phải đạt").fill("2027")
    page.get_by_label("Chỉ số").select_option("prenatal_screening")
    page.get_by_label("Văn bản", exact=True).select_option(label="văn bản khác, ghi bên dưới")
    page.get_by_label("Số văn bản").fill("77/QĐ-UBND")
    page.get_by_label("Ngày văn bản").fill("5/1/2026")
    page.get_by_label("Trích yếu").fill("Giao chỉ tiêu dân số năm 2027")
    page.get_by_label("Đọc con số thế nào").select_option("AT_LEAST")
    page.get_by_label("Con số phải đạt").fill("850")


@pytest.mark.usefixtures("changing")
def test_a_target_is_entered_corrected_and_read_with_its_history(desks: Desks) -> None:
    desk = desks("province.caobang")
    page = desk.open("/targets")
    page.get_by_role("link", name="Nhập chỉ tiêu").click()
    expect(page.locator(HEADING)).to_contain_text("Nhập chỉ tiêu")
    choose(page)
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    expect(page.locator("#set-problem-definition")).to_contain_text("định nghĩa nào")
    # Whoever pressed the button far below stands at the field again.
    expect(page.locator("#set-definition input").first).to_be_focused()
    # What was typed is still there, and which of several definitions is meant nobody guessed.
    expect(page.get_by_label("Số văn bản")).to_have_value("77/QĐ-UBND")
    page.get_by_label(re.compile("^Tỷ lệ phụ nữ mang thai được sàng lọc trước sinh")).check()
    expect(page.locator("#set-problem-definition")).to_be_empty()
    expect(page.locator("#set-problem-low")).to_contain_text("100%")
    found = in_every_light(page)
    assert not found, "\n".join(found)
    page.get_by_label("Con số phải đạt").fill("85")
    expect(page.locator("#set-live")).to_contain_text("Sẽ đọc là: ≥ 85%")
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    expect(page).to_have_url(re.compile(f"/targets\\?unit=c01273-2025&target={TAKEN}$"))
    page.locator("#targets-panel").get_by_role("link", name="Sửa", exact=True).click()
    page.get_by_label("Con số phải đạt").fill("58")
    page.get_by_label("Lý do sửa").fill("Gõ nhầm 85")
    page.get_by_role("button", name="Lưu chỗ sửa").click()
    expect(page).to_have_url(re.compile(f"/targets\\?unit=c01273-2025&target={TAKEN}-2$"))
    history = page.locator(".history")
    expect(history.locator("del")).to_have_text("≥ 85%")
    expect(history).to_contain_text("Lý do: Gõ nhầm 85")
    found = in_every_light(page)
    assert not found, "\n".join(found)
    desk.forgive("status of 422")
    desk.forgive("Callback error")


@pytest.mark.usefixtures("changing")
def test_fields_come_as_the_reading_asks_and_keep_what_was_typed_while_they_are_away(desks: Desks) -> None:
    page = desks("province.caobang").open("/set-target?unit=p04&definition=cbr&year=2027")
    reading = page.get_by_label("Đọc con số thế nào")
    reading.select_option("CHANGE")
    page.get_by_label("giảm", exact=True).check()
    page.get_by_label("so với năm gốc ghi dưới đây").check()
    page.get_by_label("Năm gốc", exact=True).fill("2024")
    reading.select_option("AT_MOST")
    expect(page.get_by_label("Năm gốc", exact=True)).to_be_hidden()
    reading.select_option("CHANGE")
    expect(page.get_by_label("Năm gốc", exact=True)).to_have_value("2024")
    expect(page.get_by_label("giảm", exact=True)).to_be_checked()
    expect(page.get_by_label("‰", exact=True)).not_to_be_checked()
    page.get_by_label("Mức tăng hoặc giảm").fill("0,2")
    page.get_by_label("‰", exact=True).check()
    expect(page.locator("#set-live")).to_contain_text("Sẽ đọc là: giảm 0,2‰ so với 2024")
