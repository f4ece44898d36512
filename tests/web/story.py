"""A desk with work on it: households in every stage, so that a page has something to show."""

from __future__ import annotations

from flows.drain import drain
from states.procedure import Verdict
from tests.flows.district import HEAD, MEETING, District, at, proof
from tests.web.desk import Desk

NAMES = ("陈家强", "林秀莲", "黄国梁", "郑炳坤", "李惠珍", "吴桂英", "蔡木水", "许丽霞", "谢海生", "庄文彬")


def fill(desk: Desk) -> dict[str, int]:
    """Exit cases of 2017 up to every step, by the step where each waits; the clock is set to 3 November 2017."""
    district = desk.district
    cases: dict[str, int] = {}
    steps = ("candidate", "review", "verify", "accept", "pub_post", "pub_close", "street_review", "district_check")
    for name, step in zip(NAMES, steps, strict=False):
        cases[step] = leaving(district, name, step)
    cases["returned"] = leaving(district, NAMES[8], "street_review")
    district.say(cases["returned"], "street_review", "leader", at(2017, 11, 3), Verdict.SEND_BACK, "核查表第三页签名不清，请补签后重报",
                 back_to="verify")  # fmt: skip
    cases["refused"] = leaving(district, NAMES[9], "accept")
    district.say(cases["refused"], "accept", "clerk", at(2017, 10, 23), Verdict.REFUSE, "家中老人住院，暂不同意退出",
                 evidence=proof("D-34"), made_by=HEAD)  # fmt: skip
    drain(district.office, at(2017, 11, 3))
    desk.clock.now = at(2017, 11, 3, 30)
    return cases


def leaving(district: District, name: str, until: str) -> int:
    """An exit of that household, brought to the step."""
    case = district.begin(
        "exit", district.household(name, passes=name != "黄国梁"), at(2017, 10, 10), title=f"{name}户"
    ).id
    for key, go in district._exit_steps(case):
        if key == until:
            break
        go()  # type: ignore[operator]
    return case


__all__ = ["MEETING", "fill", "leaving"]
