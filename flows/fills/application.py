"""Forms of an application and its examination, printed on entering the step where people fill and sign them."""

from __future__ import annotations

from flows.fills.draft import Draft, exited_on, head_name
from flows.fills.forms import missing_or
from flows.fills.household import identity, members, opinions, publicity_says, review_says
from records import enrolments, help
from rules.identity import of_age
from states.household import HouseholdPath
from templates.check_consent import Adult, CheckConsent
from templates.correction_form import CorrectionForm
from templates.cross_check_result import Checked, CrossCheckResult
from templates.handbook import Handbook, HandbookHelper, HandbookMeasure
from templates.household_application import HouseholdApplication
from templates.household_survey import HouseholdSurvey
from templates.relapse_check import RelapseCheck


def application(draft: Draft) -> HouseholdApplication:
    return HouseholdApplication(**identity(draft), label=draft.label, members=members(draft.home))


def consent(draft: Draft) -> CheckConsent:
    return CheckConsent(
        **identity(draft), departments=_listed(draft, "departments"), scope=_listed(draft, "scope"),
        matter=f"{draft.label}认定", valid=draft.pack.word("cross_check.consent", "核查授权书"),
        adults=tuple(Adult(name=m.name, relation=m.relation, id_no=m.id_no) for m in draft.home.members
                     if m.born_on is None or of_age(m.born_on, draft.on)),
    )  # fmt: skip


def _listed(draft: Draft, key: str) -> str:
    return "、".join(draft.pack.texts(f"cross_check.{key}", "家庭经济状况核查"))


def survey(draft: Draft) -> HouseholdSurvey:
    return HouseholdSurvey(**identity(draft), members=members(draft.home))


def cross_check(draft: Draft) -> CrossCheckResult:
    home = draft.home
    return CrossCheckResult(
        office=draft.desk("district").name, batch=f"{draft.case.year}年度{draft.label}认定",
        rows=(Checked(serial=1, head=head_name(home), community=draft.area_name(home.area_path), item=_listed(draft, "scope")),),
    )  # fmt: skip


def removal_form(draft: Draft) -> CorrectionForm:
    boxes = {"street_review": "街道审核意见", "group_decision": "领导小组审定意见"}
    return CorrectionForm(
        **identity(draft), label=draft.label, matter="错评剔除", cause=str(draft.fact("review", "spoken") or ""),
        review=review_says(draft), publicity=publicity_says(draft), opinions=opinions(draft, boxes),
    )  # fmt: skip


def relapse_check(draft: Draft) -> RelapseCheck:
    flags = help.risks_since(draft.conn, draft.case.subject_id, draft.case.started_on)
    return RelapseCheck(
        **identity(draft), label=draft.label, exited_on=missing_or(exited_on(draft)),
        trigger="；".join(dict.fromkeys(f.reason for f in flags)) or draft.case.title,
        alerted_on=missing_or(flags[0].raised_on if flags else draft.case.started_on),
        checked_on=draft.day("visit", "visited_on"), finding=str(draft.fact("visit", "finding") or ""),
    )  # fmt: skip


def handbook(draft: Draft) -> Handbook:
    """The household's handbook as it is given out: what is running is printed, one empty line per programme otherwise."""
    home, year = draft.home, draft.on.year
    running = help.measures_on(draft.conn, home.id, draft.on)
    moves = enrolments.path_of_household(draft.conn, home.id)
    return Handbook(
        **identity(draft) | {"office": draft.desk("district").name}, label=draft.label,
        main_cause=str(home.facts.get("main_cause") or ""),
        identified_on=next((m.on for m in moves if m.to_state == HouseholdPath.identified.value), None),
        members=members(home),
        helpers=tuple(HandbookHelper(name=h.helper, unit=h.unit, since=h.valid_from, until=h.valid_to)
                      for h in help.pairings_of(draft.conn, home.id) if h.valid_from <= draft.on),
        measures=tuple(HandbookMeasure(year=m.starts_on.year, content=f"{m.programme}：{m.title}", unit=m.owner)
                       for m in running)
        or tuple(HandbookMeasure(year=year, content=f"{p}：", unit="（现场填写）")
                 for p in draft.pack.texts("measures.programmes", "扶贫手册")),
    )  # fmt: skip
