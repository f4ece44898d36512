"""An administrator changes settings; each change is kept with its old value, its author and its moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from district import COMMUNITY, PACK, SINCE, STREET, District, at

from flows import administration as admin
from flows.administration import Admin, Newcomer
from flows.appoint import appoint
from flows.office import load_office
from flows.year_days import days_in_file, read_days
from records import administration, alerts, offices, verification
from records.engine import reading
from records.types import from_json
from states.not_allowed import (
    AdministratorOnly,
    AnnouncedAlready,
    FieldMissing,
    FieldWrong,
    NoSuch,
    NoSuchPost,
    PackInvalid,
)

NOW = at(2017, 6, 1)
UNIT = {"code": "440512-unit-99", "name": "区新局", "level": "helper", "area_code": "440512", "phone": "0754-1"}


@pytest.fixture
def who(district: District) -> Admin:
    return Admin(appoint(district.office, "管理员", "440512-office", "administrator", SINCE, NOW), NOW)


def kept(district: District, stream: str, act: str) -> list[dict[str, object]]:
    with reading(district.office.records) as conn:
        return [from_json(row.body) for row in administration.history(conn, [stream], [act])]


def test_only_an_administrator_in_post_changes_settings(district: District, who: Admin) -> None:
    for by in (district.who["director"], replace(who.by, role="district_director")):
        with pytest.raises(AdministratorOnly):
            admin.add_post(district.office, "440512-office", "helper", Admin(by, NOW))
    offices_before = admin.Admin(who.by, at(2014, 1, 1))
    with pytest.raises(AdministratorOnly):
        admin.add_post(district.office, "440512-office", "helper", offices_before)


def test_the_telephone_of_a_helper_is_put_right_for_the_card(district: District, who: Admin) -> None:
    """D-17: the card needs the helper's number; the pairing list brings none."""
    office, helper = district.office, appoint(district.office, "新来", "440512-office", "auditor", SINCE, NOW)
    admin.change_phone(office, "440512-office", helper.person_id, " 0754-8765 4321 ", who)
    with reading(office.records) as conn:
        assert offices.people_of(conn, [helper.person_id])[helper.person_id].phone == "0754-8765 4321"
    with pytest.raises(FieldWrong, match="6至23位数字"):
        admin.change_phone(office, "440512-office", helper.person_id, "见名片", who)
    with pytest.raises(NoSuch, match="现任"):
        admin.change_phone(office, UNIT["code"], helper.person_id, "19900000000", who)
    with pytest.raises(AdministratorOnly):
        admin.change_phone(office, "440512-office", helper.person_id, "19900000000", Admin(helper, NOW))
    assert kept(district, "office:440512-office", "phone")[0]["person"] == helper.person_id
    admin.change_phone(office, "440512-office", helper.person_id, "", who)
    with reading(office.records) as conn:
        assert offices.people_of(conn, [helper.person_id])[helper.person_id].phone is None


def test_an_office_gets_posts_and_people_and_loses_them(district: District, who: Admin) -> None:
    """R1.4-01, R4.5-02: who answers for what, with the days of the term."""
    office = district.office
    admin.add_office(office, UNIT, date(2017, 6, 1), who)
    with pytest.raises(FieldWrong, match="已有单位使用"):
        admin.add_office(office, UNIT, date(2017, 6, 1), who)
    admin.add_post(office, UNIT["code"], "helper", who)
    with pytest.raises(FieldWrong, match="已有这一岗位"):
        admin.add_post(office, UNIT["code"], "helper", who)
    person = admin.appoint(office, UNIT["code"], "helper", Newcomer("新帮扶", login="xin"), date(2017, 6, 1), who)
    with pytest.raises(FieldWrong, match="已有人使用"):
        admin.appoint(office, UNIT["code"], "helper", Newcomer("又一人", login="xin"), date(2017, 6, 1), who)
    with pytest.raises(NoSuchPost):
        admin.appoint(office, UNIT["code"], "auditor", Newcomer("又一人"), date(2017, 6, 1), who)
    admin.end_term(office, UNIT["code"], "helper", person, date(2017, 9, 1), who)
    with pytest.raises(NoSuch):
        admin.end_term(office, UNIT["code"], "helper", person, date(2017, 9, 1), who)

    with reading(office.records) as conn:
        [term] = administration.terms_of(conn, person)
        assert (term.valid_from, term.valid_to) == (date(2017, 6, 1), date(2017, 9, 1))
        assert [p.name for p in administration.posts_and_people(conn, UNIT["code"], date(2017, 8, 31))] == ["新帮扶"]
        assert [p.name for p in administration.posts_and_people(conn, UNIT["code"], date(2017, 9, 1))] == [None]
        lines = administration.history(conn, [f"office:{UNIT['code']}"], [])
        assert [line.act for line in lines] == ["term_ended", "appointed", "post", "office"]
        assert all("管理员" in line.personal for line in lines)
        assert [f for f in verification.verify(conn) if "case 0" not in f.where] == []


def test_an_appointment_answers_the_alert_about_the_empty_post(district: District, who: Admin) -> None:
    with district.office.records.begin() as conn:
        alerts.raise_alert(conn, "empty-post:440512-office:auditor", "empty_post", "空岗", "440512-office", NOW)
    admin.appoint(district.office, "440512-office", "auditor", Newcomer("审计甲"), date(2017, 6, 1), who)
    with reading(district.office.records) as conn:
        assert alerts.open_alerts(conn) == []


def test_an_office_is_changed_and_the_old_value_stays_on_record(district: District, who: Admin) -> None:
    code = f"{COMMUNITY}-office"
    assert admin.change_office(district.office, code, {"phone": "0754-87654321"}, who) == 1
    assert admin.change_office(district.office, code, {"phone": "0754-87654321"}, who) == 0
    [line] = kept(district, f"office:{code}", "office_changed")
    assert line["changes"]["phone"][1] == "0754-87654321" and line["changes"]["phone"][0]  # type: ignore[index]
    with pytest.raises(FieldMissing):
        admin.change_office(district.office, code, {"name": " "}, who)
    with pytest.raises(FieldWrong):
        admin.change_office(district.office, code, {"area_code": STREET}, who)


def test_a_year_is_announced_once_and_a_day_corrected_with_its_history(district: District, who: Admin) -> None:
    days = read_days("2027-02-05 休 春节\n\n2027-02-14，班，春节调休", 2027)
    assert admin.announce_year(district.office, 2027, "国办发明电〔2026〕1号", days, who) == 2
    with pytest.raises(AnnouncedAlready):
        admin.announce_year(district.office, 2027, "国办", days, who)
    admin.change_day(district.office, date(2027, 2, 5), True, "改为上班", "国办通知", who)
    with pytest.raises(NoSuch):
        admin.change_day(district.office, date(2040, 1, 1), True, "改", "通知", who)

    known = load_office(district.office.records, district.office.files, PACK).calendar
    assert known.is_open(date(2027, 2, 5)) and known.is_open(date(2027, 2, 14))
    with reading(district.office.records) as conn:
        assert [(d.day.day, d.is_open, d.superseded_at is None) for d in administration.days_of(conn, 2027)] == [
            (5, True, True), (5, False, False), (14, True, True)
        ]  # fmt: skip
        assert next(y.days for y in administration.years(conn) if y.year == 2027) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "放假的日子"),
        ("2027-02-30 休", "没有2027-02-30"),
        ("2026-02-03 休", "不是2027年"),
        ("2027-02-05 休\n2027-02-05 休", "第2行.*写了两次"),
        ("二月五日 休", "第1行"),
        ("2027-02-15 班 调休", "周一，本来就上班"),
        ("2027-02-20 班 调休", "放假的日子"),
        ("2027-02-11至2027-02-05 休 春节", "后一个日期"),
    ],
)
def test_a_wrong_line_of_a_calendar_is_named(text: str, why: str) -> None:
    with pytest.raises((FieldWrong, FieldMissing), match=why):
        read_days(text, 2027)


def test_a_year_is_read_from_lines_a_table_or_toml_alike() -> None:
    lines = "2027-02-05至2027-02-07 休 春节\n2027年2月20日 班 春节调休\n"
    table = "日期,休或班,名称\n2027/2/5,休,春节\n2027/2/6,休,春节\n2027/2/7,休,春节\n2027/2/20,班,春节调休\n,,\n"
    toml = """[[day]]
name = "春节"
is_open = false
days = [2027-02-05, "2027-02-06", "2027-02-07", "2026-02-17"]
[[day]]
name = "春节调休"
is_open = true
days = ["2027-02-20"]
"""
    wanted = [*((date(2027, 2, n), False, "春节") for n in (5, 6, 7)), (date(2027, 2, 20), True, "春节调休")]
    assert days_in_file(lines.encode(), "days.txt", 2027) == wanted
    assert days_in_file(b"\xef\xbb\xbf" + table.encode(), "days.csv", 2027) == wanted
    assert days_in_file(table.encode("gb18030"), "days.csv", 2027) == wanted
    assert days_in_file(toml.encode(), "days.toml", 2027) == wanted


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"\xff\xfe\xff\x80", "days.csv", "不是文本文件"),
        (b"[[day", "days.toml", "不是TOML"),
        ("[[day]]\nname = '春节'\ndays = ['2027-02-05']".encode(), "days.toml", "is_open"),
        ("[[day]]\nname = '春节'\nis_open = false\ndays = ['2027-02-30']".encode(), "days.toml", "没有“2027-02-30”"),
        (b"", "days.toml", "放假的日子"),
    ],
)
def test_a_wrong_file_of_a_calendar_is_named(data: bytes, name: str, why: str) -> None:
    with pytest.raises((FieldWrong, FieldMissing), match=why):
        days_in_file(data, name, 2027)


def test_a_new_text_of_a_pack_is_judged_compared_and_takes_the_place_of_the_old(district: District, who: Admin) -> None:
    """R0-01, R0-02: running cases keep theirs."""
    office = district.office
    case = district.exit_until("review", district.household())
    before = district.see(case).procedure_sha256
    old = '公示天数", value = 7'
    with pytest.raises(PackInvalid, match="min_days"):
        admin.check_pack(office, office.pack.text.replace(old, '公示天数", value = 3', 1))
    text = office.pack.text.replace(old, '公示天数", value = 10', 1)
    new, differs = admin.check_pack(office, text)
    assert [(d.key, d.old, d.new) for d in differs] == [("publicity.min_days", "7（DEFAULT）", "10（DEFAULT）")]

    assert admin.upload_pack(office, text, who) and not admin.upload_pack(office, text, who)
    assert load_office(office.records, office.files, PACK).pack.sha256 == new.sha256
    with reading(office.records) as conn:
        versions = administration.pack_versions(conn, PACK)
        assert [(v.recorded_by, v.superseded_at is None) for v in versions] == [("管理员", True), ("系统", False)]
        assert administration.pack_text(conn, versions[1].id) == office.pack.text
    assert district.see(case).procedure_sha256 == before
    with pytest.raises(NoSuch):
        admin.upload_pack(replace(office, packs={}), text, who)


def test_offices_are_listed_within_the_scope_only(district: District) -> None:
    from records.overview import Ask
    from rules.jurisdiction import Scope

    mine = Ask(Scope(paths=frozenset([f"/440512/{STREET}/"])), date(2017, 6, 1))
    with reading(district.office.records) as conn:
        listed = administration.offices(mine)
        assert all(o.path.startswith(f"/440512/{STREET}/") for o in listed.page(conn, 1, 500))
        assert administration.offices(mine, "葛洲").count(conn) <= listed.count(conn) > 1
        assert offices.office(conn, f"{STREET}-office").code in {o.code for o in listed.page(conn, 1, 500)}
