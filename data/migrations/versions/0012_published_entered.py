"""Published values that people enter: corrected by others, withdrawn, never altered."""

import sqlalchemy as sa
from alembic import op

from data.migrations.guards import PUBLISHED_GUARDS, statements

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out, because SQLite adds a column together with its reference or not at all.
    op.execute(
        "ALTER TABLE published_result ADD COLUMN corrects_id INTEGER"
        " CONSTRAINT fk_published_result_corrects_id_published_result REFERENCES published_result (id)"
    )
    op.add_column("published_result", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    for guard in PUBLISHED_GUARDS:
        for statement in statements(guard, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was corrected stays corrected")
