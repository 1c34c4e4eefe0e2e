"""Reads what a person typed into a form: numbers, blanks, notes, and a sentence for everything that is none of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.catalogue.model import Form
from data.numbers import BadNumber, NumberProblem, format_number, parse_count
from data.refusals import Invalid
from data.submissions.model import CellId, Problem, ProblemKind, Severity, Window
from data.wording import N_, _
from data.wording.periods import period_short

MOST_NOTE = 500
MOST_REASON = 2000
MOST_SHOWN = 40

_NUMBER_SENTENCES = {
    NumberProblem.EMPTY: N_("“{name}”: “{typed}” is not a number, and was not saved."),
    NumberProblem.NOT_A_NUMBER: N_("“{name}”: “{typed}” is not a number, and was not saved."),
    NumberProblem.AMBIGUOUS: N_("“{name}”: “{typed}” can be read in two ways, and was not saved. Leave out the comma."),
    NumberProblem.TOO_LONG: N_("“{name}”: “{typed}” is too long for a number, and was not saved."),
    NumberProblem.NEGATIVE: N_("“{name}”: “{typed}” is below zero, and was not saved. A count cannot be."),
    NumberProblem.NOT_WHOLE: N_("“{name}”: “{typed}” is not a whole number, and was not saved."),
    NumberProblem.TOO_LARGE: N_("“{name}”: “{typed}” is greater than any count can be, and was not saved."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, read: numbers and notes by cell (None where they were cleared), and what could not be read."""

    values: Mapping[CellId, int | None]
    notes: Mapping[CellId, str | None]
    problems: tuple[Problem, ...]


def cell_names(form: Form, windows: tuple[Window, ...]) -> dict[CellId, str]:
    """What each cell is called: its row, and its window where the form has several."""
    names: dict[CellId, str] = {}
    for row in form.rows:
        for window in windows:
            name = row.element.name
            many = f"{name} ({period_short(window.period)})"
            names[CellId(row.element.key, window.period.code)] = many if len(windows) > 1 else name
    return names


def read_typed(names: Mapping[CellId, str], typed: Mapping[CellId, str], notes: Mapping[CellId, str]) -> Typed:
    """Reads every cell on its own; raises Invalid only for a cell that the form does not have."""
    _refuse_strange(names, (*typed, *notes))
    values: dict[CellId, int | None] = {}
    problems: list[Problem] = []
    for cell, text in typed.items():
        try:
            values[cell] = parse_count(text)
        except BadNumber as bad:
            sentence = _(_NUMBER_SENTENCES[bad.reason]).format(name=names[cell], typed=_shown(text))
            problems.append(Problem(ProblemKind.UNREADABLE, Severity.ERROR, sentence, cell))
    kept: dict[CellId, str | None] = {}
    for cell, text in notes.items():
        note = plain_text(text)
        if len(note) > MOST_NOTE:
            sentence = _("The note on “{name}” is longer than {most} characters, and was not saved.")
            told = sentence.format(name=names[cell], most=format_number(MOST_NOTE))
            problems.append(Problem(ProblemKind.NOTE_TOO_LONG, Severity.ERROR, told, cell))
        else:
            kept[cell] = note or None
    return Typed(values, kept, tuple(problems))


def plain_text(text: object) -> str:
    """The text without what no database keeps and nobody sees: control characters and halves of characters."""
    if not isinstance(text, str):
        return ""
    return "".join(character for character in text if character.isprintable() or character == "\n").strip()


def _shown(text: object) -> str:
    """What was typed, short enough for a sentence."""
    plain = plain_text(text)
    return plain if len(plain) <= MOST_SHOWN else f"{plain[:MOST_SHOWN]}…"


def _refuse_strange(names: Mapping[CellId, str], cells: Iterable[CellId]) -> None:
    if any(cell not in names for cell in cells):
        raise Invalid(_("The form has no such cell. Open the form again; nothing was saved."))
