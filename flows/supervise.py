"""The rungs of a supervision file as procedures (domain 3.13; R4.4-05, R4.4-08…10): order, interview, referral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from config.pack import Pack
from flows.build import Steps, build, by_key
from flows.steps import ACCEPT_OR_NOT, ALL, ONWARD
from states.procedure import Blank, Procedure, Step, Verdict

SITE = (Blank("checked_on", "核查日期", "date"), Blank("checkers", "核查人员", "people"), Blank("result", "核查情况"))
CHECK = Step("check", "现场核查", "above", "clerk", "maker", verdicts=ALL, blanks=SITE, evidence=("site",),
             guards=("checkers",))  # fmt: skip
CLOSE = Step("close", "销号审批", "above", "head", "checker", verdicts=ONWARD, evidence=("D-69",), prints=("D-69",),
             guards=("may_close",), effects=("close_supervision",))  # fmt: skip


def _review(key: str = "review") -> Step:
    return Step(key, "审核", "above", "head", "checker", verdicts=ALL)


RECTIFY_STEPS = by_key((
    Step("propose", "提出通报和整改意见", "above", "clerk", "maker", verdicts=ACCEPT_OR_NOT, guards=("may_order",),
         blanks=(Blank("means", "检查方式"), Blank("problems", "存在问题", "list"), Blank("basis", "依据"),
                 Blank("standard", "整改标准"), Blank("circulate", "通报范围", "choice",
                                                       choices=("全区通报", "仅发被督查单位")))),
    _review(),
    Step("decide", "审定", "above", "approver", "approver", verdicts=ALL, guards=("may_order",),
         effects=("order_rectification",), issues=("D-62", "D-63")),
    Step("report", "报送整改报告", "supervised", "head", "none", verdicts=(Verdict.APPROVE,),
         blanks=(Blank("done", "整改情况", "list"),), evidence=("D-64",), prints=("D-64",), guards=("ordered_in_writing",)),
    CHECK, CLOSE,
))  # fmt: skip

INTERVIEW_STEPS = by_key((
    Step("propose", "提出约谈", "above", "clerk", "maker", verdicts=ACCEPT_OR_NOT, guards=("may_summon",),
         blanks=(Blank("reason", "约谈事由"), Blank("basis", "依据"), Blank("who", "约谈对象", "people"),
                 Blank("by_whom", "约谈人"), Blank("on", "约谈日期", "date"), Blank("place", "约谈地点"))),
    _review(),
    Step("decide", "审定", "above", "approver", "approver", verdicts=ALL, guards=("may_summon", "notice_in_time"),
         effects=("summon",), issues=("D-65",)),
    Step("hold", "约谈", "above", "clerk", "maker", verdicts=(Verdict.APPROVE,), evidence=("D-66",), prints=("D-66",),
         blanks=(Blank("held_on", "实际约谈日期", "date"), Blank("recorder", "记录人"), Blank("statement", "被约谈人说明"),
                 Blank("demands", "要求与期限")), guards=("summoned_in_writing",)),
    Step("commit", "提交整改承诺", "supervised", "head", "none", verdicts=(Verdict.APPROVE,),
         blanks=(Blank("measures", "整改措施", "list"), Blank("finish_by", "完成期限", "date")),
         evidence=("D-67",), prints=("D-67",), guards=("finish_ahead",), effects=("keep_commitment",)),
    CHECK, CLOSE,
))  # fmt: skip

REFER_STEPS = by_key((
    Step("propose", "提出移送", "above", "clerk", "maker", verdicts=ACCEPT_OR_NOT, guards=("may_refer",),
         blanks=(Blank("kind", "线索类别", "choice", choices=("不作为", "弄虚作假", "资金违纪违法")),
                 Blank("facts", "主要事实"), Blank("materials", "移送材料", "list"))),
    _review(),
    Step("decide", "审定", "above", "approver", "approver", verdicts=ALL, guards=("may_refer",),
         effects=("refer_clues",), issues=("D-68",)),
    Step("hand_over", "送交纪检监察机关", "above", "clerk", "maker", verdicts=(Verdict.APPROVE,), evidence=("receipt",),
         blanks=(Blank("received_on", "收到日期", "date"), Blank("received_by", "接收机关")),
         guards=("referred_in_writing",)),
    Step("close", "销号审批", "above", "head", "checker", verdicts=ONWARD, evidence=("D-69",), prints=("D-69",),
         blanks=(Blank("outcome", "处理结果"),), effects=("close_supervision",)),
))  # fmt: skip

LIMITS: Mapping[str, str] = {  # the deadlines that the ladder of the pack names
    "report": "supervision.rectify_limit",
    "commit": "supervision.commitment_limit",
    "hand_over": "supervision.referral_limit",
}


def rectification(pack: Pack) -> Procedure:
    """Circular and order to rectify, the report, the check on site (R4.4-08)."""
    return _rung(pack, "rectification", "通报并限期整改", RECTIFY_STEPS)


def interview(pack: Pack) -> Procedure:
    """Summons, interview, commitment, the check on site (R4.4-09)."""
    return _rung(pack, "interview", "约谈", INTERVIEW_STEPS)


def referral(pack: Pack) -> Procedure:
    """Clues go to the discipline body; never without three people (R4.4-10)."""
    return _rung(pack, "referral", "追责移送", REFER_STEPS)


def _rung(pack: Pack, key: str, title: str, steps: Steps) -> Procedure:
    value = Procedure(key, title, "supervision", (), applicant_may_withdraw=False, failed_effects=("not_pursued",))
    built = build(pack, value, steps)
    timed = tuple(
        replace(step, within=pack.limit(LIMITS[step.key])) if step.key in LIMITS else step for step in built.steps
    )
    return replace(built, steps=timed)
