"""常用语: one's own beside the common ones, offered wherever an opinion is written, with JavaScript and without."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.responses import Response

from flows.phrases import LONGEST, MOST, add_phrase, move_phrase, remove_phrase
from records import phrases
from records.engine import reading
from states.not_allowed import NoSuch, NotAllowed
from web import words
from web.access import SIGNED_IN, Pages
from web.visit import TheVisit, Visit

pages = Pages("/account/phrases")


def phrases_for(conn: Connection, visit: Visit) -> list[str]:
    """What is offered: the person's own, then those that are common and not among them."""
    own = [row.text for row in phrases.of_person(conn, visit.me.person_id)]
    return own + [text for text in words.PHRASES if text not in own]


def opinion_of(visit: Visit) -> str:
    """The opinion as it was written, behind a phrase that was chosen from the list."""
    said, chosen = visit.text("opinion"), visit.text("phrase")[:LONGEST]
    return "；".join(part for part in (chosen.rstrip("；") if said else chosen, said) if part)[:2000]


@pages.get("", SIGNED_IN, "常用语")
def see_phrases(visit: TheVisit) -> Response:
    return _page(visit)


def _page(visit: Visit, problem: str = "") -> Response:
    with reading(visit.office.records) as conn:
        own = phrases.of_person(conn, visit.me.person_id)
    return visit.page("phrases", 409 if problem else 200, own=own, common=words.PHRASES, problem=problem, most=MOST,
                      longest=LONGEST, text=visit.text("text") if problem else "")  # fmt: skip


@pages.post("", SIGNED_IN, "常用语")
def add_one(visit: TheVisit) -> Response:
    try:
        add_phrase(visit.office, visit.me.person_id, visit.text("text"))
    except NotAllowed as no:
        return _page(visit, str(no))
    return visit.go("/account/phrases", words.PHRASE_KEPT)


@pages.post("/{phrase_id:int}", SIGNED_IN, "常用语")
def change_one(visit: TheVisit, phrase_id: int) -> Response:
    match visit.text("act"):
        case "remove":
            remove_phrase(visit.office, visit.me.person_id, phrase_id)
        case "up":
            move_phrase(visit.office, visit.me.person_id, phrase_id, "up")
        case "down":
            move_phrase(visit.office, visit.me.person_id, phrase_id, "down")
        case other:
            raise NoSuch(what="常用语", key=other)
    return visit.go("/account/phrases")
