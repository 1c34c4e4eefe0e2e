"""Submissions, their revisions and results, roll-ups, and the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "status_transition",
        sa.Column(
            "from_status",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "RETURNED",
                "APPROVED",
                name="from_status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_status",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "RETURNED",
                "APPROVED",
                name="to_status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("from_status", "to_status", name=op.f("pk_status_transition")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_submission_form_id_form")),
        sa.ForeignKeyConstraint(["reporter_id"], ["admin_unit.id"], name=op.f("fk_submission_reporter_id_admin_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_submission_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("unit_id", "form_id", "period", name=op.f("uq_submission_unit_id_form_id_period")),
    )
    op.create_index(op.f("ix_submission_form_id_period"), "submission", ["form_id", "period"], unique=False)
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "RETURNED",
                "APPROVED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("entered_for", sa.Boolean(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_unit_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.CheckConstraint("NOT in_force OR status = 'APPROVED'", name=op.f("ck_revision_in_force_is_approved")),
        sa.CheckConstraint(
            "status <> 'RETURNED' OR length(coalesce(reason, '')) > 0", name=op.f("ck_revision_returned_with_reason")
        ),
        sa.CheckConstraint(
            "status = 'DRAFT' OR (sent_at IS NOT NULL AND digest IS NOT NULL)", name=op.f("ck_revision_sent_is_sealed")
        ),
        sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> sent_by_id", name=op.f("ck_revision_two_people")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_revision_decided_by_id_account")),
        sa.ForeignKeyConstraint(
            ["decided_unit_id"], ["admin_unit.id"], name=op.f("fk_revision_decided_unit_id_admin_unit")
        ),
        sa.ForeignKeyConstraint(["edited_by_id"], ["account.id"], name=op.f("fk_revision_edited_by_id_account")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["account.id"], name=op.f("fk_revision_sent_by_id_account")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_revision_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("submission_id", "number", name=op.f("uq_revision_submission_id_number")),
    )
    op.create_index(
        "uq_revision_in_force",
        "revision",
        ["submission_id"],
        unique=True,
        sqlite_where=sa.text("in_force IS 1"),
        postgresql_where=sa.text("in_force"),
    )
    op.create_index(
        "uq_revision_open",
        "revision",
        ["submission_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('DRAFT', 'SUBMITTED')"),
        postgresql_where=sa.text("status IN ('DRAFT', 'SUBMITTED')"),
    )
    op.create_table(
        "revision_editor",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_revision_editor_account_id_account")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_revision_editor_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", "account_id", name=op.f("pk_revision_editor")),
    )
    op.create_table(
        "result",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "ESTIMATE",
                "PRELIMINARY",
                "FINAL",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("value >= 0", name=op.f("ck_result_not_negative")),
        sa.ForeignKeyConstraint(["element_id"], ["data_element.id"], name=op.f("fk_result_element_id_data_element")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_result_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", "element_id", "period", name=op.f("pk_result")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rollup",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "NATION",
                "PROVINCE",
                "DISTRICT",
                "COMMUNE",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=False),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("OWN", "CHILDREN", name="source", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "ESTIMATE",
                "PRELIMINARY",
                "FINAL",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["definition_id"], ["definition.id"], name=op.f("fk_rollup_definition_id_definition")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_rollup_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("period", "level", "unit_id", "definition_id", name=op.f("pk_rollup")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_rollup_unit_id_definition_id_period"), "rollup", ["unit_id", "definition_id", "period"], unique=False
    )
    op.create_table(
        "audit_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column(
            "from_status",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "RETURNED",
                "APPROVED",
                name="from_status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_status",
            sa.Enum(
                "DRAFT",
                "SUBMITTED",
                "RETURNED",
                "APPROVED",
                name="to_status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_audit_line_account_id_account")),
        sa.ForeignKeyConstraint(
            ["from_status", "to_status"],
            ["status_transition.from_status", "status_transition.to_status"],
            name=op.f("fk_audit_line_from_status_to_status_status_transition"),
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_audit_line_revision_id_revision")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_audit_line_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_line")),
    )
    op.create_index(op.f("ix_audit_line_at"), "audit_line", ["at"], unique=False)
    op.create_index(op.f("ix_audit_line_revision_id"), "audit_line", ["revision_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it")
