"""Reads what is known of the provinces before the mergers."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.demo.cells import LAST_DAY_BEFORE
from data.demo.levels import ProvinceFacts
from data.kinds import GroupKind, UnitLevel
from data.units.tree import UnitTree

_WANTED = (("population_thousand", 2024), ("cbr", 2020), ("cdr", 2020))


def load_facts(session: Session, tree: UnitTree) -> list[ProvinceFacts]:
    """The facts of every province of 30/06/2025, in order of key; KeyError where one is missing."""
    known = {
        (row.unit_id, row.fact): row.value
        for row in session.scalars(select(t.UnitFact))
        if (row.fact, row.year) in _WANTED
    }
    groups = _groups(session)
    provinces = sorted(tree.at_level(UnitLevel.PROVINCE, LAST_DAY_BEFORE), key=lambda one: tree.units[one].key)
    return [
        ProvinceFacts(
            unit_id,
            round(known[unit_id, "population_thousand"] * 1000),
            known[unit_id, "cbr"],
            known[unit_id, "cdr"],
            groups[unit_id, GroupKind.REGION],
            groups[unit_id, GroupKind.FERTILITY_ZONE],
            groups[unit_id, GroupKind.SEX_RATIO_GROUP],
        )
        for unit_id in provinces
    ]


def _groups(session: Session) -> dict[tuple[int, GroupKind], str]:
    """The key of the group of each kind that a unit belonged to on the last day before the mergers."""
    member, group = t.UnitGroupMember, t.UnitGroup
    then = member.from_on <= LAST_DAY_BEFORE, or_(member.to_on.is_(None), member.to_on >= LAST_DAY_BEFORE)
    query = select(member.unit_id, group.kind, group.key).join(group, group.id == member.group_id).where(*then)
    return {(unit_id, kind): key for unit_id, kind, key in session.execute(query)}
