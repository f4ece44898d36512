"""公示公告: the public notice board. No sign-in, no script needed; nothing on it names anybody in full."""

from __future__ import annotations

from starlette.responses import Response

from flows import board
from flows.board import Letter, Notice
from states.not_allowed import NotAllowed
from web.access import PUBLIC, Pages
from web.signin import with_guest
from web.visit import TheVisit, Visit

pages = Pages("/board")


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


def _notice(visit: Visit, notice: Notice, letter: Letter, problem: str) -> Response:
    return visit.page("notice", 409 if problem else 200, notice=notice, letter=letter, problem=problem,
                      receipt=visit.text("receipt") or board.new_receipt(), longest=board.LONGEST)  # fmt: skip


@pages.post("/{act_id:int}", PUBLIC, "提出异议")
def object_to(visit: TheVisit, act_id: int) -> Response:
    """A resident objects. What is refused comes back as it was written, with the reason above it."""
    letter = Letter(visit.number("serial"), visit.text("about"), visit.text("name"), visit.text("contact"))
    notice = board.notice(visit.office, act_id, visit.today)
    client = visit.request.client
    try:
        receipt = board.object_to(visit.office, act_id, letter, visit.text("receipt"), client.host if client else "",
                                  visit.at)  # fmt: skip
    except NotAllowed as no:
        return _notice(visit, notice, letter, str(no))
    return visit.page("received", receipt=receipt, notice=notice)
