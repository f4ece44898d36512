"""Fills "Shown by" in docs/requirements.md from the tests that cite a clause: `make clauses`.

A test cites a clause by its number (R4.3-07) in its docstring or body. What was named by hand stays while it exists.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

HOUSE = Path(__file__).parent.parent
PAGE = HOUSE / "docs" / "requirements.md"
CLAUSE = re.compile(r"\bR\d(?:\.\d)?-\d\d\b")
ROW = re.compile(r"^(\| (R[0-9.]+-[0-9]{2}) \| [^|]+ \| ([^|]+) \|) ([^|]+) \|$", re.M)
AT_MOST = 3  # a reader wants a proof, not all of them


def cited() -> tuple[dict[str, list[str]], set[str]]:
    """The tests that cite each clause, and the names of all tests."""
    by_clause: dict[str, list[str]] = defaultdict(list)
    known: set[str] = set()
    for path in sorted((HOUSE / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                name = f"{path.relative_to(HOUSE).as_posix()}::{node.name}"
                known.add(name)
                for clause in sorted(set(CLAUSE.findall(ast.get_source_segment(text, node) or ""))):
                    by_clause[clause].append(name)
    return by_clause, known


def page(text: str) -> str:
    """The register with its last column filled."""
    by_clause, known = cited()

    def filled(row: re.Match[str]) -> str:
        before, clause, carried_by, shown = row.groups()
        if "`" not in carried_by:
            return f"{before} — |"
        by_hand = [name for name in re.findall(r"`([^`]+)`", shown) if name in known]
        names = list(dict.fromkeys(by_hand + by_clause[clause]))[:AT_MOST]
        return f"{before} {', '.join(f'`{name}`' for name in names) or '—'} |"

    return ROW.sub(filled, text)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
