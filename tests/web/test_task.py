"""A task on the page: the form of its step, evidence, verdicts with their reasons, and what keeps a decision whole."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from records import cases
from records.engine import reading
from tests.flows.district import at
from tests.web import story
from tests.web.desk import Desk, Person

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 64


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def decide(person: Person, case: int, verdict: str, files: object = None, page: str = "", **fields: object):  # type: ignore[no-untyped-def]
    """Fill the task's form and press a button, as a browser does."""
    page = page or person.see(f"/tasks/{case}")
    data = {name: hidden(page, name) for name in ("csrf", "key", "version")}
    return person.client.post(f"/tasks/{case}", data={**data, "act": f"decide:{verdict}", **fields}, files=files)  # type: ignore[arg-type]


def test_an_approver_decides_and_the_case_moves_on(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    answer = decide(desk.as_("leader"), waiting["street_review"], "approve", opinion="情况属实，同意。")

    assert "已通过，现在“区复核”" in answer.text
    assert desk.district.see(waiting["street_review"]).step == "district_check"
    with reading(desk.district.office.records) as conn:
        last = cases.last_decision(conn, waiting["street_review"])
    assert last is not None and (last.person, last.opinion) == ("李书记", "情况属实，同意。")


def test_a_second_click_decides_nothing(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    leader, case = desk.as_("leader"), waiting["street_review"]
    page = leader.see(f"/tasks/{case}")
    decide(leader, case, "approve", page=page)

    answer = decide(leader, case, "approve", page=page)

    assert "刚才已经提交过" in answer.text
    assert desk.district.see(case).step == "district_check"


def test_whoever_was_faster_is_named(filled: tuple[Desk, dict[str, int]]) -> None:
    """The page was opened before another person of the post sent the case back and it came again."""
    desk, waiting = filled
    leader, case = desk.as_("leader"), waiting["street_review"]
    page = leader.see(f"/tasks/{case}")
    desk.district.say(case, "street_review", "other_leader", at(2017, 11, 3, 40))

    answer = decide(leader, case, "approve", page=page)

    assert "可能已由他人办理" in answer.text
    assert desk.district.see(case).version == 8


def test_a_verdict_that_the_rules_do_not_allow_is_grey_and_says_why(filled: tuple[Desk, dict[str, int]]) -> None:
    """R1.3-02: the housing finding is not met, so that the check cannot pass and says so before anything is filled in."""
    desk, waiting = filled
    page = desk.as_("clerk").see(f"/tasks/{waiting['verify']}")

    button = page.index('value="decide:approve" disabled')
    assert "住房安全有保障”于2017年10月9日认定为不达标" in page[button : button + 400]
    assert 'value="decide:refuse" disabled' not in page


def test_a_publicity_that_runs_says_until_when(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    desk.clock.now = at(2017, 10, 27)
    page = desk.as_("clerk").see(f"/tasks/{waiting['pub_close']}")

    assert "现在不能通过：公示期至" in page


def test_sending_back_asks_where_to_and_refuses_without_a_reason(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    leader, case = desk.as_("leader"), waiting["street_review"]

    assert "须写明理由" in decide(leader, case, "send_back", back_to="verify").text
    assert "退回到“（未选择）”" in decide(leader, case, "send_back", opinion="签名不清").text
    decide(leader, case, "send_back", opinion="签名不清", back_to="verify", straight="1")

    there = desk.district.see(case)
    assert (there.step, there.status, there.return_to) == ("verify", "returned", "street_review")
    page = desk.as_("clerk").see(f"/tasks/{case}")
    assert "退回重办：李书记" in page and "签名不清" in page


def test_what_was_filled_in_is_kept_when_something_is_missing(filled: tuple[Desk, dict[str, int]]) -> None:
    """The photo that was sent need not be sent again, and the fields stand as they were."""
    desk, waiting = filled
    clerk, case = desk.as_("clerk"), waiting["review"]
    form = {"f.held_on": "2017-11-02", "f.place": "社区会议室", "f.chair": "陈主任"}

    answer = decide(clerk, case, "approve", files={"e.D-07": ("纪要 1.jpg", JPEG)}, **form)
    assert answer.status_code == 409 and "还须填写：记录人、应到人数" in answer.text

    page = clerk.see(f"/tasks/{case}")
    assert 'value="2017-11-02"' in page and "纪要 1.jpg" in page
    meeting = {f"f.{k}": v for k, v in story.MEETING.items()}
    done = decide(clerk, case, "approve", made_by="居民会议", **{**meeting, "f.held_on": "2017-11-02"})
    assert "现在“入户核查”" in done.text
    with reading(desk.district.office.records) as conn:
        last = cases.last_decision(conn, case)
    assert last is not None
    [kept] = last.evidence
    assert (kept["kind"], kept["name"]) == ("D-07", "纪要 1.jpg")
    assert clerk.client.get(f"/cases/{case}/evidence/{kept['sha256']}").content == JPEG


def test_a_form_can_be_put_aside_and_stands_under_drafts(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    clerk, case = desk.as_("clerk"), waiting["review"]
    page = clerk.see(f"/tasks/{case}")
    data = {name: hidden(page, name) for name in ("csrf", "key", "version")}

    answer = clerk.client.post(f"/tasks/{case}", data={**data, "act": "save", "f.place": "祠堂", "opinion": "先记下"})

    assert "已存入草稿" in answer.text and "祠堂" in answer.text and "先记下" in answer.text
    assert desk.district.see(case).step == "review"


def test_the_papers_of_a_decision_are_read_before_it_and_nothing_is_kept_of_them(
    filled: tuple[Desk, dict[str, int]],
) -> None:
    desk, waiting = filled
    clerk, case = desk.as_("clerk"), waiting["review"]
    page = clerk.see(f"/tasks/{case}")
    data = {name: hidden(page, name) for name in ("csrf", "key", "version")}
    meeting = {f"f.{k}": str(v) for k, v in story.MEETING.items()}

    page = clerk.client.post(f"/tasks/{case}", data={**data, "act": "preview:approve", **meeting}).text

    assert "林秀莲" in page and "陈主任" in page and "27" in page
    assert desk.district.see(case).step == "review"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", b"<script>alert(1)</script>"),
        ("scan.pdf", b"MZ\x90\x00" + b"\x00" * 200),
        ("page.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("empty.png", b""),
    ],
)
def test_a_file_is_known_by_its_content_not_by_its_name(
    filled: tuple[Desk, dict[str, int]], name: str, content: bytes
) -> None:
    desk, waiting = filled
    answer = decide(desk.as_("clerk"), waiting["review"], "approve", files={"e.D-07": (name, content)})

    assert answer.status_code == 409 and f"文件“{name}”不能上传" in answer.text


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "..\\..\\boot.png", "/absolute.png", "a\x00b.png"])
def test_a_file_s_name_leads_nowhere(filled: tuple[Desk, dict[str, int]], name: str) -> None:
    desk, waiting = filled
    decide(desk.as_("clerk"), waiting["review"], "approve", files={"e.D-07": (name, PNG)})

    page = desk.as_("clerk").see(f"/tasks/{waiting['review']}")
    shown = re.findall(r"/evidence/[0-9a-f]{64}\">([^<]*)</a>", page)
    assert len(shown) == 1 and "/" not in shown[0] and "\\" not in shown[0]
    root = desk.district.office.files.root
    assert {p.parent.parent.name for p in root.rglob("*.png")} == {"kept"}


def test_evidence_of_another_case_is_not_given_out(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    clerk = desk.as_("clerk")
    decide(clerk, waiting["review"], "approve", files={"e.D-07": ("a.png", PNG)})
    page = clerk.see(f"/tasks/{waiting['review']}")
    [sha256] = set(re.findall(r"/evidence/([0-9a-f]{64})", page))

    assert clerk.client.get(f"/cases/{waiting['review']}/evidence/{sha256}").status_code == 200
    assert clerk.client.get(f"/cases/{waiting['verify']}/evidence/{sha256}").status_code == 404
    assert clerk.client.get(f"/cases/{waiting['verify']}/evidence/..%2f..%2fbangfu.sqlite3").status_code == 404
    assert desk.as_("leader").client.get(f"/cases/{waiting['review']}/evidence/{sha256}").status_code == 404


def test_what_changed_since_one_looked_last_is_told(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    leader, case = desk.as_("leader"), waiting["street_review"]
    leader.see(f"/tasks/{case}")
    desk.district.say(case, "street_review", "leader", at(2017, 11, 3, 50), verdict=story.Verdict.SEND_BACK, opinion="补签",
                      back_to="pub_close")  # fmt: skip
    desk.district.say(case, "pub_close", "clerk", at(2017, 11, 6))
    desk.clock.now = at(2017, 11, 6, 30)

    assert "此后有2项变化" in desk.as_("leader").see(f"/tasks/{case}")


def test_one_s_own_approval_is_taken_back_while_nobody_acted(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    leader, case = desk.as_("leader"), waiting["street_review"]
    decide(leader, case, "approve")
    page = leader.see(f"/cases/{case}")

    leader.client.post(f"/cases/{case}/take-back", data={
        "csrf": hidden(page, "csrf"), "version": str(desk.district.see(case).version), "to": "street_review",
    })  # fmt: skip

    assert desk.district.see(case).step == "street_review"
    assert "撤回重办" in leader.see(f"/cases/{case}")


def test_the_case_tells_steps_people_and_papers_and_prints_every_opinion(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    case = waiting["returned"]
    page, sheet = desk.as_("leader").see(f"/cases/{case}"), desk.as_("leader").see(f"/cases/{case}/print")

    for text in ("核查表第三页签名不清", "现在等谁", "东兴社区居民委员会", "SHA-256", "由陈家强（户主）作出"):
        assert text in page, text
    for text in ("审批表", "核查表第三页签名不清", "李书记", "应到人数：31"):
        assert text in sheet, text


def test_a_case_outside_one_s_area_is_not_there(filled: tuple[Desk, dict[str, int]]) -> None:
    desk, waiting = filled
    desk.clock.now += timedelta(minutes=1)
    helper = desk.as_("helper")

    assert helper.client.get(f"/cases/{waiting['verify']}").status_code == 200  # the helper's own household
    assert helper.client.get("/cases/999999").status_code == 404
