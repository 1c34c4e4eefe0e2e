"""Which drafts of published values are let in: looked up, checked, and held against what stands already."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from data.catalogue.model import Definition
from data.kinds import Standing
from data.published.bases import Basis, bases_of_group, bases_of_unit
from data.published.checking import problems_of
from data.published.drafts import PublishedDraft, PublishedField, PublishedProblem, RefusedValues
from data.published.kept import KeptValue, regions, tidy
from data.scope import Scope
from data.snapshot import Snapshot
from data.units.groups import Group
from data.units.tree import Unit
from data.wording import _

# What must not stand twice: place, definition, period, boundaries, source and standing.
Identity = tuple[str, str, str, str, str, bool]


class Ready(NamedTuple):
    """A draft with everything that its keys name: a unit or a region."""

    draft: PublishedDraft
    definition: Definition
    unit: Unit | None
    group: Group | None

    @property
    def bases(self) -> tuple[Basis, ...]:
        """The boundaries on which a value of its unit or region can stand."""
        if self.unit is not None:
            return bases_of_unit(self.unit)
        return bases_of_group(self.group) if self.group is not None else ()


class Admitted(NamedTuple):
    """The drafts to be kept, and how many others say nothing that does not stand already."""

    ready: list[Ready]
    known: int


def admit(
    snapshot: Snapshot,
    scope: Scope,
    drafts: Sequence[PublishedDraft],
    standing: Iterable[KeptValue],
    today: date,
    *,
    skip_known: bool = False,
) -> Admitted:
    """The drafts looked up and held against the values that stand, or RefusedValues.

    With `skip_known` a draft that repeats such a value in everything is left out; without, it is refused too.
    """
    against = {identity_of(one): one for one in standing}
    within_reach, groups = scope.units(snapshot.tree, today), regions(snapshot)
    problems: list[PublishedProblem] = []
    ready: list[Ready] = []
    seen: set[Identity] = set()
    known = 0
    for place, draft in enumerate(drafts):
        found, wrong = _looked_up(snapshot, within_reach, groups, draft)
        identity = _identity(draft)
        if found is not None and identity in seen:
            wrong.append((PublishedField.VALUE, _("The same value stands here twice.")))
        elif found is not None:
            there = against.get(identity)
            if there is not None and skip_known and _repeats(draft, there):
                known += 1
                found = None
            else:
                wrong += _checked(found, there, today)
        seen.add(identity)
        problems += [PublishedProblem(place, field, sentence) for field, sentence in wrong]
        if found is not None:
            ready.append(found)
    if problems:
        raise RefusedValues(problems)
    return Admitted(ready, known)


def identity_of(value: KeptValue) -> Identity:
    """What no second value may have in common with this one."""
    source = tidy(value.source).casefold()
    return value.place_key, value.definition.key, value.period, value.basis, source, value.preliminary


def _identity(draft: PublishedDraft) -> Identity:
    basis = draft.basis.value if draft.basis else ""
    preliminary = draft.standing is Standing.PRELIMINARY
    return draft.unit or draft.group, draft.definition, draft.period, basis, draft.source.casefold(), preliminary


def _repeats(draft: PublishedDraft, there: KeptValue) -> bool:
    same = (draft.value, draft.confidence, draft.note) == (there.said, there.confidence, tidy(there.note))
    return same and draft.standing is there.standing


def _looked_up(
    snapshot: Snapshot, within_reach: frozenset[int], groups: dict[str, Group], draft: PublishedDraft
) -> tuple[Ready | None, list[tuple[PublishedField, str]]]:
    wrong: list[tuple[PublishedField, str]] = []
    unit = snapshot.tree.find(draft.unit) if draft.unit else None
    group = groups.get(draft.group)
    if draft.unit and draft.group:
        wrong.append((PublishedField.GROUP, _("Name a unit or a region, not both.")))
    elif not draft.unit and not draft.group:
        wrong.append((PublishedField.UNIT, _("Name the unit or the region that the value is of.")))
    elif draft.unit and (unit is None or unit.id not in within_reach):
        wrong.append((PublishedField.UNIT, _("There is no unit “{key}”.").format(key=draft.unit[:40])))
    elif draft.group and group is None:
        wrong.append((PublishedField.GROUP, _("There is no region “{key}”.").format(key=draft.group[:40])))
    if not draft.definition:
        wrong.append((PublishedField.DEFINITION, _("Choose the indicator that the value is of.")))
    elif draft.definition not in snapshot.catalogue.definition_ids:
        missing = _("There is no indicator “{key}”.").format(key=draft.definition[:40])
        wrong.append((PublishedField.DEFINITION, missing))
    if wrong:
        return None, wrong
    return Ready(draft, snapshot.catalogue.definition(draft.definition), unit, group), wrong


def _checked(found: Ready, there: KeptValue | None, today: date) -> Iterator[tuple[PublishedField, str]]:
    closed_on = found.unit.closed_on if found.unit is not None else found.group.until if found.group else None
    yield from problems_of(found.draft, found.definition, found.bases, closed_on, today)
    if there is not None:
        yield (
            PublishedField.VALUE,
            _("A value of this unit, indicator, period, source and standing stands already: correct that one."),
        )
