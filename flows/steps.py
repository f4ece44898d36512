"""Blanks and phrases that steps of several procedures share."""

from __future__ import annotations

from states.procedure import Blank, Level, Step, Verdict

ONWARD = (Verdict.APPROVE, Verdict.SEND_BACK)
ALL = (Verdict.APPROVE, Verdict.SEND_BACK, Verdict.REFUSE)
ACCEPT_OR_NOT = (Verdict.APPROVE, Verdict.REFUSE)

MEETING = (
    Blank("held_on", "会议日期", "date"),
    Blank("place", "会议地点"),
    Blank("chair", "主持人"),
    Blank("recorder", "记录人"),
    Blank("due", "应到人数", "count"),
    Blank("present", "实到人数", "count"),
    Blank("withdrawn", "回避人员", "people", required=False),
    Blank("agree", "同意票", "count"),
    Blank("oppose", "反对票", "count"),
    Blank("abstain", "弃权票", "count"),
    Blank("spoken", "发言摘要", required=False),
)
POSTING = (
    Blank("posted_on", "张贴日期", "date"),
    Blank("place", "张贴地点"),
)
SURVEY = (
    Blank("visited_on", "入户日期", "date"),
    Blank("surveyors", "核查人员", "people"),
)


def review(key: str, prints: tuple[str, ...] = ()) -> Step:
    """A democratic review: a meeting decides, the community clerk records, the signed minutes are the proof."""
    return Step(
        key, "民主评议", "community", "community_clerk", "maker", verdicts=ALL, blanks=MEETING, evidence=("D-07",),
        made_by="民主评议会", guards=("quorum",), together=True, act_issues=("D-07",), prints=prints,
    )  # fmt: skip


def post_notice(key: str, title: str, level: Level, role: str, notice: str) -> Step:
    """Posting a signed notice; the publicity's last day is counted from the day it is posted."""
    return Step(
        key, title, level, role, "none", verdicts=ONWARD, blanks=POSTING, evidence=("posting",),
        guards=("notice_issued",), effects=("post",), notice=notice, together=True,
    )  # fmt: skip


def close_notice(key: str, title: str, level: Level, role: str) -> Step:
    """The publicity's last day has passed and every objection is closed."""
    return Step(
        key, title, level, role, "none", verdicts=ALL, guards=("publicity_over",), effects=("take_down",),
        together=True,
    )  # fmt: skip
