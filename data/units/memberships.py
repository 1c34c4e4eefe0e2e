"""Memberships of kept groups: they begin, and they end; what has begun is never taken back."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.numbers import format_date
from data.refusals import Conflict, Invalid
from data.scope import Scope
from data.units.tree import Unit, UnitTree
from data.wording import _

_ONE_DAY = timedelta(days=1)


def begin(
    session: Session, tree: UnitTree, scope: Scope, group: t.UnitGroup, unit_keys: Sequence[str], from_on: date,
    today: date,
) -> None:  # fmt: skip
    """The units belong to the group from that day until it closes.

    Raises NotFound for a unit out of reach, Invalid for one that is not directly below the keeper on that day and for
    a day outside the group's own, Conflict for a unit that is in this group or another of the keeper's on such a day.
    """
    _refuse_outside(group, from_on)
    units = [scope.get(tree, key, today) for key in dict.fromkeys(unit_keys)]
    for unit in units:
        if not unit.is_open(from_on) or tree.parent(unit.id, from_on) != group.keeper_id:
            raise Invalid(
                _("On {day} {unit} is not directly below the unit that keeps the group.").format(
                    unit=unit.state(from_on).name, day=format_date(from_on)
                )
            )
    _refuse_members(session, group, units, from_on)
    for unit in units:
        session.add(
            t.UnitGroupMember(
                group_id=group.id, unit_id=unit.id, from_on=from_on, to_on=group.to_on, keeper_id=group.keeper_id
            )
        )
    session.flush()


def end(
    session: Session, tree: UnitTree, memberships: Iterable[t.UnitGroupMember], from_on: date, today: date
) -> None:
    """The memberships hold no more from that day on. One that has not begun before today is taken back whole.

    Raises Invalid for one that began in the past and would not hold on a single day.
    """
    for one in memberships:
        if one.from_on < from_on:
            one.to_on = from_on - _ONE_DAY
        elif one.from_on >= today:
            session.delete(one)
        else:
            raise Invalid(
                _("{unit} is in the group since {day}, and what was stays: it can leave from {next} on.").format(
                    unit=tree.units[one.unit_id].state(today).name,
                    day=format_date(one.from_on),
                    next=format_date(one.from_on + _ONE_DAY),
                )
            )
    session.flush()


def _refuse_outside(group: t.UnitGroup, from_on: date) -> None:
    if group.from_on is not None and from_on < group.from_on:
        raise Invalid(
            _("The group begins on {day}: nobody can belong to it before.").format(day=format_date(group.from_on))
        )
    if group.to_on is not None and from_on > group.to_on:
        raise Invalid(_("The group is closed on {day} already.").format(day=format_date(group.to_on)))


def _refuse_members(session: Session, group: t.UnitGroup, units: Sequence[Unit], from_on: date) -> None:
    """Raises Conflict for the first of the units that is in a group of the keeper on that day or later."""
    m, g, named = t.UnitGroupMember, t.UnitGroup, {unit.id: unit for unit in units}
    still = or_(m.to_on.is_(None), m.to_on >= from_on)
    until = () if group.to_on is None else (m.from_on <= group.to_on,)
    row = session.execute(
        select(m.unit_id, m.from_on, g.name_vi)
        .join(g, g.id == m.group_id)
        .where(m.keeper_id == group.keeper_id, m.unit_id.in_(named), still, *until)
        .order_by(m.unit_id, m.from_on)
        .limit(1)
    ).first()
    if row is not None:
        raise Conflict(
            _("{unit} is in “{group}” since {day}: it must leave that group first.").format(
                unit=named[row.unit_id].state(from_on).name, group=row.name_vi, day=format_date(row.from_on)
            )
        )
