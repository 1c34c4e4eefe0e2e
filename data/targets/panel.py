"""One target opened: its law, the document's own sentence, who entered it, its history, and the chain that it is in."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.chain import Link, Place, Step, Why, chain_of
from data.targets.contradictions import Contradiction
from data.targets.documents import find_sentence, load_texts
from data.targets.reach import sees
from data.targets.register import TargetInfo, info_of
from data.targets.registry import Entry, Whose, list_entries, whose
from data.targets.versions import Deed, Version, list_versions
from data.wording import _


@dataclass(frozen=True, slots=True)
class TargetPanel:
    """A target with everything behind it.

    `sentence` is the document's own, where a reader has attached its text. `versions` are all that was ever set for its
    definition, unit and year, this one among them; names and reasons only for who may see more than a neighbour.
    `chain` leads from the nation to the unit, with the name of each; what is set beyond the reader's reach is left out.
    `contradictions` are those of the unit's own targets, and of those above it as far as they lie in the chain: what a
    neighbour's number contradicts is none of this target's business.
    """

    entry: Entry
    sentence: str | None
    versions: tuple[Version, ...]
    chain: tuple[tuple[Whose, Link], ...]
    contradictions: tuple[Contradiction, ...]
    owners: dict[int, Whose]

    @property
    def version(self) -> Version:
        """The opened target as the history has it."""
        return next(one for one in self.versions if one.target.id == self.entry.target.id)

    @property
    def entered(self) -> Deed | None:
        """Who entered it and when; None for a target that came with the portal's reference facts."""
        return self.version.entered


def get_target_panel(session: Session, scope: Scope, target_key: str, today: date) -> TargetPanel:
    """The target with that key, also one that was withdrawn, within the reader's reach; NotFound, the same for absent
    and out of reach.
    """
    snapshot = get_snapshot(session)
    tree = snapshot.tree
    entries = {one.target.id: one for one in list_entries(session, scope, today)}
    standing = snapshot.targets.find(target_key)
    entry = entries.get(standing.id) if standing else _withdrawn(session, snapshot, scope, target_key, today)
    if entry is None:
        raise NotFound(_("There is no such target within your reach."))
    target = entry.target
    links = chain_of(snapshot.targets, tree, entry.definition, target.unit_id, target.year)
    seen = [_within(link, entries) for link in links]
    steps = [step for link in seen for step in link.steps]
    stops = {link.unit_id for link in seen}
    found = dict.fromkeys(
        one
        for step in steps
        for one in entries[step.target.id].contradictions
        if step.target.unit_id == target.unit_id or all(other.unit_id in stops for other in one.targets)
    )
    text = load_texts(session, [target.document.id]).get(target.document.id)
    inside = target.unit_id in scope.inside(tree, tree.units[target.unit_id].within_life(today))
    return TargetPanel(
        entry,
        text and find_sentence(text, target.as_printed, f"{target.wording_vi} {entry.definition.name_vi}"),
        list_versions(session, snapshot.targets, target.unit_id, target.definition_id, target.year, names=inside),
        tuple((whose(tree, link.unit_id, date(target.year, 12, 31)), link) for link in seen),
        tuple(found),
        {one.target.unit_id: one.whose for one in entries.values()},
    )


def _within(link: Link, entries: dict[int, Entry]) -> Link:
    """The link as the reader may see it: as the registry lists its targets."""
    steps = tuple(entries[step.target.id].step for step in link.steps if step.target.id in entries)
    return Link(link.unit_id, steps, link.judges, link.unjudged)


def _withdrawn(session: Session, snapshot: Snapshot, scope: Scope, key: str, today: date) -> Entry | None:
    """The withdrawn target of that key, if the reader sees targets of its unit and year."""
    # Every key is plain, and what cannot be one must not reach the database, which refuses some letters.
    if not (key.isascii() and key.isprintable()):
        return None
    row = session.scalar(select(t.Target).where(t.Target.key == key, t.Target.withdrawn_at.is_not(None)))
    if row is None:
        return None
    target: TargetInfo = info_of(row, snapshot.targets.documents)
    if not sees(snapshot.tree, scope, target, today):
        return None
    owner = whose(snapshot.tree, target.unit_id, date(target.year, 12, 31))
    definition = snapshot.catalogue.definitions[target.definition_id]
    return Entry(target, owner, definition, Step(target, Place.WITHDRAWN, Why.TAKEN_BACK, ()), ())
