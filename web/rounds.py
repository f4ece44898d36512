"""批次: one page for a meeting, a notice, a sitting: the list, each household's verdict and reason, attendance and votes,
what would be held back and why; then one act for all that stand."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from flows import rounds as acting
from flows.frozen import pack_of, procedure_of
from flows.gate import assess_household, sheet_of, track_of
from flows.household_view import STATES
from flows.rounds import Act, Say
from records import offices, papers, register, round_view
from records.engine import reading
from records.overview import Ask
from records.register import HouseholdOn
from rules.days import in_chinese
from rules.eligibility import Track
from rules.money import Yuan
from states.decision import Evidence, MadeBy
from states.not_allowed import NoSuch, NotAllowed
from states.procedure import Procedure, Step, Verdict
from web import words
from web.access import SIGNED_IN, STAFF, Pages
from web.drawing import as_day
from web.listed import Names, ask_of, shown
from web.task import evidence_title
from web.uploads import kept
from web.visit import TheVisit, Visit, form_token

pages = Pages("/rounds")
OUTCOMES = {"listed": "列入名单", "approve": "通过", "refuse": "不予通过", "send_back": "退回", "held": "未办成"}
AWAITED = "（待附）"
SAID = ("approve", "refuse", "send_back", "leave")
EXIT_STEPS = ("review", "verify", "street_review", "district_check", "group_confirm", "candidate")


@dataclass(frozen=True, slots=True)
class Group:
    """What waits together: the post, the frozen procedure, the step and the year."""

    office_code: str
    role: str
    sha256: str
    step: str
    year: int
    area_code: str = ""
    office: str = ""
    count: int = 0

    @property
    def query(self) -> str:
        return urlencode(
            {"office": self.office_code, "role": self.role, "of": self.sha256, "step": self.step, "year": self.year}
        )


@dataclass(frozen=True, slots=True)
class Money:
    """Income per head, and the line it is held against where the household's track has one."""

    per_head: Yuan | None
    line: Yuan | None


@pages.get("", STAFF, "批次")
def see_waiting(visit: TheVisit) -> Response:
    """The lists that wait for the person, and what was done together before."""
    with reading(visit.office.records) as conn:
        ask, _ = ask_of(conn, visit)
        groups = []
        for row in round_view.waiting(conn, visit.me.person_id, visit.today):
            procedure = procedure_of(conn, row.procedure_sha256)
            step = procedure.step(row.step)
            if step.together:
                group = Group(
                    row.office_code,
                    row.role,
                    row.procedure_sha256,
                    row.step,
                    row.year,
                    row.area_code,
                    row.office,
                    row.cases,
                )
                groups.append({"group": group, "procedure": procedure.title, "step": step.title, "due_on": row.due_on})
        done, name = shown(conn, round_view.acts(ask), visit), Names(conn, visit)
        titles = _titles(conn, done.rows)
    return visit.page("rounds", groups=groups, done=done, names=name, titles=titles)


def _titles(conn: Connection, acts: Sequence[Any]) -> dict[int, tuple[str, str]]:
    """What each act was: the title of its step and of the procedure that its cases follow."""
    frozen = {row.id: procedure_of(conn, row.procedure_sha256) for row in acts if row.procedure_sha256}
    return {row.id: (frozen[row.id].step(row.step).title, frozen[row.id].title) for row in acts if row.id in frozen}


# --- the list ---------------------------------------------------------------------------------------------------------


def _group(conn: Connection, visit: Visit) -> tuple[Group, Procedure, Step]:
    """The group that the address or form names, when it is one that waits for the visitor. Raises NoSuch."""
    asked = (visit.text("office"), visit.text("role"), visit.text("of"), visit.text("step"), visit.number("year"))
    for row in round_view.waiting(conn, visit.me.person_id, visit.today):
        if (row.office_code, row.role, row.procedure_sha256, row.step, row.year) == asked:
            procedure = procedure_of(conn, row.procedure_sha256)
            return Group(*asked, row.area_code, row.office, row.cases), procedure, procedure.step(row.step)
    raise NoSuch(what="待办的名单", key=visit.text("step"))


def _listed(conn: Connection, visit: Visit, group: Group) -> list[Any]:
    return round_view.waiting_cases(conn, Ask(visit.scope, visit.today), group.office_code, group.role, group.sha256,
                                    group.step, group.year)  # fmt: skip


@pages.get("/list", STAFF, "批次名单")
def see_list(visit: TheVisit) -> Response:
    return _see(visit, None, "")


def _see(visit: Visit, told: Any, problem: str, have: tuple[Evidence, ...] = ()) -> Response:
    with reading(visit.office.records) as conn:
        group, procedure, step = _group(conn, visit)
        found, name = _listed(conn, visit, group), Names(conn, visit)
        rows = [_row(conn, visit, group, procedure, row, name) for row in found]
        notices = _notices(conn, step, rows)
    return visit.page(
        "round", 409 if problem else 200, group=group, procedure=procedure, step=step, rows=rows, told=told, problem=problem,
        notices=notices, verdicts=[v for v in step.verdicts if v.value in SAID], said=_said(visit), visit_form=visit.form,
        earlier=[s for s in procedure.before(step.key)], titles={kind: evidence_title(kind) for kind in step.evidence},
        have=[(e, f"{e.sha256}|{_mark(visit, e.sha256)}|{e.name}") for e in have if e.name != AWAITED],
    )  # fmt: skip


def _said(visit: Visit) -> dict[int, tuple[str, str]]:
    """What the form said of each case: the verdict and the reason, so that a page that comes back loses nothing."""
    found = {}
    for text in visit.texts("case"):
        if text.isdigit() and len(text) < 16:
            found[int(text)] = (visit.text(f"verdict-{text}"), visit.text(f"why-{text}"))
    return found


def _row(conn: Connection, visit: Visit, group: Group, procedure: Procedure, row: Any, name: Names) -> dict[str, Any]:
    home = register.household_on(conn, row.subject_id, visit.today) if row.subject_kind == "household" else None
    findings: list[str] = []
    money = None
    if home is not None and procedure.key == "exit" and group.step in EXIT_STEPS:
        findings, money = _exit(conn, visit, group, row, home)
    return {"row": row, "place": name.of_path(row.area_path), "size": len(home.members) if home else None,
            "number": home.number if home else "", "unmet": findings, "money": money}  # fmt: skip


def _exit(conn: Connection, visit: Visit, group: Group, row: Any, home: HouseholdOn) -> tuple[list[str], Money | None]:
    """What of the exit gate is not met yet, and income per head beside the line."""
    pack = pack_of(conn, group.sha256, visit.office.packs.values())
    stability = row.facts.get("verify", {}).get("stability") or "—"
    sheet = sheet_of(conn, pack, row.subject_id, row.year)
    try:
        gate = assess_household(conn, pack, row.subject_id, row.year, visit.today, stability)
        line = pack.exit_line(row.year).amount if track_of(home) is Track.LABOUR else None
    except NotAllowed as no:
        return [str(no)], None
    return [reason.chinese for reason in gate.reasons], Money(sheet.per_head if sheet else None, line)


def _notices(conn: Connection, step: Step, rows: list[dict[str, Any]]) -> dict[int, Any]:
    """For a notice's step: the lists that were settled, each with its paper."""
    if step.notice is None:
        return {}
    acts = sorted({r["row"].listed_in for r in rows if r["row"].listed_in is not None})
    found = {}
    for act_id in acts:
        of = [p for p in round_view.papers_of_act(conn, act_id) if p.code == step.notice and p.status != "discarded"]
        paper = papers.paper(conn, of[-1].id) if of else None
        found[act_id] = {"paper": paper, "posts_on": round_view.posts_on(conn, act_id),
                         "signer": offices.ROLE_TITLES.get(paper.signer_role or "", "") if paper else ""}  # fmt: skip
    return found


# --- settling a notice's list, and acting -----------------------------------------------------------------------------


@pages.post("/settle", STAFF, "确定公示名单")
def settle(visit: TheVisit) -> Response:
    """Settle the list of a notice for a day: its paper is then drafted, signed, and posted on that day."""
    with reading(visit.office.records) as conn:
        group, _, step = _group(conn, visit)
        mine = {row.id for row in _listed(conn, visit, group) if row.listed_in is None}
    chosen = [int(t) for t in visit.texts("case") if t.isdigit() and len(t) < 16 and int(t) in mine]
    on = visit.day("posts_on")
    if on is None or on < visit.today:
        return _see(visit, None, "请填写张贴日期，不早于今日。")
    try:
        acting.settle_list(visit.office, step.key, chosen, visit.actor, visit.at, group.area_code, on)
    except NotAllowed as no:
        return _see(visit, None, str(no))
    return visit.go(f"/rounds/list?{group.query}", "名单已确定，公示文书正在起草，签发后即可张贴。")


@pages.post("/act", STAFF, "集体办理")
def act(visit: TheVisit) -> Response:
    """One act for all that stand; with `rehearse` only what it would do."""
    with reading(visit.office.records) as conn:
        group, _, step = _group(conn, visit)
        mine = {row.id for row in _listed(conn, visit, group)}
    try:
        deed = _deed(visit, group, step, mine)
        if visit.text("way") == "rehearse":
            return _see(visit, acting.rehearse(visit.office, deed), "", deed.evidence)
        result = acting.act_if_any(visit.office, deed)
        if not result.done:
            return _see(visit, result, words.NONE_DONE, deed.evidence)
    except NotAllowed as no:
        return _see(visit, None, str(no))
    return visit.go(f"/rounds/acts/{result.act_id}", f"办成{len(result.done)}件，未办成{len(result.held)}件。")


def _deed(visit: Visit, group: Group, step: Step, mine: set[int]) -> Act:
    says = {}
    for case_id, (verdict, why) in _said(visit).items():
        if case_id in mine and verdict in SAID[:3]:
            says[case_id] = Say(Verdict(verdict), why or ("同意" if verdict == "approve" else ""),
                                back_to=visit.text("back_to") or None if verdict == "send_back" else None)  # fmt: skip
    if not says:
        raise NoSuch(what="要办理的户", key="请逐户选择意见")
    fields = {b.key: visit.text(f"field-{b.key}") for b in step.blanks if visit.text(f"field-{b.key}")}
    given: dict[str, object] = {b.key: _typed(b.kind, fields[b.key]) for b in step.blanks if b.key in fields}
    made_by = MadeBy(visit.text("made_by"), step.made_by) if step.made_by and visit.text("made_by") else None
    return Act(step.key, says, visit.actor, visit.at, group.area_code, None, given, _evidence(visit, step), made_by)


def _evidence(visit: Visit, step: Step) -> tuple[Evidence, ...]:
    """What came with the form, and what had come with it before and is kept; a rehearsal takes what is missing as given."""
    found = [kept(visit, upload, kind) for kind in step.evidence for upload in visit.uploads(f"evidence-{kind}")]
    for kind in step.evidence:
        for text in visit.texts(f"have-{kind}"):
            sha256, _, rest = text.partition("|")
            mark, _, name = rest.partition("|")
            if hmac.compare_digest(mark, _mark(visit, sha256)):
                found.append(Evidence(kind, name[:100], sha256))
    if visit.text("way") == "rehearse":
        there = {e.kind for e in found}
        found += [Evidence(kind, AWAITED, "0" * 64) for kind in step.evidence if kind not in there]
    return tuple(found)


def _mark(visit: Visit, sha256: str) -> str:
    """What shows that a kept file came from this person's own form."""
    return form_token(f"{visit.token}:{sha256}")


def _typed(kind: str, text: str) -> object:
    if kind == "people":
        return [name for name in text.replace("，", "、").replace(",", "、").split("、") if name.strip()]
    return text


@pages.get("/acts/{act_id:int}", SIGNED_IN, "集体办理结果")
def see_act(visit: TheVisit, act_id: int) -> Response:
    """What one act did: attendance, votes, papers, and each household with its outcome and reason."""
    with reading(visit.office.records) as conn:
        ask = Ask(visit.scope, visit.today)
        row = round_view.act(conn, ask, act_id)
        if row is None:
            raise NoSuch(what="集体办理", key=act_id)
        outcomes = round_view.outcomes(conn, act_id)
        procedure = procedure_of(conn, outcomes[0].procedure_sha256) if outcomes else None
        step = procedure.step(row.step) if procedure else None
        drawn, name = round_view.papers_of_act(conn, act_id), Names(conn, visit)
    blanks = {"posts_on": "张贴日期", **({b.key: b.title for b in step.blanks} if step else {})}
    days = {"posts_on", *(b.key for b in step.blanks if b.kind == "date")} if step else set()
    order = list(blanks)
    facts = sorted(row.facts.items(), key=lambda f: order.index(f[0]) if f[0] in order else len(order))
    facts = [(blanks.get(key, key), in_chinese(as_day(value)) if key in days else value) for key, value in facts]
    return visit.page("act", act=row, outcomes=outcomes, procedure=procedure, step=step, facts=facts, papers=drawn,
                      names=name, words_of=OUTCOMES, states=STATES)  # fmt: skip
