"""Published values in a browser: entered, compared, corrected, taken away, and refused from a file cell by cell."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser import Desks
from tests.browser_compare import open_evidence, wait_for_table
from tests.browser_pages import in_every_light

pytestmark = pytest.mark.browser

SOURCE = "Cục Thống kê, thông cáo 06/01/2026"


@pytest.mark.usefixtures("changing")
def test_a_value_is_entered_compared_and_corrected_and_what_was_refused_stays_typed(desks: Desks) -> None:
    desk = desks("ministry.reviewer")
    page = desk.open("/published")
    form = page.get_by_role("region", name="Nhập một giá trị")
    form.get_by_label("Chỉ số").select_option(label="Tổng tỷ suất sinh")
    form.get_by_label("Đơn vị, vùng").select_option(value="p24-2025")
    form.get_by_label("Năm, hoặc 2025-9M").fill("2025")
    form.get_by_label("Giá trị", exact=True).fill("2,31")
    form.get_by_label("Tính chất số liệu").select_option(label="Sơ bộ")
    form.get_by_label("Địa giới").select_option(label="63 tỉnh, thành phố")
    form.get_by_label("Nguồn").fill(SOURCE)
    form.get_by_label("Độ tin cậy").select_option(label="Cao")
    form.get_by_role("button", name="Nhập").click()
    expect(page.locator("#refusal")).to_contain_text("địa giới phù hợp: 34 tỉnh, thành phố")
    expect(form.get_by_label("Nguồn")).to_have_value(SOURCE)
    form.get_by_label("Địa giới").select_option(label="34 tỉnh, thành phố")
    form.get_by_role("button", name="Nhập").click()
    expect(page.get_by_role("status")).to_contain_text("Đã nhập giá trị.")
    panel = page.locator("#published-panel")
    panel.get_by_label("Giá trị", exact=True).fill("2,13")
    panel.get_by_label("Lý do").fill("Gõ nhầm 2,31")
    panel.get_by_role("button", name="Sửa").click()
    expect(page.get_by_role("status")).to_contain_text("Đã sửa giá trị")
    expect(panel).to_contain_text("“Gõ nhầm 2,31”")
    found = in_every_light(page)
    assert not found, "\n".join(found)
    leader = desks("leader.bacninh").open("/compare?period=2025&definitions=tfr")
    wait_for_table(leader)
    open_evidence(leader, "p24-2025", "tfr")
    expect(leader.locator("#comparison-evidence")).to_contain_text("2,13 con/phụ nữ")
    expect(leader.locator("#comparison-evidence")).to_contain_text(SOURCE)
    desk.forgive("status of 422")
    desk.forgive("Callback error")


@pytest.mark.usefixtures("changing")
def test_a_file_that_was_taken_away_comes_back_and_one_bad_cell_is_named(desks: Desks, tmp_path: Path) -> None:
    desk = desks("ministry.reviewer")
    page = desk.open("/published")
    page.locator("summary", has_text="Xuất").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="(.xlsx)").first.click()
    path = tmp_path / "so-lieu.xlsx"
    taken.value.save_as(path)
    way_in = page.get_by_role("region", name="Nhập từ tệp")
    page.get_by_label("Ghi chú (có thể để trống)").last.fill("đang gõ dở")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["G3"] = "=1+1"
    book.save(tmp_path / "sai.xlsx")
    way_in.get_by_label("Tệp", exact=True).set_input_files(tmp_path / "sai.xlsx")
    way_in.get_by_role("button", name="Nhập tệp").click()
    expect(way_in.get_by_role("alert")).to_contain_text("Ô G3: Ô này là công thức")
    expect(page.get_by_label("Ghi chú (có thể để trống)").last).to_have_value("đang gõ dở")
    found = in_every_light(page)
    assert not found, "\n".join(found)
    way_in.get_by_label("Tệp", exact=True).set_input_files(path)
    way_in.get_by_role("button", name="Nhập tệp").click()
    expect(page.get_by_role("status")).to_contain_text("Tệp không có gì mới để lưu")
    desk.forgive("status of 422")
