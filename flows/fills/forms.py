"""Papers about one household: forms signed by hand, and letters that go to it."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from flows.fills.draft import Draft, exited_on, findings, head_name, helper_of, path_of
from flows.fills.household import (
    identity,
    income,
    members,
    opinions,
    publicity_says,
    review_says,
    sheet_blanks,
)
from flows.gate import sheet_of, track_of
from records import cases, help, papers, rounds
from rules.agenda import consolidation_until
from rules.days import day_of, in_chinese
from rules.discreet import is_discreet
from templates.acceptance_notice import AcceptanceNotice, Missing
from templates.consolidation_opinion import ConsolidationOpinion
from templates.delivery_receipt import DeliveryReceipt
from templates.exit_acceptance import ExitAcceptance, SeenItem
from templates.exit_checklist import CheckedItem, ExitChecklist
from templates.exit_letter import Continuing, ExitLetter
from templates.help_card import Benefit, HelpCard
from templates.help_plan import HelpPlan, PlannedMeasure
from templates.identification_form import IdentificationForm
from templates.income_sheet import ExitIncomeSheet, IncomeSheet
from templates.objection_reply import ObjectionReply
from templates.papers import paper_class
from templates.reentry_form import ReentryForm
from templates.refusal_letter import RefusalLetter
from templates.revisit_record import RevisitRecord

VERDICTS = {"met": "达标", "not_met": "不达标", "not_applicable": "不适用"}


def missing_or(day: date | None) -> date:
    """A day that the paper needs: where it is missing the paper itself refuses, naming its blank."""
    return cast(date, day)


def acceptance_notice(draft: Draft) -> AcceptanceNotice:
    listed = draft.fact("accept", "missing", []) or []
    due = draft.office.calendar.due(draft.on, draft.pack.limit("identification.supplement_limit"))
    taken = cases.last_decision(draft.conn, draft.case.id, "accept")
    return AcceptanceNotice(
        office=draft.desk("community").name, head=head_name(draft.home), matter=f"{draft.label}认定",
        applied_on=draft.case.started_on, handler=taken.person if taken else "", phone=draft.desk("community").phone,
        missing=tuple(Missing(serial=n, material=str(m)) for n, m in enumerate(listed, 1)),
        bring_by=due.on if listed else None,
    )  # fmt: skip


def entry_income_sheet(draft: Draft) -> IncomeSheet:
    return IncomeSheet(**sheet_blanks(draft, "entry"))


def exit_income_sheet(draft: Draft) -> ExitIncomeSheet:
    return ExitIncomeSheet(**sheet_blanks(draft, "exit"))


def identification_form(draft: Draft) -> IdentificationForm:
    home = draft.home
    return IdentificationForm(
        **income(draft, "entry"), label=draft.label, applied_on=draft.case.started_on,
        attribute=str(home.facts.get("attribute") or ""), main_cause=str(home.facts.get("main_cause") or ""),
        members=members(home), review=review_says(draft), publicity=publicity_says(draft),
        opinions=opinions(draft, {"submit": "社区意见", "street_review": "街道审核意见", "district_review": "区复核意见",
                                  "group_decision": "领导小组审定意见"}),
    )  # fmt: skip


def refusal_letter(draft: Draft) -> RefusalLetter:
    last = cases.last_decision(draft.conn, draft.case.id)
    street = draft.desk("street")
    decided = draft.pack.label("group") if last is not None and last.step == "group_decision" else street.name
    return RefusalLetter(
        office=street.name, head=head_name(draft.home), matter=f"{draft.label}认定", label=draft.label,
        applied_on=draft.case.started_on, facts=last.opinion if last is not None else "", basis=draft.basis,
        decided_by=decided, review_within=str(draft.pack.limit("objection.review_limit")),
        review_office=draft.desk("district").name, phone=draft.desk("district").phone or "",
        complaint_line=draft.pack.label("complaint_line"),
    )  # fmt: skip


def help_card(draft: Draft) -> HelpCard:
    home, helper = draft.home, helper_of(draft, draft.case.subject_id)
    running = help.measures_on(draft.conn, draft.case.subject_id, draft.on)
    return HelpCard(
        office=draft.desk("street").name, year=draft.on.year, head=head_name(home), size=len(home.members),
        area=draft.area_name(home.area_path, 1), label=draft.label, helper=helper.helper if helper else "",
        helper_unit=helper.unit if helper else "", helper_phone=(helper.helper_phone or "") if helper else "",
        benefits=tuple(Benefit(name=m.programme, content=_on_the_wall(m.title)) for m in running),
        phone=draft.desk("street").phone or "", complaint_line=draft.pack.label("complaint_line"),
    )  # fmt: skip


def _on_the_wall(measure: str) -> str:
    """The card hangs where neighbours read it: a measure that tells of somebody's health is named by its programme."""
    return measure if is_discreet(measure) else "按政策落实"


def help_plan(draft: Draft) -> HelpPlan:
    """The measures of the plan that is being signed; before they are drafted, one empty line per programme."""
    home, helper, path = draft.home, helper_of(draft, draft.case.subject_id), path_of(draft)
    drafted = draft.fact("draft", "measures", None) or draft.fact("plan", "measures", None) or []
    listed = tuple(
        PlannedMeasure(year=int(str(m["starts_on"])[:4]), programme=m["programme"], content=m["title"], unit=m["owner"],
                       term=f"{in_chinese(date.fromisoformat(m['starts_on']))}起") for m in drafted
    ) or tuple(
        PlannedMeasure(year=draft.on.year, programme=p, content="（现场填写）", unit="（现场填写）")
        for p in draft.pack.texts("measures.programmes", "帮扶计划")
    )  # fmt: skip
    return HelpPlan(
        **identity(draft), label=draft.label, attribute=str(home.facts.get("attribute") or ""),
        main_cause=str(home.facts.get("main_cause") or ""), helper=helper.helper if helper else "",
        target_year=max(path.planned_year or 0 if path else 0, draft.case.year),  # a year that is over is no target
        helper_unit=helper.unit if helper else "", helper_phone=(helper.helper_phone or "") if helper else "",
        measures=listed,
    )  # fmt: skip


def exit_checklist(draft: Draft) -> ExitChecklist:
    found = findings(draft, draft.case.subject_id)
    items = []
    for serial, condition in enumerate(draft.pack.conditions, 1):
        row = found.get(condition.code)
        items.append(CheckedItem(
            serial=serial, name=condition.title, verdict=VERDICTS[row.verdict] if row else "",
            evidence=(row.evidence or row.note or "") if row else "",
            certifier=row.certifier if row else draft.pack.certifiers.get(condition.code, ""),
            verifier=row.verifier if row else "", found_on=row.found_on if row else None,
        ))  # fmt: skip
    return ExitChecklist(
        **income(draft), label=draft.label, leaving=draft.pack.label("exit"), track=track_of(draft.home).chinese,
        checklist=draft.pack.label("checklist"), basis=draft.basis, items=tuple(items),
    )  # fmt: skip


def exit_acceptance(draft: Draft) -> ExitAcceptance:
    found = findings(draft, draft.case.subject_id)
    items = tuple(
        SeenItem(name=c.title, verdict=VERDICTS[found[c.code].verdict] if c.code in found else "没有认定")
        for c in draft.pack.conditions
    )
    months = draft.pack.integer(
        "consolidation.months", "脱贫确认书"
    )  # they count from the announcement that is to come
    helper = helper_of(draft, draft.case.subject_id)
    return ExitAcceptance(
        **income(draft), label=draft.label, leaving=draft.pack.label("exit"), items=items,
        checklist=draft.pack.label("checklist"), continues=draft.continues(f"巩固期满（自公告之日起{months}个月）"),
        helper=helper.helper if helper else "",
    )  # fmt: skip


def exit_letter(draft: Draft) -> ExitLetter:
    notice = papers.notice_for(draft.conn, draft.case.id, "D-39")
    shown = rounds.publicity_of(draft.conn, draft.case.id)
    helper = helper_of(draft, draft.case.subject_id)
    months = draft.pack.integer("consolidation.months", "退出告知书")
    posted = shown.posted_on if shown is not None else draft.on
    until = consolidation_until(posted, months)
    running = help.measures_on(draft.conn, draft.case.subject_id, draft.on)
    return ExitLetter(
        office=draft.desk("street").name, head=head_name(draft.home), year=draft.case.year, label=draft.label,
        leaving=draft.pack.label("exit"), announced_on=posted,
        announcement=_cited(notice) if notice is not None and notice.number else "",
        continues=f"{draft.continues(until)}。",
        benefits=tuple(Continuing(name=m.title, until=f"至{in_chinese(until)}") for m in running),
        helper=helper.helper if helper else "", helper_unit=helper.unit if helper else "",
        helper_phone=(helper.helper_phone or "") if helper else "", phone=draft.desk("street").phone or "",
        complaint_line=draft.pack.label("complaint_line"),
    )  # fmt: skip


def _cited(notice: Any) -> str:
    """An issued paper as another cites it: title without the area it was listed under, and number."""
    return f"《{notice.title.partition('（')[0]}》（{notice.number}）"


def revisit_record(draft: Draft) -> RevisitRecord:
    owed = _revisit(draft)
    helper = helper_of(draft, draft.case.subject_id)
    last = sheet_of(draft.conn, draft.pack, draft.case.subject_id, draft.on.year - 1)
    due = owed.due_on if owed is not None else draft.on
    interrupted = draft.fact("record", "interrupted", None)
    return RevisitRecord(
        **identity(draft), exited_on=(exited_on(draft) or draft.on),
        leaving=draft.pack.label("exit"), occasion=f"{due.year}年第{'一二三四'[(due.month - 1) // 3]}季度", due_on=due,
        helper=helper.helper if helper else "", helper_unit=helper.unit if helper else "",
        last_income=f"{last.per_head.plain}元" if last else "", visited_on=draft.day("record", "visited_on"),
        living=draft.fact("record", "condition"), handling=draft.fact("record", "solved"),
        policies="" if interrupted is None else ("有中断" if interrupted else "未中断"),
        problems="；".join(map(str, draft.fact("record", "problems", []) or [])), risk=draft.fact("record", "risk"),
    )  # fmt: skip


def _revisit(draft: Draft) -> Any:
    """The revisit that the record is about: the one that its case did, or the next that is owed."""
    if draft.day("record", "visited_on") is not None:
        for done in help.done_obligations(draft.conn, draft.case.subject_id, "revisit"):
            if done.case_id == draft.case.id:
                return done
    return help.next_obligation(draft.conn, draft.case.subject_id, "revisit")


def reentry_form(draft: Draft) -> ReentryForm:
    flags = help.risks_since(draft.conn, draft.case.subject_id, draft.case.started_on)
    return ReentryForm(
        **income(draft, "entry"), label=draft.label, leaving=draft.pack.label("exit"), exited_on=missing_or(exited_on(draft)),
        trigger="；".join(dict.fromkeys(f.reason for f in flags)) or draft.fact("visit", "finding"),
        found_on=missing_or(draft.day("visit", "visited_on")), finding=draft.fact("visit", "finding"),
        members=members(draft.home), review=review_says(draft), publicity=publicity_says(draft),
        opinions=opinions(draft, {"visit": "社区意见", "street_review": "街道审核意见", "district_review": "区复核意见",
                                  "group_decision": "领导小组审定意见"}),
    )  # fmt: skip


def consolidation_opinion(draft: Draft) -> ConsolidationOpinion:
    path, home = path_of(draft), draft.home
    done = help.done_obligations(draft.conn, draft.case.subject_id, "revisit")
    last = cases.last_decision(draft.conn, draft.case.id, "opinion")
    return ConsolidationOpinion(
        office=draft.desk("street").name, to=draft.desk("district").name, head=head_name(home),
        household_no=home.number, community=draft.area_name(home.area_path), size=len(home.members), label=draft.label,
        leaving=draft.pack.label("exit"), exited_on=missing_or(exited_on(draft)),
        consolidated_until=missing_or(path.consolidation_until if path else None), revisits=len(done),
        last_revisit_on=missing_or(done[-1].done_on if done else None), finding=last.opinion if last is not None else "",
        basis=draft.basis,
    )  # fmt: skip


def delivery_receipt(draft: Draft) -> DeliveryReceipt:
    code = ExitLetter.code if draft.case.procedure == "exit" else RefusalLetter.code
    letter, kind = papers.paper_of_case(draft.conn, draft.case.id, code), paper_class(code)
    named = f"{draft.pack.label('exit')}告知书" if draft.case.procedure == "exit" else kind.title
    return DeliveryReceipt(
        office=draft.desk("street").name, paper_title=named,
        paper_number=(letter.number or "") if letter is not None else "", recipient=head_name(draft.home),
        place=draft.area_name(draft.home.area_path),
    )  # fmt: skip


def objection_reply(draft: Draft) -> ObjectionReply:
    taken = next(d for d in cases.decisions_of(draft.conn, draft.case.id) if d.step == "receive")
    ruled = cases.last_decision(draft.conn, draft.case.id, "decide")
    outcome = draft.fact("decide", "outcome")
    return ObjectionReply(
        office=draft.desk("street").name, case_no=draft.case.number, received_on=day_of(taken.at),
        manner=draft.fact("receive", "channel"), about=draft.case.title.removeprefix("对").removesuffix("的异议"),
        objector=taken.made_by if draft.fact("receive", "real_name", False) else "",
        content=draft.fact("receive", "about"), taken_by=taken.person,
        answer_by=draft.office.calendar.due(day_of(taken.at), draft.pack.limit("objection.decide_limit")).on,
        facts=draft.fact("investigate", "found"), basis=draft.basis,
        answer=_answer(outcome, ruled.opinion if ruled is not None else ""),
        review_within=str(draft.pack.limit("objection.review_limit")), review_office=draft.desk("district").name,
        phone=draft.desk("district").phone or "",
    )  # fmt: skip


def _answer(outcome: str, opinion: str) -> str:
    """What the person is told; how the office agreed on it among itself is not part of it."""
    said = (
        "你反映的情况属实，异议成立，已退回重新核查。" if outcome == "成立" else "你反映的情况经查不属实，异议不成立。"
    )
    return said + ("" if opinion.strip(" 。").startswith("同意") else opinion)
