"""Keeping groups: made, renamed, filled and closed by the unit above, each deed with its line of audit.

Deeds on the groups of one keeper take turns: each locks the keeper's row first, so that what it checks still holds
when it writes. What began is history and stays: a membership is ended, a group is closed. Only what has not begun yet
is taken back.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from unicodedata import normalize

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.kinds import GroupKind
from data.numbers import format_date, format_number, in_vietnam
from data.refusals import Conflict, Invalid, NotFound
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot, hold_catalogue, renew_groups
from data.submissions.drafts import account_of
from data.submissions.typed import plain_text
from data.units.kept import KEPT, documents_for, keepers_of, no_such_group
from data.units.memberships import begin, end
from data.units.tree import Unit
from data.wording import _

MOST_NAME = 120
_KEY = re.compile(r"[A-Za-z0-9._-]{1,60}")
_ONE_DAY = timedelta(days=1)


class Names(NamedTuple):
    """What a group is to be called; without an English name the Vietnamese one serves both."""

    vietnamese: str
    english: str


class Deed(NamedTuple):
    """Who acts, from which day on it shall hold, and when it was asked for."""

    scope: Scope
    from_on: date
    at: datetime

    @property
    def today(self) -> date:
        """The day in Vietnam on which it was asked for."""
        return in_vietnam(self.at).date()


def create_group(
    session: Session, scope: Scope, keeper_key: str, names: Names, unit_keys: Sequence[str], document_key: str,
    from_on: date, now: datetime,
) -> str:  # fmt: skip
    """A new group with these members from that day on; its key. Raises NotFound, Invalid or Conflict, in words."""
    snapshot, deed = get_snapshot(session), Deed(scope, from_on, now)
    keeper = next((one for one in keepers_of(snapshot.tree, scope) if one.key == keeper_key), None)
    if keeper is None:
        raise no_such_group()
    _take_turn(session, keeper, deed.today)
    names = _checked(session, keeper, names, None)
    document = _document(snapshot, keeper, document_key, deed.today)
    taken = session.scalars(select(t.UnitGroup.key).where(t.UnitGroup.keeper_id == keeper.id)).all()
    group = t.UnitGroup(
        key=f"{keeper.key}{KEPT}{len(taken) + 1}",
        kind=GroupKind.COMPETITION,
        name_vi=names.vietnamese,
        name_en=names.english,
        from_on=from_on,
        to_on=None,
        document_id=document,
        keeper_id=keeper.id,
    )
    session.add(group)
    session.flush()
    begin(session, snapshot.tree, scope, group, unit_keys, from_on, deed.today)
    _told(session, deed, group, "group:create", name=names.vietnamese, units=list(unit_keys), document=document_key)
    return group.key


def rename_group(session: Session, scope: Scope, key: str, names: Names, now: datetime) -> None:
    """Another name for the group; its key, and so every address that names it, stays."""
    deed = Deed(scope, in_vietnam(now).date(), now)
    _snapshot, group, keeper = _open(session, deed, key)
    names, before = _checked(session, keeper, names, group.id), group.name_vi
    group.name_vi, group.name_en = names
    _told(session, deed, group, "group:rename", before=before, name=names.vietnamese)


def add_members(
    session: Session, scope: Scope, key: str, unit_keys: Sequence[str], from_on: date, now: datetime
) -> None:
    """The units belong to the group from that day on. Raises NotFound, Invalid or Conflict, in words."""
    deed = Deed(scope, from_on, now)
    snapshot, group, _keeper = _open(session, deed, key)
    _refuse_none(unit_keys)
    begin(session, snapshot.tree, scope, group, unit_keys, from_on, deed.today)
    _told(session, deed, group, "group:add", units=list(unit_keys))


def remove_members(
    session: Session, scope: Scope, key: str, unit_keys: Sequence[str], from_on: date, now: datetime
) -> None:
    """The units belong to it no more from that day on: their membership ends the day before."""
    deed = Deed(scope, from_on, now)
    snapshot, group, _keeper = _open(session, deed, key)
    _refuse_none(unit_keys)
    held = session.scalars(select(t.UnitGroupMember).where(t.UnitGroupMember.group_id == group.id)).all()
    for unit_key in unit_keys:
        unit = snapshot.tree.find(unit_key)
        own = [one for one in held if unit is not None and one.unit_id == unit.id]
        if unit is None or not own:
            raise NotFound(_("There is no such unit in this group."))
        later = [one for one in own if one.to_on is None or one.to_on >= from_on]
        if not later:
            raise Conflict(
                _("{unit} is not in the group from {day} on. Nothing was changed.").format(
                    unit=unit.state(from_on).name, day=format_date(from_on)
                )
            )
        end(session, snapshot.tree, later, from_on, deed.today)
    _told(session, deed, group, "group:remove", units=list(unit_keys))


def close_group(session: Session, scope: Scope, key: str, from_on: date, now: datetime) -> None:
    """The group holds nobody from that day on, and stays readable for the days before."""
    deed = Deed(scope, from_on, now)
    snapshot, group, _keeper = _open(session, deed, key)
    if group.to_on is not None:
        raise Conflict(_("The group is closed on {day} already.").format(day=format_date(group.to_on)))
    if group.from_on is not None and from_on <= group.from_on:
        raise Invalid(
            _("The group begins on {day}: it can be closed from {next} on.").format(
                day=format_date(group.from_on), next=format_date(group.from_on + _ONE_DAY)
            )
        )
    m = t.UnitGroupMember
    still = or_(m.to_on.is_(None), m.to_on >= from_on)
    end(session, snapshot.tree, session.scalars(select(m).where(m.group_id == group.id, still)), from_on, deed.today)
    group.to_on = from_on - _ONE_DAY
    _told(session, deed, group, "group:close")


def _open(session: Session, deed: Deed, key: str) -> tuple[Snapshot, t.UnitGroup, Unit]:
    """The group, with its keeper locked; NotFound for whatever the reader does not keep."""
    snapshot = get_snapshot(session)
    keepers = {one.id: one for one in keepers_of(snapshot.tree, deed.scope)}
    where = select(t.UnitGroup).where(t.UnitGroup.key == key, t.UnitGroup.keeper_id.in_(keepers))
    group = session.scalar(where) if _KEY.fullmatch(key) else None
    if group is None or group.keeper_id is None:
        raise no_such_group()
    keeper = keepers[group.keeper_id]
    _take_turn(session, keeper, deed.today)
    session.refresh(group)
    return snapshot, group, keeper


def _take_turn(session: Session, keeper: Unit, today: date) -> None:
    """One deed at a time, and none while units change: both wait at the same row, so that neither waits for the other.

    Raises Conflict where the keeper stands no more.
    """
    now = hold_catalogue(session).tree.units[keeper.id]
    if not now.is_open(today):
        raise Conflict(_("{unit} has ended: its groups are history.").format(unit=now.state(today).name))


def _checked(session: Session, keeper: Unit, names: Names, own_id: int | None) -> Names:
    """The names as they are kept; Invalid for none or too long a one, Conflict for that of another group."""
    tidy = Names(*(" ".join(normalize("NFC", plain_text(one)).split()) for one in names))
    if not any(letter.isalnum() for letter in tidy.vietnamese):
        raise Invalid(_("Give the group a name."))
    if max(map(len, tidy)) > MOST_NAME:
        raise Invalid(_("A name has at most {most} characters.").format(most=format_number(MOST_NAME)))
    g = t.UnitGroup
    for other_id, other in session.execute(select(g.id, g.name_vi).where(g.keeper_id == keeper.id)):
        if other_id != own_id and other.casefold() == tidy.vietnamese.casefold():
            raise Conflict(_("There is a group “{name}” already: choose another name.").format(name=other))
    return tidy


def _document(snapshot: Snapshot, keeper: Unit, key: str, today: date) -> int | None:
    if not key:
        return None
    for document in documents_for(snapshot, keeper, today):
        if document.key == key:
            return document.id
    raise NotFound(_("There is no such document within your reach."))


def _refuse_none(unit_keys: Iterable[str]) -> None:
    if not list(unit_keys):
        raise Invalid(_("Tick at least one unit."))


def _told(session: Session, deed: Deed, group: t.UnitGroup, action: str, **detail: object) -> None:
    """The line of audit, and the sign to every process that groups have changed."""
    detail |= {"group": group.key, "from_on": deed.from_on.isoformat()}
    audit.record(session, account_of(deed.scope), action, deed.at, unit_id=group.keeper_id, detail=detail)
    renew_groups(session)
