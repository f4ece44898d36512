"""Change of members, head and attributes, and removal of a wrong entry (动态调整; domain 3.2; R4.3-01, R4.3-05)."""

from __future__ import annotations

from config.pack import Pack
from flows.build import build, by_key
from flows.steps import ALL, ONWARD, close_notice, post_notice, review
from states.procedure import Blank, Procedure, Step

CHANGE = (
    Blank("changes", "变更内容", "list"),
    Blank("reason", "变更原因"),
    Blank("effective_on", "生效日期", "date"),
)
CHANGE_STEPS = by_key((
    Step("community", "社区核实", "community", "community_clerk", "maker", verdicts=ALL, blanks=CHANGE,
         evidence=("certificate",), guards=("changes_valid",)),
    Step("street", "街道审批", "street", "street_leader", "approver", verdicts=ALL, guards=("changes_valid",),
         effects=("apply_changes",), issues=("D-24",)),
    Step("district", "区备案", "district", "district_clerk", "none", verdicts=ONWARD),
))  # fmt: skip

REMOVAL_STEPS = by_key((
    review("review"),
    post_notice("pub_post", "张贴剔除公示", "community", "community_clerk", "D-35"),
    close_notice("pub_close", "公示期满", "community", "community_clerk"),
    Step("street_review", "街道审核", "street", "street_leader", "checker", verdicts=ALL),
    Step("group_decision", "领导小组审定", "group", "group_leader", "approver", verdicts=ALL,
         guards=("no_open_objection",), effects=("end_help",), issues=("D-25",), moves="remove"),
))  # fmt: skip


def change(pack: Pack) -> Procedure:
    """Members join and leave, heads and attributes change: by the street, on record with the district."""
    return build(pack, Procedure("change", "成员与属性变更", "household", ()), CHANGE_STEPS)


def removal(pack: Pack) -> Procedure:
    """A household entered wrongly leaves the register: review, publicity, decision of the leading group."""
    return build(pack, Procedure("removal", "错评剔除", "household", ()), REMOVAL_STEPS)
