"""The public pages: nothing personal on them, an objection without any script, followed by its receipt."""

from __future__ import annotations

import re

from rules.privacy import scan
from tests.flows.district import at
from tests.web.desk import Desk

OBJECTION = {"serial": "1", "about": "该户有小汽车，收入不实。", "name": "", "contact": ""}


def posted(desk: Desk, name: str = "欧阳家强") -> int:
    """A publicity hangs; the id of its household's case."""
    case = desk.district.exit_until("pub_close", desk.district.household(name))
    desk.clock.now = at(2017, 10, 26)
    return case


def notice_of(page: str) -> str:
    found = re.search(r'href="(/board/\d+)"', page)
    assert found, page
    return found[1]


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.S))


def test_public_pages_show_no_full_name_and_no_number(desks: Desk) -> None:
    """Domain 5.4."""
    posted(desks)
    guest = desks.visitor()
    board = guest.see("/board")
    notice = guest.see(notice_of(board))
    for page in (board, notice):
        assert "欧阳家强" not in page and "家强" not in page and "秀英" not in page
        phones = re.findall(r"<b>([\d-]{5,})</b>", page)
        assert scan(text_of(page), phones) == []
    assert "欧阳*" in notice


def test_a_resident_objects_and_follows_it_by_receipt(desks: Desk) -> None:
    """Domain 3.12."""
    posted(desks)
    guest = desks.visitor()
    path = notice_of(guest.see("/board"))
    receipt = _receipt_in(guest.see(path))
    answer = guest.send(path, path, receipt=receipt, **OBJECTION)
    assert answer.status_code == 200 and receipt in answer.text
    status = guest.send("/board", "/board/receipt", receipt=receipt).text
    assert "已收到，等待登记" in status and "家强" not in status and "小汽车" not in status
    unknown = guest.send("/board", "/board/receipt", receipt="YY-0000-0000-0000-0000")
    assert unknown.status_code == 404 and "没有这个回执号" in unknown.text


def _receipt_in(page: str) -> str:
    found = re.search(r'name="receipt" value="(YY-[\w-]+)"', page)
    assert found
    return found[1]


def test_what_is_refused_comes_back_as_it_was_written(desk: Desk) -> None:
    posted(desk)
    guest = desk.visitor()
    path = notice_of(guest.see("/board"))
    answer = guest.send(path, path, receipt="", **{**OBJECTION, "serial": "7", "about": "<script>不在</script>"})
    assert answer.status_code == 409 and "不在公示的名单上" in answer.text
    assert "&lt;script&gt;不在&lt;/script&gt;" in answer.text and "<script>不在" not in answer.text
    for n in range(3):
        guest.send(path, path, receipt="", **{**OBJECTION, "about": f"第{n}件"})
    flood = guest.send(path, path, receipt="", **OBJECTION)
    assert flood.status_code == 409 and "明天再提" in flood.text


def test_a_form_without_its_token_is_refused(desk: Desk) -> None:
    posted(desk)
    guest = desk.visitor()
    path = notice_of(guest.see("/board"))
    assert guest.client.post(path, data={**OBJECTION, "receipt": ""}).status_code == 403


def test_a_notice_is_gone_the_day_after_its_last(desk: Desk) -> None:
    posted(desk)
    guest = desk.visitor()
    path = notice_of(guest.see("/board"))
    desk.clock.now = at(2017, 11, 1)
    assert "目前没有公示和公告" in guest.see("/board")
    assert "期满撤下" in guest.see(path, 409)


def test_the_clerk_finds_the_letter_and_registers_it_without_typing_it_again(desk: Desk) -> None:
    posted(desk)
    guest = desk.visitor()
    path = notice_of(guest.see("/board"))
    guest.send(path, path, receipt="", **{**OBJECTION, "name": "王邻居", "contact": "面谈"})
    clerk = desk.as_("clerk")
    task = next(t for t in re.findall(r'href="(/tasks/\d+)"', clerk.see("/todo")) if "登记异议" in clerk.see(t))
    page = clerk.see(task)
    assert "小汽车" in page and 'value="王邻居"' in page and "已有，可以不再附" in page
    letter = re.search(r'href="(/cases/\d+/evidence/\w{64})"', page)
    assert letter and "小汽车" in clerk.see(letter[1])
    form = {
        "csrf": "",
        "version": "",
        "key": "",
        "f.channel": "网上",
        "f.about": "该户有小汽车，收入不实。",
        "f.real_name": "yes",
    }
    form |= dict(re.findall(r'name="(csrf|version|key)" value="([^"]*)"', page))
    answer = clerk.client.post(task, data={**form, "act": "decide:approve", "made_by": "王邻居"})
    assert answer.url.path == "/todo" and "登记异议" in answer.text, re.findall(
        r"alert-danger[^>]*>([^<]*)", answer.text
    )


def test_what_a_resident_typed_stays_when_the_browser_lost_the_cookie(desk: Desk) -> None:
    """Nothing is kept until it is sent again from the page that comes back."""
    posted(desk)
    guest = desk.visitor()
    path = notice_of(guest.see("/board"))
    guest.client.headers["sec-fetch-site"] = "same-origin"
    token, receipt = guest.token(path), _receipt_in(guest.see(path))
    guest.client.cookies.clear()
    form = {**OBJECTION, "csrf": token, "receipt": receipt, "name": "邻居"}
    lost = guest.client.post(path, data=form)
    assert lost.status_code == 403 and "还在" in lost.text and OBJECTION["about"] in lost.text and "邻居" in lost.text
    assert _receipt_in(lost.text) == receipt
    asked = guest.client.post("/board/receipt", data={"csrf": "0", "receipt": receipt})
    assert asked.status_code == 403 and f'value="{receipt}"' in asked.text

    found = re.search(r'name="csrf" value="(\w+)"', lost.text)
    assert found
    sent = guest.client.post(path, data={**form, "csrf": found[1]})
    assert sent.status_code == 200 and receipt in sent.text
    guest.client.cookies.clear()
    foreign = guest.client.post(path, data=form, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403 and OBJECTION["about"] not in foreign.text
