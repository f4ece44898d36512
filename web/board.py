"""公示公告: the public notice board. No sign-in, no script needed; nothing on it names anybody in full."""

from __future__ import annotations

import re

from starlette.responses import Response

from flows import board
from flows.board import Letter, Notice
from states.not_allowed import NotAllowed
from web import words
from web.access import PUBLIC, Pages
from web.signin import with_guest
from web.visit import TheVisit, Visit

pages = Pages("/board")
NOTICE = re.compile(r"/board/(\d{1,15})")


@pages.get("", PUBLIC, "公示公告")
def see_board(visit: TheVisit) -> Response:
    hanging = board.notices(visit.office, visit.today)
    return with_guest(visit, lambda: visit.page("board", notices=hanging, pack=visit.office.pack, standing=None,
                                                problem="", receipt=""))  # fmt: skip


@pages.post("/receipt", PUBLIC, "查询回执")
def see_standing(visit: TheVisit) -> Response:
    """Where an objection stands. The receipt travels in a form, so that it is in nobody's history or log."""
    receipt, standing, problem = visit.text("receipt")[:40], None, ""
    try:
        standing = board.standing(visit.office, receipt)
    except NotAllowed as no:
        problem = str(no)
    hanging = board.notices(visit.office, visit.today)
    return visit.page("board", 404 if problem else 200, notices=hanging, pack=visit.office.pack, standing=standing,
                      problem=problem, receipt=receipt)  # fmt: skip


@pages.get("/{act_id:int}", PUBLIC, "公示公告")
def see_notice(visit: TheVisit, act_id: int) -> Response:
    notice = board.notice(visit.office, act_id, visit.today)
    return with_guest(visit, lambda: _notice(visit, notice, Letter(0, ""), ""))


def _notice(visit: Visit, notice: Notice, letter: Letter, problem: str, status: int = 409) -> Response:
    return visit.page("notice", status if problem else 200, notice=notice, letter=letter, problem=problem,
                      receipt=visit.text("receipt") or board.new_receipt(), longest=board.LONGEST)  # fmt: skip


def _letter(visit: Visit) -> Letter:
    return Letter(visit.number("serial"), visit.text("about"), visit.text("name"), visit.text("contact"))


def shown_again(visit: Visit) -> Response | None:
    """The page of a form that a resident sent without its token (the browser threw the cookie away): as it was typed, and
    nothing is done. None for any other form. Raises NoSuch for a notice that came down meanwhile."""
    path = visit.request.url.path
    if path == "/board/receipt":
        hanging = board.notices(visit.office, visit.today)
        return with_guest(visit, lambda: visit.page(
            "board", 403, notices=hanging, pack=visit.office.pack, standing=None, problem=words.TYPED_AGAIN,
            receipt=visit.text("receipt")[:40]))  # fmt: skip
    if (found := NOTICE.fullmatch(path)) is None:
        return None
    notice = board.notice(visit.office, int(found[1]), visit.today)
    return with_guest(visit, lambda: _notice(visit, notice, _letter(visit), words.TYPED_AGAIN, 403))


@pages.post("/{act_id:int}", PUBLIC, "提出异议")
def object_to(visit: TheVisit, act_id: int) -> Response:
    """A resident objects. What is refused comes back as it was written, with the reason above it."""
    letter = _letter(visit)
    notice = board.notice(visit.office, act_id, visit.today)
    client = visit.request.client
    try:
        receipt = board.object_to(visit.office, act_id, letter, visit.text("receipt"), client.host if client else "",
                                  visit.at)  # fmt: skip
    except NotAllowed as no:
        return _notice(visit, notice, letter, str(no))
    return visit.page("received", receipt=receipt, notice=notice)
