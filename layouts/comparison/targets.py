"""The national instruments on top of the table, in as few rows as their numbers allow."""

from collections.abc import Sequence
from typing import Any

from data.comparisons.display import cited, pinned_for_grid
from data.comparisons.model import Column, TargetRow
from data.wording import _

# A row of short numbers; one whose cells cite their instruments; and both where something is put into words.
LOW, HIGH = 46, 62
LOW_IN_WORDS, HIGH_IN_WORDS = 66, 86
# What the script takes for words: smaller, on two lines, with the year under them.
WORDS = 12


def target_lines(rows: tuple[TargetRow, ...], columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    """One row for the first instrument; the others share rows where no two of them speak of one column.

    A row carries `height`; `cited` marks it as a target's; `w` of a cell is the target's year. In a shared row each
    number cites its own instrument.
    """
    printed = dict(zip(rows, pinned_for_grid(rows, columns), strict=True))
    keys = [column.key for column in columns]
    found = []
    for pack in _packed(rows):
        lines = [printed[row] for row in pack]
        found.append(_alone(lines[0], keys) if len(pack) == 1 else _shared(pack, lines, keys))
    return found


def _packed(rows: Sequence[TargetRow]) -> list[list[TargetRow]]:
    packs: list[list[TargetRow]] = []
    for row in rows:
        fitting = (pack for pack in packs[1:] if not any(_overlap(row, other) for other in pack))
        pack = next(fitting, None)
        if pack is None:
            packs.append([row])
        else:
            pack.append(row)
    return packs


def _overlap(one: TargetRow, other: TargetRow) -> bool:
    return any(mine and theirs for mine, theirs in zip(one.targets, other.targets, strict=True))


def _alone(line: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    for key in keys:
        line[key]["w"] = line[key].pop("s", "")
    height = LOW_IN_WORDS if _in_words(line, keys) else LOW
    return {**line, "small": line["cited"], "height": height}


def _shared(rows: Sequence[TargetRow], lines: Sequence[dict[str, Any]], keys: Sequence[str]) -> dict[str, Any]:
    names = ", ".join(line["name"] for line in lines)
    shared: dict[str, Any] = {
        "key": "+".join(line["key"] for line in lines),
        "name": _("Programmes and plans"),
        "cited": names,
        "small": _("documents: {count}, each cited in its cell").format(count=len(lines)),
    }
    for place, key in enumerate(keys):
        speaking = ((row, line) for row, line in zip(rows, lines, strict=True) if row.targets[place] is not None)
        row, line = next(speaking, (rows[0], lines[0]))
        cell = line[key]
        shared[key] = {"t": cell["t"], "w": cell["s"], "s": cited(row.document)} if "s" in cell else cell
    return {**shared, "height": HIGH_IN_WORDS if _in_words(shared, keys) else HIGH}


def _in_words(line: dict[str, Any], keys: Sequence[str]) -> bool:
    return any(len(line[key]["t"]) > WORDS for key in keys)
