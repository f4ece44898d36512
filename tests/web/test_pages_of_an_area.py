"""Area, offices, households, papers and settings: each number opens its list, and nobody reads beyond the scope."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from flows.appoint import appoint
from flows.drain import drain
from tests.flows.district import COMMUNITY, SINCE, STREET, at
from tests.web.desk import Desk, Person

PAGES = ("/area", "/area/exits?year=2017", "/area/dues", "/households", "/offices", "/supervision", "/archive", "/archive/cases", "/papers", "/imports", "/trouble",
         "/settings/calendar", "/settings/policy", "/settings/templates")  # fmt: skip


def story(desk: Desk) -> tuple[int, int]:
    """One household that exited in 2017, and the case."""
    home = desk.district.household("陈家强")
    case = desk.district.exit_until("end", home)
    drain(desk.district.office, at(2017, 11, 14))
    desk.clock.now = at(2017, 12, 1)
    return home, case


def stranger(desk: Desk) -> Person:
    """A clerk of another street."""
    desk.district.who["stranger"] = appoint(
        desk.district.office, "外人甲", "440512002-office", "street_clerk", SINCE, at(2016, 1, 4)
    )
    return desk.as_("stranger")


def test_every_page_opens_for_every_reader_and_the_numbers_are_the_lists(desks: Desk) -> None:
    home, _ = story(desks)
    for who in ("clerk", "leader", "director", "auditor", "helper"):
        person = desks.as_(who)
        for path in PAGES:
            person.see(path)
        page = person.see("/area?year=2017")
        link = re.search(r'class="big" href="([^"]+)">(\d+)人', page)
        assert link, page
        listed = person.see(link[1].replace("&amp;", "&"))
        assert f"，{link[2]}人）" in listed and link[2] == "2"
        assert "陈家强" in person.see(f"/households/{home}")
    assert "责任书（0）" in desks.as_("leader").see(f"/offices/{STREET}-office")


def test_nobody_reads_beyond_the_scope(desk: Desk) -> None:
    home, case = story(desk)
    other = stranger(desk)
    paper = re.search(r'href="/papers/(\d+)"', desk.as_("clerk").see(f"/households/{home}"))
    assert paper
    for path in PAGES:
        assert "陈家强" not in other.see(path)
    other.see(f"/households/{home}", 403)
    for path in ("", "/word", "/pdf"):
        other.see(f"/papers/{paper[1]}{path}", 404)
    other.see(f"/area?area={COMMUNITY}", 403)
    other.see(f"/offices/{STREET}-office", 403)
    assert "（0户，0人）" in other.see("/households?q=陈家强") and case


def test_reading_elsewhere_asks_why_and_is_noted(desk: Desk) -> None:
    home, _ = story(desk)
    number = re.search(r'户编号 <span class="mono">(\d+)', desk.as_("clerk").see(f"/households/{home}"))
    assert number
    other = stranger(desk)
    refused = other.send("/households/elsewhere", "/households/elsewhere", number=number[1], why=" ")
    assert refused.status_code == 409 and "查阅事由" in refused.text
    page = other.send("/households/elsewhere", "/households/elsewhere", number=number[1], why="核对迁入").text
    assert "陈家强户" in page and "已登记越区查阅" in page
    assert "核对迁入" in desk.as_("director").see("/trouble")


def test_a_resident_gets_the_file(desk: Desk) -> None:
    home, _ = story(desk)
    clerk = desk.as_("clerk")
    answer = clerk.send(f"/households/{home}", f"/households/{home}/file", to="陈家强本人")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert "00-档案和目录.docx" in file.namelist()


def test_an_auditor_reads_all_and_changes_nothing(desk: Desk) -> None:
    home, _ = story(desk)
    auditor = desk.as_("auditor")
    auditor.see(f"/households/{home}")
    for path in (
        f"/households/{home}/file",
        "/signing",
        "/rounds/act",
        "/imports",
        "/settings/offices",
        "/papers/1/sign",
    ):
        answer = auditor.client.post(path, data={"csrf": auditor.token("/account")})
        assert answer.status_code == 403, path


def test_a_past_day_is_shown_as_it_was(desk: Desk) -> None:
    home, _ = story(desk)
    clerk = desk.as_("clerk")
    assert "跟踪监测" in clerk.see(f"/households/{home}") and "的情况</span>" in clerk.see(
        f"/households/{home}?on=2017-06-01"
    )
    assert "技能培训" in clerk.see(f"/households/{home}?on=2017-06-01")
    clerk.see(f"/households/{home}?on=2010-01-01", 404)


@pytest.mark.parametrize(
    "path", ["/households/999999", "/papers/999999", "/rounds/acts/999999", "/imports/999999", "/offices/none"]
)
def test_what_is_not_there_is_said(desk: Desk, path: str) -> None:
    assert "没有找到" in desk.as_("director").see(path, 404)


def test_settings_are_changed_by_the_administrator_and_kept(desk: Desk) -> None:
    admin = desk.as_("admin")
    page = admin.send(
        "/settings/calendar", "/settings/calendar", year="2027", source="国办", days="2027-02-06 休 春节"
    ).text
    assert "年历已公布" in page and "2027年2月6日" in page
    wrong = admin.send("/settings/calendar", "/settings/calendar", year="2028", source="国办", days="二月六日")
    assert wrong.status_code == 409 and "第1行" in wrong.text
    code = f"{COMMUNITY}-office"
    assert "已任命" in admin.send("/settings", f"/settings/offices/{code}/people", role="community_clerk", name="新来的",
                               since="2017-10-09").text  # fmt: skip
    assert "新来的" in admin.see(f"/settings/offices/{code}")
    assert desk.as_("director").client.get("/settings").status_code == 403


def test_a_new_pack_is_checked_compared_and_then_in_force(desk: Desk) -> None:
    admin, text = desk.as_("admin"), desk.district.office.pack.text
    longer = text.replace('公示天数", value = 7', '公示天数", value = 10', 1)
    bad = admin.send(
        "/settings/policy", "/settings/policy", files={"file": ("p.toml", text.replace('id = "haojiang-2017"', "", 1))}
    )
    assert bad.status_code == 409 and "政策包有" in bad.text
    asked = admin.send("/settings/policy", "/settings/policy", files={"file": ("p.toml", longer)}).text
    assert "改动1项" in asked and "公示天数" in asked
    assert "新政策包已生效" in admin.send("/settings/policy", "/settings/policy", text=longer, confirmed="1").text
    page = admin.see("/settings/policy")
    assert page.count("现行</span>") == 1
    row = re.search(r"publicity.min_days</span>.*?</tr>", page, re.S)
    assert row and "10 日" in row[0]


def test_a_master_is_tried_before_it_is_accepted_and_the_bad_blank_named(desk: Desk) -> None:
    admin = desk.as_("admin")
    data = admin.client.get("/settings/templates/D-40").content
    assert data.startswith(b"PK")
    broken = _replaced(data, "households" if b"zz" in data else "head", "hed")
    answer = admin.send(
        "/settings/templates", "/settings/templates/D-40", files={"file": ("m.docx", broken)}, reason="改版式"
    )
    assert answer.status_code == 409 and "hed" in answer.text, answer.text[:3000]
    nothing = admin.send(
        "/settings/templates", "/settings/templates/D-40", files={"file": ("m.docx", b"no word")}, reason="改"
    )
    assert nothing.status_code == 409
    good = _replaced(data, "同志", "同志：特此")
    answer = admin.send(
        "/settings/templates", "/settings/templates/D-40", files={"file": ("m.docx", good)}, reason="改版式"
    )
    assert "母版已更换" in answer.text or "相同" in answer.text


def _replaced(docx: bytes, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(old.encode(), new.encode()) if name == "word/document.xml" else part)
    return out.getvalue()
