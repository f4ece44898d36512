"""常用语: phrases of one's own for opinions, added, ordered and removed by the person alone."""

from __future__ import annotations

from typing import Literal

from flows.office import Office
from records import phrases
from records.engine import writing
from states.not_allowed import FieldWrong, NoSuch

MOST, LONGEST = 30, 200


def add_phrase(office: Office, person_id: int, text: str) -> None:
    """Keep a phrase. Raises FieldWrong: empty, too long, known already, or one too many."""
    clean = " ".join(text.split())
    if not clean or len(clean) > LONGEST:
        raise FieldWrong(field="常用语", why=f"须填写，不超过{LONGEST}个字。")
    with writing(office.records) as conn:
        known = phrases.of_person(conn, person_id)
        if any(row.text == clean for row in known):
            raise FieldWrong(field="常用语", why="已经有这一条。")
        if len(known) >= MOST:
            raise FieldWrong(field="常用语", why=f"最多{MOST}条，请先删去不用的。")
        phrases.add(conn, person_id, clean)


def remove_phrase(office: Office, person_id: int, phrase_id: int) -> None:
    with writing(office.records) as conn:
        if not phrases.remove(conn, person_id, phrase_id):
            raise NoSuch(what="常用语", key=phrase_id)


def move_phrase(office: Office, person_id: int, phrase_id: int, way: Literal["up", "down"]) -> None:
    """Change places with the one above or below; at the end of the list nothing moves."""
    with writing(office.records) as conn:
        ids = [row.id for row in phrases.of_person(conn, person_id)]
        if phrase_id not in ids:
            raise NoSuch(what="常用语", key=phrase_id)
        here = ids.index(phrase_id)
        there = min(max(here + (-1 if way == "up" else 1), 0), len(ids) - 1)
        ids[here], ids[there] = ids[there], ids[here]
        phrases.put_in_order(conn, person_id, ids)
