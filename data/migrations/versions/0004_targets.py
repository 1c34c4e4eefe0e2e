"""Targets, published results, and texts of documents."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "operator",
            sa.Enum(
                "AT_LEAST",
                "ABOVE",
                "AT_MOST",
                "BELOW",
                "REACH",
                "RANGE",
                "ABOUT",
                "EXACTLY",
                "REACH_AND_HOLD",
                "DELTA",
                "DELTA_RELATIVE",
                "REDUCTION_FRACTION",
                "REDUCTION_PERCENT",
                "PER_ZONE",
                "WORDS",
                name="operator",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum("UP", "DOWN", name="direction", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("baseline_year", sa.Integer(), nullable=True),
        sa.Column("baseline_value", sa.Double(), nullable=True),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.Column(
            "plan_kind",
            sa.Enum(
                "ORIENTATION",
                "ASSIGNED",
                "ADJUSTED",
                "STRIVEN",
                "RESTATED",
                "UNKNOWN",
                name="plan_kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "horizon",
            sa.Enum("YEARLY", "MULTI_YEAR", name="horizon", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("as_printed", sa.String(), nullable=False),
        sa.Column("wording_vi", sa.String(), nullable=False),
        sa.Column("wording_en", sa.String(), nullable=False),
        sa.Column("restates_id", sa.Integer(), nullable=True),
        sa.Column("zone_key", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column(
            "confidence",
            sa.Enum("HIGH", "MEDIUM", "LOW", name="confidence", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("note_vi", sa.String(), nullable=True),
        sa.CheckConstraint("restates_id IS NULL OR plan_kind = 'RESTATED'", name=op.f("ck_target_restated")),
        sa.CheckConstraint("(low IS NULL) = (high IS NULL)", name=op.f("ck_target_both_ends")),
        sa.CheckConstraint("low IS NULL OR low <= high", name=op.f("ck_target_order")),
        sa.ForeignKeyConstraint(["definition_id"], ["definition.id"], name=op.f("fk_target_definition_id_definition")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_target_document_id_document")),
        sa.ForeignKeyConstraint(["restates_id"], ["target.id"], name=op.f("fk_target_restates_id_target")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_target_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("key", name=op.f("uq_target_key")),
    )
    op.create_index(
        op.f("ix_target_unit_id_year_definition_id"), "target", ["unit_id", "year", "definition_id"], unique=False
    )
    op.create_table(
        "published_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("preliminary", sa.Boolean(), nullable=False),
        sa.Column("geographic_basis", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum("HIGH", "MEDIUM", "LOW", name="confidence", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("(unit_id IS NULL) <> (group_id IS NULL)", name=op.f("ck_published_result_unit_or_group")),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_published_result_definition_id_definition")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["unit_group.id"], name=op.f("fk_published_result_group_id_unit_group")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_published_result_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_result")),
    )
    op.create_index(
        op.f("ix_published_result_period_unit_id_definition_id"),
        "published_result",
        ["period", "unit_id", "definition_id"],
        unique=False,
    )
    op.create_table(
        "document_text",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("attached_by_id", sa.Integer(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attached_by_id"], ["account.id"], name=op.f("fk_document_text_attached_by_id_account")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_text_document_id_document")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_text")),
    )


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it")
