"""Requests that no page would send, from a seed: over every address and every callback of the application's maps."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from dash import Dash
from flask import Flask
from werkzeug.routing import Rule

from callbacks import guard
from data.kinds import UnitLevel
from data.published.bases import Basis
from portal.pages import PAGES
from tests.dash_client import body_of
from tests.forged_world import PLANTS
from tests.world_catalogue import DEFINITIONS, ELEMENTS, FORMS
from tests.worlds import PLACES

# What may stand where anything else is expected. No lone halves of characters in addresses: no client can send them.
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 2**40, "", "x", "x" * 3000, [], {}, [1], {"a": 1}, "a\x00b", "' OR 1=1 --", "=1+1",
    "<script>", "\u202e", [[[]]], {"data": None}, "99999999999", "../..", float("nan"), "\ud800",
)  # fmt: skip
UNITS = tuple(place.key for place in PLACES.values())
PERIODS = ("2026Q3", "2026Q2", "2026Q1", "2026-6M", "2026-9M", "2025", "2025-11M", "2024", "202609", "1990", "2100")
DAYS = ("today", "end", "2025-06-30", "2025-07-01", "2026-12-31", "0001-01-01", "9999-12-31", "2025-02-30")
COLUMNS = (*DEFINITIONS, "tfr")
GROUPS = ("merged-cum-1", "vn-cum-1", "other-cum-1")
ROUTER = "callbacks.shell.show"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: a body for the callbacks, or a method, an address and a form for anything else."""

    body: Any = None
    method: str = "GET"
    path: str = ""
    form: dict[str, str] | None = None


class Forger:
    """Makes requests. The same seed makes the same ones, as long as the application answers at the same addresses."""

    def __init__(self, seed: int, app: Flask, dash: Dash, revisions: Sequence[int]) -> None:
        self.random = Random(seed)
        self.dash = dash
        self.revisions = tuple(revisions)
        self.keys = sorted(dash.callback_map)
        self.router = next(key for key, entry in guard.bound(dash).items() if entry.handler == ROUTER)
        # Signing in and out would change who asks; changing passwords is slow on purpose. Both have tests of their own.
        spared = {"sign_in.enter", "sign_in.leave", "portal.routes.password.change"}
        self.rules = sorted((rule for rule in app.url_map.iter_rules() if rule.endpoint not in spared), key=str)

    def request(self) -> Request:
        """The next one: a page or another callback most of the time, else a file, else any address at all."""
        kind = self.random.random()
        if kind < 0.8:
            return Request(body=self._body(self.router if kind < 0.4 else self.random.choice(self.keys)))
        if kind < 0.88:
            path, asked = self.random.choice((
                ("/export/comparison.csv", self._compared()), ("/export/comparison.xlsx", self._compared()),
                ("/export/unit.csv", self._one_unit()), ("/export/paths.csv", self._way()),
            ))  # fmt: skip
            return Request(path=path + self._address(asked))
        return self._anywhere(self.random.choice(self.rules))

    def _anywhere(self, rule: Rule) -> Request:
        parts = {name: str(self._of((*UNITS, "plan-2025", "nq21", "vi", "en"), text=True)) for name in rule.arguments}
        built = rule.build(parts)
        path = (built[1] if built else "/") + (self._address(self._fields()) if self.random.random() < 0.5 else "")
        method = self.random.choice(sorted((rule.methods or {"GET"}) | {"GET", "POST"}))
        return Request(method=method, path=path, form={"text": "MINE", "next": "//elsewhere.example"})

    def _body(self, key: str) -> Any:
        spec, body = self.dash.callback_map[key], body_of(self.dash, key)
        ids: dict[str, list[Any]] = {}
        for part in ("inputs", "state"):
            for place, wanted in enumerate(spec[part]):
                name, prop = str(wanted["id"]), wanted["property"]
                if name.startswith("{"):
                    body[part][place] = ids[name] = self._many(name, prop)
                else:
                    body[part][place]["value"] = self._value(name, prop)
        if key == self.router and self.random.random() < 0.7:
            path, fields = self._page()
            body["inputs"][0]["value"], body["inputs"][1]["value"] = path, self._address(fields)
        if isinstance(spec["output"], list):
            for place, output in enumerate(spec["output"]):
                if (name := output.component_id_str()) in ids:
                    prop = output.component_property
                    body["outputs"][place] = [{"id": one["id"], "property": prop} for one in ids[name]]
        return self._broken(body)

    def _broken(self, body: dict[str, Any]) -> Any:
        """Some bodies have another shape than any page's."""
        if self.random.random() < 0.06:
            body[self.random.choice(sorted(body))] = self.random.choice(JUNK)
        if self.random.random() < 0.03 and isinstance(body["outputs"], list) and body["outputs"]:
            body["outputs"][-1] = self.random.choice(JUNK)
        return body

    def _many(self, name: str, prop: str) -> list[dict[str, Any]]:
        found = []
        for _ in range(self.random.randrange(3)):
            one = {
                part: self.random.choice((*ELEMENTS, *UNITS)) if isinstance(wanted, list) else wanted
                for part, wanted in json.loads(name).items()
            }
            value = one if prop == "id" else list(COLUMNS[:2])
            found.append({"id": one, "property": prop, "value": self._or_junk(value)})
        return found

    def _value(self, name: str, prop: str) -> Any:
        """A value that the component might hold, by what it is called; else anything."""
        makers = {
            "pathname": lambda: self.random.choice([page.path for page in PAGES] + ["/submit", "/review", "/nope"]),
            "search": lambda: self._address(self._fields()),
            "eventData": lambda: {"data": {"unit": self._of(UNITS), "definition": self._of(COLUMNS)}},
            "n_clicks": lambda: 1,
        }
        named = {
            "groups-of": lambda: self._of(("merged", "vn", *GROUPS)),
            "-from": lambda: self._of(("21/11/2026", "1/1/2026", "01-07-2027", "31/02/2026")),
            "groups-units": lambda: [self._of(UNITS) for _ in range(self.random.randrange(3))],
            "groups-leavers": lambda: [self._of(UNITS) for _ in range(self.random.randrange(3))],
            "groups-name": lambda: self._of(("Cụm một", "Cụm hai", "=1+1")),
            "groups-document": lambda: self._of(("no document", "nq21")),
            "set-unit": lambda: self._of(UNITS),
            "set-definition": lambda: self._of(COLUMNS),
            "set-document": lambda: self._of(("plan-2025", "nq21", "a new one", "merged-vb-1")),
            "set-issuer": lambda: self._of(("vn", "merged", "other")),
            "set-number": lambda: self._of(("5/QĐ-UBND", "6/QĐ-UBND")),
            "set-issued": lambda: self._of(("5/1/2026", "6/2/2026")),
            "set-subject": lambda: "Giao chỉ tiêu",
            "set-year": lambda: self._of(("2026", "2027", "2031")),
            "set-kind": lambda: self._of(("ASSIGNED", "ASSIGNED", "ADJUSTED")),
            "set-reading": lambda: self._of(("AT_LEAST", "AT_LEAST", "CHANGE", "FRACTION", "RANGE", "WORDS")),
            "set-low": lambda: self._of(("12", "70,5", "2/3", "1e9")),
            "set-reason": lambda: "Nhầm",
            "set-mode": lambda: self._of(({}, {}, {"correct": "T705"}, {"adjust": "T702"}, {"withdraw": "T706"})),
            "published-of": lambda: self.random.randrange(1, 6),
            "published-new-definition": lambda: self._of(COLUMNS),
            "published-new-place": lambda: self._of(UNITS),
            "published-reason": lambda: self._of(("Gõ nhầm", ".")),
            "-value": lambda: self._of(("2,1", "2.31", "-3", "một")),
            "-standing": lambda: self._of(("FINAL", "PRELIMINARY", "-")),
            "-basis": lambda: self._of([basis.value for basis in Basis]),
            "-source": lambda: self._of(("Cục Thống kê", "=1+1", "")),
            "-confidence": lambda: self._of(("HIGH", "LOW", "-")),
            "outbox": self._outbox,
            "assign-box": self._handing,
            "assign-order": self._handing,
            "assign-asked": self._asked,
            "within": lambda: self._of(UNITS),
            "period": lambda: self._of(PERIODS),
            "boundaries": lambda: self._of(DAYS),
            "level": lambda: self._of([level.value.lower() for level in UnitLevel]),
            "revision": lambda: self._of(self.revisions),
            "column": lambda: self._of(COLUMNS),
            "programme": lambda: self._of(("468", "1999", "main", "ticked")),
        }
        make = makers.get(prop) or next((make for word, make in named.items() if word in name), None)
        return self._or_junk(make() if make else self.random.choice((*UNITS, *JUNK)))

    def _place(self) -> tuple[Any, Any, Any]:
        """Where a report stands: most of the time there is one."""
        if self.random.random() < 0.7:
            return self.random.choice(PLANTS).place
        return self._of(UNITS), self._of(tuple(FORMS)), self._of(PERIODS)

    def _outbox(self) -> dict[str, Any]:
        unit, form, period = self._place()
        box = {
            "intent": self._of(("save", "send", "keep")), "unit": unit, "form": form, "period": period,
            "version": self.random.randrange(4), "number": 1, "standing": self._of((None, None, "FINAL", "ESTIMATE")),
            "typed": self._cells(period), "notes": self._cells(period), "seen": self._cells(period),
            "seen_notes": self._cells(period),
        }  # fmt: skip
        if self.random.random() < 0.1:
            box[self.random.choice(sorted(box))] = self.random.choice(JUNK)
        return box

    def _handing(self) -> dict[str, Any]:
        """What the page for handing down sends: most of the time it gives something by a document of its own."""
        texts = ("12", "1.234,5", "", "-3", "abc", "100%", "9" * 15)
        places = [f"{self._of(UNITS)}|{self._of(COLUMNS)}" for _ in range(self.random.randrange(4))]
        day = self._of(("05/01/2026", "01/07/2026", "31/02/2026", ""))
        box = {
            "number": 1, "intent": self._of(("check", "fill", "give", "give", "anyway")), "query": self._handed(),
            "cells": {place: self.random.choice(texts) for place in places},
            "asks": {str(self._of(COLUMNS)): "AT_LEAST"}, "seen": dict.fromkeys(places, "x"),
            "way": self._of(("EQUAL", "SHARE", "GAP")),
            "definition": self._of(COLUMNS), "everything": True, "warned": self._of(("", "x")),
            "document": {"key": self._of(("new document", "plan-2025", "nq21")), "number": "5/QĐ-UBND", "day": day,
                         "subject": self._of(("Giao", ""))},
        }  # fmt: skip
        if self.random.random() < 0.1:
            box[self.random.choice(sorted(box))] = self.random.choice(JUNK)
        return box

    def _handed(self) -> dict[str, Any]:
        """The query of the page for handing down."""
        chosen = ",".join(self.random.sample(COLUMNS, 2))
        # Most ask for what is their own: what is left out is.
        unit, year = self._of(("", "", "", "merged", "vn", "other")), self._of(("2026", "2026", "2025"))
        return {"unit": unit, "year": year, "definitions": chosen}

    def _asked(self) -> dict[str, Any]:
        return {"query": self._handed(), "unit": self._of(UNITS), "definition": self._of(COLUMNS)}

    def _cells(self, window: Any) -> dict[str, str]:
        texts = ("12", "1.234,5", "", "-3", "abc", "7", "9" * 15)
        keys = [self._of(tuple(ELEMENTS)) for _ in range(self.random.randrange(3))]
        return {f"{key}@{window}": self.random.choice(texts) for key in keys}

    def _page(self) -> tuple[str, dict[str, Any]]:
        """An address that some reader's page has: a report in one half of the cases."""
        kind = self.random.random()
        if kind < 0.5:
            unit, form, period = self._place()
            path = "/form" if self.random.random() < 0.3 else "/submit"
            return path, {"unit": unit, "form": form, "period": period}
        if kind < 0.7:
            return "/review", {"revision": self._of(self.revisions)}
        if kind < 0.8:
            return "/compare", self._compared()
        if kind < 0.9:
            words = {"q": self._of(("song", "a"))}
            return "/unit", self.random.choice(({"key": self._of(UNITS)}, self._one_unit(), words))
        if kind < 0.97:
            asked = {"unit": self._of(UNITS), "target": self._of(("T701", "T705")), "year": self._of(("2025", "x"))}
            document = {"key": self._of(("plan-2025", "nq21"))}
            changed = {self._of(("correct", "adjust", "withdraw"), text=True): self._of(("T702", "T705", "T707"))}
            return self.random.choice((
                ("/targets", asked), ("/arrival", asked), ("/document", document), ("/paths", self._way()),
                ("/set-target", asked), ("/set-target", changed), ("/assign", self._handed()),
            ))  # fmt: skip
        return self.random.choice(PAGES).path, {}

    def _fields(self) -> dict[str, Any]:
        """The query of some page."""
        return self._page()[1]

    def _one_unit(self) -> dict[str, Any]:
        return {"key": self._of(UNITS), "period": self._of(PERIODS), "ranks": self._of(("1", "0"))}

    def _way(self) -> dict[str, Any]:
        return {"unit": self._of(UNITS), "definition": self._of((*COLUMNS, ""))}

    def _compared(self) -> dict[str, Any]:
        fields = {
            "peers": self._of(GROUPS), "within": self._of(UNITS),
            "level": self._of(("province", "district", "commune")),
            "period": self._of(PERIODS), "boundaries": self._of(DAYS), "programme": self._of(("468", "1999")),
            "definitions": ",".join(self.random.sample(COLUMNS, 2)),
        }  # fmt: skip
        return {name: value for name, value in fields.items() if self.random.random() < 0.4}

    def _address(self, fields: dict[str, Any]) -> str:
        texts = {name: str(value).replace("\ud800", "") for name, value in fields.items() if value is not None}
        return f"?{urlencode(texts)}"

    def _of(self, values: Sequence[Any], *, text: bool = False) -> Any:
        chosen = self.random.choice(values if self.random.random() < 0.93 else JUNK)
        return str(chosen).replace("\ud800", "") if text else chosen

    def _or_junk(self, value: Any) -> Any:
        return value if self.random.random() < 0.95 else self.random.choice(JUNK)
