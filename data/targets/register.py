"""All targets in memory, and the rule that says which one is in force."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.judging.operators import CHANGES, Direction, Operator
from data.kinds import Confidence, Horizon, PlanKind
from data.wording import pick


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A legal instrument as it is cited: always number and date together."""

    id: int
    key: str
    number: str | None
    issued_on: date | None
    issuer_id: int | None
    title_vi: str
    title_en: str | None
    short_vi: str | None
    short_en: str | None
    note: str | None

    @property
    def title(self) -> str:
        """Its title in the reader's language, or in Vietnamese where it has no other."""
        return pick(self.title_vi, self.title_en or self.title_vi)

    @property
    def short(self) -> str:
        """The name for a pinned row."""
        return pick(self.short_vi or "", self.short_en or "") or self.number or self.title


@dataclass(frozen=True, slots=True)
class TargetInfo:
    """One target with its law. `low` and `high` are in the definition's measure (for changes: points of it)."""

    id: int
    key: str
    definition_id: int
    unit_id: int
    year: int
    operator: Operator
    direction: Direction | None
    low: float | None
    high: float | None
    baseline_year: int | None
    baseline_value: float | None
    ambiguous: bool
    plan_kind: PlanKind
    horizon: Horizon
    document: DocumentInfo
    clause: str | None
    as_printed: str
    wording_vi: str
    wording_en: str
    restates_id: int | None
    zone_key: str | None
    source: str | None
    confidence: Confidence | None
    note_vi: str | None
    note_en: str | None

    @property
    def note(self) -> str:
        """What must be known to read it right; empty where there is nothing to add."""
        return pick(self.note_vi or "", self.note_en or "")

    @property
    def wording(self) -> str:
        """Our own line on what it asks."""
        return pick(self.wording_vi, self.wording_en)

    @property
    def is_by_zone(self) -> bool:
        """Whether it is for units of one fertility zone, or sets a number for each of them."""
        return self.zone_key is not None or self.operator is Operator.PER_ZONE


_NOTHING: dict[tuple[int, int], list[TargetInfo]] = {}


class TargetRegister:
    """Targets by unit and by what they are about, and the documents by id. Immutable after construction."""

    def __init__(self, targets: Iterable[TargetInfo], documents: dict[int, DocumentInfo]) -> None:
        self.documents = documents
        self.targets = {target.id: target for target in targets}
        self._ids = {target.key: target.id for target in self.targets.values()}
        self._of_unit: dict[int, list[TargetInfo]] = defaultdict(list)
        for target in self.targets.values():
            self._of_unit[target.unit_id].append(target)
        # By unit, then by definition and year: whole provinces ask for one number of each commune after the other.
        self._about = {unit_id: _by_subject(found) for unit_id, found in self._of_unit.items()}

    def followed_by(
        self, added: Sequence[TargetInfo], gone: Iterable[int], documents: dict[int, DocumentInfo]
    ) -> "TargetRegister":
        """The register after targets came in and others, by their ids, were withdrawn.

        It costs what has changed, and the copies of a few indices: there may be a hundred thousand targets.
        """
        after = TargetRegister((), documents)
        after.targets, after._ids = dict(self.targets), dict(self._ids)
        changed = {target.unit_id for target in added}
        for target in map(self.targets.__getitem__, gone):
            del after.targets[target.id], after._ids[target.key]
            changed.add(target.unit_id)
        for target in added:
            after.targets[target.id], after._ids[target.key] = target, target.id
        if added and min(target.id for target in added) < next(reversed(self.targets), 0):
            after.targets = dict(sorted(after.targets.items()))
        after._of_unit.update(self._of_unit)
        after._about.update(self._about)
        for unit_id in changed:
            stand = [target for target in self.of_unit(unit_id) if target.id in after.targets]
            stand += [target for target in added if target.unit_id == unit_id]
            after._of_unit[unit_id] = sorted(stand, key=lambda target: target.id)
            after._about[unit_id] = _by_subject(after._of_unit[unit_id])
        return after

    def of_unit(self, unit_id: int) -> tuple[TargetInfo, ...]:
        """Everything that was ever set for a unit and stands."""
        return tuple(self._of_unit.get(unit_id, ()))

    def about(self, definition_id: int, unit_id: int, year: int) -> tuple[TargetInfo, ...]:
        """What is set for that definition, unit and year and stands, in the order in which it was entered."""
        return tuple(self._about.get(unit_id, _NOTHING).get((definition_id, year), ()))

    def find(self, key: str) -> TargetInfo | None:
        """The target with that key, if there is one that stands."""
        target_id = self._ids.get(key)
        return None if target_id is None else self.targets[target_id]

    def in_force(self, definition_id: int, unit_id: int, year: int, on: date) -> tuple[TargetInfo, ...]:
        """The target for that definition, unit and year in force on a day.

        Empty where there is none. A yearly plan goes before a multi-year plan, then the later date; restatements never
        replace their source. Levels stand first and compete with levels only: "a fall of 16,2 points (to the level of
        111)" is one demand said twice; so do numbers by fertility zone, which replace none for everybody. `rivals`
        tells whether the rule could not choose.
        """
        found = [
            target
            for target in self._about.get(unit_id, _NOTHING).get((definition_id, year), ())
            if target.plan_kind is not PlanKind.RESTATED
            and (target.document.issued_on is None or target.document.issued_on <= on)
        ]
        return holding(found) if found else ()

    def later(self, definition_id: int, unit_id: int, year: int, on: date) -> tuple[TargetInfo, ...]:
        """The targets in force for the nearest year after `year`."""
        set_for = self._about.get(unit_id, _NOTHING)
        for after in sorted(after for other, after in set_for if other == definition_id and after > year):
            if found := self.in_force(definition_id, unit_id, after, on):
                return found
        return ()


def _by_subject(targets: Iterable[TargetInfo]) -> dict[tuple[int, int], list[TargetInfo]]:
    found: dict[tuple[int, int], list[TargetInfo]] = {}
    for target in targets:
        found.setdefault((target.definition_id, target.year), []).append(target)
    return found


def holding(found: list[TargetInfo]) -> tuple[TargetInfo, ...]:
    """Of everything that is set for one definition, unit and year, restatements left out, what is in force."""
    by_zone = [target for target in found if target.is_by_zone]
    levels = [target for target in found if target.operator not in CHANGES and not target.is_by_zone]
    changes = [target for target in found if target.operator in CHANGES and not target.is_by_zone]
    return winners(levels) + winners(by_zone) + winners(changes)


def rivals(in_force: tuple[TargetInfo, ...]) -> tuple[TargetInfo, ...]:
    """Of the targets in force, those that would judge: the levels, or where there are none the changes; numbers by
    fertility zone only where nothing is set for everybody.

    More than one for the same zone means that the rule cannot choose between them: all are shown, and none judges.
    """
    everybodys = tuple(target for target in in_force if not target.is_by_zone) or in_force
    return tuple(target for target in everybodys if target.operator not in CHANGES) or everybodys


def winners(found: list[TargetInfo]) -> tuple[TargetInfo, ...]:
    """Of targets for one definition, unit and year those that the others give way to; several where none does."""
    yearly = [target for target in found if target.horizon is Horizon.YEARLY]
    found = yearly or found
    if len(found) < 2 or any(target.document.issued_on is None for target in found):
        return tuple(found)
    latest = max(target.document.issued_on for target in found if target.document.issued_on)
    return tuple(target for target in found if target.document.issued_on == latest)


def load_targets(session: Session) -> TargetRegister:
    """Every target that stands and every document, in two queries."""
    # Plain columns, for they are tens of thousands. They are read before the documents, which stay: what is entered in
    # between is then a document without targets, and not the other way.
    rows = session.execute(_STANDING).all()
    documents = _load_documents(session)
    return TargetRegister((_info(tuple(row), documents) for row in rows), documents)


def load_since(session: Session, before: TargetRegister) -> TargetRegister:
    """The same, where `before` was true at an earlier moment of this database: only what has changed is read.

    What was entered stays as it is, documents too, and is withdrawn at most.
    """
    standing = set(session.scalars(select(t.Target.id).where(t.Target.withdrawn_at.is_(None))))
    known = before.targets.keys()
    new = sorted(standing - known)
    some = [new[start : start + _AT_A_TIME] for start in range(0, len(new), _AT_A_TIME)]
    added = [row for ids in some for row in session.execute(_STANDING.where(t.Target.id.in_(ids)))]
    documents = {one: before.documents.get(one, document) for one, document in _load_documents(session).items()}
    return before.followed_by([_info(tuple(row), documents) for row in added], known - standing, documents)


def _load_documents(session: Session) -> dict[int, DocumentInfo]:
    return {
        row.id: DocumentInfo(
            row.id, row.key, row.number, row.issued_on, row.issuer_id, row.title_vi, row.title_en, row.short_vi,
            row.short_en, row.note,
        )
        for row in session.scalars(select(t.Document))
    }  # fmt: skip


def info_of(row: t.Target, documents: dict[int, DocumentInfo]) -> TargetInfo:
    """The row with its document."""
    return _info(tuple(getattr(row, column.key) for column in _COLUMNS), documents)


_COLUMNS = tuple(
    getattr(t.Target, "document_id" if field.name == "document" else field.name) for field in fields(TargetInfo)
)
_STANDING = select(*_COLUMNS).where(t.Target.withdrawn_at.is_(None)).order_by(t.Target.id)
# So many ids are named in one statement.
_AT_A_TIME = 500
_DOCUMENT = [field.name for field in fields(TargetInfo)].index("document")


def _info(values: tuple[Any, ...], documents: dict[int, DocumentInfo]) -> TargetInfo:
    parts = list(values)
    parts[_DOCUMENT] = documents[values[_DOCUMENT]]
    return TargetInfo(*parts)
