"""Ids of the page on which a form is filled in."""

from enum import StrEnum

from data.submissions.model import CellId


class SubmissionId(StrEnum):
    """What the page and its script talk about. The script puts what was typed into `OUTBOX`."""

    BODY = "submission-body"
    SHEET = "submission-sheet"
    OUTBOX = "submission-outbox"
    STATE = "submission-state"
    SAVED = "submission-saved"
    UNSAVED = "submission-unsaved"
    SUMMARY = "submission-summary"
    CONFLICT = "submission-conflict"
    SEND = "submission-send"


# Kinds of the ids that stand once in every row, or in every cell.
SAY = "submission-say"
SUM = "submission-sum"
CELL = "submission-cell"
NOTE = "submission-note"


def say_id(element_key: str) -> dict[str, str]:
    """Where the sentences about a row stand."""
    return {"type": SAY, "element": element_key}


def sum_id(cell: CellId) -> dict[str, str]:
    """Where a cell's sum since January stands."""
    return {"type": SUM, "cell": str(cell)}


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
