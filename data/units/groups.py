"""The named groups that units belong to: regions, fertility zones, sex-ratio groups."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import GroupKind
from data.numbers import format_date
from data.wording import _, pick


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it is named."""

    id: int
    key: str
    kind: GroupKind
    name_vi: str
    name_en: str
    until: date | None = None

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name_vi, self.name_en)

    @property
    def title(self) -> str:
        """Its name, with its last day where it is no more: regions of 2025 carry names of those before them."""
        if self.until is None:
            return self.name
        return f"{self.name} ({_('until {day}').format(day=format_date(self.until))})"


def list_groups(session: Session, unit_ids: Iterable[int], on: date) -> dict[int, list[Group]]:
    """The groups of each unit on a day, by unit; in one query. A unit that had closed keeps those of its last day."""
    g, m, a = t.UnitGroup, t.UnitGroupMember, t.AdminUnit
    rows = session.execute(
        select(m.unit_id, g.id, g.key, g.kind, g.name_vi, g.name_en, g.to_on)
        .join(g, g.id == m.group_id)
        .join(a, a.id == m.unit_id)
        .where(
            m.unit_id.in_(list(unit_ids)),
            or_(m.from_on <= on, m.from_on <= a.opened_on),
            or_(m.to_on.is_(None), m.to_on >= on, m.to_on == a.closed_on),
        )
        .order_by(m.unit_id, g.kind, g.id)
    )
    found: dict[int, list[Group]] = defaultdict(list)
    for row in rows:
        found[row.unit_id].append(Group(*row[1:]))
    return found
