"""A comparison in the reader's language: for every cell the texts that the screen and the files show.

A national table has hundreds of cells, and the same numbers come back with every sort and every visit, so printing a
number is remembered by its value.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from data.comparisons.cells import SMALL
from data.comparisons.model import Absence, Aim, AimKind, Cell, Column, Comparison, Gap, Judged, Row, TargetRow
from data.judging import Judgement, Reason, Verdict
from data.kinds import Standing, UnitLevel
from data.measures import Measure
from data.numbers import format_date
from data.targets.register import DocumentInfo, TargetInfo
from data.wording import N_, Language, _, current_language
from data.wording.gaps import gap_sentence, gap_short, published_period
from data.wording.judging import interval_text, judgement_details, standing_name, verdict_word
from data.wording.measures import NO_VALUE, margin_number, measured_number
from data.wording.targets import target_phrase
from data.wording.units import unit_title

# What the mark of a converted figure means.
CONVERTED = N_("brought to these boundaries by the share of a unit that was split, by area, by population or as stated")
# What is hidden of a neighbour. One mark for all: a sum that would give a small count away is itself no small one.
NOT_SHOWN = "•"


class Shown(NamedTuple):
    """A cell as it is read. `text` is the value, `small` the line under it: whether it was converted by a weight,
    standing unless final, margin, interval.

    `verdict` is a word of `Verdict`, empty where there is nothing to judge or the target is a later year's; `word` is
    it in words ("chưa đạt", "mốc 2030"). `why` is a sentence: why the cell is empty or not judged, or what its verdict
    rests on beside the margin.
    """

    text: str
    small: str
    verdict: str
    word: str
    why: str


def shown(cell: Cell, measure: Measure) -> Shown:
    """The texts of one cell, remembered because equal numbers share one cell."""
    return _shown(cell, measure, current_language())


@lru_cache(maxsize=65536)
def _shown(cell: Cell, measure: Measure, language: Language) -> Shown:
    if cell.value is None:
        return _shown_gap(cell.absence or Absence(Gap.NOT_REPORTED), measure)
    verdict, word, why, margin = _shown_mark(cell.primary, measure, language)
    pieces = [_("converted figure")] if cell.converted else []
    if cell.standing not in (None, Standing.FINAL):
        pieces.append(standing_name(cell.standing.value))
    if margin is not None:
        pieces.append(_margin(margin, measure, language))
    if cell.low is not None and cell.high is not None:
        pieces.append(_interval(cell.low, cell.high, measure, language))
    if cell.counted < cell.expected:
        pieces.append(f"{cell.counted}/{cell.expected}")
    return Shown(_number(cell.value, measure, language), " · ".join(pieces), verdict, word, why)


def row_title(row: Row) -> str:
    """The unit's name; below the province with its kind, because a ward and a commune may share a name.

    Where two rows would still read alike, the unit above says which one it is.
    """
    if row.unit.level is UnitLevel.PROVINCE:
        return row.name
    title = unit_title(row.kind.value, row.name)
    return f"{title} ({row.apart})" if row.apart else title


def target_text(target: TargetInfo | None, measure: Measure) -> str:
    """What a pinned row says in a column: `< 109`, `≥ 70%`; a dash where the instrument says nothing."""
    if target is None:
        return NO_VALUE
    return target_phrase(
        target.operator,
        target.low,
        target.high,
        measure,
        direction=target.direction,
        baseline_year=target.baseline_year,
        ambiguous=target.ambiguous,
    )


def aim_text(aim: Aim, measure: Measure) -> str:
    """What an aim asks for; each of them, where two targets are in force."""
    return " / ".join(dict.fromkeys(target_text(target, measure) for target in aim.targets))


def rows_for_grid(comparison: Comparison) -> list[dict[str, Any]]:
    """The units' rows for a grid, the total first: `key`, `name`, `total`, `neighbour`, and by definition a cell.

    A cell is `{v, t, s, c, w, y, o}`: value, text, small text, verdict code, or in its place the milestone in words
    ("mốc 2030"), why, the unit's own target; what is empty is left out. Cells are shared between rows and requests:
    read them, and change nothing in them.
    """
    columns = [(column.key, column.definition.measure) for column in comparison.columns]
    return [_grid_row(row, columns, total=row is comparison.total) for row in lines(comparison)]


def pinned_for_grid(rows: tuple[TargetRow, ...], columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    """The national instruments' rows for a grid: `key`, `name`, `cited` (number and date), `years`, and the cells."""
    return [_pinned_row(row, columns) for row in rows]


def lines(comparison: Comparison) -> Iterator[Row]:
    """All rows in the order in which screen and files show them: the total, then the units."""
    if comparison.total is not None:
        yield comparison.total
    yield from comparison.rows


def _grid_row(row: Row, columns: list[tuple[str, Measure]], *, total: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"key": row.unit.key, "name": row_title(row)}
    if total:
        found["total"] = True
    if row.neighbour:
        found["neighbour"] = True
    language = current_language()
    for (key, measure), cell in zip(columns, row.cells, strict=True):
        found[key] = _fields(cell, measure, language)
    return found


def _pinned_row(row: TargetRow, columns: tuple[Column, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "key": row.document.key,
        "name": row.document.short,
        "cited": cited(row.document),
        "years": ", ".join(map(str, row.years)),
    }
    for column, target in zip(columns, row.targets, strict=True):
        fields: dict[str, Any] = {"t": target_text(target, column.definition.measure)}
        if target is not None:
            fields["s"] = str(target.year)
        found[column.key] = fields
    return found


def gap_text(absence: Absence, measure: Measure) -> str:
    """The sentence that says why a cell is empty."""
    other = None
    if absence.other_period is not None and absence.other_value is not None:
        other = absence.other_period, absence.other_value
    return gap_sentence(
        absence.gap,
        measure,
        units=absence.units,
        periods=absence.periods,
        other=other,
        values=absence.values,
        small=SMALL,
    )


def cited(document: DocumentInfo) -> str:
    """Number and date of an instrument, never one without the other where both are known: `21-NQ/TW, 25/10/2017`."""
    number = document.number or document.title
    return (
        f"{number}, {format_date(document.issued_on)}"
        if document.issued_on
        else _("{number}, undated").format(number=number)
    )


def _shown_gap(absence: Absence, measure: Measure) -> Shown:
    why = gap_text(absence, measure)
    if absence.gap is Gap.MASKED:
        return Shown(NOT_SHOWN, gap_short(absence.gap), "", "", why)
    short = gap_short(absence.gap)
    if absence.other_period is not None:
        # Of another year, so it stands where nobody takes it for this year's.
        short = f"{published_period(absence.other_period)}: {measured_number(absence.other_value, measure)}"
    return Shown(NO_VALUE, short, Verdict.NO_DATA.value, verdict_word(Verdict.NO_DATA), why)


def _shown_mark(mark: Judged | None, measure: Measure, language: Language) -> tuple[str, str, str, float | None]:
    """Verdict code, word, reason with its numbers, and margin of what the cell is judged by."""
    if mark is None:
        return "", "", "", None
    aim, judgement = mark
    if aim.kind is AimKind.LATER and judgement.reason is Reason.LATER_YEAR:
        return "", _milestone(aim.year, language), "", judgement.margin
    why = judgement_details(judgement, measure, aim.year) if _says_more(judgement) else ""
    return judgement.verdict.value, _word(judgement.verdict, language), why, judgement.margin


def _says_more(judgement: Judgement) -> bool:
    """Whether there is more to it than the margin, which stands under the value anyway.

    How many are lacking follows from the parts, which the evidence shows; hundreds of cells need not carry it.
    """
    grounds = judgement.grounds
    is_more = grounds is not None and (grounds.base is not None or grounds.since is not None)
    return is_more or judgement.reason is not None or judgement.due is not None


# What follows is remembered by its arguments. The language is one of them, and is what the wording itself looks up.


@lru_cache(maxsize=65536)
def _fields(cell: Cell, measure: Measure, language: Language) -> dict[str, Any]:
    text, small, verdict, word, why = _shown(cell, measure, language)
    own = aim_text(cell.own.aim, measure) if cell.own else ""
    # A verdict's word is known by its code, and would travel hundreds of times.
    fields = {"v": cell.value, "t": text, "s": small, "c": verdict, "w": "" if verdict else word, "y": why, "o": own}
    return {name: field for name, field in fields.items() if field != ""}


@lru_cache(maxsize=65536)
def _number(value: float, measure: Measure, _language: Language) -> str:
    return measured_number(value, measure)


@lru_cache(maxsize=65536)
def _margin(margin: float, measure: Measure, _language: Language) -> str:
    return margin_number(margin, measure)


@lru_cache(maxsize=65536)
def _interval(low: float, high: float, measure: Measure, _language: Language) -> str:
    return interval_text(low, high, measure)


@lru_cache(maxsize=512)
def _milestone(year: int, _language: Language) -> str:
    return _("goal {year}").format(year=year)


@lru_cache(maxsize=512)
def _word(verdict: Verdict, _language: Language) -> str:
    return verdict_word(verdict)
