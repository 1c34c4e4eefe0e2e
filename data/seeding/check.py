"""Whether the catalogue of units is sound: what a person is told after changing it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.kinds import UnitLevel
from data.numbers import format_date
from data.seeding.check_states import faults_of_states
from data.tables import AdminUnit, UnitClosure, UnitLineage, UnitLineageClosure, UnitVersion
from data.units.closure import CycleError, Link, closure
from data.units.lineage import Descent, Inheritance, inheritances
from data.wording import _
from data.wording.units import level_name

# What the law says stood before and after the arrangement of 2025; no later change can alter it.
KNOWN_COUNTS = {
    date(2025, 6, 30): {UnitLevel.PROVINCE: 63, UnitLevel.DISTRICT: 696, UnitLevel.COMMUNE: 10_035},
    date(2025, 7, 1): {UnitLevel.PROVINCE: 34, UnitLevel.DISTRICT: 0, UnitLevel.COMMUNE: 3_321},
}
_ONE_DAY = timedelta(days=1)
# Units of a change that was taken back keep their rows, and nothing follows from them.
_HELD = AdminUnit.never_in_force.is_(False)


@dataclass(frozen=True, slots=True)
class _Life:
    key: str
    level: UnitLevel
    opened_on: date
    closed_on: date | None

    def holds(self, first: date, last: date | None) -> bool:
        """Whether it stands from the first day to the last (to no end, without a last)."""
        ends_in_time = self.closed_on is None or (last is not None and last <= self.closed_on)
        return self.opened_on <= first and ends_in_time


@dataclass(frozen=True, slots=True)
class _Version:
    unit: int
    parent: int | None
    from_on: date
    to_on: date | None


def check_catalogue(session: Session) -> list[str]:
    """One sentence for each fault in units, versions, tree and lineage; none where all is sound."""
    lives = _lives(session)
    versions = _versions(session)
    lineage = _lineage(session)
    return [
        *_faults_of_versions(lives, versions),
        *_faults_of_parents(lives, versions),
        *_faults_of_closure(session, versions),
        *_faults_of_lineage(lives, lineage),
        *_faults_of_lineage_closure(session, lives, lineage),
        *_faults_of_counts(lives),
        *faults_of_states(session),
    ]


def _lives(session: Session) -> dict[int, _Life]:
    columns = (AdminUnit.id, AdminUnit.key, AdminUnit.level, AdminUnit.opened_on, AdminUnit.closed_on)
    return {
        row.id: _Life(row.key, row.level, row.opened_on, row.closed_on)
        for row in session.execute(select(*columns).where(_HELD))
    }


def _versions(session: Session) -> list[_Version]:
    columns = (UnitVersion.unit_id, UnitVersion.parent_id, UnitVersion.from_on, UnitVersion.to_on)
    query = select(*columns).join(AdminUnit, AdminUnit.id == UnitVersion.unit_id).where(_HELD)
    query = query.order_by(UnitVersion.unit_id, UnitVersion.from_on)
    return [_Version(row.unit_id, row.parent_id, row.from_on, row.to_on) for row in session.execute(query)]


def _lineage(session: Session) -> list[Descent]:
    columns = (
        UnitLineage.predecessor_id,
        UnitLineage.successor_id,
        UnitLineage.on,
        UnitLineage.share_numerator,
        UnitLineage.share_denominator,
        UnitLineage.basis,
    )
    return [
        Descent(row[0], row[1], row[2], Fraction(row[3], row[4]), row[5])
        for row in session.execute(
            select(*columns).join(AdminUnit, AdminUnit.id == UnitLineage.successor_id).where(_HELD)
        )
    ]


def _faults_of_versions(lives: dict[int, _Life], versions: Sequence[_Version]) -> Iterator[str]:
    by_unit: dict[int, list[_Version]] = defaultdict(list)
    for version in versions:
        by_unit[version.unit].append(version)
    for id_, life in lives.items():
        own = by_unit[id_]
        if not own:
            yield _("{unit} has no version.").format(unit=life.key)
            continue
        if own[0].from_on != life.opened_on or own[-1].to_on != life.closed_on:
            yield _("The versions of {unit} do not begin and end with its life.").format(unit=life.key)
        for before, after in pairwise(own):
            if before.to_on is None or after.from_on != before.to_on + _ONE_DAY:
                yield _("The versions of {unit} leave a gap or overlap before {day}.").format(
                    unit=life.key, day=format_date(after.from_on)
                )


def _faults_of_parents(lives: dict[int, _Life], versions: Sequence[_Version]) -> Iterator[str]:
    for version in versions:
        unit = lives[version.unit]
        if version.parent is None:
            if unit.level is not UnitLevel.NATION:
                yield _("{unit} has no parent from {day}.").format(unit=unit.key, day=format_date(version.from_on))
        elif not lives[version.parent].holds(version.from_on, version.to_on):
            yield _("{unit} stands under {parent} on days on which that unit does not stand.").format(
                unit=unit.key, parent=lives[version.parent].key
            )


def _faults_of_closure(session: Session, versions: Sequence[_Version]) -> Iterator[str]:
    try:
        spans = closure(Link(version.unit, version.parent, version.from_on, version.to_on) for version in versions)
    except CycleError:
        yield _("The tree of units runs in a circle.")
        return
    columns = (
        UnitClosure.ancestor_id,
        UnitClosure.descendant_id,
        UnitClosure.from_on,
        UnitClosure.to_on,
        UnitClosure.depth,
    )
    kept = {tuple(row) for row in session.execute(select(*columns))}
    if kept != {(span.ancestor, span.descendant, span.from_on, span.to_on, span.depth) for span in spans}:
        yield _("The stored tree of units is not the one that follows from their versions.")


def _faults_of_lineage(lives: dict[int, _Life], lineage: Sequence[Descent]) -> Iterator[str]:
    shares: dict[tuple[int, UnitLevel], Fraction] = defaultdict(Fraction)
    for row in lineage:
        predecessor, successor = lives[row.predecessor_id], lives[row.successor_id]
        shares[row.predecessor_id, successor.level] += row.share
        if predecessor.closed_on != row.on - _ONE_DAY or not successor.holds(row.on, row.on):
            yield _("{unit} went to {successor} on a day that does not fit their lives.").format(
                unit=predecessor.key, successor=successor.key
            )
    for (id_, _level), share in shares.items():
        if share != 1:
            yield _("The shares of {unit} add up to {share}, not to 1.").format(unit=lives[id_].key, share=share)
    with_successors = {row.predecessor_id for row in lineage}
    for id_, life in lives.items():
        if life.closed_on is not None and id_ not in with_successors:
            yield _("{unit} is closed and has no successor.").format(unit=life.key)


def _faults_of_lineage_closure(
    session: Session, lives: dict[int, _Life], lineage: Sequence[Descent]
) -> Iterator[str]:
    levels = {id_: life.level for id_, life in lives.items()}
    kept = UnitLineageClosure
    columns = (kept.predecessor_id, kept.descendant_id, kept.on, kept.share, kept.basis)
    if {Inheritance(*row) for row in session.execute(select(*columns))} != set(inheritances(levels, lineage)):
        yield _("What the portal keeps of later successors is not what follows from the lineage.")


def _faults_of_counts(lives: dict[int, _Life]) -> Iterator[str]:
    for day, known in KNOWN_COUNTS.items():
        found = Counter(life.level for life in lives.values() if life.holds(day, day))
        for level, count in known.items():
            if found[level] != count:
                yield _("On {day} there are {found} units of level {level}; there should be {known}.").format(
                    day=format_date(day), found=found[level], level=level_name(level), known=count
                )
