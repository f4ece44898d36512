"""督查问责 on the pages: a file from the condition to its closing, each rung decided by three people, nobody else reads."""

from __future__ import annotations

import re

from flows.appoint import appoint
from flows.drain import drain
from flows.supervision import OpenFile, open_file, open_rung
from records import supervision
from records.cases import see_case
from records.engine import reading
from states.procedure import Verdict
from tests.flows.district import SINCE, STREET, at, proof
from tests.web.desk import Desk

OFFICE = f"{STREET}-office"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc00000030101"
    "00c9fe92ef0000000049454e44ae426082"
)
ORDER = {
    "f.means": "查阅台账",
    "f.problems": "逾期12户",
    "f.basis": "责任书第三条",
    "f.standard": "全部办结",
    "f.circulate": "全区通报",
}


def opened(desk: Desk) -> str:
    """A file about the street, opened on the page; its address."""
    desk.clock.now = at(2018, 1, 5)
    clerk = desk.as_("district_clerk")
    answer = clerk.send("/supervision/open", "/supervision/open", files={"evidence": ("台账.png", PNG, "image/png")},
                        office=OFFICE, cause="slow", finding="全年进度不足一半", year="2017")  # fmt: skip
    assert "已立项" in answer.text, answer.text[-3000:]
    return str(answer.url.path)


def test_a_file_is_opened_and_a_rung_is_decided_through_the_pages(desks: Desk) -> None:
    path = opened(desks)
    clerk = desks.as_("district_clerk")
    page = clerk.see(path)
    assert "全年进度不足一半" in page and "台账.png" in page
    assert re.findall(r'name="rung" value="(\w+)"', page) == ["rectification", "interview", "referral"]
    [proof_] = re.findall(r'href="(/supervision/\d+/evidence/\w+)"', page)
    assert clerk.client.get(proof_).content == PNG

    task = clerk.send(path, f"{path}/rungs", rung="rectification")
    assert "已提出“通报并限期整改”" in task.text
    case = int(task.url.path.rsplit("/", 1)[1])
    done = clerk.send(f"/tasks/{case}", f"/tasks/{case}", act="decide:approve", opinion="拟通报", version="1", **ORDER)
    with reading(desks.district.office.records) as conn:
        found = see_case(conn, case)
    assert found is not None and found.step == "review", done.text[-2000:]
    desks.district.say(case, "review", "director", at(2018, 1, 9))
    desks.district.say(case, "decide", "group", at(2018, 1, 10))
    drain(desks.district.office, at(2018, 1, 11))
    desks.clock.now = at(2018, 1, 12)

    page = desks.as_("district_clerk").see(path)
    assert "限期整改" in page and "报送整改报告" in page and "通报" in page
    assert len(re.findall(r'href="/papers/\d+"', page)) >= 2
    assert re.findall(r'name="rung" value="(\w+)"', page) == []  # nothing is open to a file that is being rectified
    leader = desks.as_("leader")
    assert "全年进度不足一半" in leader.see(path) and 'name="rung"' not in leader.see(path)
    assert "达濠街道办事处" in leader.see("/supervision")


def test_the_form_sent_again_opens_no_second_file(desk: Desk) -> None:
    """The back button after a file was opened, and the old form again."""
    opened(desk)
    form = {"office": OFFICE, "cause": "slow", "finding": "全年进度不足一半", "year": "2017"}
    again = desk.as_("district_clerk").send("/supervision/open", "/supervision/open",
                                            files={"evidence": ("台账.png", PNG, "image/png")}, **form)  # fmt: skip
    assert again.status_code == 409 and "没有重复立项" in again.text


def test_nobody_opens_what_is_not_one_level_below_or_without_proof(desk: Desk) -> None:
    desk.clock.now = at(2018, 1, 5)
    clerk, street = desk.as_("district_clerk"), desk.as_("street_clerk")
    none = clerk.send(
        "/supervision/open", "/supervision/open", office=OFFICE, cause="slow", finding="进度慢", year="2017"
    )
    assert none.status_code == 409 and "证明问题的材料" in none.text and "进度慢" in none.text
    files = {"evidence": ("a.png", PNG, "image/png")}
    above = street.send("/supervision/open", "/supervision/open", files=files, office=OFFICE, cause="slow",
                        finding="进度慢", year="2017")  # fmt: skip
    assert above.status_code == 409 and "一级对一级" in above.text
    assert desk.as_("helper").client.get("/supervision/open").status_code == 403
    assert "立项" not in desk.as_("auditor").see("/supervision").split("<main")[1].split("没有督查件")[0]


def test_a_referral_is_not_read_below_and_a_stranger_reads_nothing(desk: Desk) -> None:
    """R4.4-10: whose clues are handed over does not read of it."""
    office, who = desk.district.office, desk.district.who
    file = open_file(office, OpenFile(OFFICE, "falsified", "台账不实", who["district_clerk"], at(2018, 1, 5), None,
                                      proof("finding"), 2017))  # fmt: skip
    case = open_rung(office, file, "referral", who["district_clerk"], at(2018, 1, 8)).id
    given = {"kind": "弄虚作假", "facts": "台账不实", "materials": ["台账"]}
    desk.district.say(case, "propose", "district_clerk", at(2018, 1, 8, 5), fields=given)
    desk.district.say(case, "review", "director", at(2018, 1, 9))
    desk.district.say(case, "decide", "group", at(2018, 1, 10), Verdict.APPROVE)
    desk.clock.now = at(2018, 1, 11)
    with reading(office.records) as conn:
        row = supervision.file(conn, file)
    assert row is not None and row.state == "referred"
    above, below = desk.as_("director").see(f"/supervision/{file}"), desk.as_("leader").see(f"/supervision/{file}")
    assert "已移送" in above and "追责移送" in above
    assert "移送" not in below and "办理中" in below and f"/cases/{case}" not in below
    assert "移送" not in desk.as_("leader").see("/supervision")

    who["stranger"] = appoint(office, "外人甲", "440512002-office", "street_leader", SINCE, at(2016, 1, 4))
    stranger = desk.as_("stranger")
    stranger.see(f"/supervision/{file}", 404)
    assert "达濠" not in stranger.see("/supervision")
    assert stranger.send("/supervision", f"/supervision/{file}/rungs", rung="interview").status_code == 404


def test_the_conditions_one_level_below_are_shown_to_whoever_may_open_a_file(desk: Desk) -> None:
    for name in ("陈家强", "林木生"):
        desk.district.household(name)
    desk.clock.now = at(2018, 1, 5)
    page = desk.as_("district_clerk").see("/supervision")
    assert "计划4人，完成0人" in page
    [link] = re.findall(r'href="(/supervision/open\?[^"]+)"', page)
    form = desk.as_("district_clerk").see(link.replace("&amp;", "&"))
    assert f'value="{OFFICE}" selected' in form and 'value="missed_target" selected' in form and 'value="2017"' in form
    assert "计划4人" not in desk.as_("leader").see("/supervision")
