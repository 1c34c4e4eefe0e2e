"""A comparison laid flat, the same for every kind of file: what stands in which row, and what is said about it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from data.comparisons.coverage import coverage_text
from data.comparisons.display import CONVERTED, aim_text, cited, gap_text, lines, row_title, shown, target_text
from data.comparisons.headings import column_measure
from data.comparisons.model import Aim, Cell, Column, Comparison
from data.exports.stamp import ExportStamp
from data.kinds import Standing
from data.measures import Measure
from data.numbers import format_date, format_moment
from data.periods import Period
from data.targets.register import TargetInfo
from data.wording import _
from data.wording.judging import standing_name
from data.wording.periods import period_name
from data.wording.units import dated, level_name, unit_title

# Spreadsheets run a text that begins so: as a formula, or as a command to another program; some read the wide signs of
# East Asian keyboards alike.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class FlatCell(NamedTuple):
    """A cell of a file: the numbers as they are on screen before rounding, and everything said in words."""

    value: float | None
    margin: float | None
    low: float | None
    high: float | None
    verdict: str
    note: str


class FlatRow(NamedTuple):
    """A unit's row, or the total's."""

    key: str
    title: str
    total: bool
    cells: tuple[FlatCell, ...]


def neutral(text: str) -> str:
    """The text, made harmless where a spreadsheet would take it for a formula. Numbers never come here."""
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def flat_rows(comparison: Comparison) -> Iterator[FlatRow]:
    """The rows of the screen in the order of the screen: the total, then the units."""
    measures = [column.definition.measure for column in comparison.columns]
    for row in lines(comparison):
        cells = tuple(_flat(cell, measure) for cell, measure in zip(row.cells, measures, strict=True))
        yield FlatRow(row.unit.key, row_title(row), row is comparison.total, cells)


def _flat(cell: Cell, measure: Measure) -> FlatCell:
    if cell.absence is not None:
        return FlatCell(None, None, None, None, "", gap_text(cell.absence, measure))
    _text, _small, verdict, word, why = shown(cell, measure)
    said = [f"{word}. {why}" if word and why else word, _("converted figure") if cell.converted else ""]
    if cell.own is not None:
        said.append(_("own target {target}").format(target=aim_text(cell.own.aim, measure)))
    if cell.standing not in (None, Standing.FINAL):
        said.append(standing_name(cell.standing.value))
    if cell.counted < cell.expected:
        said.append(_("units counted: {counted} of {expected}").format(counted=cell.counted, expected=cell.expected))
    margin = cell.primary.judgement.margin if cell.primary else None
    return FlatCell(cell.value, margin, cell.low, cell.high, verdict, "; ".join(filter(None, said)))


def heading(column: Column, period: Period) -> str:
    """A column's heading with its measure: `TSGT khi sinh (trẻ trai/100 trẻ gái)`."""
    measure = column_measure(column.definition, period)
    return f"{column.definition.short} ({measure})" if measure else column.definition.short


def pinned_title(comparison: Comparison, number: int) -> str:
    """A pinned row's title with its law: `Mục tiêu NQ 21 (21-NQ/TW, 25/10/2017)`."""
    document = comparison.target_rows[number].document
    return f"{document.short} ({cited(document)})"


def pinned_text(target: TargetInfo | None, measure: Measure) -> str:
    """A pinned target with its year; empty where the instrument sets none."""
    return "" if target is None else f"{target_text(target, measure)} ({target.year})"


def title(comparison: Comparison) -> str:
    """`So sánh: Cấp tỉnh, Cả nước, Năm 2025`."""
    return _("Comparison: {level}, {within}, {period}").format(
        level=level_name(comparison.level.value),
        within=comparison.peers.title if comparison.peers else _within(comparison),
        period=period_name(comparison.period),
    )


def marks_of(comparison: Comparison) -> str:
    """The mark of made-up results, or nothing."""
    return made_up_text(illustrative=comparison.illustrative)


def made_up_text(*, illustrative: bool) -> str:
    """What stands above results that are made up, or nothing."""
    return _("ILLUSTRATIVE FIGURES: made up for demonstration, not results of any unit") if illustrative else ""


def about(comparison: Comparison, stamp: ExportStamp) -> list[tuple[str, str]]:
    """What the file says of itself: label and text, in order."""
    found = [
        (_("Table"), title(comparison)),
        (_("Period"), period_name(comparison.period)),
        (_("Boundaries"), format_date(comparison.boundaries)),
        (_("Level"), level_name(comparison.level.value)),
        (_("Within"), _within(comparison)),
        (_("Completeness"), coverage_text(comparison)),
        (_("Latest approval"), format_moment(comparison.as_of) if comparison.as_of else "–"),
        (_("Standing of the figures"), _standings(comparison)),
        (_("Exported by"), stamp.account),
        (_("Exported at"), format_moment(stamp.at)),
        (_("Reach of the account"), stamp.reach),
    ]
    if comparison.peers is not None:
        named = f"{comparison.peers.title} ({comparison.peers.key})"
        found.insert(5, (_("Group of units"), named))
    converted = sum(cell.converted for row in lines(comparison) for cell in row.cells)
    if converted:
        found.append((_("Converted figures"), f"{converted}: {_(CONVERTED)}"))
    if mark := marks_of(comparison):
        found.insert(0, (_("Note"), mark))
    return found


def shown_targets(comparison: Comparison) -> list[tuple[str, Column, TargetInfo]]:
    """Every target of the table once, with whose it is: the pinned ones, then those that judge single units."""
    found: dict[int, tuple[str, Column, TargetInfo]] = {}

    def add(whose: str, column: Column, targets: Iterable[TargetInfo | None]) -> None:
        for target in targets:
            if target is not None:
                found.setdefault(target.id, (whose, column, target))

    nation = unit_title("NATION", "")
    for row in comparison.target_rows:
        for column, target in zip(comparison.columns, row.targets, strict=True):
            add(nation, column, [target])
    for column in comparison.columns:
        add(nation, column, [target for aim in (column.national, column.later) for target in _targets(aim)])
    for line in lines(comparison):
        for column, cell in zip(comparison.columns, line.cells, strict=True):
            add(row_title(line), column, _targets(cell.own.aim if cell.own else None))
    return list(found.values())


def _targets(aim: Aim | None) -> tuple[TargetInfo, ...]:
    return aim.targets if aim else ()


def _within(comparison: Comparison) -> str:
    state = comparison.within.state(comparison.boundaries)
    return dated(unit_title(state.kind.value, state.name), None, comparison.within.closed_on)


def _standings(comparison: Comparison) -> str:
    counts = Counter(cell.standing for row in lines(comparison) for cell in row.cells if cell.standing)
    return "; ".join(f"{standing_name(one.value)}: {counts[one]}" for one in Standing if counts[one]) or "–"
