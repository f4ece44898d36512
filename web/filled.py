"""What the steps of a case were filled with, as sentences: what an approver reads before deciding, and what the form prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from records import household_file, register
from records.cases import CaseRow
from rules.days import in_chinese
from rules.money import Yuan
from states.procedure import Blank, Procedure
from web import words
from web.changes import ITEMS, plain

Filled = list[tuple[str, list[tuple[str, str]]]]


def filled_in(conn: Connection, procedure: Procedure, case: CaseRow) -> Filled:
    """Every step's title with its blanks and what stands in them; steps without any are left out."""
    found = []
    for step in procedure.steps:
        values = case.facts.get(step.key) or {}
        rows = [(b.title, _text(conn, case, b, values[b.key])) for b in step.blanks if b.key in values]
        if rows:
            found.append((step.title, rows))
    return found


def _text(conn: Connection, case: CaseRow, blank: Blank, value: Any) -> str:
    match blank.kind:
        case "money":
            return words.MONEY.format(yuan=Yuan(int(value)).plain)
        case "flag":
            return words.YES if value else words.NO
        case "date":
            return _day(value)
        case "people":
            return words.AND.join(str(each) for each in value)
        case "list":
            return words.SEMICOLON.join(_entry(conn, case, blank, each) for each in value)
        case _:
            return str(value)


def _day(value: Any) -> str:
    return in_chinese(date.fromisoformat(str(value)[:10]))


def _entry(conn: Connection, case: CaseRow, blank: Blank, each: Any) -> str:
    if blank.key == "changes" and isinstance(each, Mapping):
        return _change(conn, case, each)
    if blank.key == "measures" and isinstance(each, Mapping):
        return _measure(each)
    if blank.key == "lines":
        return _line(conn, str(each))
    return words.COMMA.join(str(v) for v in each.values()) if isinstance(each, Mapping) else str(each)


def _change(conn: Connection, case: CaseRow, change: Mapping[str, Any]) -> str:
    """One change as a sentence: what it is, whom it is about, what becomes of it."""
    kind = words.CHANGE_KINDS.get(str(change.get("kind")), str(change.get("kind")))
    home = register.household_on(conn, case.subject_id, case.started_on) if case.subject_kind == "household" else None
    names = {m.person_id: m.name for m in home.members} if home else {}
    who = str(change.get("name") or names.get(change.get("person_id") or 0, ""))
    row = plain([change])[0]
    if "field" in row:
        new = {True: words.YES, False: words.NO}.get(row["new"], row["new"])
        what = words.BECOMES.format(
            item=ITEMS.get(row["field"], words.ITEMS_BESIDES.get(row["field"], row["field"])), new=new
        )
    else:
        what = words.COMMA.join(str(change[key]) for key in ("relation", "id_no", "area_code") if change.get(key))
    return f"{kind}：{' '.join(part for part in (who, what) if part)}" if who or what else kind


def _measure(measure: Mapping[str, Any]) -> str:
    kinds = [words.MEASURE_KINDS.get(measure.get("kind", ""), ""), words.RESOURCES.get(measure.get("resource", ""), "")]
    term = [_day(measure[key]) + word for key, word in (("starts_on", "起"), ("ends_on", "止")) if measure.get(key)]
    said = words.COMMA.join(part for part in (*kinds, str(measure.get("owner", "")), "".join(term)) if part)
    return f"{measure.get('programme', '')}“{measure.get('title', '')}”（{said}）"


def _line(conn: Connection, ref: str) -> str:
    """A ledger line by its text, while it has one."""
    stream, _, seq = ref.partition("#")
    line = household_file.line_of(conn, stream, int(seq)) if seq.isdigit() and len(seq) < 16 else None
    if line is None or line.personal is None:
        return words.TAKEN_OFF.format(line=ref)
    said = words.SEMICOLON.join(str(v) for v in json.loads(line.personal).values() if isinstance(v, str))
    return f"“{said}”"
