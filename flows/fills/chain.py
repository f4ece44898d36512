"""Papers with which a list goes up the chain: the community's list and letter, the opinions of street and district (domain 3.1,
3.3)."""

from __future__ import annotations

from typing import Any

from flows.fills.draft import Draft, case_of, covered, head_name, home_of, matter
from flows.fills.lists import outcome, rows
from flows.gate import sheet_of
from records import cases, enrolments, offices, rounds
from rules.days import in_chinese
from templates.candidate_list import Candidate, CandidateList
from templates.chain_letter import DistrictOpinion, StreetExitOpinion, StreetOpinion
from templates.forwarding_letter import ForwardingLetter

SAYS_NOTHING = {"", "同意", "通过"}


def forwarding(draft: Draft) -> ForwardingLetter:
    community = draft.desk("community")
    clerks = offices.holders(draft.conn, community.code, "community_clerk", draft.on)
    return ForwardingLetter(
        office=community.name, subject=f"关于报送{_list_name(draft)}的函", to=draft.desk("street").name,
        done=_done(draft, "after_identification"), listed=_list_name(draft), rows=rows(draft),
        opinion=_opinion(draft, "以上各户材料齐全，请予审核。"),
        contact=clerks[0].name if clerks else community.name, phone=community.phone,
    )  # fmt: skip


def street_opinion(draft: Draft) -> StreetOpinion:
    fit = "符合返贫再纳入条件" if draft.case.procedure == "relapse" else f"符合认定为{draft.label}的条件"
    return StreetOpinion(**_said(draft, "street", "district", "审核", f"{fit}，同意上报"))


def district_opinion(draft: Draft) -> DistrictOpinion:
    return DistrictOpinion(**_said(draft, "district", "group", "复核", f"程序完备，建议{_proposed(draft)}"))


def _proposed(draft: Draft) -> str:
    return "再次纳入帮扶" if draft.case.procedure == "relapse" else f"认定为{draft.label}"


def street_exit_opinion(draft: Draft) -> StreetExitOpinion:
    leaving = draft.pack.label("exit")
    return StreetExitOpinion(**_said(draft, "street", "district", "审核", f"达到{leaving}条件，同意上报"))


def candidates(draft: Draft) -> CandidateList:
    """Who is put to the review: what is known of the year's income, and why the household is on the list."""
    listed = []
    for serial, case in enumerate(covered(draft), 1):
        home = home_of(draft, case.subject_id)
        sheet = sheet_of(draft.conn, draft.pack, home.id, case.year)
        listed.append(Candidate(
            serial=serial, head=head_name(home), group=draft.area_name(home.area_path), size=len(home.members),
            per_head=sheet.per_head if sheet is not None else None, reason=_why_listed(draft, case),
        ))  # fmt: skip
    return CandidateList(office=draft.desk("community").name, year=draft.case.year, label=draft.label,
                         leaving=draft.pack.label("exit"), rows=tuple(listed))  # fmt: skip


def _why_listed(draft: Draft, case: cases.CaseRow) -> str:
    decided = cases.last_decision(draft.conn, case.id, draft.step)
    opinion = (decided.opinion or "").strip() if decided is not None else ""
    if opinion not in SAYS_NOTHING:
        return opinion
    path = enrolments.enrolment_of(draft.conn, case.subject_id, case.pack_id)
    planned = path is not None and path.planned_year == case.year
    return f"列入{case.year}年{draft.pack.label('exit')}计划" if planned else "社区初选"


def _list_name(draft: Draft) -> str:
    return f"{draft.case.year}年{matter(draft)}{draft.label}名单"


def _said(draft: Draft, level: str, to: str, act: str, found: str) -> dict[str, Any]:
    after = "after_exit" if draft.case.procedure == "exit" else "after_identification"
    return {
        "office": draft.desk(level).name, "to": draft.desk(to).name, "subject": f"关于{_list_name(draft)}的{act}意见",
        "done": _done(draft, after), "listed": _list_name(draft), "rows": rows(draft),
        "opinion": _opinion(draft, f"经{act}，上述各户{found}。"),
    }  # fmt: skip


def _done(draft: Draft, after: str) -> str:
    """What came before, as the records have it: the steps, the last publicity's days, the homes that were visited."""
    shown = {(p.posted_on, p.ends_on) for case_id in draft.case_ids
             for p in rounds.publicities_of(draft.conn, case_id)[-1:]}  # fmt: skip
    days = [f"于{in_chinese(begin)}至{in_chinese(end)}公示" for begin, end in shown] if len(shown) == 1 else []
    visited = dict.fromkeys(filter(None, (_fact(draft, case_id, "visited") for case_id in draft.case_ids)))
    public = "、".join(days or ["按规定公示"]) + f"，{outcome(draft)}"
    return "；".join([f"经{draft.pack.label(after)}，并{public}", *map(str, visited)])


def _fact(draft: Draft, case_id: int, key: str) -> str:
    case = case_of(draft.conn, draft.pile, case_id)
    return str(case.facts.get(draft.step, {}).get(key) or "").rstrip("。；")


def _opinion(draft: Draft, usual: str) -> str:
    """The usual sentence, and behind it what the person who decided added for all of them."""
    said = {(d.opinion or "").strip() for case_id in draft.case_ids
            if (d := cases.last_decision(draft.conn, case_id, draft.step)) is not None}  # fmt: skip
    added = said - SAYS_NOTHING
    return usual + (f"{added.pop().rstrip('。')}。" if len(said) == 1 and added else "")
