"""How tables lie on paper: in letters that can be read, on as many pages' widths as that takes.

A4, for that is what the printers of every office hold, down to the commune; a page of A3 is shrunk in silence where
there is none, and then nobody can read it. Lying, because tables are wide.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

from data.exports.formats import BOLD, FACE, LETTERS, Looks, height_of
from data.wording import _

# In points, as printed.
LEAST_LETTERS = 7.0
_A4, _A4_LONG_SIDE = 9, 297 / 25.4
_SIDE, _TOP = 0.5, 0.6
# A column is as wide as so many digits of the workbook's face, half as wide as high, and what lies beside them.
_DIGIT, _BESIDE = LETTERS / 2 / 72, 5 / 7
# Programs and printers differ a little, and a column that does not fit would have a page of its own.
_SURE = 0.98
# A footer takes 255 signs with its codes.
_MOST_IN_FOOTER = 150
# How the letters above a table look: its title, what is said under it, and what must not be overlooked.
Looked = dict[str, Any]
TITLE: Looked = {"bold": True, "font_size": 14}
UNDER: Looked = {"font_color": "#44505C"}
WARNING: Looked = {"bold": True, "font_color": "#A3271F"}


class Paper(NamedTuple):
    """What a table brings along: the widths of its columns from `left` on, in letters, as a sheet measures them.

    The first `repeated` columns stand on every page, and so do the rows from the first to the last of `headings`. A
    page may begin with any of the columns in `starts`, left out with any: what stands between two of them is never torn
    apart. `smallest` is the size of the table's smallest letters in points.
    """

    widths: Sequence[float]
    repeated: int = 0
    headings: tuple[int, int] | None = None
    starts: Sequence[int] | None = None
    smallest: float = LETTERS
    left: int = 0


class Printing(NamedTuple):
    """A table on paper: its scale in percent, and the columns with which another page's width begins."""

    scale: int
    breaks: tuple[int, ...]


def plan_printing(paper: Paper) -> Printing:
    """As few pages' widths as letters of `LEAST_LETTERS` allow, and then letters as large as these pages hold."""
    widths, repeated = paper.widths, paper.repeated
    starts = list(range(repeated, len(widths)) if paper.starts is None else paper.starts)
    parts = [(start, wide(widths[start:end])) for start, end in pairwise([*starts, len(widths)])]
    kept = wide(widths[:repeated])
    least = ceil(100 * LEAST_LETTERS / paper.smallest)
    fewest = len(_breaks(parts, room(least) - kept))
    for scale in range(100, least, -1):
        if kept + max((width for _start, width in parts), default=0) > room(scale):
            continue
        breaks = _breaks(parts, room(scale) - kept)
        if len(breaks) == fewest:
            return Printing(scale, breaks)
    return Printing(least, _breaks(parts, room(least) - kept))


def wide(widths: Sequence[float]) -> float:
    """How wide columns of so many letters are, in inches before scaling."""
    return sum((width + _BESIDE) * _DIGIT for width in widths)


def room(scale: int) -> float:
    """How much of a table a page's width holds at that scale, in inches before scaling."""
    return (_A4_LONG_SIDE - 2 * _SIDE) * _SURE * 100 / scale


def _breaks(parts: Sequence[tuple[int, float]], free: float) -> tuple[int, ...]:
    found, used = [], 0.0
    for start, width in parts:
        if used and used + width > free:
            found.append(start)
            used = 0.0
        used += width
    return tuple(found)


def lay_sheet(sheet: Any, title: str) -> None:
    """The paper of a sheet. Its title stands under every page, with the page's number among all: pages are taken apart,
    and each has to say what it belongs to.
    """
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_TOP)
    sheet.set_footer(_footer(title), {"scale_with_doc": False})


def titled(title: str, *, illustrative: bool) -> str:
    """The title for every page, which says so where the results are made up."""
    return f"{title} · {_('illustrative data')}" if illustrative else title


def lay_out(sheet: Any, paper: Paper) -> None:
    """Gives the columns their widths, and the table its pages."""
    for place, width in enumerate(paper.widths, paper.left):
        sheet.set_column(place, place, width)
    if paper.headings is not None:
        sheet.repeat_rows(*paper.headings)
    if paper.repeated:
        sheet.repeat_columns(paper.left, paper.left + paper.repeated - 1)
    found = plan_printing(paper)
    if found.breaks:
        sheet.set_print_scale(found.scale)
        sheet.set_v_pagebreaks([paper.left + place for place in found.breaks])
        # What belongs to the same rows lies side by side.
        sheet.print_across()
    else:
        # The program's own arithmetic, which knows its printer; it lands beside this scale.
        sheet.fit_to_pages(1, 0)


def write_above(sheet: Any, looks: Looks, texts: Sequence[tuple[str, Looked]], paper: Paper) -> None:
    """Title and what is said under it, a row each, with how their letters look.

    Where the table takes more than one page's width they wrap in the columns that stand on every page: written on over
    the next columns, all pages but the first would break them off in the middle of a word.
    """
    wraps = paper.repeated > 0 and bool(plan_printing(paper).breaks)
    last = paper.left + paper.repeated - 1
    for row, (text, looked) in enumerate(texts):
        if not (wraps and text):
            sheet.write_string(row, paper.left, text, looks.get(**looked))
            continue
        letters = sum(paper.widths[: paper.repeated]) * LETTERS / looked.get("font_size", LETTERS)
        sheet.set_row(row, height_of([(text, letters * BOLD)]))
        look = looks.get(text_wrap=True, valign="top", **looked)
        if paper.repeated > 1:
            sheet.merge_range(row, paper.left, row, last, text, look)
        else:
            sheet.write_string(row, paper.left, text, look)


def _footer(title: str) -> str:
    """The title at the left, and at the right the page's number, in the codes of a footer."""
    said = title if len(title) <= _MOST_IN_FOOTER else f"{title[:_MOST_IN_FOOTER]}…"
    page = _("Page {page}/{pages}").format(page="&P", pages="&N")
    return f'&L&"{FACE}"&8 {said.replace("&", "&&")}&R&"{FACE}"&9 {page}'
