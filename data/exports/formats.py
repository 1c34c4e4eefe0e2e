"""How cells of a workbook look: number formats by measure, and the few colours of the screen."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from xlsxwriter import Workbook

from data.judging import Verdict
from data.measures import Measure

# The number formats of Vietnam, wherever a program lets the workbook say so; Excel takes the reader's own.
_VIETNAMESE = "[$-42A]"
_SUFFIX = {Measure.PERCENT: '"%"', Measure.PER_MILLE: '"‰"'}
_INK = {
    Verdict.MET: "#0B6B43",
    Verdict.ON_TRACK: "#0B6B43",
    Verdict.EXPECTED: "#0B6B43",
    Verdict.NOT_MET: "#A3271F",
    Verdict.BEHIND: "#8A5A00",
}
FACE, LETTERS, SMALL_LETTERS = "Times New Roman", 11, 10
_FONT = {"font_name": FACE, "font_size": LETTERS, "valign": "vcenter"}
_BORDER = {"border": 1, "border_color": "#B8C2CC"}
_MOST_DECIMALS = 4
_LINE, SMALL_LINE = 15.0, 13.5
# No sheet takes a higher row.
_HIGHEST = 409.0
# More letters than digits stand in a column; bold ones are wider.
_LETTERS_TO_DIGIT, BOLD = 1.1, 0.85


def number_format(measure: Measure, decimals: int | None = None, *, signed: bool = False, more: int = 0) -> str:
    """The format code of a measure: `#,##0.0"%"`; signed ones show a plus, rates up to so many more decimals."""
    places = measure.decimals if decimals is None else decimals
    body = "#,##0" + (f".{'0' * places}{'#' * more}" if places else "")
    if signed:
        return f"{_VIETNAMESE}+{body};-{body};{body}"
    return f"{_VIETNAMESE}{body}{_SUFFIX.get(measure, '')}"


def margin_decimals(margin: float, measure: Measure) -> int:
    """As many decimals as keep a margin from reading as none, as on screen."""
    decimals = measure.decimals
    while margin and decimals < _MOST_DECIMALS and abs(margin) * 10**decimals < 0.5:
        decimals += 1
    return decimals


def height_of(texts: Iterable[tuple[str, float]], *, line: float = _LINE) -> float:
    """The height of a row whose texts wrap in columns of these widths: not every program works it out on opening."""
    lines = max((_lines(text, int(width * _LETTERS_TO_DIGIT)) for text, width in texts), default=1)
    return min(line * lines + 2, _HIGHEST)


@lru_cache(maxsize=4096)
def _lines(text: str, letters: int) -> int:
    """In how many lines of so many letters the words of a text stand."""
    if len(text) <= letters and "\n" not in text:
        return 1
    lines = 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0
        for word in paragraph.split(" "):
            if used and used + 1 + len(word) > letters:
                lines, used = lines + 1, 0
            used += len(word) + (used > 0)
            broken = (used - 1) // letters if used > letters else 0
            lines, used = lines + broken, used - broken * letters
    return lines


def write_headings(sheet: Any, looks: "Looks", headings: Iterable[tuple[str, float]], row: int = 0) -> None:
    """A line of headings, each with the width of its column, as high as they need."""
    found = list(headings)
    sheet.set_row(row, height_of((text, width * BOLD) for text, width in found))
    for place, (text, _width) in enumerate(found):
        sheet.write_string(row, place, text, looks.head(valign="vcenter"))


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        """The format with these properties over the common ones."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({**_FONT, **properties})
        return self._made[key]

    def text(self, **properties: Any) -> Any:
        """A text in the table. What looks like a formula stays a text, also after it was edited."""
        return self.get(**_BORDER, quote_prefix=True, **properties)

    def number(self, code: str, *, bold: bool = False, **properties: Any) -> Any:
        """A number in the table."""
        return self.get(**_BORDER, num_format=code, align="right", bold=bold, **properties)

    def note(self, verdict: str, *, bold: bool = False) -> Any:
        """A judgement in words, in the colour of its verdict."""
        ink = _INK.get(Verdict(verdict)) if verdict else None
        return self.text(bold=bold, font_color=ink or "#44505C", font_size=SMALL_LETTERS, text_wrap=True, indent=1)

    def head(self, **properties: Any) -> Any:
        """A heading of the table."""
        return self.get(
            **_BORDER, bold=True, bg_color="#E8EEF4", align="center", text_wrap=True, quote_prefix=True, **properties
        )

    def target(self, **properties: Any) -> Any:
        """A pinned target."""
        return self.text(bg_color="#E6F0FA", bold=True, **properties)
