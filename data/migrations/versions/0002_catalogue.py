"""What is counted and what is compared."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_programme_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("key", name=op.f("uq_programme_key")),
    )
    op.create_table(
        "data_element",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "aggregation",
            sa.Enum(
                "FLOW", "STOCK", "DISTINCT", name="aggregation", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "measure",
            sa.Enum(
                "PERSONS",
                "COUPLES",
                "CASES",
                "BIRTHS",
                "PERCENT",
                "PER_MILLE",
                "BOYS_PER_100_GIRLS",
                "CHILDREN_PER_WOMAN",
                "YEARS",
                "CM",
                "COMMUNES",
                "FACILITIES",
                "CLASSES",
                "ROUNDS",
                "HOUSEHOLDS",
                "RANK",
                "POINTS",
                "NONE",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("help_vi", sa.String(), nullable=True),
        sa.Column("help_en", sa.String(), nullable=True),
        sa.Column("at_most_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["at_most_id"], ["data_element.id"], name=op.f("fk_data_element_at_most_id_data_element")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_element")),
        sa.UniqueConstraint("key", name=op.f("uq_data_element_key")),
    )
    op.create_table(
        "form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "MONTHLY",
                "QUARTERLY",
                "YEARLY",
                "WINDOW",
                "AD_HOC",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("due_working_days", sa.Integer(), nullable=True),
        sa.Column("on_old_areas", sa.Boolean(), nullable=False),
        sa.Column("window_months", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form")),
        sa.UniqueConstraint("key", name=op.f("uq_form_key")),
    )
    op.create_table(
        "form_level",
        sa.Column("form_id", sa.Integer(), nullable=False),
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
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_form_level_form_id_form")),
        sa.PrimaryKeyConstraint("form_id", "level", name=op.f("pk_form_level")),
    )
    op.create_table(
        "form_due_day",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_form_due_day_document_id_document")),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_form_due_day_form_id_form")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_form_due_day_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("form_id", "unit_id", "period", name=op.f("pk_form_due_day")),
    )
    op.create_table(
        "form_element",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section_vi", sa.String(), nullable=False),
        sa.Column("section_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["element_id"], ["data_element.id"], name=op.f("fk_form_element_element_id_data_element")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_form_element_form_id_form")),
        sa.PrimaryKeyConstraint("form_id", "element_id", name=op.f("pk_form_element")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("key", name=op.f("uq_indicator_key")),
    )
    op.create_table(
        "definition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column(
            "measure",
            sa.Enum(
                "PERSONS",
                "COUPLES",
                "CASES",
                "BIRTHS",
                "PERCENT",
                "PER_MILLE",
                "BOYS_PER_100_GIRLS",
                "CHILDREN_PER_WOMAN",
                "YEARS",
                "CM",
                "COMMUNES",
                "FACILITIES",
                "CLASSES",
                "ROUNDS",
                "HOUSEHOLDS",
                "RANK",
                "POINTS",
                "NONE",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("factor", sa.Integer(), nullable=False),
        sa.Column("surveyed", sa.Boolean(), nullable=False),
        sa.Column("chance", sa.Boolean(), nullable=False),
        sa.Column("headline", sa.Integer(), nullable=True),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("short_vi", sa.String(), nullable=False),
        sa.Column("short_en", sa.String(), nullable=False),
        sa.Column("formula_vi", sa.String(), nullable=False),
        sa.Column("formula_en", sa.String(), nullable=False),
        sa.Column("denominator_vi", sa.String(), nullable=True),
        sa.Column("denominator_en", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("plausible_min", sa.Double(), nullable=True),
        sa.Column("plausible_max", sa.Double(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column(
            "confidence",
            sa.Enum("HIGH", "MEDIUM", "LOW", name="confidence", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("factor IN (1, 100, 1000)", name=op.f("ck_definition_factor")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_definition_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_definition_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition")),
        sa.UniqueConstraint("key", name=op.f("uq_definition_key")),
    )
    op.create_table(
        "definition_part",
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("NUMERATOR", "DENOMINATOR", name="side", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("element_id", sa.Integer(), nullable=False),
        sa.Column("sign", sa.Integer(), nullable=False),
        sa.CheckConstraint("sign IN (-1, 1)", name=op.f("ck_definition_part_sign")),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_definition_part_definition_id_definition")
        ),
        sa.ForeignKeyConstraint(
            ["element_id"], ["data_element.id"], name=op.f("fk_definition_part_element_id_data_element")
        ),
        sa.PrimaryKeyConstraint("definition_id", "side", "element_id", name=op.f("pk_definition_part")),
    )


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it")
