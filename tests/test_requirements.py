"""The register of the policy's clauses is complete, and what it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HOUSE = Path(__file__).parent.parent
PAGE = HOUSE / "docs" / "requirements.md"
ROW = re.compile(r"^\| (R[0-9.]+-[0-9]{2}) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
SECTIONS = {  # how many clauses each section of the policy has
    "R0": 4, "R1.1": 4, "R1.2": 3, "R1.3": 11, "R1.4": 11, "R2.1": 10, "R2.2": 13, "R2.3": 13, "R2.4": 6, "R2.5": 6,
    "R2.6": 9, "R3.1": 17, "R3.2": 11, "R3.3": 3, "R3.4": 6, "R4.1": 8, "R4.2": 13, "R4.3": 11, "R4.4": 15,
    "R4.5": 5, "R4.6": 5, "R9": 3,
}  # fmt: skip


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(PAGE.read_text(encoding="utf-8"))


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_clause_of_the_policy_stands_in_the_register_once_and_in_order() -> None:
    expected = [f"{section}-{number:02d}" for section, count in SECTIONS.items() for number in range(1, count + 1)]

    assert len(expected) == 187
    assert [clause for clause, *_ in rows()] == expected


def test_every_clause_is_carried_out_by_a_module_or_says_what_it_waits_for() -> None:
    silent = [clause for clause, _, by, _ in rows() if not named(by) and not re.search(r"later: \w", by)]
    assert silent == []


def test_every_module_that_is_named_exists() -> None:
    gone = [(clause, path) for clause, _, by, _ in rows() for path in named(by) if not (HOUSE / path).exists()]
    assert gone == []


def test_every_test_that_is_named_exists() -> None:
    gone = [(clause, test) for clause, _, _, shown in rows() for test in named(shown) if not _exists(test)]
    assert gone == []


def test_a_clause_that_waits_as_a_whole_names_no_test() -> None:
    early = [clause for clause, _, by, shown in rows() if not named(by) and named(shown)]
    assert early == []


def test_every_clause_that_code_or_pack_cites_is_a_clause_of_the_policy() -> None:
    known = {clause for clause, *_ in rows()}
    files = [f for room in ("rules", "states", "records", "config", "flows", "demo", "tests") for f in _texts(room)]
    cited = {(f.name, c) for f in files for c in re.findall(r"\bR\d(?:\.\d)?-\d\d\b", f.read_text(encoding="utf-8"))}
    assert {(name, clause) for name, clause in cited if clause not in known} == set()


def _texts(room: str) -> list[Path]:
    return [f for kind in ("*.py", "*.toml") for f in (HOUSE / room).rglob(kind)]


def _exists(test: str) -> bool:
    path, _, name = test.partition("::")
    if not (HOUSE / path).is_file():
        return False
    tree = ast.parse((HOUSE / path).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(tree))
