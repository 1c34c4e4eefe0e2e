"""The change that takes another back from a later day on. Pure: no session, no tables.

What was in force stays in force for its days. So the units that a merger opened close again, and their predecessors
come back under keys of their own: between the two days the area was another, and another unit reported on it.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from data.kinds import LineageBasis
from data.refusals import Invalid
from data.units.changes.deeds import passage
from data.units.changes.model import Change, ChangeSet, Opening, Passage, Reshape, Restate
from data.units.changes.names import title_on
from data.units.tree import UnitTree
from data.wording import _

# A share of what closes now, by its key and that of the unit which closed then.
Shares = Mapping[tuple[str, str], Fraction]


def shares_to_state(tree: UnitTree, original: ChangeSet) -> dict[str, tuple[str, ...]]:
    """For every unit of the change that has several predecessors, these: nobody but a person knows their shares."""
    return {
        key: older
        for reshape in original.reshapes
        for key, older in _back(tree, reshape).items()
        if len(older) > 1
    }


def counter_change(
    tree: UnitTree, original: ChangeSet, on: date, shares: Shares, basis: LineageBasis = LineageBasis.STATED
) -> ChangeSet:
    """What takes the change back from `on`, a later day. Raises Invalid where a share is missing."""
    changes: list[Change] = []
    returned = {key: f"back:{key}" for reshape in original.reshapes for key in reshape.closes}
    for reshape in original.reshapes:
        opens = tuple(_opening(tree, key, original, returned) for key in reshape.closes)
        passages = [
            one
            for key, older in _back(tree, reshape).items()
            for one in _passages(tree, original, key, older, shares, basis, returned)
        ]
        closes = tuple(one.key for one in reshape.opens)
        changes.append(Reshape(closes, opens, tuple(passages)))
    changes.extend(_restate(tree, one, original, returned) for one in original.restates)
    return ChangeSet(on, tuple(changes), original.document)


def _back(tree: UnitTree, reshape: Reshape) -> dict[str, tuple[str, ...]]:
    """The predecessors that an opened unit goes back to: those of its own level, where it has any."""
    into: dict[str, list[str]] = defaultdict(list)
    for one in reshape.passages:
        into[one.successor].append(one.predecessor)
    found = {}
    for opening in reshape.opens:
        older = into[opening.key]
        own = [key for key in older if tree.units[tree.ids[key]].level is opening.level]
        found[opening.key] = tuple(own or older)
    return found


def _passages(
    tree: UnitTree,
    original: ChangeSet,
    key: str,
    older: tuple[str, ...],
    shares: Shares,
    basis: LineageBasis,
    returned: Mapping[str, str],
) -> list[Passage]:
    if len(older) == 1:
        return [Passage(key, returned[older[0]])]
    missing = [one for one in older if (key, one) not in shares]
    if missing:
        sentence = _("Say which share of {unit} goes back to {older}.")
        unit, first = tree.units[tree.ids[key]], tree.units[tree.ids[missing[0]]]
        raise Invalid(sentence.format(unit=title_on(unit, original.on), older=title_on(first, original.eve)))
    return [passage(key, returned[one], shares[key, one], basis) for one in older if shares[key, one]]


def _opening(tree: UnitTree, key: str, original: ChangeSet, returned: Mapping[str, str]) -> Opening:
    unit = tree.units[tree.ids[key]]
    state = unit.state(original.eve)
    parent = tree.units[state.parent_id or tree.nation_id].key
    return Opening(
        returned[key], unit.level, state.kind, state.name, state.code or "", returned.get(parent, parent),
        confidence=state.confidence,
    )  # fmt: skip


def _restate(tree: UnitTree, one: Restate, original: ChangeSet, returned: Mapping[str, str]) -> Restate:
    """Back to what it was, in what the change said of it and in nothing else."""
    before = tree.units[tree.ids[one.unit]].state(original.eve)
    parent = tree.units[before.parent_id or tree.nation_id].key
    return Restate(
        one.unit,
        name=None if one.name is None else before.name,
        kind=None if one.kind is None else before.kind,
        code=None if one.code is None else before.code,
        parent=None if one.parent is None else returned.get(parent, parent),
        confidence=before.confidence,
    )
