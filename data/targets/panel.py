"""One target opened: its law, the document's own sentence, who entered it, and the chain that it stands in."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.chain import Link, chain_of
from data.targets.contradictions import Contradiction
from data.targets.documents import find_sentence, load_texts
from data.targets.register import TargetInfo
from data.targets.registry import Entry, Whose, list_entries, whose
from data.wording import _


@dataclass(frozen=True, slots=True)
class Entered:
    """When a target was entered by an account; the account's name only for who may see more than a neighbour."""

    at: datetime
    account: str | None


@dataclass(frozen=True, slots=True)
class TargetPanel:
    """A target with everything behind it.

    `sentence` is the document's own, where a reader has attached its text. `entered` is None for a target that came
    with the portal's reference facts. `chain` leads from the nation to the unit, with the name of each; what is set
    beyond the reader's reach is left out. `contradictions` are those of every target in the chain.
    """

    entry: Entry
    sentence: str | None
    entered: Entered | None
    chain: tuple[tuple[Whose, Link], ...]
    contradictions: tuple[Contradiction, ...]
    owners: dict[int, Whose]


def get_target_panel(session: Session, scope: Scope, target_key: str, today: date) -> TargetPanel:
    """The target with that key, within the reader's reach; NotFound, the same for absent and out of reach."""
    snapshot = get_snapshot(session)
    entries = {one.target.id: one for one in list_entries(session, scope, today)}
    entry = next((one for one in entries.values() if one.target.key == target_key), None)
    if entry is None:
        raise NotFound(_("There is no such target within your reach."))
    target = entry.target
    links = chain_of(snapshot.targets, snapshot.tree, entry.definition, target.unit_id, target.year)
    seen = [_within(link, entries) for link in links]
    steps = [step for link in seen for step in link.steps]
    found = dict.fromkeys(one for step in steps for one in entries[step.target.id].contradictions)
    text = load_texts(session, [target.document.id]).get(target.document.id)
    return TargetPanel(
        entry,
        text and find_sentence(text, target.as_printed, f"{target.wording_vi} {entry.definition.name_vi}"),
        _entered(session, scope, target, today),
        tuple((whose(snapshot.tree, link.unit_id, date(target.year, 12, 31)), link) for link in seen),
        tuple(found),
        {one.target.unit_id: one.whose for one in entries.values()},
    )


def _within(link: Link, entries: dict[int, Entry]) -> Link:
    """The link as the reader may see it: as the registry lists its targets."""
    steps = tuple(entries[step.target.id].step for step in link.steps if step.target.id in entries)
    return Link(link.unit_id, steps, link.judges, link.unjudged)


def _entered(session: Session, scope: Scope, target: TargetInfo, today: date) -> Entered | None:
    """The latest line of the audit trail about the target."""
    line = t.AuditLine
    query = (
        select(line.at, line.detail, t.Account.display_name)
        .outerjoin(t.Account, t.Account.id == line.account_id)
        .where(line.unit_id == target.unit_id, line.action.startswith("target.", autoescape=True))
        .order_by(line.id.desc())
    )
    for at, detail, name in session.execute(query):
        if json.loads(detail or "{}").get("target") == target.key:
            tree = get_snapshot(session).tree
            inside = target.unit_id in scope.inside(tree, tree.units[target.unit_id].within_life(today))
            return Entered(at, name if inside else None)
    return None
