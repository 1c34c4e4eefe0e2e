"""Units with their dated versions, their tree, their lineage and groups; and the documents they come from."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "admin_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
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
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opening_known", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_admin_unit_life")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admin_unit")),
        sa.UniqueConstraint("key", name=op.f("uq_admin_unit_key")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issuer_id", sa.Integer(), nullable=True),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=True),
        sa.Column("short_vi", sa.String(), nullable=True),
        sa.Column("short_en", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["issuer_id"], ["admin_unit.id"], name=op.f("fk_document_issuer_id_admin_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("key", name=op.f("uq_document_key")),
    )
    op.create_table(
        "unit_version",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "NATION",
                "PROVINCE",
                "CITY",
                "URBAN_DISTRICT",
                "RURAL_DISTRICT",
                "TOWN",
                "COMMUNE",
                "WARD",
                "TOWNSHIP",
                "SPECIAL_ZONE",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "confidence",
            sa.Enum("HIGH", "MEDIUM", "LOW", name="confidence", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_unit_version_span")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_unit_version_document_id_document")),
        sa.ForeignKeyConstraint(["parent_id"], ["admin_unit.id"], name=op.f("fk_unit_version_parent_id_admin_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_unit_version_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("unit_id", "from_on", name=op.f("pk_unit_version")),
    )
    op.create_index(op.f("ix_unit_version_parent_id"), "unit_version", ["parent_id"], unique=False)
    op.create_table(
        "unit_closure",
        sa.Column("ancestor_id", sa.Integer(), nullable=False),
        sa.Column("descendant_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ancestor_id"], ["admin_unit.id"], name=op.f("fk_unit_closure_ancestor_id_admin_unit")
        ),
        sa.ForeignKeyConstraint(
            ["descendant_id"], ["admin_unit.id"], name=op.f("fk_unit_closure_descendant_id_admin_unit")
        ),
        sa.PrimaryKeyConstraint("ancestor_id", "descendant_id", "from_on", name=op.f("pk_unit_closure")),
    )
    op.create_index(
        op.f("ix_unit_closure_descendant_id_from_on"), "unit_closure", ["descendant_id", "from_on"], unique=False
    )
    op.create_table(
        "unit_lineage",
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("share_numerator", sa.Integer(), nullable=False),
        sa.Column("share_denominator", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "WHOLE",
                "POPULATION",
                "AREA",
                "STATED",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_unit_lineage_two_units")),
        sa.CheckConstraint(
            "share_numerator > 0 AND share_denominator > 0 AND share_numerator <= share_denominator",
            name=op.f("ck_unit_lineage_share"),
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_unit_lineage_document_id_document")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["admin_unit.id"], name=op.f("fk_unit_lineage_predecessor_id_admin_unit")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["admin_unit.id"], name=op.f("fk_unit_lineage_successor_id_admin_unit")
        ),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_unit_lineage")),
    )
    op.create_index(op.f("ix_unit_lineage_successor_id"), "unit_lineage", ["successor_id"], unique=False)
    op.create_table(
        "unit_fact",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_unit_fact_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("unit_id", "fact", "year", name=op.f("pk_unit_fact")),
    )
    op.create_table(
        "unit_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "REGION",
                "FERTILITY_ZONE",
                "SEX_RATIO_GROUP",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_unit_group_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_group")),
        sa.UniqueConstraint("key", name=op.f("uq_unit_group_key")),
    )
    op.create_table(
        "unit_group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["unit_group.id"], name=op.f("fk_unit_group_member_group_id_unit_group")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_unit_group_member_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("group_id", "unit_id", "from_on", name=op.f("pk_unit_group_member")),
    )


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it")
