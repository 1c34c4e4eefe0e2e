"""Targets that people enter: corrected by others, withdrawn, never altered; and the trail by unit."""

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import TARGET_GUARDS, statements

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out, because SQLite adds a column together with its reference or not at all.
    op.execute(
        "ALTER TABLE target ADD COLUMN corrects_id INTEGER CONSTRAINT fk_target_corrects_id_target"
        " REFERENCES target (id)"
    )
    op.add_column("target", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_audit_line_unit_id_action"), "audit_line", ["unit_id", "action"])
    for guard in TARGET_GUARDS:
        for statement in statements(guard, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was corrected stays corrected")
