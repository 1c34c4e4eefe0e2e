"""The note to a target in English."""

import sqlalchemy as sa
from alembic import op

from data.reference import rows

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The reference files before and after their notes were translated; a database that holds others is left to say so.
BEFORE = "5ec4a7049555d07212e4f99333d3ae110f6402e77df1601ce9abe8cf5a9e5d4c"
AFTER = "fc769436ab91f4e1fde4e385f2d2b1e200f657370e4a0ec7943c7da01062c3cf"


def upgrade() -> None:
    op.add_column("target", sa.Column("note_en", sa.String(), nullable=True))
    target = sa.table("target", sa.column("key"), sa.column("note_en"))
    for row in rows("targets"):
        if row["note_en"]:
            op.execute(sa.update(target).where(target.c.key == row["key"]).values(note_en=row["note_en"]))
    fact = sa.table("fact", sa.column("name"), sa.column("value"))
    seeded = (fact.c.name == "reference_digest") & (fact.c.value == BEFORE)
    op.execute(sa.update(fact).where(seeded).values(value=AFTER))


def downgrade() -> None:
    op.drop_column("target", "note_en")
