"""The published values that are kept, as rows with what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Definition
from data.kinds import Confidence, GroupKind, Standing
from data.refusals import NotFound
from data.scope import Reach, Scope
from data.snapshot import Snapshot
from data.submissions.typed import plain_text
from data.units.groups import Group
from data.units.tree import Unit
from data.wording import _
from data.wording.units import dated, unit_title

# Nothing is said more finely; what a spreadsheet computes would otherwise differ from what it shows.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class KeptValue:
    """A published value with its unit or its region.

    `corrects_id` is the value in whose place it stands; `withdrawn_at` when it ceased to count, None while it stands.
    """

    id: int
    definition: Definition
    unit: Unit | None
    group: Group | None
    period: str
    value: float
    preliminary: bool
    basis: str
    source: str
    confidence: Confidence | None
    note: str
    corrects_id: int | None
    withdrawn_at: datetime | None

    @property
    def said(self) -> float:
        """The value as files and forms say it."""
        return round(self.value, DECIMALS)

    @property
    def standing(self) -> Standing:
        """Sơ bộ or chính thức."""
        return Standing.PRELIMINARY if self.preliminary else Standing.FINAL

    @property
    def place_key(self) -> str:
        """The key of the unit or of the region."""
        return self.unit.key if self.unit is not None else self.group.key if self.group is not None else ""

    @property
    def place_name(self) -> str:
        """The unit or the region in the reader's words."""
        if self.unit is not None:
            return unit_name(self.unit)
        return self.group.title if self.group is not None else ""


def unit_name(unit: Unit) -> str:
    """A unit as it is or was last called; a closed one with its last day, which tells it from its namesake."""
    state = unit.states[-1]
    return dated(unit_title(state.kind.value, state.name), None, unit.closed_on)


def list_kept(session: Session, scope: Scope, snapshot: Snapshot) -> list[KeptValue]:
    """Every value that stands, in the order in which they were kept; in one query. Nobody else's scope sees any."""
    if not is_keeper(scope):
        return []
    p = t.PublishedResult
    return values_of(snapshot, session.scalars(select(p).where(p.withdrawn_at.is_(None)).order_by(p.id)))


def get_value(session: Session, scope: Scope, snapshot: Snapshot, value_id: int) -> KeptValue:
    """The value with that id, also a withdrawn one. Raises NotFound, the same for absent and out of reach."""
    p = t.PublishedResult
    # A number that no column holds is no id of ours, and must not reach the database.
    asked = is_keeper(scope) and 0 < value_id < 2**31
    rows = session.scalars(select(p).where(p.id == value_id)).all() if asked else []
    if not rows:
        raise NotFound(_("There is no such published value within your reach."))
    return values_of(snapshot, rows)[0]


def is_keeper(scope: Scope) -> bool:
    """Whether the scope is that of who keeps published values for the whole country: nobody keeps a part of them."""
    return any(Reach.NATION in grant.reaches for grant in scope.grants)


def regions(snapshot: Snapshot) -> dict[str, Group]:
    """The groups that can hold published values, by key: regions as the law draws them."""
    return {
        key: dated_group.group
        for key, dated_group in snapshot.groups.items()
        if dated_group.group.kind is GroupKind.REGION and dated_group.keeper_id is None
    }


def values_of(snapshot: Snapshot, rows: Iterable[t.PublishedResult]) -> list[KeptValue]:
    """The rows with what they are about."""
    groups = {dated_group.group.id: dated_group.group for dated_group in snapshot.groups.values()}
    return [
        KeptValue(
            row.id,
            snapshot.catalogue.definitions[row.definition_id],
            None if row.unit_id is None else snapshot.tree.units[row.unit_id],
            None if row.group_id is None else groups[row.group_id],
            row.period,
            row.value,
            row.preliminary,
            row.geographic_basis,
            row.source,
            row.confidence,
            row.note or "",
            row.corrects_id,
            row.withdrawn_at,
        )
        for row in rows
    ]


def tidy(text: object) -> str:
    """The text as it is kept: composed letters, single spaces, nothing that cannot be seen."""
    return " ".join(normalize("NFC", plain_text(text)).split())
