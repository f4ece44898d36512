"""更正 on the pages: what was said and what was filled in is ticked, decided by three people, and gone from every page."""

from __future__ import annotations

import re

from records import ledger, verification
from records.engine import reading
from tests.flows.district import at
from tests.web.desk import Desk
from tests.web.test_supervision_pages import PNG


def test_ticked_texts_are_gone_from_the_case_and_the_file_once_it_is_decided(desk: Desk) -> None:
    home = desk.district.household("陈家强")
    case = desk.district.begin("exit", home, at(2017, 10, 10)).id
    desk.district.say(case, "candidate", "clerk", at(2017, 10, 10, 5), opinion="户主患肝病，建议核实")
    for step, go in desk.district._exit_steps(case):
        if step in ("review", "verify"):
            go()  # type: ignore[operator]
    desk.clock.now = at(2017, 10, 23)
    clerk, path = desk.as_("clerk"), f"/households/{home}/correction"
    page = clerk.see(path)
    line = re.search(r'name="line" value="([^"]+)">[^<]*<span class="sub">[^<]*</span>[^<]*肝病', page)
    assert line and "工资收入稳定" in page
    sent = clerk.send(path, path, files={"request": ("申请.png", PNG, "image/png")}, asker="陈家强", reason="超出必要范围",
                      about="抹去病情", effective_on="2017-10-23", line=line[1], text=f"{case}/verify/stability")  # fmt: skip
    assert "已登记" in sent.text, re.findall(r'id="problem">([^<]*)', sent.text)
    request = int(sent.url.path.rsplit("/", 1)[1])
    assert "肝病" in clerk.see(f"/cases/{case}")
    desk.district.say(request, "check", "street_clerk", at(2017, 10, 24))
    desk.district.say(request, "decide", "leader", at(2017, 10, 25))

    for address in (f"/cases/{case}", f"/cases/{case}/print", path):
        shown = desk.as_("clerk").see(address)
        assert "肝病" not in shown and "工资收入稳定" not in shown, address
    assert ledger.GONE in clerk.see(f"/cases/{case}")
    with reading(desk.district.office.records) as conn:
        assert [f for f in verification.verify(conn) if "case 0" not in f.where] == []


def test_a_text_of_another_household_is_not_taken_off_by_a_forged_form(desk: Desk) -> None:
    home, other = desk.district.household("陈家强"), desk.district.household("林木生")
    theirs = desk.district.exit_until("accept", other)
    desk.clock.now = at(2017, 10, 23)
    clerk, path = desk.as_("clerk"), f"/households/{home}/correction"
    sent = clerk.send(path, path, files={"request": ("申请.png", PNG, "image/png")}, asker="陈家强", reason="x", about="x",
                      effective_on="2017-10-23", text=f"{theirs}/verify/stability")  # fmt: skip
    assert sent.status_code == 409 and "不是本户办件中可以抹去的文字" in sent.text
    assert "工资收入稳定" in clerk.see(f"/cases/{theirs}")
