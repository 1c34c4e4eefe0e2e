"""A form on its page for tests: opened, typed into and sent over HTTP, as its page and its script do it."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.dash_client import Many, Reader, answer_of, body_of, key_of
from tests.page_tree import classed, content_of, find, ids_of, key_of_id
from tests.world_catalogue import QUARTER
from tests.worlds import Person

PERIOD = "2026Q3"
ASH_QUARTER = ("ash", "quarterly", PERIOD)
WORK = "callbacks.submission.work"
NUMBERS = {key: str(value) for key, value in QUARTER.items()}


class FormPage:
    """One person's page of one form. It remembers what its script remembers: the version, and what the cells said."""

    def __init__(self, app: Flask, person: Person, place: tuple[str, str, str] = ASH_QUARTER) -> None:
        self.reader = Reader(app, person.id)
        self.place = place
        self.number = 0
        unit, form, period = place
        self.tree = content_of(self.reader, "/submit", unit=unit, form=form, period=period)
        self.version = find(self.tree, "submission-state")["data"]["version"]
        self.seen = {name: slot["data-value"] for name, slot in slots(self.tree, "cell").items()}
        self.seen_notes = {name: slot["data-value"] for name, slot in slots(self.tree, "note").items()}
        self.inputs = list(self.seen)
        self.says = ids_of(self.tree, "submission-say")
        self.sums = ids_of(self.tree, "submission-sum")

    def message(self, intent: str, typed: Mapping[str, str], notes: Mapping[str, str] | None = None) -> dict[str, Any]:
        """What the script puts into the outbox. Cells are named by their element, in the report's own period."""
        self.number += 1
        unit, form, period = self.place
        cells = {self.cell(key): text for key, text in typed.items()}
        reasons = {self.cell(key): text for key, text in (notes or {}).items()}
        return {
            "intent": intent,
            "number": self.number,
            "unit": unit,
            "form": form,
            "period": period,
            "version": self.version,
            "typed": cells,
            "notes": reasons,
            "seen": {cell: self.seen.get(cell, "") for cell in cells},
            "seen_notes": {cell: self.seen_notes.get(cell, "") for cell in {**cells, **reasons}},
            "standing": None,
        }

    def cell(self, key: str) -> str:
        """The name of a cell; one with its window is left as it is."""
        return key if "@" in key else f"{key}@{self.place[2]}"

    def post(self, message: Any) -> TestResponse:
        """Calls the callback with the message and with what stands on the page."""
        says = Many([(one, one) for one in self.says])
        sums = Many([(one, one) for one in self.sums])
        body = body_of(self.reader.dash, key_of(self.reader.dash, WORK), [message, says, sums])
        for place, ids in ((3, self.says), (4, self.sums)):
            body["outputs"][place] = [{"id": one, "property": "children"} for one in ids]
        return self.reader.send(body)

    def work(self, intent: str, notes: Mapping[str, str] | None = None, /, **typed: str) -> dict[str, dict[str, Any]]:
        """What the page shows after a message that was answered. What was saved is what the cells say from then on."""
        message = self.message(intent, typed, notes)
        shown = answer_of(self.post(message))
        told = shown["submission-answer"]["data"]
        assert told["number"] == self.number
        if told["answer"] == "saved":
            self.version = told["version"]
            self.seen |= {cell: text for cell, text in message["typed"].items() if cell not in told["unread"]}
            self.seen_notes |= message["notes"]
        return shown

    def save(self, notes: Mapping[str, str] | None = None, /, **typed: str) -> dict[str, dict[str, Any]]:
        """Saves what was typed."""
        return self.work("save", notes, **typed)

    def send(self, **typed: str) -> dict[str, dict[str, Any]]:
        """Saves what was typed and sends the form."""
        return self.work("send", None, **typed)


def slots(tree: Any, kind: str) -> dict[str, dict[str, Any]]:
    """Where the script of the page puts its inputs ("cell" or "note"), by the name of the cell."""
    found = [one for one in classed(tree, kind) if "data-input" in one]
    return {json.loads(one["data-input"])["cell"]: one for one in found}


def told_of(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What the script of the page is told."""
    told: dict[str, Any] = shown["submission-answer"]["data"]
    return told


def beside(shown: Mapping[str, Any], element: str) -> Any:
    """What stands beside a row after a message."""
    return shown[key_of_id({"type": "submission-say", "element": element})]["children"]


def number(shown: Mapping[str, Any], name: str) -> str:
    """A number that follows from the cells, after a message."""
    text: str = shown[key_of_id({"type": "submission-sum", "name": name})]["children"]
    return text
