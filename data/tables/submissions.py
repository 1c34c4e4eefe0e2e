"""Submissions, their revisions and results, and the roll-ups that approvals leave behind."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from data.kinds import RollupSource, Standing, SubmissionStatus, UnitLevel
from data.tables.base import Base, UtcMoment, word


class Submission(Base):
    """One unit's form for one period. `unit_id` is the area counted, `reporter_id` is who counts."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"))
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"))
    period: Mapped[str]
    reporter_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"))

    __table_args__ = (UniqueConstraint("unit_id", "form_id", "period"), Index(None, "form_id", "period"))


class Revision(Base):
    """One version of a submission. Once sent it never changes but for its status; the digest proves it.

    `version` grows with every save, so that the second of two editors is told. `in_force` marks the last approved
    revision, which stays so until the next approval. `entered_for` marks a parent's entry for a silent child, until the
    child itself goes on with it.
    """

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    status: Mapped[SubmissionStatus] = mapped_column(word(SubmissionStatus, "status"))
    version: Mapped[int]
    illustrative: Mapped[bool]
    entered_for: Mapped[bool]
    edited_at: Mapped[datetime] = mapped_column(UtcMoment)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # The unit that approved or returned: peers see it, never the person.
    decided_unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_unit.id"))
    reason: Mapped[str | None]
    digest: Mapped[str | None]
    in_force: Mapped[bool]

    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        CheckConstraint("status <> 'RETURNED' OR length(coalesce(reason, '')) > 0", name="returned_with_reason"),
        CheckConstraint("NOT in_force OR status = 'APPROVED'", name="in_force_is_approved"),
        CheckConstraint("status = 'DRAFT' OR (sent_at IS NOT NULL AND digest IS NOT NULL)", name="sent_is_sealed"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> sent_by_id", name="two_people"),
        Index(
            "uq_revision_open",
            "submission_id",
            unique=True,
            sqlite_where=column("status").in_(["DRAFT", "SUBMITTED"]),
            postgresql_where=column("status").in_(["DRAFT", "SUBMITTED"]),
        ),
        Index(
            "uq_revision_in_force",
            "submission_id",
            unique=True,
            sqlite_where=column("in_force").is_(True),
            postgresql_where=column("in_force").is_(True),
        ),
    )


class RevisionEditor(Base):
    """Everyone who edited a revision; none of them may decide on it."""

    __tablename__ = "revision_editor"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)


class Result(Base):
    """One reported number, with the window it covers and its standing (a plan report holds two of each element)."""

    __tablename__ = "result"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    element_id: Mapped[int] = mapped_column(ForeignKey("data_element.id"), primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    standing: Mapped[Standing] = mapped_column(word(Standing, "standing"))
    value: Mapped[int] = mapped_column(BigInteger)
    # The reporter's explanation of a value that the portal warned about.
    note: Mapped[str | None]

    __table_args__ = (CheckConstraint("value >= 0", name="not_negative"), {"sqlite_with_rowid": False})


class Rollup(Base):
    """Both parts of a definition for a unit and a period, from approved results only.

    The two parts stand in one row because they must rest on the same units: a child that counted births but no
    screenings adds to neither part of the screening rate. `counted` of `expected` units stand behind the row.
    The key starts with the period, so that the cost of a comparison does not grow with the years held.
    """

    __tablename__ = "rollup"

    period: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[UnitLevel] = mapped_column(word(UnitLevel, "level"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"), primary_key=True)
    numerator: Mapped[int] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)
    counted: Mapped[int]
    expected: Mapped[int]
    source: Mapped[RollupSource] = mapped_column(word(RollupSource, "source"))
    standing: Mapped[Standing] = mapped_column(word(Standing, "standing"))
    illustrative: Mapped[bool]
    approved_at: Mapped[datetime] = mapped_column(UtcMoment)

    __table_args__ = (Index(None, "unit_id", "definition_id", "period"), {"sqlite_with_rowid": False})


class Fact(Base):
    """Small facts about this database: the version of its reference data, whether it holds illustrative results."""

    __tablename__ = "fact"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
