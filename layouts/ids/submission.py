"""Ids of the page on which a form is filled in."""

from enum import StrEnum

from data.submissions.model import CellId


class SubmissionId(StrEnum):
    """What the page and its script talk about.

    The script finds the form in `STATE`, puts what was typed into `OUTBOX`, and reads in `ANSWER` what became of it.
    """

    BODY = "submission-body"
    SHEET = "submission-sheet"
    STATE = "submission-state"
    OUTBOX = "submission-outbox"
    ANSWER = "submission-answer"
    STATUS = "submission-status"
    SAVED = "submission-saved"
    # What only the script knows: that something is not saved yet, or could not be; and a button to try again.
    UNSAVED = "submission-unsaved"
    TOLD = "submission-told"
    RETRY = "submission-retry"
    STANDING = "submission-standing"
    SUMMARY = "submission-summary"
    TARGETS = "submission-targets"
    NOTICE = "submission-notice"
    SEND = "submission-send"
    SEND_BELOW = "submission-send-below"


# Kinds of the ids that stand once in every row, or in every cell.
SAY = "submission-say"
SUM = "submission-sum"
CELL = "submission-cell"
NOTE = "submission-note"


def say_id(element_key: str) -> dict[str, str]:
    """Where the sentences about a row stand."""
    return {"type": SAY, "element": element_key}


def sum_id(name: str) -> dict[str, str]:
    """Where a number stands that follows from the cells: a total, or a sum since January."""
    return {"type": SUM, "name": name}


def cell_id(cell: CellId) -> dict[str, str]:
    """The input of a cell."""
    return {"type": CELL, "cell": str(cell)}


def note_id(cell: CellId) -> dict[str, str]:
    """The input that explains a cell."""
    return {"type": NOTE, "cell": str(cell)}


def dom_id(component_id: dict[str, str]) -> str:
    """The id as the browser's document has it, for a label to point at."""
    pairs = ",".join(f'"{key}":"{value}"' for key, value in sorted(component_id.items()))
    return "{" + pairs + "}"
