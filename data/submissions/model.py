"""What a form is made of, as its functions give it. Sentences in it are in the reader's language already.

What the other functions give (lists, receipts, refusals) stands in `data.submissions.outcomes`.

Where the functions stand, and which permission makes their scope:

- `due.list_due(session, scope, today) -> list[DueForm]`: SUBMISSION_WRITE
- `progress.count_children(session, scope, today) -> ChildrenProgress`: SUBMISSION_WRITE or SUBMISSION_REVIEW
- `forms.get_form(session, scope, unit_key, form_key, period_code, today) -> FormView`: SUBMISSION_WRITE
- `forms.get_sent_form(session, scope, unit_key, form_key, period_code, today) -> FormView`: RESULT_READ
- `drafts.save_draft(session, scope, unit_key, form_key, period_code, typed, notes, version, now,
  *, overwrite=False, standing=None) -> Saved`: SUBMISSION_WRITE
- `sending.submit(session, scope, unit_key, form_key, period_code, version, now) -> Receipt`: SUBMISSION_WRITE
- `waiting.list_waiting(session, scope, today) -> list[WaitingForm]`: SUBMISSION_REVIEW
- `review.get_for_review(session, scope, revision_id, today) -> FormView`: SUBMISSION_REVIEW
- `review.approve(session, scope, revision_id, now) -> Decision`: SUBMISSION_REVIEW
- `review.return_with_reason(session, scope, revision_id, reason, now) -> Decision`: SUBMISSION_REVIEW
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Self

from data.catalogue.model import Definition, Element, Form
from data.kinds import Standing, SubmissionStatus, UnitKind, UnitLevel
from data.periods import Period
from data.targets.register import TargetInfo
from data.wording.units import dated, unit_title


class CellId(NamedTuple):
    """A cell of a form: an element's key and the code of the window that the number covers."""

    element: str
    window: str

    def __str__(self) -> str:
        return f"{self.element}@{self.window}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The cell that `str()` of it names, as `births_boys@2025Q3`; ValueError for anything else."""
        element, mark, window = text.partition("@")
        if not (element and mark and window) or len(text) > 100:
            raise ValueError("not a cell of a form")
        return cls(element, window)


class Severity(StrEnum):
    """ERROR forbids to send; WARNING asks for a note before sending. Neither ever blocks a draft."""

    ERROR = "ERROR"
    WARNING = "WARNING"


class ProblemKind(StrEnum):
    """What is wrong with a form."""

    UNREADABLE = "UNREADABLE"  # letters, negative, not whole, ambiguous: the text was not saved
    NOTE_TOO_LONG = "NOTE_TOO_LONG"  # the note was not saved
    NOTE_ALONE = "NOTE_ALONE"  # a note without a number: it was not saved
    MISSING = "MISSING"
    ABOVE_LIMIT = "ABOVE_LIMIT"
    PARTS = "PARTS"
    ABOVE_YEAR = "ABOVE_YEAR"
    IMPLAUSIBLE = "IMPLAUSIBLE"
    UNUSUAL = "UNUSUAL"


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one cell, or about the whole form where `cell` is None.

    `explained`: a warning whose cell carries a note; it no longer stops anyone from sending.
    """

    kind: ProblemKind
    severity: Severity
    sentence: str
    cell: CellId | None = None
    explained: bool = False

    @property
    def blocks_sending(self) -> bool:
        """Whether the form cannot be sent because of it."""
        return self.severity is Severity.ERROR or not self.explained


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit as it was called on the period's last day, or on its own last day."""

    id: int
    key: str
    level: UnitLevel
    kind: UnitKind
    name: str
    closed_on: date | None = None

    @property
    def title(self) -> str:
        """Its kind and name in the reader's language; of a closed unit with its last day, for the name lives on."""
        return dated(unit_title(self.kind, self.name), None, self.closed_on)


@dataclass(frozen=True, slots=True)
class Window:
    """A column of a form: the period that its numbers cover, and how final they are."""

    period: Period
    standing: Standing


@dataclass(frozen=True, slots=True)
class Cell:
    """One number with what stands beside it; None is "not there", 0 is a number.

    `previous` is the period before, `last_year` the same period last year on the same area, `earlier` the sum of the
    year's earlier periods (None for what does not add up over time, and where a period is missing). `before` is the
    number of the revision before this one, where `has_before`.
    """

    id: CellId
    value: int | None
    note: str | None
    previous: int | None
    last_year: int | None
    earlier: int | None
    before: int | None = None
    has_before: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def to_date(self) -> int | None:
        """The sum since January, this period included ("lũy kế")."""
        return None if self.earlier is None or self.value is None else self.earlier + self.value

    @property
    def changed(self) -> bool:
        """Whether it differs from the revision before."""
        return self.has_before and self.value != self.before


@dataclass(frozen=True, slots=True)
class Row:
    """An element with one cell per window."""

    element: Element
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """The unit's own target beside what its form says so far.

    `value` is in the definition's measure, from 1 January to the end of `window`; None where a part is missing.
    `share` is value ÷ target for a count with one value ("% so KH"), as a fraction of 1. `elapsed` is the part of the
    year that had passed. More than one target means that the rule cannot choose between them.
    """

    definition: Definition
    targets: tuple[TargetInfo, ...]
    window: Window
    value: float | None
    share: float | None
    elapsed: float


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What happened to the submission: when, who, from which status to which, and why.

    `number` is the revision's. `sentence` says the deed in the reader's language, `action` is its code.
    """

    at: datetime
    action: str
    sentence: str
    who: str | None
    number: int
    from_status: SubmissionStatus | None
    to_status: SubmissionStatus | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class FormView:
    """One form of one unit for one period, as one reader may see it.

    `status` is None, and `number` and `version` are 0, while nobody has saved anything. `version` goes back with the
    next save. `editable`: this reader may type; `can_send`: nothing stands in the way of sending but a click.
    `entered_for`: a parent enters for a silent unit. `old_area`: the unit has closed and its successor counts it.
    """

    unit: UnitRef
    reporter: UnitRef
    form: Form
    period: Period
    windows: tuple[Window, ...]
    status: SubmissionStatus | None
    revision_id: int | None
    number: int
    version: int
    editable: bool
    can_send: bool
    can_decide: bool
    old_area: bool
    entered_for: bool
    illustrative: bool
    due_on: date | None
    days_overdue: int
    saved_at: datetime | None
    saved_by: str | None
    sent_at: datetime | None
    sent_by: str | None
    decided_at: datetime | None
    decided_by: UnitRef | None
    return_reason: str | None
    digest: str | None
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    filled: int
    total: int
    targets: tuple[TargetProgress, ...]
    history: tuple[HistoryLine, ...]

    @property
    def cells(self) -> dict[CellId, Cell]:
        """Every cell by its id."""
        return {cell.id: cell for section in self.sections for row in section.rows for cell in row.cells}
