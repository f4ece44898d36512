"""The blanks of a paper as fields of a form, both ways: for documents that a person words."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from rules.money import Yuan
from states.not_allowed import FieldWrong
from templates.document import Section
from templates.paper import Paper
from web import words
from web.visit import Visit

AT_SIGNING = ("number", "issued_on", "signer")  # what only the signature brings
FROM_RECORDS = (
    "office",
    "printed_by",
    "mark",
    "to",
    "copies",
    "contact",
    "phone",
)  # what the records fill when left empty
SPARE = 4  # rows of a table that stand ready, beyond those that are filled
MOST_ROWS = 400
_SENTENCE = ("。", "；", "：", "！", "？")
_HEADING = ((1, re.compile(r"[一二三四五六七八九十]+、")), (2, re.compile(r"（[一二三四五六七八九十]+）")))


@dataclass(frozen=True, slots=True)
class Entry:
    """One blank as the form shows it: its kind is text, long, number, day, money, lines, sections or table."""

    name: str
    title: str
    kind: str
    needed: bool
    columns: tuple[Entry, ...] = ()


def entries_of(kind: type[Any]) -> tuple[Entry, ...]:
    """The blanks that somebody fills in by hand; what the document is about comes first."""
    return tuple(sorted(_entries(kind), key=lambda entry: entry.name != "subject"))


def _entries(kind: type[Any]) -> Iterator[Entry]:
    hints = get_type_hints(kind)
    for f in fields(kind):
        if issubclass(kind, Paper) and f.name in AT_SIGNING:
            continue
        needed = f.default is MISSING and f.name not in FROM_RECORDS
        row = get_args(hints[f.name])[0] if get_origin(hints[f.name]) is tuple else None
        if row is None:
            yield Entry(f.name, f.metadata["name"], _kind(hints[f.name], f.name), needed)
        elif row is Section:
            yield Entry(f.name, f.metadata["name"], "sections", needed)
        else:
            columns = entries_of(row)
            yield Entry(f.name, f.metadata["name"], "lines" if len(columns) == 1 else "table", needed, columns)


def _kind(hint: Any, name: str) -> str:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return {int: "number", date: "day", Yuan: "money"}.get(hint, "long" if name in LONG else "text")


LONG = ("summary", "content", "goal", "demand", "purpose", "result", "text", "attending")


# --- what the form shows ----------------------------------------------------------------------------------------------


def shown(entries: tuple[Entry, ...], snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """A kept paper's blanks as the form's fields hold them."""
    return {e.name: _shown(e, snapshot.get(e.name)) for e in entries}


def _shown(entry: Entry, value: Any) -> Any:
    if value is None:
        return [] if entry.kind == "table" else ""
    match entry.kind:
        case "sections":
            return "\n".join(row["text"] for row in value)
        case "lines":
            return "\n".join(str(row[entry.columns[0].name]) for row in value)
        case "table":
            return [{c.name: _shown(c, row.get(c.name)) for c in entry.columns} for row in value]
        case "money":
            return Yuan(value["fen"]).plain
        case _:
            return str(value)


# --- what the form said -----------------------------------------------------------------------------------------------


def typed(visit: Visit, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """What was typed, as the form shows it again."""
    return {e.name: _table(visit, e) if e.kind == "table" else visit.text(f"b.{e.name}") for e in entries}


def _table(visit: Visit, entry: Entry) -> list[dict[str, str]]:
    count = min(visit.number(f"b.{entry.name}.rows"), MOST_ROWS)
    rows = ({c.name: visit.text(f"b.{entry.name}.{n}.{c.name}") for c in entry.columns} for n in range(count))
    return [row for row in rows if any(row.values())]


def values_of(entries: tuple[Entry, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """The blanks as a snapshot holds them; what the records know is left out where nothing was typed. Raises FieldWrong."""
    found = {}
    for entry in entries:
        value = given[entry.name]
        if value or entry.name not in FROM_RECORDS:
            found[entry.name] = _value(entry, value)
    return found


def _value(entry: Entry, value: Any) -> Any:
    match entry.kind:
        case "sections":
            return [{"level": _level(line), "text": line} for line in _lines(value)]
        case "lines":
            return [{entry.columns[0].name: line} for line in _lines(value)]
        case "table":
            return [_row(entry, row, n) for n, row in enumerate(value, 1)]
        case "number":
            return _parsed(entry, value, int, words.NOT_NUMBER)
        case "day":
            day = _parsed(entry, value, date.fromisoformat, words.NOT_A_DAY)
            return day.isoformat() if day is not None else None
        case "money":
            money = _parsed(entry, value, Yuan.of, words.NOT_MONEY)
            return {"fen": money.fen} if money is not None else None
        case _:
            return value


def _row(entry: Entry, row: Mapping[str, str], number: int) -> dict[str, Any]:
    found = {c.name: _value(c, row[c.name]) for c in entry.columns}
    return found | {"serial": number} if "serial" in found and found["serial"] is None else found


def _parsed(entry: Entry, text: str, read: Callable[[str], Any], why: str) -> Any:
    if not text:
        return None
    try:
        return read(text)
    except (ValueError, ArithmeticError):
        raise FieldWrong(field=entry.title, why=why) from None


def _lines(text: str) -> list[str]:
    return [line.strip(" 　\t") for line in text.splitlines() if line.strip(" 　\t")]


def _level(line: str) -> int:
    """A numbered line is a heading, unless it is a whole sentence."""
    if line.endswith(_SENTENCE):
        return 0
    return next((level for level, heading in _HEADING if heading.match(line)), 0)
