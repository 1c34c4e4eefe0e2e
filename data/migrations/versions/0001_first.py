"""The first schema."""

from alembic import op

from data.migrations.guards import GUARDS, statements
from data.tables import Base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    Base.metadata.create_all(bind)
    for guard in GUARDS:
        for statement in statements(guard, bind.dialect.name):
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it")
