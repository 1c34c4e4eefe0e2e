"""The form is filled in like a spreadsheet, explains itself, and loses nothing that was typed."""
import re

import pytest
from playwright.sync_api import expect

from tests.browser import Desks
from tests.browser_form import SUMMARY, Sheet
from tests.browser_server import Server

pytestmark = pytest.mark.browser
FORM = "/submit?unit=c01273-2025&form=quarterly&period=2026Q3"


def test_x(desks: Desks, changing: Server) -> None:
    desk = desks("commune.caobang")
    page = desk.open(FORM)
    sheet = Sheet(page)
    print(sheet.keys())
    sheet.paste("\r\n".join(map(str,range(35)))+"\r\n", sheet.cells.first)
    sheet.wait_until_saved()
    print(sheet.typed())
    print(page.locator(SUMMARY).inner_text())
    print(page.locator(".remark").all_inner_texts())
