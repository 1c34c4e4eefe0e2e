"""Legal documents, the targets that come from them, and results published by others."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data.judging.operators import Direction, Operator
from data.kinds import Confidence, Horizon, PlanKind
from data.tables.base import Base, UtcMoment, word


class Document(Base):
    """A legal instrument, or a publication. Its number is never shown without its date: numbers are used again."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str | None]
    issued_on: Mapped[date | None]
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("admin_unit.id"))
    title_vi: Mapped[str]
    title_en: Mapped[str | None]
    # A short name for a pinned row: "Mục tiêu NQ 21". National instruments only.
    short_vi: Mapped[str | None]
    short_en: Mapped[str | None]
    note: Mapped[str | None]


class DocumentText(Base):
    """The text of a document, attached by a reader who has it; the portal itself carries facts, not sentences."""

    __tablename__ = "document_text"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    text: Mapped[str]
    attached_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    attached_at: Mapped[datetime] = mapped_column(UtcMoment)


class Target(Base):
    """What is to be reached: a definition, a unit and a year. Single values stand in `low` and `high` alike.

    The unit of `low` and `high` is the definition's measure; for changes it is points of it, percent or a fraction.
    What was set is never altered: a correction is another row that names the one it corrects, and that one is
    withdrawn. A withdrawn target is history, and no longer among those in force.
    """

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"))
    year: Mapped[int]
    operator: Mapped[Operator] = mapped_column(word(Operator, "operator"))
    direction: Mapped[Direction | None] = mapped_column(word(Direction, "direction"))
    low: Mapped[float | None]
    high: Mapped[float | None]
    baseline_year: Mapped[int | None]
    baseline_value: Mapped[float | None]
    # True where the text does not say points or percent, so that no reading is safe.
    ambiguous: Mapped[bool]
    plan_kind: Mapped[PlanKind] = mapped_column(word(PlanKind, "plan_kind"))
    horizon: Mapped[Horizon] = mapped_column(word(Horizon, "horizon"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    clause: Mapped[str | None]
    as_printed: Mapped[str]
    wording_vi: Mapped[str]
    wording_en: Mapped[str]
    restates_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"))
    zone_key: Mapped[str | None]
    source: Mapped[str | None]
    confidence: Mapped[Confidence | None] = mapped_column(word(Confidence, "confidence"))
    note_vi: Mapped[str | None]
    note_en: Mapped[str | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcMoment)

    __table_args__ = (
        CheckConstraint("(low IS NULL) = (high IS NULL)", name="both_ends"),
        CheckConstraint("low IS NULL OR low <= high", name="order"),
        CheckConstraint("restates_id IS NULL OR plan_kind = 'RESTATED'", name="restated"),
        Index(None, "unit_id", "year", "definition_id"),
    )


class PublishedResult(Base):
    """A value published by the statistics office or the press, for a unit or a region, on a named geographic basis.

    `period` is a year or a window; `unit_id` may name a unit that opened later (values are published back in time).
    What was entered is never altered: a correction is another row that names the one it corrects, and that one is
    withdrawn. A withdrawn value is history and compares with nothing.
    """

    __tablename__ = "published_result"

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_unit.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id"))
    period: Mapped[str]
    value: Mapped[float]
    preliminary: Mapped[bool]
    geographic_basis: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[Confidence | None] = mapped_column(word(Confidence, "confidence"))
    note: Mapped[str | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("published_result.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcMoment)

    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (group_id IS NULL)", name="unit_or_group"),
        Index(None, "period", "unit_id", "definition_id"),
    )
