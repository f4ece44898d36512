"""Changes of members and facts as rows of a form: completed from the register on the way in, plain again on the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from records.register import HouseholdOn
from rules.identity import IdWrong, read_id
from rules.register import HOUSEHOLD_COLUMNS_OF_THEIR_OWN, PEOPLE_COLUMNS, PERSON_COLUMNS_OF_THEIR_OWN

OWN = {*PERSON_COLUMNS_OF_THEIR_OWN, *HOUSEHOLD_COLUMNS_OF_THEIR_OWN, "seq"}
ITEMS: Mapping[str, str] = {column.key: column.title for column in PEOPLE_COLUMNS if column.key not in OWN}


def completed(rows: Sequence[Mapping[str, Any]], home: HouseholdOn | None) -> list[dict[str, Any]]:
    """Rows as flows.register_changes reads them: facts by key, and what an identity number says of its owner."""
    found, joined = [], 0
    for row in rows:
        kind = row.get("kind")
        change = {key: value for key, value in row.items() if key not in ("field", "new")}
        if kind in ("person", "household") and row.get("field"):
            change["facts"] = {row["field"]: row.get("new", "")}
        if kind == "join" and home is not None:
            joined += 1
            change = {**change, **_owner(row, home, joined)}
        found.append(change)
    return found


def _owner(row: Mapping[str, Any], home: HouseholdOn, joined: int) -> dict[str, str]:
    try:
        known = read_id(str(row.get("id_no", "")))
    except IdWrong:
        return {}  # the check that follows says what is wrong with it
    return {"person_no": f"{home.number}{len(home.members) + joined:02d}", "sex": known.sex,
            "born_on": known.born_on.isoformat()}  # fmt: skip


def plain(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as the form shows them again."""
    found = []
    for row in rows:
        facts = row.get("facts") if isinstance(row, Mapping) else None
        first = next(iter(facts.items()), None) if isinstance(facts, Mapping) else None
        found.append({**row, **({"field": first[0], "new": first[1]} if first else {})})
    return found
