"""The comparison's table as it stands on the screen, and the files that are taken from it."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from tests.browser import Desk

GRID = "#comparison-grid"
EVIDENCE = "#comparison-evidence"
# High enough for every row of the country: what is out of sight is not in the document.
WALL = {"width": 4200, "height": 4200}

# Whether the first column that was not seen yet is drawn, in every row, and every cell that is drawn has its content.
# The grid moves itself there: of a scrollbar it takes no notice for a moment after another part of it has moved.
NEWLY_DRAWN = """seen => {
  const api = window.dash_ag_grid.getApi("comparison-grid");
  const next = api.getAllDisplayedColumns().map(one => one.getColId()).find(id => id !== "name" && !seen.includes(id));
  api.ensureColumnVisible(next, "start");
  const heads = [...document.querySelectorAll("#comparison-grid .ag-header-cell[col-id]:not([col-id=name])")];
  const rows = [...document.querySelectorAll("#comparison-grid .ag-center-cols-container .ag-row")];
  return rows.length === api.getDisplayedRowCount()
    && rows.every(row => row.querySelectorAll("[col-id]").length === heads.length)
    && heads.some(head => head.getAttribute("col-id") === next)
    && heads.every(head => head.querySelector(".heading"))
    && [...document.querySelectorAll("#comparison-grid .value-cell")].every(cell => cell.querySelector(".cell-value"));
}"""
# The headings by column, and for each unit the texts of its cells.
DRAWN = """grid => {
  const ofUnits = ":not([col-id=name])";
  const headings = [...grid.querySelectorAll(`.ag-header-cell[col-id]${ofUnits}`)].map(head => {
    const name = head.querySelector(".heading"), measure = name.querySelector(".m");
    const short = name.firstChild.textContent.trim();
    return [head.getAttribute("col-id"), measure ? `${short} (${measure.textContent.trim()})` : short];
  });
  const rows = [...grid.querySelectorAll(".ag-center-cols-container .ag-row, .ag-row.total-row")].map(row => [
    row.getAttribute("row-id"),
    [...row.querySelectorAll(`[col-id]${ofUnits}`)].map(cell => [
      cell.getAttribute("col-id"), cell.querySelector(".cell-value").textContent.trim()
    ])
  ]);
  return [Object.fromEntries(headings), rows];
}"""
# By a unit's key and a column's heading: the number that stands there, None where none does.
Numbers = dict[str, dict[str, float | None]]


def wait_for_table(page: Page) -> None:
    """Until the units stand in it."""
    expect(page.locator(f"{GRID} .ag-center-cols-container .ag-row").first).to_be_visible()


def cell(page: Page, unit: str, definition: str) -> Locator:
    """A cell of the table."""
    return page.locator(f"""{GRID} [row-id="{unit}"] [col-id="{definition}"]""")


def open_evidence(page: Page, unit: str, definition: str) -> Locator:
    """Presses a number and waits for what stands behind it."""
    cell(page, unit, definition).click()
    expect(page.locator(f"{EVIDENCE} h2")).to_be_visible()
    return page.locator(EVIDENCE)


def number_of(place: Locator) -> float:
    """The number that is written there: `48.158`, `109,5`."""
    text = place.locator(".cell-value").inner_text() if place.locator(".cell-value").count() else place.inner_text()
    found = re.search(r"-?\d[\d.]*(,\d+)?", text)
    assert found, f"no number in {text!r}"
    return float(found[0].replace(".", "").replace(",", "."))


def wait_until_settled(page: Page) -> None:
    """Until the table has taken its options for the last time.

    Dash hands them to a new grid several times over, and each time the grid empties the boxes of its filters.
    """
    page.evaluate(
        """() => new Promise((done) => {
            const api = window.dash_ag_grid.getApi("comparison-grid");
            let timer = setTimeout(done, 2000);
            api.addEventListener("gridOptionsChanged", () => {
                clearTimeout(timer);
                timer = setTimeout(done, 2000);
            });
        })"""
    )


def names_in_order(page: Page) -> list[str]:
    """The units that are drawn, from the top."""
    rows = page.locator(f"{GRID} .ag-pinned-left-cols-container .ag-row")
    named: list[tuple[int, str]] = rows.evaluate_all(
        "rows => rows.map(row => [Number(row.getAttribute('row-index')), row.querySelector('.cell-name').textContent])"
    )
    return [name for _, name in sorted(named)]


def take_file(desk: Desk, kind: str, into: Path) -> Path:
    """The table as a file of that kind, by the page's own link."""
    page = desk.page
    if not page.locator(".actions details.menu[open]").count():
        page.locator(".actions details.menu summary").click()
    return desk.download(page.locator(f".actions a[href*='comparison.{kind}']").click, into)


def on_screen(page: Page) -> dict[str, dict[str, str]]:
    """What is drawn in the cell of each unit and column, as it is read; the total included.

    Only the columns in sight are drawn, so the table is moved along until all have been seen.
    """
    page.set_viewport_size(WALL)  # type: ignore[arg-type]
    wait_for_table(page)
    columns = int(page.locator(f"{GRID} .ag-root").get_attribute("aria-colcount") or 0) - 1
    found: dict[str, dict[str, str]] = {}
    seen: set[str] = set()
    while len(seen) < columns:
        page.wait_for_function(NEWLY_DRAWN, arg=sorted(seen))
        headings, rows = page.locator(GRID).evaluate(DRAWN)
        seen |= headings.keys()
        for key, cells in rows:
            found.setdefault(key, {}).update({headings[column]: text for column, text in cells})
    return found


def differences(shown: dict[str, dict[str, str]], taken: Numbers) -> list[str]:
    """Where a file says something else than the screen: another unit, another column, another number."""
    found = [f"{key}: not in both" for key in shown.keys() ^ taken.keys()]
    for key in shown.keys() & taken.keys():
        found += [f"{key} {name}: not in both" for name in shown[key].keys() ^ taken[key].keys()]
        for name in shown[key].keys() & taken[key].keys():
            text, number = shown[key][name], taken[key][name]
            if not agree(text, number):
                found.append(f"{key} {name}: {text} on the screen, {number} in the file")
    return found


def agree(text: str, number: float | None) -> bool:
    """Whether the text, `1.234,5` or why there is none, is that number as far as its decimals go."""
    if not re.fullmatch(r"-?[\d.]+(,\d+)?", text):
        return number is None
    if number is None:
        return False
    decimals = len(text.partition(",")[2])
    step: float = 10.0**-decimals
    return abs(float(text.replace(".", "").replace(",", ".")) - number) <= step / 2 + 1e-9


def in_workbook(path: Path) -> Numbers:
    """The numbers of a downloaded workbook."""
    lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    heads = next(number for number, line in enumerate(lines) if line[0] and line[1] and str(line[2]))
    return _numbers([str(one) for one in lines[heads + 1]], lines[heads + 3 :], _as_number)


def in_csv(path: Path) -> Numbers:
    """The numbers of a downloaded CSV file, as a Vietnamese Excel reads them."""
    lines = list(csv.reader(StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    table = lines[lines.index([]) + 1 :]
    return _numbers(table[0], table[1:], lambda text: _as_number(float(text.replace(",", ".")) if text else ""))


def _numbers(headings: Sequence[str], lines: Iterable[Sequence[Any]], read: Callable[[Any], float | None]) -> Numbers:
    # Beside the results stand margins, intervals and words: under no heading, or under the column's with more after it.
    beside = tuple(f"{name}: " for name in headings if name)
    places = {name: place for place, name in enumerate(headings) if place > 1 and name and not name.startswith(beside)}
    return {str(line[0]): {name: read(line[place]) for name, place in places.items()} for line in lines if line[0]}


def _as_number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None
