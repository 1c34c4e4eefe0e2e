"""Groups that a unit keeps for the units directly below it, and what the database refuses of memberships."""

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import GROUP_GUARDS, statements

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KIND = "kind IN ('REGION', 'FERTILITY_ZONE', 'SEX_RATIO_GROUP', 'COMPETITION')"
KEPT = "(kind = 'COMPETITION') = (keeper_id IS NOT NULL)"
GROUP_SPAN = "to_on IS NULL OR from_on IS NULL OR to_on >= from_on"
MEMBER_SPAN = "to_on IS NULL OR to_on >= from_on"
STILL = sa.text("to_on IS NULL")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        _make_anew()
    else:
        _alter()
    for name, holder in (("uq_unit_group_member_open", "group_id"), ("uq_unit_group_member_of_keeper", "keeper_id")):
        op.create_index(
            name, "unit_group_member", [holder, "unit_id"], unique=True, sqlite_where=STILL, postgresql_where=STILL
        )
    op.create_index(op.f("ix_unit_group_member_unit_id"), "unit_group_member", ["unit_id"])
    for guard in GROUP_GUARDS:
        for statement in statements(guard, dialect):
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it")


def _alter() -> None:
    op.add_column("unit_group", sa.Column("keeper_id", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("fk_unit_group_keeper_id_admin_unit"), "unit_group", "admin_unit", ["keeper_id"], ["id"])
    op.drop_constraint(op.f("ck_unit_group_kind"), "unit_group", type_="check")
    for name, condition in (("kind", KIND), ("kept", KEPT), ("span", GROUP_SPAN)):
        op.create_check_constraint(op.f(f"ck_unit_group_{name}"), "unit_group", condition)
    op.create_unique_constraint(op.f("uq_unit_group_keeper_id_name_vi"), "unit_group", ["keeper_id", "name_vi"])
    op.create_unique_constraint(op.f("uq_unit_group_id_keeper_id"), "unit_group", ["id", "keeper_id"])
    op.add_column("unit_group_member", sa.Column("keeper_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_unit_group_member_group_id_keeper_id_unit_group"),
        "unit_group_member",
        "unit_group",
        ["group_id", "keeper_id"],
        ["id", "keeper_id"],
    )
    op.create_check_constraint(op.f("ck_unit_group_member_span"), "unit_group_member", MEMBER_SPAN)


def _make_anew() -> None:
    """SQLite changes no constraint of a table: both are made anew, and what refers to them steps aside meanwhile."""
    held = {"aside_group": "unit_group", "aside_member": "unit_group_member", "aside_published": "published_result"}
    for aside, table in held.items():
        where = " WHERE group_id IS NOT NULL" if table == "published_result" else ""
        op.execute(f"CREATE TEMPORARY TABLE {aside} AS SELECT * FROM {table}{where}")
    op.execute("DELETE FROM published_result WHERE group_id IS NOT NULL")
    op.drop_table("unit_group_member")
    op.drop_table("unit_group")
    _create_tables()
    op.execute("INSERT INTO unit_group SELECT *, NULL FROM aside_group")
    op.execute("INSERT INTO unit_group_member SELECT *, NULL FROM aside_member")
    op.execute("INSERT INTO published_result SELECT * FROM aside_published")
    for aside in held:
        op.execute(f"DROP TABLE {aside}")


def _create_tables() -> None:
    op.create_table(
        "unit_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(KIND, name=op.f("ck_unit_group_kind")),
        sa.CheckConstraint(KEPT, name=op.f("ck_unit_group_kept")),
        sa.CheckConstraint(GROUP_SPAN, name=op.f("ck_unit_group_span")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_unit_group_document_id_document")),
        sa.ForeignKeyConstraint(["keeper_id"], ["admin_unit.id"], name=op.f("fk_unit_group_keeper_id_admin_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_group")),
        sa.UniqueConstraint("key", name=op.f("uq_unit_group_key")),
        sa.UniqueConstraint("keeper_id", "name_vi", name=op.f("uq_unit_group_keeper_id_name_vi")),
        sa.UniqueConstraint("id", "keeper_id", name=op.f("uq_unit_group_id_keeper_id")),
    )
    op.create_table(
        "unit_group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(MEMBER_SPAN, name=op.f("ck_unit_group_member_span")),
        sa.ForeignKeyConstraint(["group_id"], ["unit_group.id"], name=op.f("fk_unit_group_member_group_id_unit_group")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_unit_group_member_unit_id_admin_unit")),
        sa.ForeignKeyConstraint(
            ["group_id", "keeper_id"],
            ["unit_group.id", "unit_group.keeper_id"],
            name=op.f("fk_unit_group_member_group_id_keeper_id_unit_group"),
        ),
        sa.PrimaryKeyConstraint("group_id", "unit_id", "from_on", name=op.f("pk_unit_group_member")),
    )
