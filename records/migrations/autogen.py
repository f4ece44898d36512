"""Writes versions/0001_initial.py anew from records.schema: `python -m records.migrations.autogen`.

Only while nothing has been released. Afterwards a change of tables is a new revision.
"""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.operations.ops import CreateTableOp, UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine

from records.migrate import OPTIONS
from records.schema import metadata

INITIAL = Path(__file__).parent / "versions" / "0001_initial.py"
HEAD = '''"""Every table of the first release. Written by records.migrations.autogen; not edited by hand."""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None
'''


def initial() -> str:
    """The text of the first revision, as the schema asks for it now."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={**OPTIONS, "render_as_batch": False})
        ops = produce_migrations(context, metadata)
    engine.dispose()
    return f"{HEAD}\n\ndef upgrade() -> None:\n{_body(ops.upgrade_ops)}\n\n\ndef downgrade() -> None:\n{_drops()}\n"


def _body(ops: UpgradeOps | None) -> str:
    assert ops is not None
    for op in ops.ops:
        if isinstance(op, CreateTableOp):
            op.columns = [*op.columns, *_checks(op.table_name)]
    code = render_python_code(ops, render_item=OPTIONS["render_item"])
    lines = [line.rstrip() for line in code.splitlines() if not line.strip().startswith("# ###")]
    return "\n".join(f"    {line}" if line and not line.startswith("    ") else line for line in lines)


def _checks(table: str) -> list[CheckConstraint]:
    """The checks that stand beside a column: alembic renders only those that stand beside the table."""
    beside = [c for column in metadata.tables[table].columns for c in column.constraints]
    return [CheckConstraint(str(c.sqltext), name=c.name) for c in beside if isinstance(c, CheckConstraint)]


def _drops() -> str:
    return "\n".join(f'    op.drop_table("{table.name}")' for table in reversed(metadata.sorted_tables))


if __name__ == "__main__":
    INITIAL.write_text(initial(), encoding="utf-8")
