"""拟稿 on the pages: worded, looked at, kept, reviewed by another, countersigned elsewhere, reworded, signed, sealed, archived."""

from __future__ import annotations

import re

import pytest

from flows.appoint import appoint
from flows.compose import composable
from records import papers, verification
from records.engine import reading
from tests.flows.district import SINCE, STREET, at
from tests.web.desk import Desk, Person

TEXT = "根据工作安排，现将有关情况请示如下：\n一、基本情况\n（一）核查\n拟退出户已逐户核查。"
ASKING = {"b.subject": "核定2017年退出贫困户", "b.sections": TEXT, "to": "440512-group"}
LETTER = {"b.subject": "商请核对信息", "b.sections": "请协助核对名单。", "b.closing": "请予支持为盼。",
          "to": "440512-unit-01", "countersigners": "440512-office"}  # fmt: skip
FORM = "/papers/compose/D-77A"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.clock.now = at(2017, 9, 4)
    return desk


def kept(person: Person, form: str = FORM, **fields: object) -> str:
    answer = person.send(form, form, act="keep", **{**ASKING, **fields})
    assert "已拟稿" in answer.text, re.findall(r'id="problem">([^<]*)', answer.text)
    return str(answer.url.path)


def test_a_document_is_looked_at_kept_reviewed_signed_sealed_and_archived(desk: Desk) -> None:
    clerk, other, leader = desk.as_("street_clerk"), desk.as_("other_street_clerk"), desk.as_("leader")
    look = clerk.send(FORM, FORM, act="look", **ASKING)
    assert (
        "关于核定2017年退出贫困户的请示" in re.sub(r"\s|<br>", "", look.text)
        and "濠江区扶贫开发领导小组：" in look.text
    )
    assert "没有等待" in clerk.see("/papers/manuscripts")  # looking keeps nothing
    assert TEXT.splitlines()[2] in look.text.split("<textarea")[1]

    path = kept(clerk)
    assert "<strong>核稿</strong>" in other.see("/papers/manuscripts") and "他人核稿" in clerk.see(
        "/papers/manuscripts"
    )
    assert clerk.send(path, f"{path}/stage", act="review").status_code == 409
    assert "已核稿" in other.send(path, f"{path}/stage", act="review", opinion="可以").text
    assert "已签发" in leader.send(path, f"{path}/sign").text
    assert "已用印" in clerk.send(path, f"{path}/stage", act="seal", copies="3").text
    assert "已归档" in clerk.send(path, f"{path}/stage", act="archive").text
    page = clerk.see(path)
    assert "用印3份" in page and "达濠街办〔2017〕1号" in page and "/stage" not in page
    with reading(desk.district.office.records) as conn:
        assert verification.verify(conn) == []
        paper = papers.paper(conn, int(path.rsplit("/", 1)[1]))
    assert paper is not None and [s["level"] for s in paper.snapshot["sections"]] == [0, 1, 2, 0]


def test_a_sent_back_document_is_reworded_and_looked_at_again(desk: Desk) -> None:
    clerk, other = desk.as_("street_clerk"), desk.as_("other_street_clerk")
    path = kept(clerk)
    other.send(path, f"{path}/stage", act="review")
    assert other.send(path, f"{path}/stage", act="send_back").status_code == 409  # without a word
    other.send(path, f"{path}/stage", act="send_back", opinion="请写明户数")
    form = clerk.see(f"{path}/reword")
    assert "拟退出户已逐户核查。" in form and 'value="440512-group" checked' in form
    wording = {**ASKING, "b.sections": TEXT.replace("拟退出户", "拟退出12户")}
    assert "已修改" in clerk.send(f"{path}/reword", f"{path}/reword", act="keep", **wording).text
    page = other.see(path)
    assert "拟退出12户" in page and "请写明户数" in page
    assert "已核稿" in other.send(path, f"{path}/stage", act="review").text


def test_an_office_that_was_asked_reads_and_countersigns_and_nobody_else_does(desk: Desk) -> None:
    who, office = desk.district.who, desk.district.office
    path = kept(desk.as_("director"), "/papers/compose/D-77D", **{**LETTER, "countersigners": f"{STREET}-office"})
    who["stranger"] = appoint(office, "外人甲", "440512002-office", "street_leader", SINCE, at(2016, 1, 4))
    stranger, leader = desk.as_("stranger"), desk.as_("leader")
    desk.as_("district_clerk").send(path, f"{path}/stage", act="review")
    assert "<strong>我单位会签</strong>" in leader.see("/papers/manuscripts")
    stranger.see(path, 404)
    assert "核对信息" not in stranger.see("/papers/manuscripts")
    for act in ("review", "countersign", "seal", "discard"):
        assert stranger.send("/papers", f"{path}/stage", act=act, opinion="x", copies="1").status_code == 404
    stranger.see(f"{path}/reword", 404)
    assert leader.send(path, f"{path}/stage", act="review").status_code == 404  # asked, but not its office's own
    assert "已会签" in leader.send(path, f"{path}/stage", act="countersign", opinion="无意见").text
    assert "已签发" in desk.as_("director").send(path, f"{path}/sign").text
    leader.see(path, 404)  # it was asked before the signature, not after


def test_a_wrong_route_a_missing_blank_and_a_strange_value_are_said_on_the_form(desk: Desk) -> None:
    clerk = desk.as_("street_clerk")
    wrong = clerk.send(FORM, FORM, act="keep", **{**ASKING, "to": "440512-unit-01"})
    assert wrong.status_code == 409 and "请示" in wrong.text.split('id="problem">')[1][:200]
    empty = clerk.send(FORM, FORM, act="keep", **{**ASKING, "b.subject": ""})
    assert empty.status_code == 409 and "事由" in empty.text and "拟退出户已逐户核查。" in empty.text
    minutes = "/papers/compose/D-76B"
    day = clerk.send(minutes, minutes, act="look", **{"b.subject": "推进会", "b.held_on": "昨天"})
    assert day.status_code == 409 and "会议日期" in day.text and "须填日期" in day.text
    secret = clerk.send(FORM, FORM, act="keep", household="4405120010019999", **ASKING)
    assert secret.status_code == 409 and "户" in secret.text
    clerk.see("/papers/compose/D-01", 404)  # drawn up by its case
    clerk.see("/papers/compose/D-20", 404)  # an agreement has its own way


def test_a_table_is_typed_row_by_row_and_numbered(desk: Desk) -> None:
    minutes = "/papers/compose/D-76B"
    fields = {
        "to": f"{STREET}-office", "b.subject": "全区脱贫攻坚推进会", "b.held_on": "2017-09-01", "b.place": "区政府", "b.chair": "区长", "b.summary": "会议研究了退出工作。",
        "b.attending": "各街道负责人", "b.settled.rows": "4", "b.settled.0.matter": "核查", "b.settled.0.owner": "各街道",
        "b.settled.2.matter": "公示", "b.settled.2.owner": "各社区", "b.settled.2.due_on": "2017-10-01",
    }  # fmt: skip
    answer = desk.as_("district_clerk").send(minutes, minutes, act="keep", **fields)
    assert "已拟稿" in answer.text, re.findall(r'id="problem">([^<]*)', answer.text)
    with reading(desk.district.office.records) as conn:
        paper = papers.paper(conn, int(answer.url.path.rsplit("/", 1)[1]))
    assert paper is not None
    assert [(r["serial"], r["matter"], r["due_on"]) for r in paper.snapshot["settled"]] == [
        (1, "核查", None), (2, "公示", "2017-10-01")]  # fmt: skip


def test_the_form_of_every_kind_opens(desk: Desk) -> None:
    clerk = desk.as_("district_clerk")
    listed = clerk.see("/papers/compose")
    for code in composable():
        assert f"/papers/compose/{code}" in listed
        clerk.see(f"/papers/compose/{code}")
    desk.as_("auditor").see("/papers/compose", 403)
