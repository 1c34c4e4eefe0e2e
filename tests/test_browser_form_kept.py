"""Nothing that was typed into a form is lost: two people at once, a session that ends, a line that breaks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Desk, Desks
from tests.browser_form import SEND, Sheet, fill_as_before, form_of_the_quarter, statuses
from tests.browser_pages import violations
from tests.browser_server import Server

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("changing")]

RETRY = "#submission-retry"
# A call that the server refused: Chromium says so, and so does Dash.
REFUSED = "status of {}|Callback error updating"
CONFLICT = "[role=alert]:has([data-intent=keep])"


def two_at_one_form(desks: Desks, server: Server) -> tuple[Sheet, Sheet]:
    """The commune's officer and a colleague, who have both opened the form."""
    server.add_colleague("commune.caobang", "colleague", "Lý Thị Mai")
    first, second = desks("commune.caobang"), desks()
    second.sign_in("colleague")
    return Sheet(first.open(form_of_the_quarter())), Sheet(second.open(form_of_the_quarter()))


def type_into(sheet: Sheet, key: str, text: str) -> None:
    sheet.cell(key).fill(text)
    sheet.page.keyboard.press("Tab")


def told_of_the_other(desks: Desks, server: Server) -> tuple[Sheet, Sheet]:
    """Both have typed into one cell; the second was told, and keeps what was typed."""
    first, second = two_at_one_form(desks, server)
    type_into(first, "deaths", "58")
    first.wait_until_saved()
    type_into(second, "deaths", "61")
    notice = second.page.locator(CONFLICT)
    expect(notice).to_contain_text("Hoàng Văn Dũng")
    expect(notice.get_by_role("row").filter(has_text="Số người chết")).to_contain_text(re.compile("58.*61"))
    assert second.cell("deaths").input_value() == "61"
    assert violations(second.page) == []
    return first, second


def test_the_second_of_two_people_may_keep_their_own_numbers(desks: Desks, changing: Server) -> None:
    first, second = told_of_the_other(desks, changing)
    second.page.get_by_role("button", name="Giữ số của tôi").click()
    expect(second.page.locator(CONFLICT)).to_have_count(0)
    second.wait_until_saved()
    first.page.reload()
    expect(first.cell("deaths")).to_have_value("61")


def test_the_second_of_two_people_may_take_the_numbers_of_the_first(desks: Desks, changing: Server) -> None:
    first, second = told_of_the_other(desks, changing)
    second.page.get_by_role("button", name="Lấy số của người kia").click()
    expect(second.cell("deaths")).to_have_value("58")
    expect(second.page.locator(CONFLICT)).to_have_count(0)
    second.wait_until_saved()
    first.page.reload()
    expect(first.cell("deaths")).to_have_value("58")


def test_two_people_in_different_cells_keep_both(desks: Desks, changing: Server) -> None:
    first, second = two_at_one_form(desks, changing)
    type_into(first, "deaths", "58")
    first.wait_until_saved()
    type_into(second, "marriages", "21")
    expect(second.cell("deaths")).to_have_value("58")
    expect(second.page.get_by_role("status").filter(has_text="Hoàng Văn Dũng")).to_be_visible()
    second.wait_until_saved()
    first.page.reload()
    expect(first.cell("marriages")).to_have_value("21")
    expect(first.cell("deaths")).to_have_value("58")


def test_of_two_reasons_for_one_number_the_second_is_told_and_may_take_the_first(
    desks: Desks, changing: Server
) -> None:
    first, second = two_at_one_form(desks, changing)
    type_into(first, "moves_in", "999")
    type_into(second, "marriages", "21")
    expect(second.cell("moves_in")).to_have_value("999")
    first.note("moves_in").fill("Khu công nghiệp mới")
    first.page.keyboard.press("Tab")
    first.wait_until_saved()
    second.note("moves_in").fill("Khu tái định cư")
    second.page.keyboard.press("Tab")
    row = second.page.locator(CONFLICT).get_by_role("row").filter(has_text="Lý do")
    expect(row).to_contain_text(re.compile("Khu công nghiệp mới.*Khu tái định cư"))
    assert second.note("moves_in").input_value() == "Khu tái định cư"
    assert violations(second.page) == []
    second.page.get_by_role("button", name="Lấy phần người kia nhập").click()
    expect(second.note("moves_in")).to_have_value("Khu công nghiệp mới")
    expect(second.page.locator(CONFLICT)).to_have_count(0)
    second.wait_until_saved()
    first.page.reload()
    expect(first.note("moves_in")).to_have_value("Khu công nghiệp mới")


def test_the_province_that_began_for_the_commune_is_told_once_the_commune_types(desks: Desks) -> None:
    province = desks("province.caobang")
    entering = Sheet(province.open(form_of_the_quarter()))
    type_into(entering, "deaths", "61")
    entering.wait_until_saved()
    commune = Sheet(desks("commune.caobang").open(form_of_the_quarter()))
    expect(commune.cell("deaths")).to_have_value("61")
    type_into(commune, "marriages", "21")
    commune.wait_until_saved()
    type_into(entering, "deaths", "62")
    expect(province.page.locator("#refusal")).to_contain_text("Phường Thục Phán đã tự nhập báo cáo này")
    expect(province.page.locator("#submission-unsaved")).to_contain_text("vẫn giữ trên máy này")
    assert entering.cell("deaths").input_value() == "62"
    province.open("/submit")
    province.page.goto(form_of_the_quarter())
    expect(province.page.locator("main")).to_contain_text("bản nháp chỉ đơn vị nhập xem được")
    expect(province.page.locator("#submission-sheet")).to_have_count(0)
    commune.page.reload()
    expect(commune.cell("deaths")).to_have_value("61")
    province.forgive(REFUSED.format(409))


def test_the_province_cannot_write_into_what_the_commune_is_entering(desks: Desks) -> None:
    commune, province = Sheet(desks("commune.caobang").open(form_of_the_quarter())), desks("province.caobang")
    entering = Sheet(province.open(form_of_the_quarter()))
    type_into(commune, "deaths", "58")
    commune.wait_until_saved()
    type_into(entering, "deaths", "61")
    expect(province.page.locator("#refusal")).to_contain_text("Phường Thục Phán đã tự nhập báo cáo này")
    assert entering.cell("deaths").input_value() == "61"
    commune.page.reload()
    expect(commune.cell("deaths")).to_have_value("58")
    province.forgive(REFUSED.format(409))


def end_session(desk: Desk) -> None:
    """What happens at midnight, or when the password was changed elsewhere."""
    desk.context.clear_cookies(name="portal")


def test_a_session_that_ends_in_the_middle_of_a_form_costs_nothing(desks: Desks) -> None:
    desk = desks("commune.caobang")
    sheet = Sheet(desk.open(form_of_the_quarter()))
    type_into(sheet, "deaths", "58")
    sheet.wait_until_saved()
    end_session(desk)
    type_into(sheet, "marriages", "21")
    banner = desk.page.locator("#refusal")
    expect(banner).to_contain_text("Phiên làm việc")
    expect(desk.page.locator(RETRY)).to_be_visible()
    assert sheet.cell("marriages").input_value() == "21"
    assert violations(desk.page) == []
    with desk.context.expect_page() as opening:
        banner.get_by_role("link").click()
    desk.sign_in("commune.caobang", opening.value)
    desk.page.locator(RETRY).click()
    sheet.wait_until_saved()
    expect(banner).to_be_hidden()
    desk.page.reload()
    expect(sheet.cell("deaths")).to_have_value("58")
    expect(sheet.cell("marriages")).to_have_value("21")
    desk.forgive(REFUSED.format(401))


def test_what_was_typed_without_a_session_waits_on_this_computer(desks: Desks) -> None:
    desk = desks("commune.caobang")
    sheet = Sheet(desk.open(form_of_the_quarter()))
    end_session(desk)
    type_into(sheet, "deaths", "khoảng 58")
    expect(desk.page.locator("#refusal")).to_be_visible()
    desk.page.goto(form_of_the_quarter())
    assert "/login" in desk.page.url
    desk.sign_in("commune.caobang")
    expect(sheet.cell("deaths")).to_have_value("khoảng 58")
    expect(desk.page.locator("#submission-told")).to_contain_text("chưa kịp lưu")
    desk.forgive(REFUSED.format(401))


def test_typing_goes_on_while_the_line_is_broken(desks: Desks) -> None:
    desk = desks("commune.caobang")
    sheet = Sheet(desk.open(form_of_the_quarter()))
    desk.context.set_offline(True)
    # The sentence comes with the line's end already; what is typed is then sent in vain.
    with desk.page.expect_event("requestfailed"):
        type_into(sheet, "deaths", "58")
    expect(desk.page.locator("#refusal")).to_contain_text("Không kết nối được")
    type_into(sheet, "marriages", "21")
    desk.context.set_offline(False)
    sheet.wait_until_saved()
    desk.page.reload()
    expect(sheet.cell("deaths")).to_have_value("58")
    expect(sheet.cell("marriages")).to_have_value("21")
    desk.forgive("ERR_INTERNET_DISCONNECTED|server did not respond")


def test_what_was_sent_in_one_window_is_not_sent_again_from_another(desks: Desks, changing: Server) -> None:
    desk = desks("commune.caobang")
    sheet = Sheet(desk.open(form_of_the_quarter()))
    fill_as_before(sheet)
    other: Page = desk.open(form_of_the_quarter(), desk.context.new_page())
    sheet.send()
    other.locator(SEND).click()
    expect(other.locator(".receipt")).to_be_visible()
    assert statuses(changing) == ["SUBMITTED"]
