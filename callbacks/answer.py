"""What the page of a form is told after a piece of work: what to draw where, and for its script what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import no_update

from callbacks.outbox import Clashes, Intent, Outbox
from data import clock
from data.kinds import SubmissionStatus
from data.submissions.model import Cell, FormView, Problem, ProblemKind
from data.submissions.outcomes import EditConflict, Receipt, Saved
from layouts.submission import aside, cells, form, outcomes, sheet, words

Ids = Sequence[Mapping[str, str]]
# What to draw, in the order in which the outputs are bound.
Drawn = tuple[Any, Any, Any, list[Any], list[Any], Any, Any, Any, Any]

_NOTES = (ProblemKind.NOTE_TOO_LONG, ProblemKind.NOTE_ALONE)


@dataclass(frozen=True, slots=True)
class Answer:
    """Answers the script's message of that number. `says` and `sums` are the rows and numbers that the page has."""

    number: int
    says: Ids
    sums: Ids

    def saved(self, view: FormView, saved: Saved, box: Outbox, other: EditConflict | None) -> Drawn:
        """A save, with what it left out; `other` saved in the meantime, in other cells."""
        unread = sorted(set(_unread(saved.problems)))
        everything = other is not None or box.intent is Intent.KEEP
        told = {
            "answer": "saved",
            "number": self.number,
            "version": saved.version,
            "unread": unread,
            "values": dict(_values(view, box, everything=everything)),
        }
        numbers = sheet.live_numbers(view)
        return (
            told,
            words.status_words(view.status),
            form.just_saved(saved.saved_at, clock.today(), len(unread)),
            [cells.remarks(_of_row(saved.problems, say["element"]), view.windows) for say in self.says],
            [numbers.get(one["name"], no_update) for one in self.sums],
            aside.summary(view, saved.problems, saved.can_send),
            aside.targets(view),
            _notice(view, saved, box, other),
            no_update,
        )

    def clash(self, refused: EditConflict, clashing: Clashes) -> Drawn:
        """Nothing was written: the reader chooses first."""
        told = {
            "answer": "conflict",
            "number": self.number,
            "version": refused.version,
            "theirs": {str(cell.cell): cells.cell_text(cell.theirs) for cell in clashing.cells}
            | {f"note:{note.cell}": note.theirs or "" for note in clashing.notes},
        }
        return self._else(told, notice=outcomes.conflict(refused, clashing.cells, clashing.notes))

    def sent(self, receipt: Receipt) -> Drawn:
        """The form has left: a receipt stands in its place."""
        told = {"answer": "sent", "number": self.number, "version": receipt.version}
        status = words.status_words(SubmissionStatus.SUBMITTED)
        return self._else(told, status=status, saved="", notice=[], body=outcomes.receipt(receipt))

    def _else(
        self, told: Any, status: Any = no_update, saved: Any = no_update, notice: Any = no_update, body: Any = no_update
    ) -> Drawn:
        """Leaves the sheet and what stands beside it as they are."""
        says, sums = [no_update] * len(self.says), [no_update] * len(self.sums)
        return told, status, saved, says, sums, no_update, no_update, notice, body


def _notice(view: FormView, saved: Saved, box: Outbox, other: EditConflict | None) -> Any:
    if other is not None:
        return outcomes.merged(other)
    if box.intent is not Intent.SEND:
        return outcomes.standing_notice(view)
    if view.status is SubmissionStatus.APPROVED:
        return outcomes.unchanged()
    return outcomes.unready(saved.problems)


def _of_row(problems: Sequence[Problem], element_key: str) -> list[Problem]:
    return [problem for problem in problems if problem.cell is not None and problem.cell.element == element_key]


def _unread(problems: Sequence[Problem]) -> Iterator[str]:
    """Names of the cells and notes that were typed and not kept."""
    for problem in problems:
        if problem.cell is not None and problem.kind is ProblemKind.UNREADABLE:
            yield str(problem.cell)
        elif problem.cell is not None and problem.kind in _NOTES:
            yield f"note:{problem.cell}"


def _values(view: FormView, box: Outbox, *, everything: bool) -> Iterator[tuple[str, str]]:
    """How the cells stand now, as the page writes them: those of the message, or every one with its note."""
    for cell in view.cells.values():
        if everything or cell.id in box.typed:
            yield str(cell.id), cells.cell_text(cell.value)
        if everything:
            yield f"note:{cell.id}", _note(cell)


def _note(cell: Cell) -> str:
    return cell.note or ""
