"""A province hands its targets down in a browser, by hand, by a workbook and once more in July."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Desk, Desks
from tests.browser_compare import WALL, cell, wait_for_table
from tests.browser_pages import in_every_light

pytestmark = pytest.mark.browser

SCREENING = "prenatal_screening"
ADDRESS = f"/assign?unit=p04&year=2026&definitions={SCREENING}"
WARD = "Phường Thục Phán"


def sheet_cell(page: Page, name: str) -> Locator:
    """The input of that unit's number."""
    return page.get_by_label(f"{name}, Tỷ lệ phụ nữ mang thai được sàng lọc trước sinh", exact=True)


def cite(page: Page, number: str, day: str) -> None:
    """A new document."""
    page.get_by_label("Giao bằng văn bản").select_option("new document")
    page.get_by_label("Số", exact=True).fill(number)
    page.get_by_label("Ngày", exact=True).fill(day)
    page.get_by_label("Trích yếu").fill("Giao chỉ tiêu dân số năm 2026")


def read_workbook(page: Page, path: Path) -> None:
    """Hands a filled workbook in."""
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Đọc tệp Excel đã điền…").click()
    chosen.value.set_files(path)


def give_first(page: Page) -> None:
    """The same number for everybody but one, which is too low and given all the same."""
    own = sheet_cell(page, "Cao Bằng (chỉ tiêu của chính đơn vị)")
    own.fill("60")
    page.get_by_role("button", name="Như nhau: Tỷ lệ phụ nữ").click()
    expect(page.locator("#assign-told")).to_contain_text("Đã điền 56 số.")
    expect(page.locator(".assign-card .check")).to_contain_text("Bình quân gia quyền 60% / 60% (0)")
    sheet_cell(page, WARD).fill("48,5")
    flagged = page.locator(".assign-table td.low")
    expect(flagged).to_have_count(1)
    expect(flagged).to_contain_text("thấp hơn chỉ tiêu của cấp giao 60%")
    cite(page, "15/QĐ-UBND", "12/01/2026")
    page.get_by_role("button", name="Giao chỉ tiêu cho cấp dưới").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text(f"{WARD}: thấp hơn chỉ tiêu của cấp giao 60%")
    found = in_every_light(page)
    assert not found, "\n".join(found)
    page.get_by_role("button", name="Vẫn giao").click()
    expect(page.get_by_role("status").first).to_contain_text("Giao mới: 57; điều chỉnh: 0; giữ nguyên: 0.")


def send_out_and_back(desk: Desk, into: Path) -> None:
    """The workbook comes back as it went; with a bad cell it is refused, and the sheet stays as it is."""
    page = desk.page
    path = desk.download(page.get_by_role("link", name="Lấy tệp Excel").click, into)
    read_workbook(page, path)
    said = page.locator("#assign-read")
    expect(said).to_contain_text("Đã đọc 56 số từ tệp.")
    expect(page.locator(".assign-table td.changed")).to_have_count(0)
    book = openpyxl.load_workbook(path)
    bad = next(one for row in book.worksheets[0].iter_rows() for one in row if one.value == 48.5)
    bad.value = "=48+1"
    book.save(into / "sai.xlsx")
    read_workbook(page, into / "sai.xlsx")
    expect(said).to_contain_text(f"ô {bad.coordinate}: Ô này có công thức.")
    expect(sheet_cell(page, WARD)).to_have_value("48,5")
    desk.forgive("status of 422")


@pytest.mark.usefixtures("changing")
def test_a_province_hands_down_and_adjusts_in_july(desks: Desks, tmp_path: Path) -> None:
    desk = desks("province.caobang")
    page = desk.open(ADDRESS)
    give_first(page)
    send_out_and_back(desk, tmp_path)
    sheet_cell(page, WARD).fill("52")
    cite(page, "88/QĐ-UBND", "01/07/2026")
    page.get_by_role("button", name="Giao chỉ tiêu cho cấp dưới").click()
    page.get_by_role("button", name="Vẫn giao").click()
    expect(page.locator("#assign-notice")).to_contain_text("Giao mới: 0; điều chỉnh: 1; giữ nguyên: 56.")
    expect(page.locator("#assign-read")).to_be_empty()
    page.get_by_role("button", name=f"Lịch sử: {WARD}").click()
    history = page.locator("#assign-panel")
    expect(history).to_contain_text("≥ 48,5% · giao đầu năm · 15/QĐ-UBND, 12/01/2026")
    expect(history).to_contain_text("≥ 52% · điều chỉnh · 88/QĐ-UBND, 01/07/2026")
    history.get_by_role("link", name="≥ 52%").click()
    expect(page.locator("#targets-panel .chain .in-force").last).to_contain_text("88/QĐ-UBND, 01/07/2026")
    # The commune compares itself by what was adjusted; before July it was held against the first number.
    ward = desks("commune.caobang").open(f"/compare?period=2026-9M&definitions={SCREENING}")
    # High enough for every commune: what is out of sight is not in the document.
    ward.set_viewport_size(WALL)  # type: ignore[arg-type]
    wait_for_table(ward)
    unit = page.url.partition("target=")[2].partition(f"-{SCREENING}")[0]
    expect(cell(ward, unit, SCREENING)).to_contain_text("≥ 52%")
    ward.goto(f"/compare?period=2026-6M&definitions={SCREENING}")
    wait_for_table(ward)
    expect(cell(ward, unit, SCREENING)).to_contain_text("≥ 48,5%")


@pytest.mark.usefixtures("changing")
def test_what_is_typed_stays_until_it_is_given(desks: Desks) -> None:
    page = desks("province.caobang").open(ADDRESS)
    sheet_cell(page, WARD).fill("71,5")
    page.get_by_label("Năm", exact=True).select_option("2027")
    expect(page).to_have_url(re.compile("year=2027"))
    expect(page.locator(".under")).to_contain_text("chỉ tiêu năm 2027")
    expect(sheet_cell(page, WARD)).to_have_value("")
    page.go_back()
    expect(sheet_cell(page, WARD)).to_have_value("71,5")
    page.get_by_role("button", name="Bỏ những gì chưa giao").click()
    expect(sheet_cell(page, WARD)).to_have_value("")


def test_a_block_from_a_spreadsheet_lands_in_the_sheet(desks: Desks) -> None:
    page = desks("province.caobang").open("/assign?unit=p04&year=2026&programme=1999")
    first = page.locator(".assign-table tbody tr:nth-child(2) input").first
    first.focus()
    first.evaluate("""input => {
      const told = new DataTransfer();
      told.setData("text", "61\\t40,5\\n62\\t41\\n");
      input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: told, bubbles: true, cancelable: true}));
    }""")
    inputs = page.locator(".assign-table tbody tr:nth-child(-n+3) input")
    values = inputs.evaluate_all("all => all.map(one => one.value)")
    assert [one for one in values if one] == ["61", "40,5", "62", "41"]
    page.keyboard.press("Enter")
    expect(page.locator(".assign-table tbody tr:nth-child(3) input").first).to_be_focused()
