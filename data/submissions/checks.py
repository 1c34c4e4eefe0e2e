"""What may be wrong with the numbers of a form. Pure: numbers in, problems out; nothing here asks the database.

An error forbids to send; a warning wants a note. Neither blocks a draft.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from data.catalogue.model import Catalogue, Definition, Element, Form, Part
from data.judging import Observed, interval_of
from data.kinds import Aggregation
from data.measures import Measure
from data.numbers import format_number
from data.periods import Period
from data.submissions.model import CellId, Problem, ProblemKind, Severity, Window
from data.wording import _
from data.wording.measures import measured

# Below this many of anything, chance alone triples a number or carries a rate out of its limits.
SMALL = 30
TIMES = 3

# Parts that together can never exceed a whole. The shares among the definitions say the same of one part each.
PARTS_OF_WHOLES = (
    (("births_second", "births_third_plus"), ("births_boys", "births_girls")),
    (("births_mother_under_20",), ("births_boys", "births_girls")),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The numbers of one form as they stand. `previous` holds what the same cell said one period before."""

    form: Form
    windows: tuple[Window, ...]
    values: Mapping[CellId, int]
    notes: Mapping[CellId, str] = field(default_factory=dict)
    previous: Mapping[CellId, int] = field(default_factory=dict)

    def cell_ids(self) -> tuple[CellId, ...]:
        """Every cell of the form, row by row."""
        return tuple(
            CellId(row.element.key, window.period.code) for row in self.form.rows for window in self.windows
        )


def check(sheet: Sheet, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Everything that is wrong with the numbers, row by row; cells that are still empty come last, as one sentence."""
    errors = list(_errors(sheet, catalogue))
    wrong = {problem.cell for problem in errors}
    warnings = [problem for problem in _warnings(sheet, catalogue) if problem.cell not in wrong]
    place = {cell: number for number, cell in enumerate(sheet.cell_ids())}
    found = sorted(errors + warnings, key=lambda problem: place[problem.cell] if problem.cell else len(place))
    return (*found, *_missing(sheet))


def ready(problems: Iterable[Problem]) -> bool:
    """Whether a form with these problems can be sent."""
    return not any(problem.blocks_sending for problem in problems)


def _missing(sheet: Sheet) -> Iterator[Problem]:
    empty = [cell for cell in sheet.cell_ids() if cell not in sheet.values]
    if empty:
        names = {row.element.key: row.element.name for row in sheet.form.rows}
        sentence = _("Cells still empty: {count}. The first is “{name}”. Where there was none, enter 0.")
        text = sentence.format(count=format_number(len(empty)), name=names[empty[0].element])
        yield Problem(ProblemKind.MISSING, Severity.ERROR, text)


def _errors(sheet: Sheet, catalogue: Catalogue) -> Iterator[Problem]:
    flagged: set[CellId] = set()
    for window in sheet.windows:
        code = window.period.code
        for problem in (*_above_limits(sheet, catalogue, code), *_parts(sheet, catalogue, code)):
            if problem.cell not in flagged and problem.cell is not None:
                flagged.add(problem.cell)
                yield problem
    for problem in _above_the_year(sheet):
        if problem.cell not in flagged:
            yield problem


def _above_limits(sheet: Sheet, catalogue: Catalogue, code: str) -> Iterator[Problem]:
    for row in sheet.form.rows:
        cell = CellId(row.element.key, code)
        limit = _limit(sheet, catalogue, row.element, code)
        if cell in sheet.values and limit is not None and sheet.values[cell] > limit[1]:
            sentence = _("Greater than “{name}” ({value}).")
            text = sentence.format(name=limit[0].name, value=format_number(limit[1]))
            yield Problem(ProblemKind.ABOVE_LIMIT, Severity.ERROR, text, cell)


def _limit(sheet: Sheet, catalogue: Catalogue, element: Element, code: str) -> tuple[Element, int] | None:
    """The nearest element above that the form holds a number of, and that number."""
    seen = {element.id}
    while element.at_most_id is not None and element.at_most_id not in seen:
        element = catalogue.elements[element.at_most_id]
        seen.add(element.id)
        value = sheet.values.get(CellId(element.key, code))
        if value is not None:
            return element, value
    return None


def _parts(sheet: Sheet, catalogue: Catalogue, code: str) -> Iterator[Problem]:
    for parts, wholes in (*PARTS_OF_WHOLES, *_shares(catalogue)):
        present = [key for key in parts if CellId(key, code) in sheet.values]
        if not present or any(CellId(key, code) not in sheet.values for key in wholes):
            continue
        part = sum(sheet.values[CellId(key, code)] for key in present)
        whole = sum(sheet.values[CellId(key, code)] for key in wholes)
        if part > whole:
            names = " + ".join(f"“{catalogue.element(key).name}”" for key in present)
            of = " + ".join(f"“{catalogue.element(key).name}”" for key in wholes)
            sentence = _("{parts} ({part}) is greater than {wholes} ({whole}).")
            text = sentence.format(parts=names, part=format_number(part), wholes=of, whole=format_number(whole))
            yield Problem(ProblemKind.PARTS, Severity.ERROR, text, CellId(present[-1], code))


def _shares(catalogue: Catalogue) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each share in percent: the keys of the elements above and below its line."""
    for definition in catalogue.definitions.values():
        parts = (*definition.numerator, *definition.denominator)
        if definition.measure is Measure.PERCENT and definition.is_ratio and all(part.sign > 0 for part in parts):
            yield _keys(catalogue, definition.numerator), _keys(catalogue, definition.denominator)


def _keys(catalogue: Catalogue, parts: tuple[Part, ...]) -> tuple[str, ...]:
    return tuple(catalogue.elements[part.element_id].key for part in parts)


def _above_the_year(sheet: Sheet) -> Iterator[Problem]:
    """What has been counted to date cannot exceed the estimate of the whole year; a stock may fall."""
    if len(sheet.windows) < 2:
        return
    to_date, year = sheet.windows[0].period, sheet.windows[-1].period
    for row in sheet.form.rows:
        so_far = sheet.values.get(CellId(row.element.key, to_date.code))
        expected = sheet.values.get(CellId(row.element.key, year.code))
        if row.element.aggregation is Aggregation.STOCK or so_far is None or expected is None or so_far <= expected:
            continue
        sentence = _("Greater than the estimate for the whole year ({value}).")
        text = sentence.format(value=format_number(expected))
        yield Problem(ProblemKind.ABOVE_YEAR, Severity.ERROR, text, CellId(row.element.key, to_date.code))


def _warnings(sheet: Sheet, catalogue: Catalogue) -> Iterator[Problem]:
    for cell, value in sheet.values.items():
        if (before := sheet.previous.get(cell)) is not None and (text := _unusual(value, before)):
            yield _warning(ProblemKind.UNUSUAL, sheet, cell, text)
    for window in sheet.windows:
        for definition in catalogue.definitions.values():
            if (text := _implausible(sheet, catalogue, definition, window.period)) is not None:
                first = catalogue.elements[definition.numerator[0].element_id].key
                yield _warning(ProblemKind.IMPLAUSIBLE, sheet, CellId(first, window.period.code), text)


def _warning(kind: ProblemKind, sheet: Sheet, cell: CellId, text: str) -> Problem:
    return Problem(kind, Severity.WARNING, text, cell, explained=bool(sheet.notes.get(cell)))


def _unusual(value: int, before: int) -> str | None:
    if max(value, before) < SMALL:
        return None
    if value > TIMES * before:
        if before == 0:
            return _("The period before had none. Please say why.")
        times = format_number(value / before, 0 if value >= 10 * before else 1)
        sentence = _("{times} times the period before ({value}). Please say why.")
        return sentence.format(times=times, value=format_number(before))
    if TIMES * value < before:
        sentence = _("Less than a third of the period before ({value}). Please say why.")
        return sentence.format(value=format_number(before))
    return None


def _implausible(sheet: Sheet, catalogue: Catalogue, definition: Definition, period: Period) -> str | None:
    sums = _sums(sheet, catalogue, definition, period.code)
    if sums is None or (definition.plausible_min is None and definition.plausible_max is None):
        return None
    above, below = sums
    if definition.is_ratio and below < SMALL:
        return None
    # A rate of events among residents is one of a whole year: a quarter's events are a quarter of it.
    yearly = definition.numerator_kind is Aggregation.FLOW and definition.denominator_kind is Aggregation.STOCK
    factor = definition.factor * (12 / len(period.months) if yearly else 1)
    value = above / below * factor if definition.is_ratio else float(above)
    low, high = _reach_of_chance(definition, above, below, factor) or (value, value)
    least, most = definition.plausible_min, definition.plausible_max
    if (least is None or high >= least) and (most is None or low <= most):
        return None
    sentence = _("“{name}” comes to {value}, outside what is usual ({limits}). Please say why.")
    limits = " – ".join(format_number(end) for end in (least, most) if end is not None)
    return sentence.format(name=definition.name, value=measured(value, definition.measure), limits=limits)


def _reach_of_chance(definition: Definition, above: int, below: int, factor: float) -> tuple[float, float] | None:
    """How far chance moves a birth statistic: few births make an odd sex ratio, and nobody needs to explain it."""
    if not definition.chance:
        return None
    share = definition.measure is not Measure.BOYS_PER_100_GIRLS
    seen = Observed(1, 0, numerator=above, denominator=below, chance=True, share=share, factor=1)
    interval = interval_of(seen)
    return None if interval is None else (interval[0] * factor, interval[1] * factor)


def _sums(sheet: Sheet, catalogue: Catalogue, definition: Definition, code: str) -> tuple[int, int] | None:
    """Both parts of a definition; None where the form holds no number for one of its elements."""
    sides: list[int] = []
    for side in (definition.numerator, definition.denominator):
        values = [sheet.values.get(CellId(catalogue.elements[part.element_id].key, code)) for part in side]
        if any(value is None for value in values):
            return None
        sides.append(sum(part.sign * (value or 0) for part, value in zip(side, values, strict=True)))
    return (sides[0], sides[1]) if definition.numerator else None
