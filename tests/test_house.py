"""The rules of the house, read from the source itself: what a review would otherwise have to look for."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from states.agreement import AgreementLife
from states.case import CaseLife, TaskLife
from states.household import HouseholdPath
from states.paper import PaperLife
from states.supervision import SupervisionLife

HOUSE = Path(__file__).parent.parent
ROOMS = ("rules", "states", "records", "templates", "integrations", "config", "flows", "demo", "web", "cli")
DOORS = ("cli/", "web/", "demo/__main__.py", "flows/deployments/")  # only they read the clock and the environment
MACHINES = (HouseholdPath, CaseLife, TaskLife, PaperLife, SupervisionLife, AgreementLife)
TYPES_ANYBODY_MAY_NAME = {"Connection", "Engine"}
PICTURES = {".png", ".docx", ".xlsx", ".pdf", ".zip", ".jpg", ".ttf", ".otf", ".mo"}


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the project, as git sees it; what is ignored is not ours."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    return tuple(name for name in listed.stdout.splitlines() if (HOUSE / name).is_file())


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    """The Python files of the rooms and the doors, parsed."""
    names = [n for n in tracked() if n.endswith(".py") and n.split("/")[0] in ROOMS]
    return tuple((name, ast.parse((HOUSE / name).read_text(encoding="utf-8"))) for name in names)


def texts() -> Iterator[tuple[str, str]]:
    """Every text file but this one, which names what it looks for."""
    for name in tracked():
        if name != "tests/test_house.py" and Path(name).suffix not in PICTURES:
            yield name, (HOUSE / name).read_text(encoding="utf-8")


def calls(attributes: set[str]) -> list[str]:
    """Where a method of one of these names is called: "room/file.py:12"."""
    return [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in attributes
    ]


def outside(places: list[str], allowed: tuple[str, ...]) -> list[str]:
    """The places that are in none of the files and folders allowed."""
    return [place for place in places if not place.startswith(allowed)]


def test_no_room_with_money_makes_a_float_because_money_is_whole_fen() -> None:
    made = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        if not name.startswith("integrations/")  # reads other people's cells, where an area is a fraction
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    ]
    assert made == []


def test_only_a_door_reads_the_clock() -> None:
    assert outside(calls({"now", "utcnow", "today"}), DOORS) == []


def test_only_a_door_reads_the_environment() -> None:
    read = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert outside(read, DOORS) == []


def test_a_moment_becomes_a_legal_day_in_one_place() -> None:
    assert outside(calls({"date"}), ("rules/days.py",)) == []


def test_nothing_commits_by_hand_because_a_transaction_is_a_with_block() -> None:
    assert calls({"commit"}) == []


def test_sql_lives_in_records() -> None:
    strangers = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        if not name.startswith("records/")
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom)) and _brings_sql(node)
    ]
    assert strangers == []


def _brings_sql(node: ast.Import | ast.ImportFrom) -> bool:
    databases = {"sqlalchemy", "sqlite3", "psycopg"}
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in databases for alias in node.names)
    if node.module == "sqlalchemy":
        return not {alias.name for alias in node.names} <= TYPES_ANYBODY_MAY_NAME
    return (node.module or "").split(".")[0] in databases


def test_no_room_swallows_every_error_but_the_drain_that_writes_it_down() -> None:
    swallowed = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and _takes_all(node) and not _passes_on(node)
    ]
    assert outside(swallowed, ("flows/drain.py",)) == []


def _takes_all(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}) for kind in kinds
    )


def _passes_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a folder of somebody's machine", r"(?<![\w.}])/(?:home|root|Users|work|opt|tmp)/\w|[A-Z]:\\\\?Users"),
        (
            "a package registry or a mirror",
            r"pypi\.org|pythonhosted|index-url\s+\S+:|registry\.npmjs|mirrors?\.\w+\.(?:com|edu|cn)",
        ),
        ("a machine's name", r"\b[\w-]+\.(?:internal|lan|localdomain)\b"),
        ("a file outside the project", r"\.\./shared"),
    ],
)
def test_no_file_names(what: str, pattern: str) -> None:
    found = [f"{name}: {match.group()}" for name, text in texts() for match in re.finditer(pattern, text)]
    assert found == [], what


def test_the_transition_page_is_what_the_machines_say() -> None:
    script = runpy.run_path(str(HOUSE / "docs" / "make_transitions.py"))
    assert (HOUSE / "docs" / "transitions.md").read_text(encoding="utf-8") == script["page"](), "run: make transitions"


def glossary() -> dict[str, str]:
    """English noun to the Chinese word that people see."""
    nouns = (HOUSE / "docs/glossary.md").read_text(encoding="utf-8").split("\n## ")[0]
    rows = re.findall(r"^\| (\w[\w ]*?) \| ([^|]+?) \|", nouns, re.M)
    return {english: chinese for english, chinese in rows if english != "English"}


def test_every_noun_of_the_glossary_is_a_word_of_the_code() -> None:
    code = " ".join((HOUSE / name).read_text(encoding="utf-8").lower() for name, _ in sources())
    assert len(glossary()) >= 25
    assert [noun for noun in glossary() if noun.replace(" ", "_") not in code and noun not in code] == []


def test_each_noun_has_one_chinese_word_and_no_word_serves_two() -> None:
    words = [word for chinese in glossary().values() for word in [chinese.strip()]]
    assert [word for word in words if words.count(word) > 1 or re.search(r"[A-Za-z,，、/]", word)] == []


def test_every_state_that_people_see_stands_in_the_glossary() -> None:
    page = (HOUSE / "docs/glossary.md").read_text(encoding="utf-8")
    rows = [f"| `{state.value}` | {state.name} |" for machine in MACHINES for state in machine.states]
    assert [row for row in rows if row not in page] == []


def test_whatever_a_room_reads_beside_its_code_is_packed_with_it() -> None:
    packed = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    beside = [name for name in tracked() if name.split("/")[0] in ROOMS and not name.endswith(".py")]
    forgotten = [name for name in beside if not _is_packed(name, packed)]
    assert forgotten == []


def _is_packed(name: str, packed: dict[str, list[str]]) -> bool:
    room, inside = name.split("/", 1)
    return any(PurePosixPath(inside).match(pattern) for pattern in packed.get(room, []))
