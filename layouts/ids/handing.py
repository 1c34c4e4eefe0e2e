"""Ids of the page on which targets are handed down."""

from enum import StrEnum


class HandingId(StrEnum):
    """What the page and its script talk about.

    The script finds the sheet's content in `STATE`. It puts what was typed into `BOX` to have it weighed, and into
    `ORDER` to give it; what became of that it reads in `ANSWER` and `GIVEN`. `ASKED` names the cell whose history is
    wanted; in `READ` the script itself says what became of a file.
    """

    ADDRESS = "assign-address"
    UNIT = "assign-unit"
    YEAR = "assign-year"
    PROGRAMME = "assign-programme"
    INDICATOR = "assign-indicator"
    BODY = "assign-body"
    SHEET = "assign-sheet"
    STATE = "assign-state"
    BOX = "assign-box"
    ANSWER = "assign-answer"
    ORDER = "assign-order"
    GIVEN = "assign-given"
    UPLOAD = "assign-upload"
    READ = "assign-read"
    ASKED = "assign-asked"
    PANEL = "assign-panel"
    NOTICE = "assign-notice"
    TOLD = "assign-told"
    ALL = "assign-all"
    DOCUMENT = "assign-document"
    NUMBER = "assign-number"
    DAY = "assign-day"
    SUBJECT = "assign-subject"
    RESET = "assign-reset"


# Where the running check of a column stands.
CHECK = "assign-check"


def check_id(definition: str) -> dict[str, str]:
    """The running check of that column."""
    return {"type": CHECK, "definition": definition}


def asks_id(definition: str) -> str:
    """The list from which it is chosen how the column's numbers are read."""
    return f"assign-asks-{definition}"
