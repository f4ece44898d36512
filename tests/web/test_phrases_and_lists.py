"""常用语 of one's own, offered with JavaScript and without; a list sent back to any step that its cases share; the file button."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from records import cases
from records.engine import reading
from tests.flows.district import at
from tests.web.browsing import healthy, opened
from tests.web.desk import Desk, Person

Filled = tuple[Desk, dict[str, int]]
OWN = "/account/phrases"


def offered(page: str) -> list[str]:
    return re.findall(r"<option>([^<]+)</option>", page.split('name="phrase"')[1].split("</select>")[0])


def opinions(desk: Desk, case: int) -> list[str]:
    with reading(desk.district.office.records) as conn:
        return [d.opinion for d in cases.decisions_of(conn, case)]


def test_ones_own_phrases_stand_first_in_ones_own_order(filled: Filled) -> None:
    desk, waiting = filled
    leader, other = desk.as_("leader"), desk.as_("other_leader")
    for text in ("符合街道意见。", "请社区抓紧。", "同意。"):
        assert "已加上" in leader.send(OWN, OWN, text=text).text
    again = leader.send(OWN, OWN, text=" 请社区抓紧。 ")
    assert again.status_code == 409 and "已经有这一条" in again.text
    assert leader.send(OWN, OWN, text=" ").status_code == 409
    assert leader.send(OWN, OWN, text="长" * 201).status_code == 409
    ids = dict(re.findall(r"<span>([^<]+)</span><form[^>]+/account/phrases/(\d+)", leader.see(OWN)))
    leader.send(OWN, f"{OWN}/{ids['请社区抓紧。']}", act="up")
    leader.send(OWN, f"{OWN}/{ids['请社区抓紧。']}", act="up")  # at the top nothing moves
    leader.send(OWN, f"{OWN}/{ids['符合街道意见。']}", act="down")

    page = leader.see(f"/tasks/{waiting['street_review']}")
    assert offered(page)[:3] == ["请社区抓紧。", "同意。", "符合街道意见。"]
    assert offered(page).count("同意。") == 1 and "情况属实，同意。" in offered(page)
    assert page.index('data-phrase="请社区抓紧。"') < page.index('data-phrase="情况属实，同意。"')
    assert "请社区抓紧。" not in other.see(f"/tasks/{waiting['street_review']}")
    for act in ("remove", "up"):
        assert other.send(OWN, f"{OWN}/{ids['同意。']}", act=act).status_code == 404
    leader.send(OWN, f"{OWN}/{ids['请社区抓紧。']}", act="remove")
    assert offered(leader.see(f"/tasks/{waiting['street_review']}"))[0] == "同意。"


def test_without_javascript_a_chosen_phrase_stands_before_what_is_written(browser: Browser, filled: Filled) -> None:
    desk, waiting = filled
    desk.as_("leader").send(OWN, OWN, text="经街道会议研究")
    with opened(browser, desk, "leader", script=False) as page:
        page.goto(f"/tasks/{waiting['street_review']}")
        page.select_option("#phrase", "经街道会议研究")
        page.fill("#opinion", "同意上报。")
        page.click("button[value='decide:approve']")
    assert opinions(desk, waiting["street_review"])[-1] == "经街道会议研究；同意上报。"


def send(person: Person, ids: list[int], meanwhile: Callable[[], object] = list, **fields: str) -> str:
    listed = person.send("/todo", "/batch", case=[str(c) for c in ids]).text
    kept = {name: re.findall(rf'name="{name}" value="([^"]+)"', listed) for name in ("csrf", "key", "seen")}
    meanwhile()
    answer = person.client.post("/batch/decide", data={
        "csrf": kept["csrf"][0], "key": kept["key"][0], "seen": kept["seen"], "case": [str(c) for c in ids],
        "verdict": "send_back", "opinion": "请补正核查表", **fields,
    })  # fmt: skip
    return answer.text


def three(desk: Desk) -> list[int]:
    """Three exits that wait for the street's review."""
    names = ("陈家强", "林秀莲", "黄国梁")
    found = []
    for name in names:
        case = desk.district.begin("exit", desk.district.household(name), at(2017, 10, 10), title=f"{name}户").id
        for key, go in desk.district._exit_steps(case):
            if key == "street_review":
                break
            go()  # type: ignore[operator]
        found.append(case)
    desk.clock.now = at(2017, 11, 3)
    return found


@pytest.mark.parametrize("straight", [True, False], ids=["straight back", "in order"])
def test_a_list_goes_back_to_the_step_that_was_chosen(desk: Desk, straight: bool) -> None:
    ids, leader = three(desk), desk.as_("leader")
    page = leader.send("/todo", "/batch", case=[str(c) for c in ids]).text
    steps = re.findall(r'<option value="(\w+)">', page.split('name="back_to"')[1].split("</select>")[0])
    assert steps[0] == "pub_close" and "verify" in steps and "street_review" not in steps

    done = send(leader, ids[:2], back_to="verify", **({"straight": "1"} if straight else {}))

    assert "办成2件，未办0件" in done
    assert [desk.district.see(c).step for c in ids] == ["verify", "verify", "street_review"]
    back = {desk.district.see(c).return_to for c in ids[:2]}
    assert back == ({"street_review"} if straight else {None})


def test_each_case_of_a_list_that_is_sent_back_has_its_own_result(desk: Desk) -> None:
    ids, leader = three(desk), desk.as_("leader")

    done = send(
        leader,
        ids,
        lambda: desk.district.say(ids[1], "street_review", "other_leader", at(2017, 11, 3)),
        back_to="verify",
    )
    assert "办成2件，未办1件" in done and "吴主任" in done  # who was faster is named
    assert desk.district.see(ids[1]).step == "district_check"
    nowhere = send(leader, ids[:1], back_to="")
    assert "办成0件" in nowhere
    assert "办成0件" in send(leader, ids[:1], back_to="group_confirm")  # not an earlier step


def test_cases_at_different_steps_share_the_steps_before_the_first_of_them(filled: Filled) -> None:
    desk, waiting = filled
    page = desk.as_("clerk").send("/todo", "/batch", case=[str(waiting["pub_close"]), str(waiting["review"])]).text
    if 'name="back_to"' in page:
        steps = re.findall(r'<option value="(\w+)">', page.split('name="back_to"')[1].split("</select>")[0])
        assert steps == ["candidate"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_file_button_is_chinese_and_works_by_keyboard(
    browser: Browser, filled: Filled, tmp_path: Path, script: bool
) -> None:
    desk, waiting = filled
    scan = tmp_path / "核查表.png"
    scan.write_bytes(bytes.fromhex("89504e470d0a1a0a0000000d49484452"))
    with opened(browser, desk, "clerk", script=script) as page:
        # asked for once and before anything is pressed: the browser reads a key sooner than it reads this wish
        page.on("filechooser", lambda _: None)
        page.goto(f"/tasks/{waiting['review']}")
        field = page.locator("input[type=file]").first
        button = page.locator(".file-button").first
        expect(button).to_have_text("选择文件")
        hidden = page.evaluate(
            "getComputedStyle(document.querySelector('.file-input'), '::file-selector-button').display"
        )
        assert hidden == "none"  # the browser's own words are not shown
        field.focus()
        assert page.evaluate("document.activeElement.type") == "file"
        for press in (lambda: page.keyboard.press("Enter"), button.click):
            with page.expect_file_chooser() as chooser:
                press()
        chooser.value.set_files(scan)
        if script:
            expect(page.locator(".file-names").first).to_have_text("核查表.png")
            healthy(page)
        assert page.evaluate("document.querySelector('.file-input').files[0].name") == "核查表.png"
