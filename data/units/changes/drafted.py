"""The change set that a draft says, or what it lacks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from data.kinds import LineageBasis, UnitKind, UnitLevel
from data.refusals import Invalid
from data.units.changes import deeds
from data.units.changes.deeds import Deed
from data.units.changes.draft import Draft, Part, document_of, read_day, read_share
from data.units.changes.model import Change, ChangeSet, Opening
from data.units.tree import Unit, UnitTree
from data.wording import _


def change_set_of(tree: UnitTree, draft: Draft) -> ChangeSet:
    """The change set that the draft says. Raises Invalid for what is missing or cannot be read.

    What stands below units that merge or close goes on under what takes them over.
    """
    on, document = read_day(draft.on), document_of(draft)
    units: list[Unit] = []
    for key in draft.units:
        unit = tree.find(key)
        if unit is None:
            raise Invalid(_("There is no unit “{unit}” within your reach.").format(unit=key))
        units.append(unit)
    least = {Deed.MERGE: 2, Deed.OPEN: 0}.get(draft.deed, 1)
    if len(units) < least:
        raise Invalid(_("Choose the units first: at least {count}.").format(count=least))
    changes = _CHANGES[draft.deed](_Draft(tree, draft, units, on))
    return ChangeSet(on, tuple(changes), document.key if document else draft.document, document)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft whose units are found and whose day is read."""

    tree: UnitTree
    said: Draft
    units: list[Unit]
    on: date

    @property
    def part(self) -> Part:
        """The first unit that is described."""
        return next((part for part in self.said.parts if not part.empty), Part())

    @property
    def parent(self) -> str:
        """The parent that is chosen, else that of the first unit."""
        above = self.tree.parent(self.units[0].id, self.on) if self.units else None
        return self.said.parent or self.tree.units[self.tree.nation_id if above is None else above].key

    def opening(self, part: Part, place: int, level: UnitLevel) -> Opening:
        """A unit that opens."""
        if part.kind not in set(UnitKind):
            raise Invalid(_("Choose what kind of unit opens."))
        return Opening(f"new{place}", level, UnitKind(part.kind), part.name, part.code, self.parent)

    def moves(self, to: str) -> list[Change]:
        """Everything below the units goes on under another."""
        below = [child for unit in self.units for child in self.tree.children(unit.id, self.on)]
        return [deeds.move(self.tree.units[child].key, to) for child in below]


def _merging(draft: _Draft) -> list[Change]:
    new = draft.opening(draft.part, 1, draft.units[0].level)
    return [deeds.merge(draft.said.units, new), *draft.moves(new.ref)]


def _splitting(draft: _Draft) -> list[Change]:
    if draft.said.basis not in set(LineageBasis):
        raise Invalid(_("Say what the shares rest on."))
    unit = draft.units[0]
    parts: list[tuple[Opening, Part]] = []
    for part in draft.said.parts:
        if not part.empty:
            parts.append((draft.opening(part, len(parts) + 1, unit.level), part))
    if len(parts) < 2:
        raise Invalid(_("Write the units that it is split into: at least two."))
    shares = [(new, read_share(part.share)) for new, part in parts]
    moves = [move for new, part in parts for move in _moves_below(draft, part, new.ref)]
    return [deeds.split(unit.key, shares, LineageBasis(draft.said.basis)), *moves]


def _moves_below(draft: _Draft, part: Part, to: str) -> list[Change]:
    tree = draft.tree
    children = [tree.units[child] for child in tree.children(draft.units[0].id, draft.on)]
    below = {child.state(draft.on).code: child.key for child in children}
    moves: list[Change] = []
    for code in part.below.replace(",", " ").split():
        if code not in below:
            raise Invalid(_("No unit below it has the code {code}.").format(code=code))
        moves.append(deeds.move(below[code], to))
    return moves


def _opening(draft: _Draft) -> list[Change]:
    level = UnitLevel(draft.said.level) if draft.said.level in set(UnitLevel) else UnitLevel.COMMUNE
    return [deeds.open_unit(draft.opening(draft.part, 1, level))]


def _closing(draft: _Draft) -> list[Change]:
    return [deeds.close(draft.units[0].key, draft.parent), *draft.moves(draft.parent)]


def _renaming(draft: _Draft) -> list[Change]:
    return [deeds.rename(draft.units[0].key, draft.part.name)]


def _changing_kind(draft: _Draft) -> list[Change]:
    kind = next((part.kind for part in draft.said.parts if part.kind), "")
    if kind not in set(UnitKind):
        raise Invalid(_("Choose what kind of unit it becomes."))
    return [deeds.change_kind(draft.units[0].key, UnitKind(kind), draft.part.name or None)]


def _changing_code(draft: _Draft) -> list[Change]:
    return [deeds.change_code(draft.units[0].key, draft.part.code)]


def _moving(draft: _Draft) -> list[Change]:
    if not draft.said.parent:
        raise Invalid(_("Choose the unit under which it is to stand."))
    return [deeds.move(unit.key, draft.said.parent) for unit in draft.units]


_CHANGES: dict[Deed, Callable[[_Draft], list[Change]]] = {
    Deed.MERGE: _merging,
    Deed.SPLIT: _splitting,
    Deed.OPEN: _opening,
    Deed.CLOSE: _closing,
    Deed.RENAME: _renaming,
    Deed.KIND: _changing_kind,
    Deed.CODE: _changing_code,
    Deed.MOVE: _moving,
}
