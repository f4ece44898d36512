"""A step's blanks as fields of a form, both ways: what the page shows, and what the person filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.pack import Pack
from records.register import HouseholdOn
from rules.money import Yuan
from states.procedure import Blank, Step
from web import words
from web.changes import ITEMS, completed, plain
from web.visit import Visit

ROWS = 5  # rows of a list that stand ready, beyond those that are filled


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its key, its title, its kind, and what may be chosen (value to title)."""

    key: str
    title: str
    kind: str = "text"
    choices: Mapping[str, str] | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One blank as the page shows it."""

    blank: Blank
    value: Any  # text; for people and plain lists one entry a line; for lists with columns the rows
    columns: tuple[Column, ...] = ()
    rows: int = 0

    @property
    def name(self) -> str:
        return f"f.{self.blank.key}"


def columns_of(blank: Blank, pack: Pack) -> tuple[Column, ...]:
    """The columns of a list that is more than lines of text."""
    if blank.key == "measures":
        programmes = {name: name for name in pack.texts("measures.programmes", blank.title)}
        return (
            Column("programme", words.PROGRAMME, "choice", programmes),
            Column("kind", words.MEASURE_KIND, "choice", words.MEASURE_KINDS),
            Column("resource", words.RESOURCE, "choice", words.RESOURCES),
            Column("title", words.MEASURE), Column("owner", words.OWNER), Column("starts_on", words.STARTS, "date"),
            Column("ends_on", words.ENDS, "date", required=False),
        )  # fmt: skip
    if blank.key == "changes":
        return (
            Column("kind", words.CHANGE_KIND, "choice", words.CHANGE_KINDS),
            Column("person_id", words.WHO, "member", required=False),
            Column("field", words.ITEM, "choice", ITEMS, required=False), Column("new", words.NEW_VALUE, "text", required=False),
            Column("name", words.NAME, "text", required=False), Column("id_no", words.ID_NO, "text", required=False),
            Column("relation", words.RELATION, "text", required=False),
        )  # fmt: skip
    return ()


def fields_of(step: Step, pack: Pack, filled: Mapping[str, Any]) -> list[Field]:
    """The step's form with what is filled in already."""
    found = []
    for blank in step.blanks:
        value, columns = filled.get(blank.key), columns_of(blank, pack)
        if columns:
            rows = plain(value or ()) if blank.key == "changes" else list(value or ())
            found.append(Field(blank, rows, columns, len(rows) + ROWS))
        else:
            found.append(Field(blank, _shown(blank, value)))
    return found


def _shown(blank: Blank, value: Any) -> Any:
    if value is None:
        return ""
    match blank.kind:
        case "people" | "list":
            return "\n".join(str(each) for each in value)
        case "money":
            return Yuan(value).plain if isinstance(value, int) else value
        case "flag":
            return {True: "yes", False: "no"}.get(value, "")
        case _:
            return str(value)


def read_form(visit: Visit, step: Step, pack: Pack, home: HouseholdOn | None) -> dict[str, Any]:
    """What the person filled in, in the shapes that flows.blanks reads; empty fields are left out."""
    filled: dict[str, Any] = {}
    for blank in step.blanks:
        columns = columns_of(blank, pack)
        value: Any = _rows(visit, blank, columns) if columns else _read(blank, visit.text(f"f.{blank.key}"))
        if blank.key == "changes" and columns:
            value = completed(value, home)
        if value not in (None, "", []):
            filled[blank.key] = value
    return filled


def _read(blank: Blank, text: str) -> Any:
    match blank.kind:
        case "people":
            return [
                name for line in text.replace("、", "\n").replace("，", "\n").splitlines() if (name := line.strip())
            ]
        case "list":
            return [line.strip() for line in text.splitlines() if line.strip()]
        case "flag":
            return {"yes": True, "no": False}.get(text)
        case _:
            return text


def _rows(visit: Visit, blank: Blank, columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    found = []
    for number in range(visit.number(f"f.{blank.key}.rows", 0)):
        row = {c.key: value for c in columns if (value := visit.text(f"f.{blank.key}.{number}.{c.key}"))}
        if row:
            found.append({k: int(v) if k == "person_id" and v.isdigit() and len(v) < 16 else v for k, v in row.items()})
    return found
