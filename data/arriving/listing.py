"""The answer laid flat, the same for the screen and for files: which text stands in which column."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from data.arriving.arithmetic import Contribution
from data.arriving.model import Answer, Arrival, Line, Part
from data.arriving.sentences import (
    answer_text,
    asks_text,
    ends_text,
    inherited_text,
    sources_text,
    supposed_text,
    target_sources,
    targets_text,
    weighing_text,
)
from data.measures import Measure
from data.numbers import format_number
from data.targets.listing import owner_name
from data.wording import N_, _
from data.wording.measures import NO_VALUE, measured, measured_margin


class AnswerLine(NamedTuple):
    """The texts of one demand."""

    definition: str
    asks: str
    source: str
    conclusion: str
    setting: str
    value: str
    supposed: str
    weighing: str


class PartLine(NamedTuple):
    """The texts of one unit below."""

    unit: str
    asks: str
    distance: str
    weight: str
    part: str
    share: str
    last: str
    source: str
    inherited: str


HEADINGS = {
    "definition": N_("Indicator"),
    "asks": N_("Asked of the whole"),
    "source": N_("Source"),
    "conclusion": N_("If all reach their own targets"),
    "setting": N_("Units with a target"),
    "value": N_("By their targets"),
    "supposed": N_("Supposing the others stay where they are"),
    "weighing": N_("Weighted"),
}
PART_HEADINGS = {
    "unit": N_("Unit"),
    "asks": N_("Its target"),
    "distance": N_("From what is asked"),
    "weight": N_("Weight among those with a target"),
    "part": N_("Its part of the distance"),
    "share": N_("Share of what is lacking"),
    "last": N_("Last result"),
    "source": N_("Source"),
    "inherited": N_("Old units"),
}
_ALWAYS = frozenset({"unit", "asks"})
# Of a count nothing says what one unit's part of it should be.
_COUNT_HEADINGS = PART_HEADINGS | {"part": N_("Its part of the sum"), "share": N_("Share of what is asked")}


def lines_of(arrival: Arrival) -> Iterator[tuple[Line, Answer, AnswerLine]]:
    """A row for every demand, in the order of the screen."""
    for line in arrival.lines:
        measure = line.definition.measure
        for answer in line.answers:
            yield (
                line,
                answer,
                AnswerLine(
                    line.definition.name,
                    asks_text(answer.demand),
                    sources_text(answer.demand),
                    answer_text(line, answer, arrival),
                    f"{format_number(line.with_target)}/{format_number(len(line.parts) + arrival.place.beyond)}",
                    ends_text(line.value, measure),
                    supposed_text(line, answer),
                    weighing_text(line.weighing if line.value or line.supposed else None),
                ),
            )


class PartTable(NamedTuple):
    """Headings by column, in the reader's language, and for every unit its texts; a column without any is left out."""

    headings: dict[str, str]
    rows: list[tuple[Part, dict[str, str]]]


def parts_of(line: Line) -> PartTable:
    """A row for every unit below, what lacks most first; then those without a target, by name."""
    shares = {one.unit_id: one for one in line.gap.shares} if line.gap else {}
    ranks = {unit_id: place for place, unit_id in enumerate(shares)}
    apart = line.gap.differences if line.gap else {}
    last, is_count = len(ranks), line.definition.measure.is_count
    # Sorting keeps the order of names among equals.
    ordered = sorted(
        line.parts,
        key=lambda part: (
            part.ends is None,
            ranks.get(part.whose.unit.id, last),
            apart.get(part.whose.unit.id, Fraction(0)),
            -_count(part) if is_count else 0,
        ),
    )
    texts = [(part, _part_line(line, part, shares.get(part.whose.unit.id))._asdict()) for part in ordered]
    headings = {
        name: _(text)
        for name, text in (_COUNT_HEADINGS if is_count else PART_HEADINGS).items()
        if name in _ALWAYS or any(said[name] not in ("", NO_VALUE) for _part, said in texts)
    }
    if "last" in headings:
        headings["last"] = _("Result of {year}").format(year=line.stayed_in)
    return PartTable(headings, [(part, {name: said[name] for name in headings}) for part, said in texts])


def _count(part: Part) -> Fraction:
    if part.ends is None:
        return Fraction(0)
    return part.ends.low if part.ends.low is not None else part.ends.high or Fraction(0)


def _percent(share: Fraction) -> str:
    return measured(share * 100, Measure.PERCENT)


def _weight(line: Line, part: Part) -> str:
    """Its part of what all those with a target weigh, so that distance times weight is what it adds."""
    if line.weighing is None or line.weighing.year is None or part.ends is None or part.weight is None:
        return NO_VALUE
    whole = sum((one.weight for one in line.parts if one.ends is not None and one.weight is not None), Fraction(0))
    return _percent(Fraction(part.weight) / whole) if whole else NO_VALUE


def _part_line(line: Line, part: Part, share: Contribution | None) -> PartLine:
    measure = line.definition.measure
    distance = added = portion = NO_VALUE
    gap = line.gap
    difference = gap.differences.get(part.whose.unit.id) if gap else None
    if difference is not None:
        distance = measured_margin(difference, measure)
    if share is not None and gap is not None and gap.margin is not None:
        # One of many parts: a decimal more tells them apart.
        added = measured_margin(share.part, measure, more=1)
        portion = _percent(share.part / gap.margin) if gap.margin < 0 else NO_VALUE
    elif measure.is_count and part.ends is not None and gap is not None and gap.edge:
        added = ends_text(part.ends, measure)
        portion = _percent(_count(part) / gap.edge)
    return PartLine(
        owner_name(part.whose),
        targets_text(part, measure),
        distance,
        _weight(line, part),
        added,
        portion,
        NO_VALUE if part.last is None else measured(part.last, measure),
        target_sources(part.targets) or NO_VALUE,
        inherited_text(part.inherited, measure),
    )
