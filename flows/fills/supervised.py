"""Papers of supervision: filled from the file and from what people wrote in the steps of its rung."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.fills.draft import Draft
from records import cases, offices, papers, supervision
from rules.days import in_chinese
from states.not_allowed import NoSuch
from templates.closing_approval import ClosingApproval
from templates.clue_transfer import ClueTransfer, Material
from templates.form import Opinion
from templates.interview_record import InterviewRecord
from templates.interview_summons import InterviewSummons
from templates.rectification_commitment import RectificationCommitment
from templates.rectification_order import RectificationOrder
from templates.rectification_report import RectificationReport
from templates.supervision_circular import Problem, SupervisionCircular

CAUSE_WORDS = {"overdue": "督办事项逾期未办结", "missed_target": "未完成年度减贫任务", "slow": "工作推进缓慢",
               "inspection": "督查检查发现问题", "inaction": "不作为", "falsified": "弄虚作假"}  # fmt: skip


def _file(draft: Draft) -> Any:
    row = supervision.file(draft.conn, draft.case.subject_id)
    if row is None:
        raise NoSuch(what="督查件", key=draft.case.subject_id)
    return row


def _whom(draft: Draft) -> str:
    """The office or the person that the file is about."""
    return draft.case.title.rpartition("（")[0] or draft.case.title


def _desk(draft: Draft, part: str) -> Any:
    """The office that acts on the file from above."""
    desk = supervision.desk(draft.conn, draft.case.subject_id, "above", part, draft.on)
    if desk is None:
        raise NoSuch(what="督查单位", key=draft.case.title)
    return offices.office(draft.conn, desk.office_code)


def _contact(draft: Draft) -> dict[str, Any]:
    """Whom to ask: the person who put it forward, at the telephone of the office that keeps the file."""
    office, put = _desk(draft, "clerk"), cases.last_decision(draft.conn, draft.case.id, "propose")
    return {"contact": put.person if put is not None else office.name, "phone": office.phone or ""}


def _problems(draft: Draft) -> tuple[Problem, ...]:
    listed = draft.fact("propose", "problems", []) or []
    return tuple(Problem(serial=n, text=str(text)) for n, text in enumerate(listed, 1))


def circular(draft: Draft) -> SupervisionCircular:
    row, whom, issuer = _file(draft), _whom(draft), _desk(draft, "approver")
    everybody = "各街道党工委、办事处，区直各单位" if issuer.level != "street" else "各社区"
    all_ = draft.fact("propose", "circulate") == "全区通报"
    return SupervisionCircular(
        office=issuer.name, printed_by=_desk(draft, "clerk").name, to=everybody if all_ else whom, subject=whom,
        cause=CAUSE_WORDS[row.cause], means=draft.fact("propose", "means"), finding=row.finding,
        problems=_problems(draft), basis=draft.fact("propose", "basis"), standard=draft.fact("propose", "standard"),
        within=str(draft.pack.limit("supervision.rectify_limit")),
    )  # fmt: skip


def order(draft: Draft) -> RectificationOrder:
    finish_by = draft.office.calendar.due(draft.on, draft.pack.limit("supervision.rectify_limit")).on
    return RectificationOrder(
        office=_desk(draft, "approver").name, to=_whom(draft), you="你" if _file(draft).person_id else "你单位",
        means=draft.fact("propose", "means"), problems=_problems(draft), basis=draft.fact("propose", "basis"),
        standard=draft.fact("propose", "standard"), finish_by=finish_by,
        consequence="将依照规定约谈主要负责人；不作为或者弄虚作假的，移送纪检监察机关", **_contact(draft),
    )  # fmt: skip


def report(draft: Draft) -> RectificationReport:
    row = _file(draft)
    paper = papers.paper_of_case(draft.conn, draft.case.id, "D-63")
    issued = paper is not None and paper.sha256 is not None
    return RectificationReport(
        office=offices.name_of(draft.conn, row.office_code), to=_desk(draft, "approver").name,
        matter=CAUSE_WORDS[row.cause].removesuffix("问题") + "问题",
        order_number=(paper.number or "") if paper is not None and issued else "",
        ordered_on=paper.issued_on if paper is not None and issued else draft.on, problems=_problems(draft),
    )  # fmt: skip


def summons(draft: Draft) -> InterviewSummons:
    on = _day(draft, "propose", "on")
    who = draft.fact("propose", "who", []) or []
    return InterviewSummons(
        office=_desk(draft, "approver").name, to="、".join(map(str, who)),
        reason=draft.fact("propose", "reason"), basis=draft.fact("propose", "basis"), on=on,
        place=draft.fact("propose", "place"), by_whom=draft.fact("propose", "by_whom"), reply_by=_before(draft, on),
        **_contact(draft),
    )  # fmt: skip


def _before(draft: Draft, day: date) -> date:
    """The last working day before a day, and not before the paper's own."""
    found = day
    while found > draft.on:
        found = date.fromordinal(found.toordinal() - 1)
        if draft.office.calendar.is_open(found):
            break
    return found


def record(draft: Draft) -> InterviewRecord:
    who = draft.fact("propose", "who", []) or []
    return InterviewRecord(
        office=_desk(draft, "clerk").name, matter=draft.case.title, who="、".join(map(str, who)),
        by_whom=draft.fact("propose", "by_whom"), place=draft.fact("propose", "place"), on=_day(draft, "propose", "on"),
        reason=draft.fact("propose", "reason"),
    )  # fmt: skip


def commitment(draft: Draft) -> RectificationCommitment:
    return RectificationCommitment(
        office=_whom(draft), to=_desk(draft, "approver").name, 
        reason=draft.fact("propose", "reason"), held_on=_day(draft, "hold", "held_on"),
        demands=draft.fact("hold", "demands"),
    )  # fmt: skip


def transfer(draft: Draft) -> ClueTransfer:
    listed = draft.fact("propose", "materials", []) or []
    return ClueTransfer(
        office=_desk(draft, "approver").name,
        to=f"{draft.pack.label('district')}纪检监察机关", subject=_whom(draft), kind=draft.fact("propose", "kind"),
        facts=draft.fact("propose", "facts"), basis=draft.basis,
        materials=tuple(Material(serial=n, name=str(name)) for n, name in enumerate(listed, 1)), **_contact(draft),
    )  # fmt: skip


def closing(draft: Draft) -> ClosingApproval:
    row = _file(draft)
    done = draft.fact("report", "done", []) or draft.fact("commit", "measures", []) or []
    return ClosingApproval(
        office=_desk(draft, "clerk").name, matter=draft.case.title, subject=_whom(draft), opened_on=row.opened_on,
        finding=row.finding, measure=_MEASURES[draft.case.procedure], done="；".join(map(str, done)),
        checked_on=draft.day("check", "checked_on"),
        checkers="、".join(map(str, draft.fact("check", "checkers", []) or [])), result=draft.fact("check", "result"),
        opinions=(Opinion(level="经办人意见"), Opinion(level="负责人意见")),
    )  # fmt: skip


_MEASURES = {"rectification": "通报并限期整改", "interview": "约谈", "referral": "追责移送"}


def _day(draft: Draft, step: str, key: str) -> date:
    day = draft.day(step, key)
    if day is None:
        raise NoSuch(what="填写的日期", key=f"{draft.case.title}（{in_chinese(draft.on)}）")
    return day
