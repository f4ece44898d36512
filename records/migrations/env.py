"""Alembic's door: it runs on the connection that records.migrate hands over, in that transaction."""

from __future__ import annotations

from alembic import context

from records.migrate import OPTIONS
from records.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, **OPTIONS)
with context.begin_transaction():
    context.run_migrations()
