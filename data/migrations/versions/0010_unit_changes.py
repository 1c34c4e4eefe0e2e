"""Changes of units as facts of their own: the journal, the closure of the lineage, and roles that are to follow."""

from fractions import Fraction

import sqlalchemy as sa
from alembic import op

from data.kinds import LineageBasis, UnitLevel
from data.migrations.guards import CHANGE_GUARDS, statements
from data.units.lineage import Descent, inheritances

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.add_column("admin_unit", sa.Column("never_in_force", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "unit_lineage_closure",
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("descendant_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("share", sa.String(), nullable=False),
        sa.Column("basis", _word("basis", "WHOLE", "POPULATION", "AREA", "STATED"), nullable=False),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["admin_unit.id"], name=op.f("fk_unit_lineage_closure_predecessor_id_admin_unit")
        ),
        sa.ForeignKeyConstraint(
            ["descendant_id"], ["admin_unit.id"], name=op.f("fk_unit_lineage_closure_descendant_id_admin_unit")
        ),
        sa.PrimaryKeyConstraint("predecessor_id", "descendant_id", name=op.f("pk_unit_lineage_closure")),
    )
    op.create_index(op.f("ix_unit_lineage_closure_descendant_id"), "unit_lineage_closure", ["descendant_id"])
    op.create_table(
        "unit_change_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_unit_change_set_account_id_account")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_unit_change_set_document_id_document")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["unit_change_set.id"], name=op.f("fk_unit_change_set_undoes_id_unit_change_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_change_set")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_unit_change_set_undoes_id")),
    )
    op.create_table(
        "role_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", _word("role", "OFFICER", "REVIEWER", "VIEWER", "ADMINISTRATOR"), nullable=False),
        sa.Column("closed_unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("status", _word("status", "OPEN", "ACCEPTED", "DECLINED", "WITHDRAWN"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_proposal_account_id_account")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_role_proposal_decided_by_id_account")),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["unit_change_set.id"], name=op.f("fk_role_proposal_change_set_id_unit_change_set")
        ),
        sa.ForeignKeyConstraint(
            ["closed_unit_id"], ["admin_unit.id"], name=op.f("fk_role_proposal_closed_unit_id_admin_unit")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_unit.id"], name=op.f("fk_role_proposal_unit_id_admin_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_proposal")),
        sa.UniqueConstraint(
            "change_set_id",
            "account_id",
            "role",
            "closed_unit_id",
            name=op.f("uq_role_proposal_change_set_id_account_id_role_closed_unit_id"),
        ),
    )
    op.create_index(op.f("ix_role_proposal_unit_id"), "role_proposal", ["unit_id"])
    for guard in CHANGE_GUARDS:
        for statement in statements(guard, op.get_bind().dialect.name):
            op.execute(statement)
    _fill_closure(op.get_bind())


def _fill_closure(connection: sa.Connection) -> None:
    """A database that already holds units gets the closure that follows from its lineage."""
    rows = connection.execute(
        sa.text(
            'SELECT predecessor_id, successor_id, "on", share_numerator, share_denominator, basis FROM unit_lineage'
        ).columns(sa.column("predecessor_id"), sa.column("successor_id"), sa.column("on", sa.Date()),
                  sa.column("share_numerator"), sa.column("share_denominator"), sa.column("basis"))
    ).all()
    if not rows:
        return
    levels = {unit: UnitLevel(level) for unit, level in connection.execute(sa.text("SELECT id, level FROM admin_unit"))}
    descents = [Descent(row[0], row[1], row[2], Fraction(row[3], row[4]), LineageBasis(row[5])) for row in rows]
    table = sa.table(
        "unit_lineage_closure",
        sa.column("predecessor_id"),
        sa.column("descendant_id"),
        sa.column("on", sa.Date()),
        sa.column("share"),
        sa.column("basis"),
    )
    op.bulk_insert(
        table,
        [
            {"predecessor_id": one.predecessor_id, "descendant_id": one.descendant_id, "on": one.on,
             "share": str(one.share), "basis": one.basis.value}
            for one in inheritances(levels, descents)
        ],
    )  # fmt: skip


def downgrade() -> None:
    raise NotImplementedError("what was changed stays changed")
