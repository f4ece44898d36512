"""The sound households of an examined workbook, kept beside it: the approval puts in what the report was made of, and
does not read the workbook again."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import orjson

from rules.register import HouseholdRows, PersonRow

FORM = "bangfu-sound-1"


class SoundRows:
    """Gathers chunks of households; `done` gives one compressed file, the same for the same households."""

    def __init__(self) -> None:
        self._held = io.BytesIO()
        self._file = gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=self._held, mtime=0)
        self._file.write(orjson.dumps(FORM) + b"\n")

    def add(self, chunk: Sequence[HouseholdRows]) -> None:
        if chunk:
            keys = [list(chunk[0].facts), list(chunk[0].people[0].facts) if chunk[0].people else []]
            self._file.write(orjson.dumps([keys, [_plain(h) for h in chunk]]) + b"\n")

    def done(self) -> bytes:
        self._file.close()
        return self._held.getvalue()


def sound_rows(data: bytes) -> Iterator[list[HouseholdRows]]:
    """The chunks that `SoundRows` gathered. Raises ValueError for a file of another form."""
    with gzip.GzipFile(fileobj=io.BytesIO(data), mode="rb") as file:
        if orjson.loads(file.readline()) != FORM:
            raise ValueError("not a file of sound households")
        for line in file:
            (of_household, of_person), listed = orjson.loads(line)
            yield [_household(raw, of_household, of_person) for raw in listed]


def _plain(home: HouseholdRows) -> list[Any]:
    people = [
        [p.row, p.person_no, p.household_no, p.name, p.sex, p.id_kind, p.id_no, p.relation, p.born_on,
         list(p.facts.values())]
        for p in home.people
    ]  # fmt: skip
    return [home.number, home.street, home.community, home.planned_year, list(home.facts.values()), people]


def _household(raw: list[Any], of_household: Sequence[str], of_person: Sequence[str]) -> HouseholdRows:
    number, street, community, planned_year, facts, people = raw
    return HouseholdRows(number, street, community, planned_year, _facts(of_household, facts),
                         [_person(p, of_person) for p in people])  # fmt: skip


def _person(raw: list[Any], keys: Sequence[str]) -> PersonRow:
    row, person_no, household_no, name, sex, id_kind, id_no, relation, born_on, facts = raw
    born = date.fromisoformat(born_on) if born_on else None
    return PersonRow(row, person_no, household_no, name, sex, id_kind, id_no, relation, born, _facts(keys, facts))


def _facts(keys: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(keys, values, strict=True))
