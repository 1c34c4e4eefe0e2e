"""A unit's table in the reader's language: for every line the texts that the screen and the files show."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from data.catalogue.model import Definition
from data.comparisons.display import aim_text, cited, gap_text, shown
from data.comparisons.headings import part_of_rate_sentence
from data.comparisons.model import Aim, AimKind, Cell
from data.comparisons.unit_model import NoChange, NotRanked, Ranked, UnitLine, UnitTable
from data.judging import NoShare
from data.kinds import Standing
from data.measures import Measure
from data.numbers import format_number
from data.periods import Period
from data.wording import N_, _
from data.wording.gaps import gap_short
from data.wording.judging import interval_text, judgement_details, reason_sentence, standing_name
from data.wording.measures import NO_VALUE, measured, measured_margin, measured_number
from data.wording.periods import part_of_year
from data.wording.targets import plan_kind_name
from data.wording.unit_table import (
    no_change_sentence,
    no_share_sentence,
    no_share_short,
    unranked_sentence,
    unranked_short,
)

METHOD = N_(
    "Ranks: peers are compared in pairs. Who has a 95% interval wholly on the better side stands before the unit, who"
    " has one wholly on the worse side stands behind it; where intervals overlap the order is not known. What chance"
    " does not move is ranked by its value."
)
_JUDGED_BY = {
    AimKind.OWN: N_("by the unit's target"),
    AimKind.NATIONAL: N_("by the national target"),
    AimKind.LATER: N_("by the national goal"),
}


class Text(NamedTuple):
    """What a cell says: the text, the line under it, and a sentence for whoever asks why it is empty or so."""

    text: str
    small: str = ""
    why: str = ""


class AimText(NamedTuple):
    """A target: what it asks, whose kind of plan or which year it is, the law with its words, and its key."""

    text: str
    small: str = ""
    why: str = ""
    target: str = ""


class Verdict(NamedTuple):
    """The code (empty where a later goal merely stands beside it), its word, and the sentence that gives the reason."""

    code: str
    word: str
    why: str


class PrintedLine(NamedTuple):
    """A line of the table, printed. `since` is None where the period starts in January, `rank` where none was asked.

    `series` holds year, value and text; `series_said` says all of it in a sentence.
    """

    number: int
    line: UnitLine
    result: Text
    since: Text | None
    before: Text
    change: Text
    own: AimText
    parent: AimText | None
    national: AimText
    share: Text
    verdict: Verdict
    series: tuple[tuple[int, float | None, str], ...]
    series_said: str
    rank: Text | None


def printed_lines(table: UnitTable) -> list[PrintedLine]:
    """All lines in their order, numbered."""
    return [_printed(table, line, number) for number, line in enumerate(table.lines, 1)]


def _printed(table: UnitTable, line: UnitLine, number: int) -> PrintedLine:
    measure = line.definition.measure
    return PrintedLine(
        number,
        line,
        value_text(line.cell, line.definition, table.period),
        _since(line, table.period) if table.with_since else None,
        _before(line, table.period),
        _change(line, measure),
        _own(line, table),
        _aim(line.parent, line, table) if table.above else None,
        _national(line, table),
        _share(line),
        _verdict(line),
        tuple((year, cell.value if cell else None, _point(cell, measure)) for year, cell in line.series),
        _series_said(line, measure),
        rank_text(line.rank, table) if line.rank else None,
    )


def value_text(cell: Cell, definition: Definition, period: Period) -> Text:
    """A value with how final and how complete it is and its interval; or in short and in full why there is none."""
    measure = definition.measure
    if cell.value is None:
        text = shown(cell, measure).text
        absence = cell.absence
        return Text(text, gap_short(absence.gap), gap_text(absence, measure)) if absence else Text(text)
    part = part_of_rate_sentence(definition, period)
    pieces = [part_of_year(period)] if part else []
    if cell.converted:
        pieces.append(_("converted figure"))
    if cell.standing not in (None, Standing.FINAL):
        pieces.append(standing_name(cell.standing.value))
    if cell.low is not None:
        pieces.append(interval_text(cell.low, cell.high, measure))
    if cell.counted < cell.expected:
        pieces.append(f"{cell.counted}/{cell.expected}")
    return Text(measured_number(cell.value, measure), " · ".join(pieces), part or "")


def _since(line: UnitLine, period: Period) -> Text:
    if line.since is None:
        said = _("What stands at the end of a period is not added up since January.")
        return Text(NO_VALUE, why=_("What is published is not added up.") if line.definition.surveyed else said)
    return value_text(line.since, line.definition, period.to_date())


def _before(line: UnitLine, period: Period) -> Text:
    if line.before is None:
        return Text(NO_VALUE, why=_("A year before, this area was not within your reach."))
    return value_text(line.before, line.definition, period)


def _change(line: UnitLine, measure: Measure) -> Text:
    change, before = line.change, line.before
    if change is None:
        return Text(NO_VALUE)
    if isinstance(change, NoChange):
        return Text(NO_VALUE, why=no_change_sentence(change.value))
    percent = ""
    if measure.is_count and before is not None and before.value:
        size = format_number(change / before.value * 100, 1, sign=True)
        percent = f"{size}%"
    return Text(measured_margin(change, measure), percent)


def _own(line: UnitLine, table: UnitTable) -> AimText:
    plan = line.cell.national if table.is_nation else line.cell.own
    return _aim(plan.aim if plan else None, line, table)


def _aim(aim: Aim | None, line: UnitLine, table: UnitTable) -> AimText:
    if aim is None:
        return AimText(NO_VALUE, why=_("Nothing is set for {year}.").format(year=table.period.year))
    kinds = " / ".join(dict.fromkeys(plan_kind_name(target.plan_kind.value) for target in aim.targets))
    return _aim_text(aim, line.definition.measure, kinds)


def _national(line: UnitLine, table: UnitTable) -> AimText:
    """The nation's target for the year, else its next goal; of a count of the whole country that it is that."""
    mark = line.cell.national or line.cell.later
    if mark is not None:
        return _aim_text(mark.aim, line.definition.measure, _goal_year(mark.aim, table))
    aim = line.column.national or line.column.later
    if aim is None:
        said = _("There is no national target for {year} or a later year.")
        return AimText(NO_VALUE, why=said.format(year=table.period.year))
    small = " · ".join(filter(None, (_("for the whole country"), _goal_year(aim, table))))
    return _aim_text(aim, line.definition.measure, small)


def _goal_year(aim: Aim, table: UnitTable) -> str:
    return _("goal {year}").format(year=aim.year) if aim.year != table.period.year else ""


def _aim_text(aim: Aim, measure: Measure, small: str) -> AimText:
    laws = (" · ".join(filter(None, (cited(one.document), one.clause, one.wording))) for one in aim.targets)
    return AimText(aim_text(aim, measure), small, "\n".join(laws), aim.targets[0].key)


def _share(line: UnitLine) -> Text:
    if isinstance(line.share, NoShare):
        code = line.share.value
        return Text(NO_VALUE, no_share_short(code), no_share_sentence(code))
    return Text(measured(line.share, Measure.PERCENT), why=_("Result in percent of the unit's own plan; no rate."))


def _verdict(line: UnitLine) -> Verdict:
    _text, small, code, word, _why = shown(line.cell, line.definition.measure)
    mark = line.cell.primary
    if line.cell.value is None:
        return Verdict(code, word or small, "")
    if mark is None:
        return Verdict("", NO_VALUE, _("no target to be judged by"))
    said = judgement_details(mark.judgement, line.definition.measure, mark.aim.year)
    return Verdict(code, word, " · ".join(filter(None, (_(_JUDGED_BY[mark.aim.kind]), said))))


def _point(cell: Cell | None, measure: Measure) -> str:
    if cell is None:
        return _("out of reach")
    return measured_number(cell.value, measure) if cell.value is not None else _gap(cell)


def _gap(cell: Cell) -> str:
    return gap_short(cell.absence.gap) if cell.absence else NO_VALUE


def _series_said(line: UnitLine, measure: Measure) -> str:
    return "; ".join(f"{year}: {_point(cell, measure)}" for year, cell in line.series)


def rank_text(rank: Ranked | NotRanked, table: UnitTable) -> Text:
    """The range of ranks and of how many; under it the rank by value alone, and how many peers are left out."""
    if isinstance(rank, NotRanked):
        reason = f" {reason_sentence(rank.reason)}." if rank.reason else ""
        code = rank.why.value
        said = " · ".join(filter(None, (unranked_short(code), *_hidden(rank.hidden))))
        return Text(NO_VALUE, said, f"{unranked_sentence(code)}{reason}")
    ranks = rank.ranks
    small = [*_kind_of_rank(rank), *_left_out(rank, table)]
    return Text(f"{_range(ranks.best, ranks.worst)} / {ranks.of}", " · ".join(small), _(METHOD))


def _kind_of_rank(rank: Ranked) -> Iterator[str]:
    ranks = rank.ranks
    if (ranks.first, ranks.last) != (ranks.best, ranks.worst):
        yield _("by value: {rank}").format(rank=_range(ranks.first, ranks.last))
    elif ranks.first < ranks.last:
        yield _("tied")
    if rank.by_range:
        yield _("by nearness to the range")


def _left_out(rank: Ranked, table: UnitTable) -> Iterable[str]:
    yield from _hidden(rank.hidden)
    if rank.empty:
        yield _("{count} peers without a value").format(count=rank.empty)
    if table.unseen:
        yield _("{count} peers out of reach").format(count=table.unseen)
    if rank.partial:
        yield _("{count} values incomplete").format(count=rank.partial)


def _hidden(count: int) -> Iterator[str]:
    if count:
        yield _("{count} peers hidden").format(count=count)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
