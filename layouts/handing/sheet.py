"""The sheet that the page's script draws: its rows, columns and numbers as plain values."""

from collections.abc import Mapping
from typing import Any

from data.catalogue.model import Definition
from data.comparisons.display import shown, target_text
from data.handing.model import Board, BoardCell, number_of
from data.handing.typed import number_text
from data.measures import Measure
from data.wording import _
from data.wording.measures import NO_VALUE, measure_name
from data.wording.periods import period_short


def sheet_state(board: Board, query: Mapping[str, str], owner: str, *, fresh: bool) -> dict[str, Any]:
    """What the script draws the sheet from. `query` gives the board back; `owner` tells one reader's unsaved typing
    from another's; `fresh` says that everything typed before has just been given.

    A cell is `{v, s, k, g}`: the text of its input, the small text under it, the key of the target that it shows, and
    what its button for the history says; what is empty is left out.
    """
    parent = _("{unit} (own target)").format(unit=board.parent.title)
    rows: list[dict[str, Any]] = [{"key": board.parent.unit.key, "name": parent, "own": True}]
    rows += [{"key": line.unit.key, "name": line.title} for line in board.children]
    return {
        "key": ".".join((board.parent.unit.key, str(board.year), *(column.key for column in board.columns))),
        "shelf": f"portal.assign.{owner}.{board.parent.unit.key}.{board.year}",
        "query": dict(query),
        "fresh": fresh,
        "columns": [
            {
                "key": column.key,
                "name": column.definition.name,
                "short": column.definition.short,
                "small": measure_name(column.definition.measure),
            }
            for column in board.columns
        ],
        "rows": rows,
        "cells": {
            place_text(line.unit.key, column.key): _cell(
                board.cells[line.unit.key, column.key], column.definition, board
            )
            for line in (board.parent, *board.children)
            for column in board.columns
        },
        "words": _words(board),
    }


def place_text(unit: str, definition: str) -> str:
    """A place of the board as the script names it."""
    return f"{unit}|{definition}"


def _words(board: Board) -> dict[str, str]:
    return {
        "label": _("Targets of {year}, {unit}").format(year=board.year, unit=board.parent.title),
        "unit": _("Unit"),
        "history": _("History"),
        "restored": _("Filled in again what you had typed and not given. Check it."),
        "overflow": _("There was no room on the sheet for some of what you pasted; rows left out:"),
        "giving": _("Giving…"),
        "filled": _("Numbers filled in: {count}. Nothing is given yet."),
        "nothing": _("Nothing was filled in: every cell keeps its number."),
    }


def _cell(cell: BoardCell, definition: Definition, board: Board) -> dict[str, str]:
    measure = definition.measure
    fields = {
        "v": _number(cell),
        "s": _last(cell, measure, board),
        "k": cell.given.key if cell.given else "",
        "g": _standing(cell, measure),
    }
    return {name: text for name, text in fields.items() if text}


def _number(cell: BoardCell) -> str:
    number = number_of(cell.given) if cell.given else None
    return "" if number is None else number_text(number)


def _last(cell: BoardCell, measure: Measure, board: Board) -> str:
    """`2025: 62,3% · ≥ 70%`: what was reached, and what was asked then."""
    text = shown(cell.last, measure).text
    # A result of the year itself stands beside that year's target already.
    last = () if board.last.last_day.year == board.year else cell.last_targets
    aims = " / ".join(dict.fromkeys(target_text(target, measure) for target in last))
    if text == NO_VALUE and not aims:
        return ""
    said = f"{period_short(board.last)}: {text}"
    return f"{said} · {aims}" if aims else said


def _standing(cell: BoardCell, measure: Measure) -> str:
    """What is in force, where the number in the cell does not say it all."""
    if not cell.in_force:
        return ""
    return " / ".join(dict.fromkeys(target_text(target, measure) for target in cell.in_force))
