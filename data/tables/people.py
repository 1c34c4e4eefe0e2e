"""Accounts, the roles they hold at units, sign-in attempts, and the audit trail."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.kinds import ProposalStatus, Role, SubmissionStatus
from data.tables.base import Base, RowId, UtcMoment, word


class Account(Base):
    """A login. `session_stamp` changes with the password, which ends every other session of the account."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    password_hash: Mapped[str]
    session_stamp: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcMoment)
    closed_at: Mapped[datetime | None] = mapped_column(UtcMoment)

    __table_args__ = (
        CheckConstraint("language IN ('vi', 'en')", name="language"),
        CheckConstraint("username = lower(username)", name="lower_case"),
    )


class AccountRole(Base):
    """A role held at a unit, from a day to a day (both inclusive)."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(word(Role, "role"), primary_key=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class SignIn(Base):
    """A session that has not ended: one sign-in at one browser. Its key stands in the browser's signed cookie.

    Signing out deletes the row, so that a copy of the cookie is worth nothing from then on.
    """

    __tablename__ = "sign_in"

    key: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    begun_at: Mapped[datetime] = mapped_column(UtcMoment)

    __table_args__ = (Index(None, "account_id"), Index(None, "begun_at"))


class RoleProposal(Base):
    """The same role at the unit that took over the one at which it was held; whoever keeps accounts there decides."""

    __tablename__ = "role_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_set_id: Mapped[int] = mapped_column(ForeignKey("unit_change_set.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(word(Role, "role"))
    closed_unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), index=True)
    from_on: Mapped[date]
    status: Mapped[ProposalStatus] = mapped_column(word(ProposalStatus, "status"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (UniqueConstraint("change_set_id", "account_id", "role", "closed_unit_id"),)


class SignInAttempt(Base):
    """A failed attempt to sign in, kept to slow the next ones. `subject` is a username or an address."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    subject: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcMoment)

    __table_args__ = (Index(None, "subject", "at"),)


class StatusTransition(Base):
    """The allowed changes of a revision's status. The audit trail and a trigger both refer to this table."""

    __tablename__ = "status_transition"

    from_status: Mapped[SubmissionStatus] = mapped_column(word(SubmissionStatus, "from_status"), primary_key=True)
    to_status: Mapped[SubmissionStatus] = mapped_column(word(SubmissionStatus, "to_status"), primary_key=True)


class AuditLine(Base):
    """Who did what, when. Written in the same transaction as what it tells of; never changed or deleted."""

    __tablename__ = "audit_line"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    action: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_unit.id"))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    from_status: Mapped[SubmissionStatus | None] = mapped_column(word(SubmissionStatus, "from_status"))
    to_status: Mapped[SubmissionStatus | None] = mapped_column(word(SubmissionStatus, "to_status"))
    reason: Mapped[str | None]
    detail: Mapped[str | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["from_status", "to_status"], ["status_transition.from_status", "status_transition.to_status"]
        ),
        Index(None, "revision_id"),
        Index(None, "at"),
        Index(None, "unit_id", "action"),
    )
