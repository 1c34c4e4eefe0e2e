"""Administrative units, their dated versions, their tree and their lineage."""

from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, column, false
from sqlalchemy.orm import Mapped, mapped_column

from data.kinds import Confidence, GroupKind, LineageBasis, UnitKind, UnitLevel
from data.tables.base import Base, ExactShare, UtcMoment, word


class AdminUnit(Base):
    """A unit with an identity of its own: a change of territory closes it and opens another; nothing else does."""

    __tablename__ = "admin_unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    level: Mapped[UnitLevel] = mapped_column(word(UnitLevel, "level"))
    opened_on: Mapped[date]
    # False where the source only knows that the unit stood on `opened_on`, and it may be older.
    opening_known: Mapped[bool]
    closed_on: Mapped[date | None]
    # A unit of a change that was taken back before anything rested on it. Its key is never used again.
    never_in_force: Mapped[bool] = mapped_column(server_default=false(), default=False)

    __table_args__ = (CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="life"),)


class UnitVersion(Base):
    """What a unit was called, under which code and parent, from `from_on` to `to_on` (both inclusive)."""

    __tablename__ = "unit_version"

    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]
    name: Mapped[str]
    kind: Mapped[UnitKind] = mapped_column(word(UnitKind, "kind"))
    code: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("admin_unit.id"), index=True)
    confidence: Mapped[Confidence] = mapped_column(word(Confidence, "confidence"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on >= from_on", name="span"),)


class UnitClosure(Base):
    """Every ancestor of every unit (itself included, depth 0) with the days on which it was so."""

    __tablename__ = "unit_closure"

    ancestor_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]
    depth: Mapped[int]

    __table_args__ = (Index(None, "descendant_id", "from_on"),)


class UnitLineage(Base):
    """A predecessor's share that went to a successor on a day, as an exact fraction."""

    __tablename__ = "unit_lineage"

    predecessor_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    on: Mapped[date]
    share_numerator: Mapped[int]
    share_denominator: Mapped[int]
    basis: Mapped[LineageBasis] = mapped_column(word(LineageBasis, "basis"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    __table_args__ = (
        CheckConstraint(
            "share_numerator > 0 AND share_denominator > 0 AND share_numerator <= share_denominator", name="share"
        ),
        CheckConstraint("predecessor_id <> successor_id", name="two_units"),
        Index(None, "successor_id"),
    )


class UnitLineageClosure(Base):
    """A closed unit's share that lies in a later unit, over all changes between them; follows from the lineage."""

    __tablename__ = "unit_lineage_closure"

    predecessor_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    on: Mapped[date]
    share: Mapped[Fraction] = mapped_column(ExactShare)
    basis: Mapped[LineageBasis] = mapped_column(word(LineageBasis, "basis"))

    __table_args__ = (Index(None, "descendant_id"),)


class UnitChangeSet(Base):
    """One change of the catalogue of units, as it was decided; never altered or deleted. `what` is JSON.

    `account_id` is None for what the reference files hold. `undoes_id` is the change that this one takes back.
    """

    __tablename__ = "unit_change_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcMoment)
    what: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("unit_change_set.id"), unique=True)


class UnitFact(Base):
    """A figure about a unit from a named publication: population, area, crude rates. Not a result of the portal."""

    __tablename__ = "unit_fact"

    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    fact: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[float]
    source: Mapped[str]


def _open_once(name: str, holder: str) -> Index:
    """A unit stands at most once in what `holder` names without an end."""
    still = column("to_on").is_(None)
    return Index(name, holder, "unit_id", unique=True, sqlite_where=still, postgresql_where=still)


class UnitGroup(Base):
    """A named group of units: a region, a fertility zone, a competition group. Regions can hold published values.

    `keeper_id` is the unit that keeps it for the units directly below; None where the group is a reference fact.
    Days are inclusive; a group is closed, never deleted.
    """

    __tablename__ = "unit_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[GroupKind] = mapped_column(word(GroupKind, "kind"))
    name_vi: Mapped[str]
    name_en: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("admin_unit.id"))

    __table_args__ = (
        UniqueConstraint("keeper_id", "name_vi"),
        UniqueConstraint("id", "keeper_id"),
        CheckConstraint("(kind = 'COMPETITION') = (keeper_id IS NOT NULL)", name="kept"),
        CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="span"),
    )


class UnitGroupMember(Base):
    """A unit's membership of a group, dated (both days inclusive); a unit may leave and come back.

    `keeper_id` repeats that of the group, so that the schema itself holds that a unit is in one group of a keeper.
    """

    __tablename__ = "unit_group_member"

    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]
    keeper_id: Mapped[int | None]

    __table_args__ = (
        ForeignKeyConstraint(["group_id", "keeper_id"], ["unit_group.id", "unit_group.keeper_id"]),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="span"),
        _open_once("uq_unit_group_member_open", "group_id"),
        _open_once("uq_unit_group_member_of_keeper", "keeper_id"),
        Index(None, "unit_id"),
    )
