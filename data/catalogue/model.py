"""The catalogue's parts as immutable values, named in the reader's language."""

from dataclasses import dataclass
from datetime import date

from data.kinds import Aggregation, UnitLevel
from data.measures import Measure
from data.periods import Frequency
from data.wording import pick


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a Vietnamese and an English name."""

    name_vi: str
    name_en: str

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name_vi, self.name_en)


@dataclass(frozen=True, slots=True)
class Element(Named):
    """One number that a unit counts. `at_most_id` is the element that it can never exceed."""

    id: int
    key: str
    aggregation: Aggregation
    measure: Measure
    help_vi: str | None
    help_en: str | None
    at_most_id: int | None

    @property
    def help(self) -> str | None:
        """One line that says exactly what is counted."""
        return pick(self.help_vi or "", self.help_en or "") or None


@dataclass(frozen=True, slots=True)
class FormRow:
    """An element's place in a form."""

    element: Element
    section_vi: str
    section_en: str

    @property
    def section(self) -> str:
        """The heading the row stands under."""
        return pick(self.section_vi, self.section_en)


@dataclass(frozen=True, slots=True)
class Form(Named):
    """Elements reported together. `levels` maps the levels that report it to whether they must."""

    id: int
    key: str
    frequency: Frequency
    due_working_days: int | None
    on_old_areas: bool
    window_months: int | None
    levels: dict[UnitLevel, bool]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Programme(Named):
    """A national programme, for reading."""

    id: int
    key: str
    position: int
    document_id: int | None


@dataclass(frozen=True, slots=True)
class Indicator(Named):
    """What people call by one name; its definitions may differ in what they count."""

    id: int
    key: str


@dataclass(frozen=True, slots=True)
class Part:
    """An element and its sign within one side of a definition."""

    element_id: int
    sign: int


@dataclass(frozen=True, slots=True)
class Definition(Named):
    """A column. Counted definitions have a numerator; those with a denominator are ratios; surveyed ones have neither.

    `numerator_kind` and `denominator_kind` say how each side behaves over time.
    """

    id: int
    key: str
    indicator_id: int
    programme: Programme | None
    measure: Measure
    factor: int
    surveyed: bool
    chance: bool
    headline: int | None
    series: str | None
    short_vi: str
    short_en: str
    formula_vi: str
    formula_en: str
    denominator_vi: str | None
    denominator_en: str | None
    from_on: date | None
    to_on: date | None
    plausible_min: float | None
    plausible_max: float | None
    source: str | None
    note: str | None
    numerator: tuple[Part, ...]
    denominator: tuple[Part, ...]
    numerator_kind: Aggregation | None
    denominator_kind: Aggregation | None

    @property
    def short(self) -> str:
        """The column's heading."""
        return pick(self.short_vi, self.short_en)

    @property
    def formula(self) -> str:
        """How it is computed, in words."""
        return pick(self.formula_vi, self.formula_en)

    @property
    def denominator_words(self) -> str | None:
        """What it is a share of, in words."""
        return pick(self.denominator_vi or "", self.denominator_en or "") or None

    @property
    def is_yearly_rate(self) -> bool:
        """Whether it counts what happens in a year among those who are there, as births per thousand people."""
        return self.numerator_kind is Aggregation.FLOW and self.denominator_kind is Aggregation.STOCK

    @property
    def is_ratio(self) -> bool:
        """Whether it divides one sum by another."""
        return bool(self.denominator)

    @property
    def is_count(self) -> bool:
        """Whether it is a plain count."""
        return bool(self.numerator) and not self.denominator


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that is counted and compared, by id and by key."""

    elements: dict[int, Element]
    forms: dict[int, Form]
    programmes: dict[int, Programme]
    indicators: dict[int, Indicator]
    definitions: dict[int, Definition]
    element_ids: dict[str, int]
    form_ids: dict[str, int]
    definition_ids: dict[str, int]

    def element(self, key: str) -> Element:
        """The element with that key; KeyError where there is none."""
        return self.elements[self.element_ids[key]]

    def form(self, key: str) -> Form:
        """The form with that key; KeyError where there is none."""
        return self.forms[self.form_ids[key]]

    def definition(self, key: str) -> Definition:
        """The definition with that key; KeyError where there is none."""
        return self.definitions[self.definition_ids[key]]

    def headline(self) -> tuple[Definition, ...]:
        """The columns shown where the reader has not chosen, in their order."""
        shown = [d for d in self.definitions.values() if d.headline is not None]
        return tuple(sorted(shown, key=lambda d: d.headline or 0))

    def of_programme(self, key: str) -> tuple[Definition, ...]:
        """All definitions of a programme."""
        return tuple(d for d in self.definitions.values() if d.programme is not None and d.programme.key == key)
