"""What the functions of this package answer beside a form: lists, receipts, decisions, and two telling refusals."""

from dataclasses import dataclass
from datetime import date, datetime

from data.catalogue.model import Form
from data.kinds import SubmissionStatus
from data.periods import Period
from data.refusals import Conflict, Invalid
from data.submissions.model import CellId, Problem, UnitRef


@dataclass(frozen=True, slots=True)
class DueForm:
    """A form that a unit owes: ended, and not approved yet.

    `due_on` is None where the unit's plan prints no day. `days_overdue` is 0 once it is sent. `status` is None while
    nobody has begun.
    """

    unit: UnitRef
    reporter: UnitRef
    form: Form
    period: Period
    due_on: date | None
    days_overdue: int
    status: SubmissionStatus | None
    reason: str | None
    old_area: bool


@dataclass(frozen=True, slots=True)
class ChildReport:
    """One child's report for a period, as its parent may see it: a draft and nothing at all are both "not sent".

    `due_on` is None where the unit's plan prints no day. `approved` says that one is in force.
    """

    unit: UnitRef
    due_on: date | None
    sent: bool
    approved: bool


@dataclass(frozen=True, slots=True)
class FormProgress:
    """How far the children of a unit are with one form for the last period that ended, by name."""

    form: Form
    period: Period
    reports: tuple[ChildReport, ...]

    @property
    def expected(self) -> int:
        """How many reports are owed."""
        return len(self.reports)

    @property
    def sent(self) -> tuple[ChildReport, ...]:
        """Those that wait for a decision or are in force."""
        return tuple(one for one in self.reports if one.sent)

    @property
    def missing(self) -> tuple[ChildReport, ...]:
        """Those that nobody has sent."""
        return tuple(one for one in self.reports if not one.sent)

    @property
    def approved(self) -> int:
        """How many are in force."""
        return sum(one.approved for one in self.reports)

    @property
    def due_days(self) -> tuple[date | None, ...]:
        """The days that are still open, the earliest first and None last; once all have sent, the days of all."""
        days = {one.due_on for one in self.missing or self.reports}
        return tuple(sorted(days, key=lambda day: (day is None, day or date.max)))


@dataclass(frozen=True, slots=True)
class ChildrenProgress:
    """The children's progress, one row per form that they must report; empty where there are no children."""

    rows: tuple[FormProgress, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: `changed` cells were written, cells that could not be read are among the problems."""

    revision_id: int
    number: int
    version: int
    saved_at: datetime
    changed: int
    filled: int
    total: int
    can_send: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of what was sent: `digest` is the SHA-256 of the sealed results, `reviewer` is who decides next."""

    revision_id: int
    number: int
    version: int
    unit: UnitRef
    form: Form
    period: Period
    sent_at: datetime
    sent_by: str | None
    reviewer: UnitRef | None
    filled: int
    digest: str


@dataclass(frozen=True, slots=True)
class WaitingForm:
    """A report that waits for the reader's decision. `own_hand`: the reader edited or sent it and cannot decide."""

    revision_id: int
    number: int
    unit: UnitRef
    reporter: UnitRef
    form: Form
    period: Period
    sent_at: datetime
    sent_by: str | None
    due_on: date | None
    late: bool
    entered_for: bool
    old_area: bool
    own_hand: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided."""

    revision_id: int
    unit: UnitRef
    form: Form
    period: Period
    status: SubmissionStatus
    decided_at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that somebody else changed while the reader typed. None is an empty cell."""

    cell: CellId
    name: str
    theirs: int | None
    mine: int | None


@dataclass(frozen=True, slots=True)
class NoteDifference:
    """A reason that somebody else wrote, changed or removed while the reader typed another. None is no reason.

    A reason goes with its number: who clears the number is told of the other's reason too.
    """

    cell: CellId
    name: str
    theirs: str | None
    mine: str | None


class EditConflict(Conflict):
    """Somebody else saved in the meantime; nothing was overwritten. `version` is the one to save on after looking."""

    def __init__(
        self,
        sentence: str,
        who: str | None,
        at: datetime,
        version: int,
        cells: tuple[CellDifference, ...],
        notes: tuple[NoteDifference, ...] = (),
    ) -> None:
        super().__init__(sentence)
        self.who = who
        self.at = at
        self.version = version
        self.cells = cells
        self.notes = notes


class NotReady(Invalid):
    """The form cannot be sent yet: `problems` holds everything that stands in the way."""

    def __init__(self, sentence: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(sentence)
        self.problems = problems
