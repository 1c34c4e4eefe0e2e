"""A change set as JSON and back: what the journal keeps, what a file holds, what a page carries along."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from fractions import Fraction
from typing import Any

from data.kinds import Confidence, LineageBasis, UnitKind, UnitLevel
from data.refusals import Invalid
from data.units.changes.model import Change, ChangeSet, NewDocument, Opening, Passage, Reshape, Restate
from data.wording import _


def to_json(change_set: ChangeSet) -> str:
    """The change set as text."""
    document = change_set.new_document
    what: dict[str, Any] = {
        "on": change_set.on.isoformat(),
        "document": change_set.document,
        "changes": [_change_out(change) for change in change_set.changes],
    }
    if document is not None:
        what["new_document"] = {**asdict(document), "issued_on": document.issued_on.isoformat()}
    return json.dumps(what, ensure_ascii=False, separators=(",", ":"))


def _change_out(change: Change) -> dict[str, Any]:
    if isinstance(change, Restate):
        return {"restate": _filled(asdict(change))}
    return {
        "closes": list(change.closes),
        "opens": [_filled(asdict(one)) for one in change.opens],
        "passages": [_filled({**asdict(one), "share": str(one.share)}) for one in change.passages],
    }


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty, and without what is sure."""
    return {name: value for name, value in fields.items() if value not in (None, "", Confidence.HIGH)}


def from_json(text: str) -> ChangeSet:
    """The change set that a text says. Raises Invalid where it says none."""
    try:
        what = json.loads(text)
        document = what.get("new_document")
        return ChangeSet(
            on=date.fromisoformat(what["on"]),
            changes=tuple(_change_in(one) for one in what["changes"]),
            document=_text(what.get("document", "")),
            new_document=None if document is None else _document(document),
        )
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
        raise Invalid(_("This is no change of units that can be read.")) from error


def _document(fields: Mapping[str, Any]) -> NewDocument:
    issued = date.fromisoformat(fields["issued_on"])
    return NewDocument(_text(fields["key"]), _text(fields["number"]), issued, _text(fields["title"]))


def _change_in(fields: Mapping[str, Any]) -> Change:
    if "restate" in fields:
        return Restate(**_words(fields["restate"], kind=UnitKind, confidence=Confidence))
    opens = [Opening(**_words(one, level=UnitLevel, kind=UnitKind, confidence=Confidence)) for one in fields["opens"]]
    passages = [Passage(**_words(one, share=Fraction, basis=LineageBasis)) for one in fields["passages"]]
    return Reshape(tuple(_text(key) for key in fields["closes"]), tuple(opens), tuple(passages))


def _words(fields: Mapping[str, Any], **kinds: type[Any]) -> dict[str, Any]:
    return {name: kinds[name](_text(value)) if name in kinds else _text(value) for name, value in fields.items()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("every part of a change is text")
    return value


def named_by_keys(change_set: ChangeSet, keys: Mapping[str, str]) -> ChangeSet:
    """The change set with the keys that units got in place of the names it made up for them: how it is remembered."""
    changes: list[Change] = []
    for change in change_set.changes:
        if isinstance(change, Restate):
            parent = None if change.parent is None else keys.get(change.parent, change.parent)
            changes.append(replace(change, parent=parent))
            continue
        opens = [
            replace(one, ref=keys[one.ref], key=keys[one.ref], parent=keys.get(one.parent, one.parent))
            for one in change.opens
        ]
        passages = [replace(one, successor=keys.get(one.successor, one.successor)) for one in change.passages]
        changes.append(Reshape(change.closes, tuple(opens), tuple(passages)))
    return replace(change_set, changes=tuple(changes))
