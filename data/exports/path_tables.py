"""The tables of the ways to goals of later years: cell by cell what the page says.

A number stands as it is before rounding; where there is none, the words of the screen say why.
"""

from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from data.comparisons.display import cited
from data.comparisons.model import Cell
from data.exports.fields import Field, Heading
from data.measures import Measure
from data.paths.listing import (
    ahead_of,
    goal_text,
    has_pace,
    needed_for,
    needed_in,
    owner_text,
    pace_method,
    pace_years,
    reason_text,
    used_text,
    value_text,
    why_unknown,
)
from data.paths.model import GoalOf, Path, Paths
from data.wording import _
from data.wording.measures import measure_name
from data.wording.paths import arrival_text, needed_text, path_sentences, path_word
from data.wording.targets import target_convention


class Table(NamedTuple):
    """A sheet, or a block of the text file: its name, headings, and rows, each named by its first `repeated` fields."""

    name: str
    headings: list[Heading]
    rows: list[list[Field]]
    repeated: int = 1


def tables(paths: Paths) -> Iterator[Table]:
    """As on the page: the goals that can be told from a year, those that cannot; of a single way its years."""
    one = paths.chosen
    if one is not None:
        yield _goals([one], in_words=True)
        yield _years(one)
        if ahead_of(one)[0]:
            yield _ahead(one)
        return
    yield _goals([path for path in paths.paths if path.last is not None], in_words=False)
    unknown = [path for path in paths.paths if path.last is None]
    if unknown:
        yield _unknown(unknown)


def _goals(found: list[Path], *, in_words: bool) -> Table:
    headings = [
        Heading(_("Indicator"), 30),
        Heading(_("Goal"), 18),
        Heading(_("Measure"), 11),
        Heading(_("Year"), 7),
        Heading(_("Last result"), 11),
        Heading(_("95% from"), 9),
        Heading(_("95% to"), 9),
        Heading(_("Whose goal"), 18),
        Heading(_("Document"), 22),
        Heading(_("Needed a year"), 10),
        Heading(_("Pace a year"), 9),
        Heading(_("Pace: 95% from"), 9),
        Heading(_("Pace: 95% to"), 9),
        Heading(_("Years of the pace"), 11),
        Heading(_("How it is found"), 17),
        Heading(_("Verdict"), 13),
        Heading(_("Arrives"), 18),
        Heading(_("Note"), 34),
        *([Heading(_("In words"), 60), Heading(_("Convention"), 26)] if in_words else []),
    ]
    rows = [_goal(path, goal, in_words=in_words) for path in found for goal in path.goals]
    return Table(_("Goals"), headings, rows, repeated=2)


def _goal(path: Path, goal: GoalOf, *, in_words: bool) -> list[Field]:
    pace, measure, last = goal.pace, path.definition.measure, path.last
    cell = last.cell if last else None
    paced = has_pace(goal)
    return [
        _words(path.definition.name),
        _words(goal_text(goal, measure)),
        _words(measure_name(measure)),
        Field(last.year if last else None, "", plain=True),
        Field(cell.value if cell else None, "", measure=measure),
        _end(cell.low if cell else None, measure),
        _end(cell.high if cell else None, measure),
        _words(owner_text(goal)),
        _words("; ".join(cited(target.document) for target in goal.aim.targets)),
        Field(pace.needed or None, needed_text(pace, measure), signed=True, measure=measure),
        Field(pace.slope if paced else None, "", signed=True, measure=measure),
        _end(pace.low if paced else None, measure, signed=True),
        _end(pace.high if paced else None, measure, signed=True),
        _words(pace_years(goal)),
        _words(pace_method(goal)),
        _words(path_word(pace)),
        _words(arrival_text(pace)),
        _words(reason_text(goal)),
        *(_in_words(goal, measure) if in_words else []),
    ]


def _in_words(goal: GoalOf, measure: Measure) -> list[Field]:
    target = goal.aim.targets[0]
    said = " ".join(path_sentences(goal.pace, measure, goal.aim.year))
    return [_words(said), _words(target_convention(target.operator, target.direction, measure) or "")]


def _unknown(found: list[Path]) -> Table:
    headings = [
        Heading(_("Indicator"), 40),
        Heading(_("Goal"), 22),
        Heading(_("Whose goal"), 22),
        Heading(_("Document"), 30),
        Heading(_("Why"), 50),
    ]
    rows = [
        [
            _words(path.definition.name),
            _words(goal_text(goal, path.definition.measure)),
            _words(owner_text(goal)),
            _words("; ".join(cited(target.document) for target in goal.aim.targets)),
            _words(why_unknown(path)),
        ]
        for path in found
        for goal in path.goals
    ]
    return Table(_("Goals without a year"), headings, rows)


def _years(path: Path) -> Table:
    measure = path.definition.measure
    headings = [
        Heading(_("Year"), 8),
        Heading(_("Result"), 16),
        Heading(_("95% from"), 12),
        Heading(_("95% to"), 12),
        Heading(_("Numerator"), 14),
        Heading(_("Denominator"), 14),
        Heading(_("In the pace"), 50),
    ]
    rows = []
    for one in path.years:
        cell = one.cell
        rows.append([
            Field(one.year, "", plain=True),
            Field(cell.value if cell and one.has_value else None, value_text(one, measure), measure=measure),
            _end(cell.low if cell else None, measure),
            _end(cell.high if cell else None, measure),
            *_counted(cell),
            _words(used_text(one, measure)),
        ])  # fmt: skip
    return Table(_("Years"), headings, rows)


def _counted(cell: Cell | None) -> list[Field]:
    """Both parts of a value, as they were counted."""
    if cell is None or cell.numerator is None or cell.denominator is None:
        return [_words(""), _words("")]
    return [Field(float(one), "", measure=Measure.CASES) for one in (cell.numerator, cell.denominator)]


def _ahead(path: Path) -> Table:
    measure = path.definition.measure
    years, wanted = ahead_of(path)
    headings = [
        Heading(_("Year"), 8),
        Heading(_("At this pace"), 14),
        Heading(_("95% from"), 12),
        Heading(_("95% to"), 12),
        *(Heading(needed_for(goal, measure), 18) for goal in wanted),
    ]
    rows = [
        [
            Field(ahead.year, "", plain=True),
            Field(ahead.value, "", measure=measure),
            _end(ahead.low, measure),
            _end(ahead.high, measure),
            *(Field(needed_in(goal, ahead.year), "", measure=measure) for goal in wanted),
        ]
        for ahead in years
    ]
    return Table(_("The way ahead"), headings, rows)


def _words(text: str) -> Field:
    return Field(None, text)


def _end(number: float | None, measure: Measure, *, signed: bool = False) -> Field:
    """An end of an interval; empty where it is open."""
    return Field(number if number is not None and isfinite(number) else None, "", signed, measure)
