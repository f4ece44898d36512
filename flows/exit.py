"""Exit (退出): review, verification, the household's own acceptance, publicity, approval (domain 3.3; R4.3-06, R1.3-01…06)."""

from __future__ import annotations

from config.pack import Pack
from flows.build import build, by_key
from flows.steps import ACCEPT_OR_NOT, ALL, ONWARD, POSTING, SURVEY, close_notice, post_notice, review
from states.procedure import Blank, Procedure, Step, Verdict

STEPS = by_key((
    Step("candidate", "列为拟退出户", "community", "community_clerk", "maker", verdicts=ALL,
         guards=("help_record",), together=True, act_issues=("D-31",)),
    review("review"),
    Step("verify", "入户核查", "community", "community_clerk", "maker", verdicts=(Verdict.APPROVE, Verdict.REFUSE),
         blanks=(*SURVEY, Blank("stability", "收入稳定性说明")), evidence=("D-33", "D-32"), prints=("D-33", "D-32"),
         guards=("surveyors", "exit_gate")),
    Step("accept", "户主认可", "household", "community_clerk", "maker", verdicts=ACCEPT_OR_NOT, made_by="户主",
         evidence=("D-34",), prints=("D-34",), guards=("income_shown",)),
    post_notice("pub_post", "张贴拟退出公示", "community", "community_clerk", "D-35"),
    close_notice("pub_close", "公示期满", "community", "community_clerk"),
    Step("street_review", "街道审核", "street", "street_leader", "checker", verdicts=ALL, together=True,
         blanks=(Blank("visited", "入户抽查情况", required=False),), act_issues=("D-36",)),
    post_notice("pub2_post", "张贴街道公示", "street", "street_clerk", "D-37"),
    close_notice("pub2_close", "街道公示期满", "street", "street_clerk"),
    Step("district_check", "区复核", "district", "district_director", "checker", verdicts=ALL, together=True),
    Step("group_confirm", "领导小组核定", "group", "group_leader", "approver", verdicts=ALL, together=True,
         guards=("exit_gate", "accepted", "no_open_objection"), act_issues=("D-38",)),
    Step("announce", "退出公告", "district", "district_clerk", "none", verdicts=ONWARD, blanks=POSTING,
         evidence=("posting",), guards=("notice_issued",), effects=("post",), moves="announce_exit",
         notice="D-39", issues=("D-40",), together=True),
    Step("notify", "告知与进入巩固期", "street", "street_clerk", "none", verdicts=ONWARD, evidence=("D-7B",), prints=("D-7B",),
         guards=("letter_issued",), effects=("start_consolidation",), moves="start_monitoring"),
))  # fmt: skip


def exit_(pack: Pack) -> Procedure:
    """The pack's exit procedure; the pack may let verification come before the review, and may
    ask for a second notice, by the street."""
    return build(pack, Procedure("exit", "退出", "household", (), rounds="year"), STEPS)
