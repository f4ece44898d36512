"""Identification (精准识别): from the household's application to its help plan (domain 3.1; R1.4-03, R4.3-02…04)."""

from __future__ import annotations

from config.pack import Pack
from flows.build import build, by_key
from flows.steps import ALL, ONWARD, POSTING, SURVEY, close_notice, post_notice, review
from states.procedure import Blank, Procedure, Step

STEPS = by_key((
    Step("accept", "受理", "community", "community_clerk", "maker", verdicts=ALL, evidence=("D-01", "D-02"),
         made_by="户主", blanks=(Blank("missing", "缺少的材料", "list", required=False),),
         prints=("D-01", "D-02"), guards=("members_valid",), issues=("D-03",), refusal_issues=("D-14", "D-7B")),
    Step("survey", "入户调查", "community", "community_clerk", "maker", verdicts=ALL, blanks=SURVEY,
         evidence=("D-04", "D-05"), prints=("D-04", "D-05"), guards=("surveyors", "income_known")),
    Step("cross_check", "信息核对", "district", "district_clerk", "none", verdicts=ALL,
         blanks=(Blank("hits", "核对结果"),), evidence=("D-06",), prints=("D-06",), made_by="核对部门"),
    review("review"),
    post_notice("pub1_post", "张贴第一次公示", "community", "community_clerk", "D-08"),
    close_notice("pub1_close", "第一次公示期满", "community", "community_clerk"),
    Step("submit", "社区上报", "community", "community_head", "checker", verdicts=ONWARD, together=True,
         act_issues=("D-09",)),
    Step("street_review", "街道审核", "street", "street_leader", "checker", verdicts=ALL, together=True,
         blanks=(Blank("visited", "入户抽查情况", required=False),), refusal_issues=("D-14", "D-7B"), act_issues=("D-10",)),
    post_notice("pub2_post", "张贴第二次公示", "street", "street_clerk", "D-11"),
    close_notice("pub2_close", "第二次公示期满", "street", "street_clerk"),
    Step("district_review", "区复核", "district", "district_director", "checker", verdicts=ALL, together=True,
         act_issues=("D-12",)),
    Step("group_decision", "领导小组审定", "group", "group_leader", "approver", verdicts=ALL, together=True,
         guards=("no_open_objection", "income_below_line"), issues=("D-13",), refusal_issues=("D-14", "D-7B")),
    Step("announce", "认定公告", "district", "district_clerk", "none", verdicts=ONWARD, blanks=POSTING,
         evidence=("posting",), guards=("notice_issued",), effects=("post",), notice="D-15", together=True),
    Step("register", "登记建档", "district", "district_clerk", "none", verdicts=ONWARD,
         guards=("helper_assigned",), moves="register", issues=("D-16", "D-17"), together=True),
    Step("plan", "制定帮扶计划", "helper", "helper", "none", verdicts=ONWARD, made_by="户主",
         blanks=(Blank("measures", "帮扶措施", "list"),), evidence=("D-18",), prints=("D-18",),
         guards=("measures_valid",), effects=("keep_measures",), moves="assist"),
))  # fmt: skip


def identification(pack: Pack) -> Procedure:
    """The pack's identification; `publicity rounds = 1` leaves the second notice out."""
    value = Procedure("identification", "识别纳入", "household", (), rounds="year", failed_moves="decline",
                      failed_effects=("release_members",))  # fmt: skip
    return build(pack, value, STEPS)
