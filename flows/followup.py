"""What follows an exit and a plan: help plan, revisit, end of consolidation (domain 3.5, 3.3 step 11; R4.3-07, R4.3-11)."""

from __future__ import annotations

from config.pack import Pack
from flows.build import build, by_key
from flows.steps import ALL, ONWARD
from states.procedure import Blank, Procedure, Step, Verdict

PLAN_STEPS = by_key((
    Step("draft", "拟定帮扶计划", "helper", "helper", "maker", verdicts=(Verdict.APPROVE,),
         blanks=(Blank("measures", "帮扶措施", "list"),), guards=("measures_valid",)),
    Step("sign", "户主签字", "helper", "helper", "maker", verdicts=ONWARD, made_by="户主", evidence=("D-18",),
         prints=("D-18",), effects=("keep_measures",), moves="assist"),
))  # fmt: skip

REVISIT_STEPS = by_key((
    Step("record", "回访记录", "helper", "helper", "maker", verdicts=(Verdict.APPROVE,), made_by="户主",
         blanks=(Blank("visited_on", "回访日期", "date"), Blank("condition", "生产生活情况"),
                 Blank("interrupted", "政策享受是否中断", "flag"),
                 Blank("problems", "问题与需求", "list", required=False),
                 Blank("solved", "处理结果", required=False), Blank("risk", "返贫风险", required=False)),
         evidence=("D-41",), prints=("D-41",), effects=("revisit_done",)),
))  # fmt: skip

END_STEPS = by_key((
    Step("opinion", "街道提出意见", "street", "street_clerk", "maker", verdicts=ALL,
         guards=("consolidation_over", "no_risk", "revisits_done")),
    Step("approve", "街道审批", "street", "street_leader", "approver", verdicts=ALL,
         guards=("consolidation_over", "no_risk"), effects=("end_help",), moves="settle", issues=("D-44",)),
))  # fmt: skip


def plan(pack: Pack) -> Procedure:
    """A help plan of measures, drafted by the helper and signed by the householder."""
    return build(pack, Procedure("plan", "帮扶计划", "household", ()), PLAN_STEPS)


def revisit(pack: Pack) -> Procedure:
    """One revisit by the helper, signed by the householder; a risk found there is flagged."""
    return build(pack, Procedure("revisit", "回访", "household", ()), REVISIT_STEPS)


def consolidation_end(pack: Pack) -> Procedure:
    """The end of the consolidation period: no open risk, revisits done."""
    return build(pack, Procedure("consolidation_end", "巩固期满", "household", ()), END_STEPS)
