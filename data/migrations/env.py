"""Alembic's entry point. The connection comes from `data.migrations.upgrade`; there is no offline mode."""

from alembic import context

from data.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
