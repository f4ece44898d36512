"""What the policy lists and leaves open, the checklist, how days of publicity are counted, and 调休."""

from __future__ import annotations

import ast
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from config.calendar import shipped_calendar
from config.pack import POLICIES, parse_pack, read_pack
from config.settings import Settings, read_settings
from rules.days import Calendar, CalendarDays, WorkingDays
from states.not_allowed import PackValueUnset, SettingsInvalid

HOUSE = Path(__file__).parents[2]
PACKS = ("haojiang-2017", "monitoring-2021")
TEXT = (POLICIES / "haojiang-2017.toml").read_text(encoding="utf-8")
ALSO_SAID = {
    "campaign.finish_by": (date(2018, 12, 31), "R1.1-04"), "loan.unsecured": (True, "R3.2-06"),
    "medical.insured_share": (1, "R2.5-01"), "medical.major_illness_share": (1, "R2.5-03"),
    "responsibility.teams_per_street": (1, "R4.1-02"), "responsibility.pairing_share": (1, "R4.2-08"),
    "school.stackable": (True, "R2.4-04"), "industry.leading_products": (1, "R2.1-01"),
    "reports.annual_months": (12, "R4.4-06"), "fund.district_share": (1, "R3.1-03"),
    "identification.price_base": (2014, "R1.2-01"), "code_words.district": ("汕濠", "R0-01"),
    "fixed_days.charity_day": ("06-30", "R4.6-01"), "fixed_days.national_day": ("10-17", "R4.6-01"),
}  # fmt: skip
ALSO_LISTED = {
    "responsibility.chain": (5, "R1.4-02"), "responsibility.street_duties": (5, "R4.2-06"),
    "measures.fields": (4, "R4.1-03"), "measures.resources": (3, "R4.1-05"), "fund.spare_sources": (2, "R3.1-10"),
    "fund.stages": (4, "R3.1-13"), "housing.fund_sources": (5, "R2.6-02"), "training.farm_kinds": (2, "R3.3-02"),
    "industry.entity_kinds": (4, "R2.1-04"), "industry.link_kinds": (3, "R2.1-05"),
    "social.assistance_kinds": (5, "R2.3-05"), "social.care_groups": (4, "R2.3-10"),
    "social.facility_kinds": (4, "R2.3-12"), "assets.project_kinds": (6, "R3.4-02"),
    "assets.contribution_kinds": (6, "R3.4-04"), "society.participants": (3, "R4.6-02"),
    "society.venues": (3, "R4.6-03"), "distribution.main_recipients": (3, "R9-01"),
}  # fmt: skip
LEFT_OPEN = {  # the policy names the mechanism and gives no value: never CONFIRMED
    "consolidation.months", "verification.months", "disclosure.period", "revisit.first_year_months",
    "reports.bulletin_period", "welfare_posts.ratio", "housing.subsidy_matrix", "housing.area_limits", "school.amounts",
    "medical.cap", "loan.interest_subsidy", "fund.procurement_thresholds", "assessment.weights",
    "supervision.slow_progress", "income.methods", "publicity.min_days", "review_meeting.model", "fund.base_population",
    "scope.rural", "assets.dividend_limit", "training.result_months",
}  # fmt: skip
CONDITIONS = ("不愁吃", "不愁穿", "义务教育", "基本医疗", "住房安全", "安全饮水", "生活用电", "电视信号", "网络信号")


@pytest.mark.parametrize("key", sorted(ALSO_SAID))
def test_what_else_the_policy_says_stands_confirmed_with_its_clause(key: str) -> None:
    """R0-01, R1.1-04, R2.1-01, R2.4-04, R2.5-01, R2.5-03, R4.1-02, R4.2-08, R4.4-06, R4.6-01."""
    entry = read_pack("haojiang-2017").entry(key)
    assert (entry.value, entry.clause, entry.status) == (*ALSO_SAID[key], "CONFIRMED")


@pytest.mark.parametrize("key", sorted(ALSO_LISTED))
def test_the_policys_other_lists_are_whole(key: str) -> None:
    """R1.4-02, R2.1-04, R2.1-05, R2.3-05, R2.3-10, R2.6-02, R3.4-02, R3.4-04, R4.2-06, R9-01."""
    entry = read_pack("haojiang-2017").entry(key)
    assert (len(entry.value), entry.clause, entry.status) == (*ALSO_LISTED[key], "CONFIRMED")


def test_what_the_policy_leaves_open_is_never_passed_off_as_its_word() -> None:
    pack = read_pack("haojiang-2017")
    assert {key for key in LEFT_OPEN if pack.entry(key).status == "CONFIRMED"} == set()


@pytest.mark.parametrize("name", PACKS)
def test_every_value_says_where_it_comes_from(name: str) -> None:
    assert [e.key for e in read_pack(name).entries.values() if not (e.clause or e.source)] == []


@pytest.mark.parametrize("name", PACKS)
def test_every_key_that_the_code_asks_for_stands_in_the_pack(name: str) -> None:
    """A key misspelt in a flow, or a line left out of a pack, is found here and not by a clerk."""
    pack = read_pack(name)
    asked = {key for file in (HOUSE / "flows").rglob("*.py") for key in keys_asked(file)}
    assert len(asked) > 10
    assert asked - set(pack.entries) - set(pack.labels) == set()


def keys_asked(file: Path) -> set[str]:
    """The keys given as plain text to a question put to a pack."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner, first = node.func.value, node.args[0]
            called = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if called == "pack" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def test_the_checklist_asks_the_nine_conditions_of_the_workbook() -> None:
    """R1.3-01, R1.3-02: only schooling may not apply, and only to a household without a child of school age."""
    items = read_pack("haojiang-2017").checklist()
    assert tuple(i.code for i in items) == CONDITIONS
    assert (
        [i.code for i in items if i.may_not_apply]
        == [i.code for i in items if i.applies_to == "school_age"]
        == ["义务教育"]
    )
    assert all(i.certifier and i.evidence for i in items)
    assert [i.status for i in items] == ["CONFIRMED"] * 5 + ["DEFAULT"] * 4
    assert list(read_pack("haojiang-2017").school_age()) == list(range(6, 16))


def test_the_streets_of_the_pack_are_those_of_the_offices() -> None:
    seed = tomllib.loads((HOUSE / "config/offices/haojiang.toml").read_text(encoding="utf-8"))
    streets = {street["name"] for street in seed["street"]}
    assert streets <= set(read_pack("haojiang-2017").texts("scope.streets", "核对区划"))


def test_a_year_without_a_line_refuses_in_a_sentence() -> None:
    """R1.3-04."""
    pack = read_pack("haojiang-2017")
    assert [pack.exit_line(year).amount.plain for year in (2016, 2017, 2018)] == ["6433", "6883", "7365"]
    for year in (2019, 2025):
        with pytest.raises(PackValueUnset, match=f"{year}年退出收入标准"):
            pack.exit_line(year)


def test_a_price_index_that_is_filled_in_is_an_exact_number() -> None:
    """R1.2-01."""
    assert read_pack("haojiang-2017").price_indices() == dict.fromkeys((2015, 2016, 2017, 2018))
    old = '2015 = {label = "2015年农村居民消费价格指数（上年=100）", unit = "ratio", source = "省统计局，待填", status = "UNSET"}'
    assert old in TEXT
    new = old.replace('unit = "ratio"', 'value = 101.3, unit = "ratio"').replace("UNSET", "DEFAULT")
    assert parse_pack(TEXT.replace(old, new)).price_indices()[2015] == Decimal("101.3")


def test_days_of_publicity_are_counted_in_the_unit_the_pack_says() -> None:
    old = 'min_days = {label = "公示天数", value = 7, unit = "calendar_days"'
    assert old in TEXT
    assert read_pack("haojiang-2017").publicity_limit() == CalendarDays(7, count_start=False, roll=True)
    assert parse_pack(TEXT.replace(old, old.replace("calendar", "working"))).publicity_limit() == WorkingDays(7)


def office_calendar() -> Calendar:
    seed = shipped_calendar()
    return Calendar({d.day: d.is_open for d in seed.days}, frozenset(seed.years))


def test_a_notice_posted_before_the_october_holiday_ends_after_it() -> None:
    """Domain 8.1: posted 2017-09-26 for seven days, the first working day after the holiday is the 9th of October."""
    due = office_calendar().due(date(2017, 9, 26), read_pack("haojiang-2017").publicity_limit())
    assert (due.on, due.provisional) == (date(2017, 10, 9), False)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(date(2017, 9, 30), True), (date(2017, 10, 2), False), (date(2017, 10, 8), False), (date(2016, 2, 6), True),
     (date(2018, 12, 29), True), (date(2018, 12, 31), False)],
)  # fmt: skip
def test_a_weekend_worked_in_exchange_is_a_working_day(day: date, is_open: bool) -> None:
    assert office_calendar().is_open(day) is is_open


def test_a_year_that_is_not_announced_gives_a_provisional_date() -> None:
    late = office_calendar().due(date(2026, 12, 28), WorkingDays(10))
    assert late.provisional and late.on == date(2027, 1, 11)


def test_every_day_of_the_calendar_differs_from_monday_to_friday_and_has_a_name() -> None:
    days = shipped_calendar().days
    assert [d for d in days if d.is_open == (d.day.weekday() < 5) or not d.name] == []
    assert len({d.day for d in days}) == len(days)


def test_a_setting_and_its_file_are_not_given_together(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("sqlite:///a.sqlite3", encoding="utf-8")
    with pytest.raises(SettingsInvalid, match=r"BANGFU_DATABASE_URL_FILE.*不能与BANGFU_DATABASE_URL同时设置"):
        read_settings({"BANGFU_DATABASE_URL": "sqlite:///b.sqlite3", "BANGFU_DATABASE_URL_FILE": str(secret)})


def test_a_secret_file_that_is_no_text_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "url").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsInvalid, match="文件不能读取"):
        read_settings({"BANGFU_DATABASE_URL_FILE": str(tmp_path / "url")})


@pytest.mark.parametrize("size", ["0", "-1", "五十", "1.5", "1000000", "²"])
def test_an_upload_limit_is_a_whole_number_of_megabytes(size: str) -> None:
    with pytest.raises(SettingsInvalid, match="BANGFU_MAX_UPLOAD_MB"):
        read_settings({"BANGFU_MAX_UPLOAD_MB": size})


def test_whatever_is_kept_stands_in_the_data_folder_unless_told_otherwise() -> None:
    kept: Settings = read_settings({"BANGFU_DATA_DIR": "data", "BANGFU_SEALS_DIR": "elsewhere"})
    assert (kept.data_dir, kept.files_dir, kept.seals_dir) == (Path("data"), Path("data/files"), Path("elsewhere"))
    assert kept.database_url == "sqlite:///data/bangfu.sqlite3" and kept.max_upload_mb == 50
