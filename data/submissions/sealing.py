"""The seal of a sent report: one digest over everything that was sent, the same on every machine and forever."""

import json
from hashlib import sha256

from data.submissions.lookup import Place
from data.submissions.records import Cells


def digest_of(place: Place, number: int, cells: Cells) -> str:
    """SHA-256, in hexadecimal, of the report's keys, its revision's number and its cells in order."""
    told = {
        "unit": place.unit.key,
        "form": place.form.key,
        "period": place.period.code,
        "revision": number,
        "cells": [
            [cell.element, cell.window, cells[cell].standing.value, cells[cell].value, cells[cell].note]
            for cell in sorted(cells)
        ],
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()
