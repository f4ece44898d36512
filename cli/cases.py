"""Cases: what waits for a person, one case, deciding."""

from __future__ import annotations

import click

from cli.door import actor_of, evidence_of, field_of, now, pair, person_id, say, show_table, the_office
from flows.decide import decide
from flows.frozen import procedure_of
from flows.tasks import when_read
from records import cases, handing, papers, views
from records.engine import reading
from rules.days import day_of
from states.case import CaseLife
from states.decision import Decision, MadeBy
from states.handing import Hand
from states.not_allowed import NoSuch
from states.paper import PaperLife
from states.procedure import Verdict
from states.table import state_names

KIND_WORDS = {"own": "", "added": "（加签）", "advice": "（委派意见）"}
VERDICTS = {v.chinese: v for v in Verdict} | {v.value: v for v in Verdict}


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def todo(name: str, as_json: bool) -> None:
    """NAME 的待办，先到期的在前。"""
    office, today = the_office(), day_of(now())
    with reading(office.records) as conn:
        rows = views.todo(conn, person_id(office, name), today)
        titles = {r.id: procedure_of(conn, r.procedure_sha256).step(r.step).title for r in rows}
    listed = [{"case": r.case_id, "number": cases.case_number(r.year, r.case_id), "title": r.title,
               "step": r.step, "step_title": titles[r.id], "due_on": r.due_on, "version": r.version,
               "task": r.id, "kind": r.kind, "acting_for": r.acting_for} for r in rows]  # fmt: skip
    if as_json:
        say(listed)
        return
    show_table(f"{name}的待办（{len(rows)}件）", ["待办", "办件", "事项", "环节", "期限", ""], [
        [r["task"], r["case"], r["title"], f"{r['step_title']}{KIND_WORDS[r['kind']]}", r["due_on"],
         ("已逾期" if r["due_on"] and r["due_on"] < today else "") + (f" 代{r['acting_for']}" if r["acting_for"] else "")]
        for r in listed
    ])  # fmt: skip


@click.command("case")
@click.argument("case_id", type=int)
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def case_(case_id: int, as_json: bool) -> None:
    """一个办件的经过：环节、办理人、意见、流转、文书。"""
    office = the_office()
    with reading(office.records) as conn:
        case = cases.see_case(conn, case_id)
        if case is None:
            raise NoSuch(what="办件", key=case_id)
        procedure = procedure_of(conn, case.procedure_sha256)
        steps = {s.key: s.title for s in procedure.steps}
        trace = [{"环节": steps.get(d.step, d.step), "处理": Verdict(d.verdict).chinese, "意见": d.opinion,
                  "办理人": d.person, "岗位": f"{d.office}{d.post}", "代": d.acting_for,
                  "作出人": f"{d.made_by_capacity or ''}{d.made_by or ''}", "时间": when_read(d.at)}
                 for d in cases.decisions_of(conn, case_id)]  # fmt: skip
        handed = [{"环节": steps.get(h.step, h.step), "流转": Hand(h.kind).chinese, "说明": h.note,
                   "办理人": h.person, "岗位": f"{h.office}{h.post}", "代": h.acting_for,
                   "给": f"{h.to_office or ''}{h.to_person or ''}", "时间": when_read(h.at)}
                  for h in handing.of_case(conn, case_id)]  # fmt: skip
        listed = [{"代码": p.code, "文书": p.title, "状态": state_names(PaperLife)[p.status], "字号": p.number}
                  for p in papers.papers_of_case(conn, case_id)]  # fmt: skip
    if as_json:
        say({"case": case.number, "title": case.title, "status": case.status, "step": case.step,
              "version": case.version, "decisions": trace, "handed": handed, "papers": listed})  # fmt: skip
        return
    click.echo(
        f"{case.number} {procedure.title} {case.title}：{state_names(CaseLife)[case.status]}，{steps.get(case.step)}"
    )
    for title, rows in (("经过", trace), ("流转", handed), ("文书", listed)):
        if rows:
            show_table(title, list(rows[0]), [list(r.values()) for r in rows])


@click.command("decide")
@click.argument("case_id", type=int)
@click.argument("step")
@click.argument("verdict", type=click.Choice(sorted(VERDICTS)))
@click.option("--by", required=True, help="办理人的姓名或编号")
@click.option("--office", "office_code", help="以哪个单位的岗位办理（任多个岗位时）")
@click.option("--role", help="以哪个岗位办理（任多个岗位时）")
@click.option("--acting-for", help="代谁办理（受离岗委托时），姓名或编号")
@click.option("--opinion", default="", help="意见；退回、不予通过须写理由")
@click.option("--field", "fields", multiple=True, metavar="栏目=值", help="本环节的栏目；值可用JSON")
@click.option("--evidence", multiple=True, metavar="种类=文件", help="佐证材料，如 D-34=scan.pdf")
@click.option("--made-by", metavar="姓名=身份", help="无账号的作出人，如 陈某=户主")
@click.option("--back-to", help="退回到哪个环节")
@click.option("--straight-back", is_flag=True, help="重办后直接回到本环节")
@click.option("--version", "seen", type=int, help="您看到的办件版本（todo --json 中的 version）")
@click.option("--key", help="防重复提交的标识")
def decide_(case_id: int, step: str, verdict: str, by: str, office_code: str | None, role: str | None,
            acting_for: str | None, opinion: str, fields: tuple[str, ...], evidence: tuple[str, ...], made_by: str | None, back_to: str | None,
            straight_back: bool, seen: int | None, key: str | None) -> None:  # fmt: skip
    """办理办件 CASE_ID 的 STEP 环节：通过、退回、不予通过、撤销、撤回。"""
    office = the_office()
    person_in = MadeBy(*pair(made_by, "--made-by")) if made_by else None
    done = decide(office, Decision(
        case_id, step, VERDICTS[verdict], actor_of(office, by, office_code, role, acting_for), now(), opinion,
        dict(field_of(f) for f in fields), tuple(evidence_of(office, e) for e in evidence), person_in, back_to,
        straight_back, seen, key,
    ))  # fmt: skip
    with reading(office.records) as conn:
        case = cases.see_case(conn, case_id)
        assert case is not None
        title = procedure_of(conn, case.procedure_sha256).step(done.step).title
    click.echo(f"已办理，办件{case.number}现为“{state_names(CaseLife)[done.status]}”，环节“{title}”。")
