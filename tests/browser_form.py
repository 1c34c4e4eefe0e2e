"""The form as a person fills it in, and figures that a place of some size could report."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from data.clock import today
from data.periods import last_complete_quarter
from tests.browser_server import Server

# The commune whose last quarter the demo leaves open.
COMMUNE = "c01273-2025"
SHEET = "#submission-sheet"
SAVED = "#submission-saved"
SEND = "#submission-send"
SUMMARY = "#submission-summary"

# What a thousand residents have in a year. The parts stay below their wholes however the size is rounded.
PER_THOUSAND = {
    "households": 270, "population": 1000, "population_average": 995, "population_in_register": 930,
    "women_15_49": 260, "married_women_15_49": 175,
    "births_boys": 7.6, "births_girls": 6.9,
    "births_second": 5.8, "births_third_plus": 1.5, "births_mother_under_20": 0.3,
    "deaths": 6.5, "deaths_monitored": 5,
    "marriages": 5.6, "marriages_underage": 0.01, "marriages_consanguineous": 0.001, "marriages_examined": 4.1,
    "divorces": 0.9, "moves_in": 9, "moves_out": 8.5,
    "users_modern_married": 120, "users_modern_all": 150,
    "new_users_iud": 4.3, "new_users_implant": 0.4, "new_users_injection": 1.5, "new_users_pill": 9.5,
    "new_users_condom": 9.8, "new_users_sterilisation": 0.06, "unintended_pregnancies_youth": 0.15,
    "pregnancies_managed": 15.5, "pregnancies_screened": 12.5, "pregnancies_screened_4": 10,
    "newborns_screened": 12.8, "newborns_screened_5": 10.2,
    "pregnancies_seen_facility": 16, "pregnancies_screened_facility": 13,
    "births_facility": 14, "newborns_screened_facility": 12.8,
    "elderly": 120, "elderly_examined": 88, "elderly_hi_managed": 112, "elderly_hi_examined": 84,
    "elderly_with_records": 105,
}  # fmt: skip
# What does not grow with the residents.
FIXED = {
    "communes_total": 91, "communes_screening_point": 79, "district_facilities": 15, "district_facilities_able": 14,
    "campaign_rounds": 2, "campaign_communes": 18, "collaborators_new": 40, "collaborators_new_trained": 40,
    "collaborators_existing": 1500, "collaborators_existing_trained": 700, "training_classes": 30,
}  # fmt: skip
# Counted at the end of the period: they do not grow from January on.
STOCKS = frozenset(
    {
        "households", "population", "population_average", "population_in_register",
        "women_15_49", "married_women_15_49",
        "users_modern_married", "users_modern_all", "elderly", "elderly_hi_managed", "elderly_with_records",
        "communes_total", "communes_screening_point", "district_facilities", "district_facilities_able",
        "collaborators_existing",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form on a page, by the keys of its rows."""

    page: Page

    @property
    def cells(self) -> Locator:
        """The inputs for numbers, row by row."""
        return self.page.locator(f"{SHEET} .cell input")

    def cell(self, key: str, window: str = "") -> Locator:
        """The input of a row; of one of its windows where it has several."""
        return self.page.locator(f"{SHEET} .cell input{_of(key, window)}")

    def note(self, key: str, window: str = "") -> Locator:
        """The input in which a number of the row is explained."""
        return self.page.locator(f"{SHEET} .note input{_of(key, window)}")

    def row(self, key: str) -> Locator:
        """The whole row."""
        return self.page.locator(f"{SHEET} tr").filter(has=self.page.locator(f".cell input{_of(key)}"))

    def beside(self, key: str) -> Locator:
        """The sentences beside a row."""
        return self.row(key).locator(".remark")

    def rows(self) -> list[str]:
        """The keys of the rows that take numbers, in their order."""
        cells: list[str] = self.cells.evaluate_all("inputs => inputs.map(one => JSON.parse(one.id).cell)")
        return list(dict.fromkeys(cell.partition("@")[0] for cell in cells))

    def paste(self, block: str, at: Locator) -> None:
        """Pastes as people do: from the clipboard, into one cell."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("text => navigator.clipboard.writeText(text)", block)
        at.focus()
        self.page.keyboard.press("Control+V")

    def typed(self) -> list[str]:
        """What stands in the cells."""
        texts: list[str] = self.cells.evaluate_all("inputs => inputs.map(one => one.value)")
        return texts

    def wait_until_saved(self) -> None:
        """The page says that all is kept, and when."""
        expect(self.page.locator(SAVED)).to_contain_text(re.compile(r"\d\d:\d\d"))
        expect(self.page.locator("#submission-unsaved")).to_be_empty()

    def send(self) -> None:
        """Sends, and waits for the receipt."""
        self.page.locator(SEND).click()
        expect(self.page.locator(".receipt")).to_be_visible()


def _of(key: str, window: str = "") -> str:
    """Picks an input by what its id says: the row's key, and its window where one is named."""
    return f"""[id*='"{key}@{window}"']""" if window else f"""[id*='"{key}@']"""


def form_of_the_quarter() -> str:
    """The address of the form that the demo leaves to the commune."""
    return f"/submit?unit={COMMUNE}&form=quarterly&period={last_complete_quarter(today()).code}"


def statuses(server: Server) -> list[str]:
    """The revisions that the commune's open quarter has."""
    rows = server.ask(
        "SELECT revision.status FROM revision JOIN submission ON submission.id = revision.submission_id"
        " JOIN admin_unit ON admin_unit.id = submission.unit_id WHERE admin_unit.key = ? AND submission.period = ?",
        COMMUNE,
        last_complete_quarter(today()).code,
    )
    return [status for (status,) in rows]


def fill_as_before(sheet: Sheet) -> dict[str, str]:
    """Pastes the numbers of the period before, and waits until the form can be sent; what was pasted, by row."""
    before = sheet.page.locator(f"{SHEET} tr:has(.cell input) td.beside:nth-of-type(2)").all_inner_texts()
    assert len(before) == sheet.cells.count()
    sheet.paste("\r\n".join(before), sheet.cells.first)
    sheet.wait_until_saved()
    expect(sheet.page.locator(SUMMARY)).to_contain_text("Có thể gửi")
    return dict(zip(sheet.rows(), before, strict=True))


def block(rows: Iterable[Iterable[int]]) -> str:
    """Rows of numbers as a spreadsheet puts them onto the clipboard."""
    return "\r\n".join("\t".join(str(number) for number in row) for row in rows) + "\r\n"


def year_of(key: str, residents: int) -> int:
    """What a place of that many residents reports for a year."""
    return FIXED[key] if key in FIXED else int(PER_THOUSAND[key] * residents / 1000)


def eleven_months_of(key: str, residents: int) -> int:
    """What it has counted by the end of November."""
    year = year_of(key, residents)
    return year if key in STOCKS or key in FIXED else year * 11 // 12
