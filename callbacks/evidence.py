"""What stands behind a number, wherever a table is asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.comparisons.evidence_model import Evidence
from data.refusals import Invalid
from data.snapshot import get_snapshot
from data.wording import _
from layouts.comparison.evidence import evidence

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def asked_in(event: Any, name: str) -> str:
    """What a table's event names; a browser may send anything in its place, which is refused."""
    asked = event.get("data") if isinstance(event, Mapping) else None
    word = asked.get(name) if isinstance(asked, Mapping) else None
    if not isinstance(word, str):
        raise Invalid(_("Choose a number in the table."))
    return word


def evidence_panel(session: Session, found: Evidence) -> list[Component]:
    """The evidence drawn, with a place for the text of each document to which the reader may attach one."""
    may = guard.also(Permission.DOCUMENT_ATTACH).units(get_snapshot(session).tree, clock.today())
    attachable = {one.target.document.key for one in found.targets if one.target.document.issuer_id in may}
    return evidence(found, attachable)
