"""收文 and 档案 on the pages: entered, proposed, instructed, handed on, finished; papers filed under heading and retention."""

from __future__ import annotations

import io
import re

from docx import Document

from flows.appoint import appoint
from flows.drain import drain
from records import verification
from records.engine import reading
from rules.archive import longest
from tests.flows.district import SINCE, at
from tests.web.desk import Desk
from tests.web.test_supervision_pages import PNG

CAME = {"sender": "区教育局", "title": "关于核对学生名单的函", "number": "濠教函〔2017〕12号", "received_on": "2017-10-09",
        "answer_by": "2017-10-16", "copies": "1", "urgency": "加急"}  # fmt: skip


def entered(desk: Desk) -> str:
    answer = desk.as_("street_clerk").send(
        "/incoming", "/incoming", files={"scan": ("来文.png", PNG, "image/png")}, **CAME
    )
    assert "收文第1号" in answer.text, answer.text[-2000:]
    return str(answer.url.path)


def test_a_paper_that_came_in_is_handed_on_and_finished(desks: Desk) -> None:
    path = entered(desks)
    clerk, leader, other = desks.as_("street_clerk"), desks.as_("leader"), desks.as_("other_street_clerk")
    assert clerk.client.get(f"{path}/scan").content == PNG
    assert "已记录" in clerk.send(path, path, act="propose", text="拟请许立核对").text
    assert 'value="instruct"' not in clerk.see(path)
    assert clerk.send(path, path, act="instruct", text="同意").status_code == 409
    assert "已记录" in leader.send(path, path, act="instruct", text="同意，请许立办").text
    to = desks.district.who["other_street_clerk"].person_id
    assert "已交办" in leader.send(path, path, act="hand", person=str(to)).text
    stranger = desks.district.who["district_clerk"].person_id
    assert leader.send(path, path, act="hand", person=str(stranger)).status_code == 404

    drain(desks.district.office, desks.clock.now)
    inbox = other.see("/inbox")
    assert "收文交办：关于核对学生名单的函" in inbox
    [message] = re.findall(r'action="(/inbox/\d+)"', inbox)
    assert str(other.send("/inbox", message).url.path) == path
    refused = clerk.send(path, path, act="close", text="已办")
    assert refused.status_code == 409 and "已交许立承办" in refused.text
    assert other.send(path, path, act="close", text="").status_code == 409
    assert "已办结" in other.send(path, path, act="close", text="已核对函复").text
    assert 'name="act"' not in other.see(path)
    assert "没有未办结的收文" in clerk.see("/incoming") and "许立" in clerk.see("/incoming?all=1")
    with reading(desks.district.office.records) as conn:
        assert verification.verify(conn) == []


def test_what_is_wrong_is_said_and_the_form_keeps_what_was_typed(desk: Desk) -> None:
    clerk = desk.as_("street_clerk")
    late = clerk.send("/incoming", "/incoming", **{**CAME, "answer_by": "2017-10-01"})
    assert late.status_code == 409 and "答复期限不能早于收到日期" in late.text and "濠教函〔2017〕12号" in late.text
    empty = clerk.send("/incoming", "/incoming", **{**CAME, "sender": " "})
    assert empty.status_code == 409 and "来文单位" in empty.text
    text = clerk.send("/incoming", "/incoming", files={"scan": ("a.exe", b"MZ\x90", "image/png")}, **CAME)
    assert text.status_code == 409 and "扫描件" in text.text
    assert "没有未办结的收文" in clerk.see("/incoming")


def test_nobody_reads_another_offices_register(desk: Desk) -> None:
    path = entered(desk)
    desk.district.who["stranger"] = appoint(
        desk.district.office, "外人甲", "440512002-office", "street_clerk", SINCE, at(2016, 1, 4)
    )
    for who in ("stranger", "clerk", "helper"):
        person = desk.as_(who)
        for address in ("/incoming", "/incoming?below=1&all=1", "/incoming?q=学生&below=1"):
            assert "学生名单" not in person.see(address), who
        person.see(path, 404)
        assert person.client.get(f"{path}/scan").status_code == 404
        assert person.send("/incoming", path, act="close", text="x").status_code == 404
    assert "学生名单" in desk.as_("director").see("/incoming?below=1") and "学生名单" not in desk.as_("director").see(
        "/incoming"
    )
    assert desk.as_("director").send(path, path, act="close", text="x").status_code == 404  # seen, and not its own


def test_a_households_papers_are_filed_with_their_retention(desks: Desk) -> None:
    home = desks.district.household("陈家强")
    desks.district.exit_until("end", home)
    drain(desks.district.office, at(2017, 11, 14))
    desks.clock.now = at(2017, 12, 1)
    clerk = desks.as_("clerk")
    listed = clerk.see("/archive")
    count = re.search(r"(\d+)件未归档", listed)
    assert count and "陈家强" in listed
    assert f"已归档{count[1]}件" in clerk.send(f"/archive/{home}", f"/archive/{home}").text
    index = clerk.see(f"/archive/{home}")
    assert "贫困退出" in index and "永久" in index and "未归档" not in index
    assert "未归档" not in clerk.see("/archive")
    cases = clerk.see("/archive/cases")
    assert "陈家强户" in cases and "永久" in cases
    word = clerk.client.get(f"/archive/{home}/word")
    text = "".join(c.text for t in Document(io.BytesIO(word.content)).tables for row in t.rows for c in row.cells)
    assert "贫困退出" in text
    assert clerk.send(f"/archive/{home}", f"/archive/{home}").status_code == 409  # nothing is left

    desks.district.who["stranger"] = appoint(
        desks.district.office, "外人甲", "440512002-office", "street_clerk", SINCE, at(2016, 1, 4)
    )
    stranger = desks.as_("stranger")
    assert "陈家强" not in stranger.see("/archive") + stranger.see("/archive/cases")
    for address in (f"/archive/{home}", f"/archive/{home}/word"):
        stranger.see(address, 404)
    assert stranger.send("/archive", f"/archive/{home}").status_code == 404
    assert "全部归档" not in desks.as_("auditor").see(f"/archive/{home}")


def test_a_file_is_kept_as_long_as_its_longest_paper() -> None:
    assert longest(["10年", "永久", "30年"]) == "永久"
    assert longest(["10年", "30年"]) == "30年"
    assert longest([]) == ""
