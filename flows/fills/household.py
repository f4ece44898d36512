"""Pieces that forms about one household share: who it is, what it earned, who decided."""

from __future__ import annotations

from typing import Any

from flows.fills.draft import Draft, head_name
from flows.gate import safety_net, sheet_of, track_of
from records import cases, rounds
from records.register import HouseholdOn
from rules.days import day_of, in_chinese
from rules.eligibility import Track
from rules.income import CLASSES, Sheet
from rules.money import Yuan
from states.not_allowed import NotYetKnown
from states.procedure import Verdict
from templates.form import Member, Opinion
from templates.income_sheet import IncomeItem


def identity(draft: Draft, home: HouseholdOn | None = None) -> dict[str, Any]:
    """Office, head, number, place and size: what every household form begins with."""
    home = home or draft.home
    return {
        "office": draft.desk("community").name, "head": head_name(home), "household_no": home.number,
        "area": draft.area_name(home.area_path, 1), "size": len(home.members),
    }  # fmt: skip


def the_sheet(draft: Draft, kind: str = "exit") -> Sheet:
    """The year's income sheet. Raises NotYetKnown."""
    for year in (draft.case.year, draft.case.year - 1) if kind == "entry" else (draft.case.year,):
        sheet = sheet_of(draft.conn, draft.pack, draft.case.subject_id, year, kind)
        if sheet is not None:
            return sheet
    raise NotYetKnown(what=f"{draft.case.title}{draft.case.year}年的收入核算")


def income(draft: Draft, kind: str = "exit") -> dict[str, Any]:
    """The result of the year's sheet, with period, method, line and basis as they must be printed."""
    sheet, home = the_sheet(draft, kind), draft.home
    values: dict[str, Any] = {
        **identity(draft), "year": sheet.period.start.year, "period": str(sheet.period), "method": sheet.method.title,
        "total": sheet.total, "per_head": sheet.per_head,
        "safety_net": "已纳入低保、特困保障" if safety_net(home) else "未纳入低保、特困保障",
    }  # fmt: skip
    if kind == "exit" and track_of(home) is Track.LABOUR:
        line = draft.pack.exit_line(draft.case.year)
        values |= {"line": line.amount, "line_basis": line.says}
    elif kind == "entry":
        entry = draft.pack.entry("identification.line")
        if entry.status != "UNSET":
            values["line_basis"] = (
                f"认定标准{entry.value}元（{draft.pack.entry('identification.price_base').value}年不变价）"
            )
    return values


def sheet_blanks(draft: Draft, kind: str) -> dict[str, Any]:
    """Everything an income sheet prints."""
    sheet = the_sheet(draft, kind)
    values = income(draft, kind)
    items = tuple(
        IncomeItem(kind=CLASSES[line.item.kind], name=line.item.title, amount=line.amount, treated=line.treated)
        for line in sheet.lines if line.amount.fen
    ) or (IncomeItem(kind=CLASSES["wages"], name="本期无收入", amount=sheet.total, treated="计入"),)  # fmt: skip
    return {
        **values, "cut_off": sheet.period.end, "items": items, "wages": sheet.of("wages"),
        "business": sheet.of("business"), "property": sheet.of("property"), "transfers": sheet.of("transfers"),
        "excluded": sheet.excluded, "result": _compared(sheet, values),
    }  # fmt: skip


def _compared(sheet: Sheet, values: dict[str, Any]) -> str:
    line = values.get("line")
    if line is None:
        return "本表不与退出标准比较"
    difference = sheet.per_head - line
    if not difference.fen:
        return "等于标准" if sheet.reaches(line) else "未达到标准"
    return f"{'高于' if difference.fen > 0 else '低于'}标准{Yuan(abs(difference.fen)).plain}元"


def members(home: HouseholdOn) -> tuple[Member, ...]:
    return tuple(
        Member(name=m.name, sex=m.sex, relation=m.relation, id_no=m.id_no, health=str(m.facts.get("health") or ""),
               labour=str(m.facts.get("labour") or "")) for m in home.members
    )  # fmt: skip


def opinions(draft: Draft, steps: dict[str, str]) -> tuple[Opinion, ...]:
    """The last opinion given at each of the named steps, under the box's heading."""
    given = {d.step: d for d in cases.decisions_of(draft.conn, draft.case.id) if d.verdict == Verdict.APPROVE}
    boxes = []
    for step, heading in steps.items():
        if step in given:
            d = given[step]
            by = f"{d.person}（代{d.acting_for}）" if d.acting_for else d.person
            boxes.append(Opinion(level=heading, text=d.opinion or "同意", by=by, on=day_of(d.at)))
        else:
            boxes.append(Opinion(level=heading))
    return tuple(boxes)


def review_says(draft: Draft) -> str:
    """The democratic review's result in one line."""
    votes = draft.case.facts.get("review")
    if not votes:
        return ""
    return (f"应到{votes['due']}人，实到{votes['present']}人；同意{votes['agree']}票，反对{votes['oppose']}票，"
            f"弃权{votes['abstain']}票")  # fmt: skip


def publicity_says(draft: Draft) -> str:
    """When and where the household's name hung, and that nobody's objection is open."""
    shown = [p for p in rounds.publicities_of(draft.conn, draft.case.id) if p.kind == "publicity"]
    return "；".join(f"{in_chinese(p.posted_on)}至{in_chinese(p.ends_on)}在{p.place}公示" for p in shown)
