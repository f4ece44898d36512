"""What is asked before an approval: each guard reads what it needs inside the decision's transaction, or says no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flows import supervised
from flows.correction import correction_valid
from flows.gate import assess, sheet_of
from flows.import_register import import_ready
from flows.moment import Moment
from flows.register_changes import changes_valid, members_valid
from records import cases, enrolments, facts, help, papers, rounds
from rules.days import in_chinese
from rules.lines import identification_line
from rules.meeting import Ballot, check_meeting
from states.case import Took
from states.not_allowed import (
    ConsolidationRunning,
    DecidedTheOtherCase,
    ExitGateNotMet,
    FieldWrong,
    HelpRecordMissing,
    HouseholdDoesNotAccept,
    IncomeNotBelow,
    NoSuch,
    NoticeNotIssued,
    ObjectionsOpen,
    ObjectionUpheld,
    PublicityRunning,
    QuorumNotMet,
    RevisitsOwed,
    RiskOpen,
    TooFewSurveyors,
    VoteNotPassed,
    VotesDoNotAddUp,
)
from states.procedure import Verdict

Guard = Callable[[Moment], None]


def surveyors(moment: Moment) -> None:
    """At least the pack's number of people visit together."""
    least = moment.pack.integer("survey.min_surveyors", "入户核查")
    people = moment.fact("surveyors") or []
    if len(set(people)) < least:
        raise TooFewSurveyors(least=least, count=len(set(people)))


def quorum(moment: Moment) -> None:
    """The meeting had its quorum, the votes add up, and enough agreed (the pack's meeting rule)."""
    withdrawn = len(moment.fact("withdrawn") or [])
    ballot = Ballot(
        due=moment.fact("due", 0), present=moment.fact("present", 0), withdrawn=withdrawn,
        agree=moment.fact("agree", 0), oppose=moment.fact("oppose", 0), abstain=moment.fact("abstain", 0),
    )  # fmt: skip
    rule = moment.pack.meeting_rule()
    held = check_meeting(rule, ballot)
    if not held.quorate:
        raise QuorumNotMet(due=ballot.due, present=ballot.present, rule=held.quorum_says)
    if not held.adds_up:
        raise VotesDoNotAddUp(agree=ballot.agree, oppose=ballot.oppose, abstain=ballot.abstain, voting=held.voting)
    if not held.passed:
        raise VoteNotPassed(agree=ballot.agree, voting=held.voting, rule=held.pass_says)


def income_known(moment: Moment) -> None:
    """An income sheet of this or the last year is there to be shown at the review."""
    household_id, year = moment.case.subject_id, moment.case.year
    if not any(facts.income_sheet(moment.conn, household_id, y) for y in (year, year - 1)):
        raise NoSuch(what=f"{moment.case.title}的收入核算表", key=f"{year}年")


def income_below_line(moment: Moment) -> None:
    """Entry: income per head strictly below the line in the prices of the sheet's year (R1.2-01). While an index of the
    chain is not set nothing is compared on a mixed basis: the figures are shown, and people decide."""
    if moment.pack.entry("identification.line").status == "UNSET":
        return
    base_year = moment.pack.integer("identification.price_base", "认定")
    at_base = moment.pack.yuan("identification.line", "认定")
    for year in (moment.case.year, moment.case.year - 1):
        sheet = sheet_of(moment.conn, moment.pack, moment.case.subject_id, year, "entry")
        line = identification_line(at_base, moment.pack.price_indices(), base_year, year)
        if sheet is None or line is None:
            continue
        if not sheet.below(line):
            each = sheet.per_head.plain
            raise IncomeNotBelow(household=moment.case.title, year=year, each=each, line=line.plain)
        return


def notice_issued(moment: Moment) -> None:
    """The notice that names this household was signed by a person, and is posted on the day it prints."""
    assert moment.step.notice is not None
    paper = papers.notice_for(moment.conn, moment.case.id, moment.step.notice)
    if paper is None or paper.sha256 is None:
        raise NoticeNotIssued(paper=paper.title if paper else moment.step.title)
    posted_on = date.fromisoformat(moment.fact("posted_on"))
    if not paper.issued_on <= posted_on <= moment.on:
        raise FieldWrong(field="张贴日期", why=f"应在签发日{paper.issued_on}与今日{moment.on}之间。")
    printed = paper.snapshot.get("starts_on")
    if printed is not None and printed != posted_on.isoformat():
        raise FieldWrong(field="张贴日期", why=f"公示上写明自{printed}起，请当日张贴，或重新拟定名单。")


def publicity_over(moment: Moment) -> None:
    """The last day has passed and every objection is closed; one that was upheld since must go back first."""
    shown = rounds.publicity_of(moment.conn, moment.case.id)
    if shown is None:
        raise NoticeNotIssued(paper="公示")
    if moment.on <= shown.ends_on:
        raise PublicityRunning(ends_on=in_chinese(shown.ends_on), today=in_chinese(moment.on))
    no_open_objection(moment)


def no_open_objection(moment: Moment) -> None:
    """No objection about this case is open, and none was upheld since it was last sent back."""
    running = cases.open_objections(moment.conn, moment.case.id)
    if running:
        raise ObjectionsOpen(count=len(running), cases="、".join(running))
    sent_back = [t for t in cases.who_took_part(moment.conn, moment.case.id) if t.verdict == Verdict.SEND_BACK]
    upheld = cases.upheld_objections(moment.conn, moment.case.id, sent_back[-1].at if sent_back else None)
    if upheld:
        raise ObjectionUpheld(cases="、".join(upheld))


def exit_gate(moment: Moment) -> None:
    """Every condition is answered by a dated finding, and the income or the safety net holds (R1.3-01…05)."""
    result = assess(moment)
    if not result.passes:
        raise ExitGateNotMet(household=moment.case.title, reasons="；".join(r.chinese for r in result.reasons))


def accepted(moment: Moment) -> None:
    """The householder accepted in writing; nobody accepts for it (truth 11)."""
    took = [t for t in cases.who_took_part(moment.conn, moment.case.id) if t.step == "accept"]
    if not took or took[-1].verdict != Verdict.APPROVE:
        raise HouseholdDoesNotAccept()


def income_shown(moment: Moment) -> None:
    """The household accepts figures that it saw: this year's sheet must be there (domain 3.3 step 5)."""
    if facts.income_sheet(moment.conn, moment.case.subject_id, moment.case.year) is None:
        raise NoSuch(what=f"{moment.case.title}的收入核算表", key=f"{moment.case.year}年")


def help_record(moment: Moment) -> None:
    """A household on its way out was helped: a helper, and at least one measure (R1.1-01, R4.1-04)."""
    missing = missing_help(moment)
    if missing:
        raise HelpRecordMissing(household=moment.case.title, missing="、".join(missing))


def missing_help(moment: Moment) -> list[str]:
    """What the household's help record lacks, as a clerk names it."""
    household_id = moment.case.subject_id
    missing = []
    if help.pairing_on(moment.conn, household_id, moment.on) is None:
        missing.append("帮扶责任人")
    if not help.measures_on(moment.conn, household_id, moment.on):
        missing.append("帮扶措施")
    return missing


def helper_assigned(moment: Moment) -> None:
    """Nobody is registered without a named helper (R1.1-01, R4.1-01)."""
    if help.pairing_on(moment.conn, moment.case.subject_id, moment.on) is None:
        raise HelpRecordMissing(household=moment.case.title, missing="帮扶责任人")


def measures_valid(moment: Moment) -> None:
    """At least one measure; each belongs to one of the pack's programmes and is relief or capacity (R1.1-02, R1.4-07)."""
    measures = moment.fact("measures") or []
    if not measures:
        raise HelpRecordMissing(household=moment.case.title, missing="帮扶措施（至少一项）")
    programmes = moment.pack.texts("measures.programmes", "制定帮扶计划")
    for number, measure in enumerate(measures, 1):
        if why := _measure_fault(measure, programmes):
            raise FieldWrong(field=f"帮扶措施第{number}项", why=why)


def _measure_fault(measure: Any, programmes: tuple[str, ...]) -> str | None:
    if not isinstance(measure, Mapping):
        return "须逐栏填写。"
    if empty := [k for k in ("programme", "kind", "resource", "title", "owner", "starts_on") if not measure.get(k)]:
        return f"缺少{'、'.join(empty)}。"
    if measure["programme"] not in programmes:
        return f"工程类别只能是：{'、'.join(programmes)}。"
    if measure["kind"] not in ("relief", "capacity"):
        return "须注明输血（relief）或造血（capacity）。"
    if measure["resource"] not in ("money", "project", "skill"):
        return "资源类别只能是资金、项目、技术。"
    return None


def letter_issued(moment: Moment) -> None:
    """The household's letter is signed before it is delivered."""
    letter = papers.paper_of_case(moment.conn, moment.case.id, "D-40")
    if letter is None or letter.sha256 is None:
        raise NoticeNotIssued(paper=letter.title if letter else "退出告知书")


def consolidation_over(moment: Moment) -> None:
    path = enrolments.enrolment_of(moment.conn, moment.case.subject_id, moment.case.pack_id)
    until = path.consolidation_until if path else None
    if until is None or moment.on <= until:
        raise ConsolidationRunning(household=moment.case.title, until=in_chinese(until) if until else "未定之日")


def no_risk(moment: Moment) -> None:
    if help.open_risks(moment.conn, moment.case.subject_id):
        raise RiskOpen(household=moment.case.title)


def revisits_done(moment: Moment) -> None:
    owed = help.owed_before(moment.conn, moment.case.subject_id, "revisit", moment.on)
    if owed:
        raise RevisitsOwed(household=moment.case.title, count=owed)


def not_decider_of_target(moment: Moment) -> None:
    """Whoever decided the case that is objected to stands aside (domain 3.12)."""
    took: list[Took] = cases.who_took_part(moment.conn, moment.case.subject_id)
    mine = {moment.seat.person_id, moment.seat.acting_for_id} - {None}
    if any(t.person_id in mine or t.acting_for_id in mine for t in took):
        raise DecidedTheOtherCase(person=moment.seat.person)


GUARDS: Mapping[str, Guard] = {
    **supervised.GUARDS,
    "surveyors": surveyors,
    "quorum": quorum,
    "income_known": income_known,
    "income_below_line": income_below_line,
    "notice_issued": notice_issued,
    "publicity_over": publicity_over,
    "no_open_objection": no_open_objection,
    "exit_gate": exit_gate,
    "accepted": accepted,
    "income_shown": income_shown,
    "help_record": help_record,
    "helper_assigned": helper_assigned,
    "measures_valid": measures_valid,
    "letter_issued": letter_issued,
    "consolidation_over": consolidation_over,
    "no_risk": no_risk,
    "revisits_done": revisits_done,
    "not_decider_of_target": not_decider_of_target,
    "members_valid": members_valid,
    "changes_valid": changes_valid,
    "correction_valid": correction_valid,
    "import_ready": import_ready,
}
