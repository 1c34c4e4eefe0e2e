"""Whether names, kinds, codes and parents of units hold on every day: what no single version shows."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.kinds import UnitKind, UnitLevel
from data.numbers import format_date
from data.tables import AdminUnit, UnitVersion
from data.wording import _
from data.wording.units import kind_name

# What the resolutions of 16/06/2025 made; no later change can alter it.
FIRST_NEW_DAY = date(2025, 7, 1)
KNOWN_KINDS = {UnitKind.COMMUNE: 2_621, UnitKind.WARD: 687, UnitKind.SPECIAL_ZONE: 13}
# Which levels a unit of each level may stand under.
_ABOVE = {
    UnitLevel.PROVINCE: {UnitLevel.NATION},
    UnitLevel.DISTRICT: {UnitLevel.PROVINCE},
    UnitLevel.COMMUNE: {UnitLevel.PROVINCE, UnitLevel.DISTRICT},
}


@dataclass(frozen=True, slots=True)
class _State:
    key: str
    level: UnitLevel
    parent: int | None
    from_on: date
    to_on: date
    name: str
    kind: UnitKind
    code: str | None

    def holds(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on


def faults_of_states(session: Session) -> Iterator[str]:
    """One sentence for each fault: namesakes under one parent, a code with two owners, a parent of the wrong level."""
    states = _states(session)
    yield from _faults_of_names(states)
    yield from _faults_of_siblings(states)
    yield from _faults_of_codes(states)
    yield from _faults_of_levels(states, _levels(session))
    yield from _faults_of_kinds(states)


def _states(session: Session) -> list[_State]:
    v, a = UnitVersion, AdminUnit
    columns = (a.key, a.level, v.parent_id, v.from_on, v.to_on, v.name, v.kind, v.code)
    # What never was in force holds neither a name nor a code.
    stood = select(*columns).join(a, a.id == v.unit_id).where(a.never_in_force.is_(False))
    rows = session.execute(stood.order_by(v.unit_id, v.from_on))
    return [
        _State(key, level, parent, first, last or date.max, name, kind, code)
        for key, level, parent, first, last, name, kind, code in rows
    ]


def _levels(session: Session) -> dict[int, tuple[str, UnitLevel]]:
    rows = session.execute(select(AdminUnit.id, AdminUnit.key, AdminUnit.level))
    return {unit_id: (key, level) for unit_id, key, level in rows}


def _faults_of_names(states: Iterable[_State]) -> Iterator[str]:
    for state in states:
        if not state.name.strip() or state.name != state.name.strip():
            yield _("{unit} has no proper name from {day}.").format(unit=state.key, day=format_date(state.from_on))


def _faults_of_siblings(states: Iterable[_State]) -> Iterator[str]:
    named = (((one.parent, one.kind, one.name.casefold()), one) for one in states if one.parent is not None)
    for first, second in _together(named):
        yield _("{unit} and {other} carry one name and kind under one parent on {day}: {name}.").format(
            unit=first.key, other=second.key, day=format_date(second.from_on), name=second.name
        )


def _faults_of_codes(states: Iterable[_State]) -> Iterator[str]:
    for first, second in _together(((one.level, one.code), one) for one in states if one.code):
        yield _("{unit} and {other} carry one code on {day}: {code}.").format(
            unit=first.key, other=second.key, day=format_date(second.from_on), code=second.code
        )


def _together(states: Iterable[tuple[Hashable, _State]]) -> Iterator[tuple[_State, _State]]:
    """Two units that say the same on one day; of more than two each with the one before that lasts longest."""
    found: dict[Hashable, list[_State]] = defaultdict(list)
    for said, state in states:
        found[said].append(state)
    for same in found.values():
        same.sort(key=lambda state: (state.from_on, state.key))
        longest = same[0]
        for state in same[1:]:
            if state.key != longest.key and state.from_on <= longest.to_on:
                yield longest, state
            longest = max(longest, state, key=lambda one: one.to_on)


def _faults_of_levels(states: Iterable[_State], levels: dict[int, tuple[str, UnitLevel]]) -> Iterator[str]:
    for state in states:
        if state.parent is None:
            continue
        parent, level = levels[state.parent]
        if level not in _ABOVE.get(state.level, set()):
            yield _("{unit} stands under {parent}, which is not a level above it.").format(
                unit=state.key, parent=parent
            )


def _faults_of_kinds(states: Iterable[_State]) -> Iterator[str]:
    found = Counter(one.kind for one in states if one.level is UnitLevel.COMMUNE and one.holds(FIRST_NEW_DAY))
    for kind in sorted({*found, *KNOWN_KINDS}):
        if found[kind] != KNOWN_KINDS.get(kind, 0):
            yield _("On {day} there are {found} units of kind {kind}; there should be {known}.").format(
                day=format_date(FIRST_NEW_DAY),
                found=found[kind],
                kind=kind_name(kind.value),
                known=KNOWN_KINDS.get(kind, 0),
            )
