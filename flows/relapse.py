"""Relapse and re-entry (返贫; domain 3.4; R4.3-08): a check, then identification from the review on, old number kept."""

from __future__ import annotations

from config.pack import Pack
from flows.build import build, by_key
from flows.identification import STEPS as IDENTIFICATION
from flows.steps import ALL, ONWARD, SURVEY
from states.procedure import Blank, Procedure, Step

STEPS = by_key((
    Step("visit", "入户核查", "community", "community_clerk", "maker", verdicts=ALL,
         blanks=(*SURVEY, Blank("finding", "核查情况")), evidence=("D-42",), prints=("D-42",), guards=("surveyors",)),
    *(step for key, step in IDENTIFICATION.items() if key in (
        "review", "pub1_post", "pub1_close", "street_review", "pub2_post", "pub2_close", "district_review")),
    Step("group_decision", "领导小组审定", "group", "group_leader", "approver", verdicts=ALL, together=True,
         guards=("no_open_objection",), issues=("D-43",), refusal_issues=("D-14", "D-7B")),
    IDENTIFICATION["announce"],
    Step("register", "恢复帮扶", "district", "district_clerk", "none", verdicts=ONWARD,
         guards=("helper_assigned",), effects=("reopen_help",), moves="relapse", issues=("D-17",)),
    Step("plan", "重订帮扶计划", "helper", "helper", "none", verdicts=ONWARD, made_by="户主",
         blanks=(Blank("measures", "帮扶措施", "list"),), evidence=("D-18",), prints=("D-18",),
         guards=("measures_valid",), effects=("keep_measures",)),
))  # fmt: skip


def relapse(pack: Pack) -> Procedure:
    """A flagged household is visited; the flag is cleared (refused with reasons) or the household re-enters."""
    return build(pack, Procedure("relapse", "返贫核查与再纳入", "household", (), rounds="year",
                                 failed_effects=("clear_risk",)), STEPS)  # fmt: skip
