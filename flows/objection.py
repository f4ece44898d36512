"""Objection during a publicity or an announcement (异议; domain 3.12): it holds its own household until it is answered."""

from __future__ import annotations

from config.pack import Pack
from flows.build import build, by_key
from flows.steps import ONWARD
from states.procedure import Blank, Procedure, Step, Verdict

STEPS = by_key((
    Step("receive", "登记异议", "community", "community_clerk", "maker", verdicts=(Verdict.APPROVE,),
         blanks=(Blank("about", "异议内容"), Blank("channel", "方式", "choice", choices=("来电", "来信", "当面", "网上")),
                 Blank("real_name", "是否实名", "flag")),
         made_by="异议人", evidence=("D-7C",)),
    Step("investigate", "调查核实", "street", "street_clerk", "checker", verdicts=ONWARD,
         blanks=(Blank("found", "查明的事实"),), guards=("not_decider_of_target",), evidence=("investigation",)),
    Step("decide", "作出处理意见", "street", "street_leader", "approver", verdicts=ONWARD,
         blanks=(Blank("outcome", "处理结论", "choice", choices=("成立", "不成立")),),
         guards=("not_decider_of_target",)),
    Step("reply", "答复", "street", "street_clerk", "none", verdicts=ONWARD,
         blanks=(Blank("replied_on", "答复日期", "date"),), issues=("D-7C",)),
))  # fmt: skip


def objection(pack: Pack) -> Procedure:
    """Anyone objects; nobody who decided the case investigates or decides the objection."""
    return build(pack, Procedure("objection", "异议处理", "case", (), applicant_may_withdraw=False), STEPS)
