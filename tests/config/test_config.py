"""Packs, settings, calendar: every value with its clause or source, every fault named by key and reason."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from config.calendar import shipped_calendar
from config.pack import POLICIES, parse_pack, read_pack
from config.serving import SERVING_NAMES
from config.settings import NAMES, read_settings
from flows.procedures import PROCEDURES, procedure_for
from rules.days import WorkingDays
from states.not_allowed import NoSuch, PackInvalid, PackValueUnset, SettingsInvalid
from states.procedure import thaw
from web.settings import WEB_NAMES

TEXT = (POLICIES / "haojiang-2017.toml").read_text(encoding="utf-8")
DOCS = Path(__file__).parents[2] / "docs"

SAID_BY_THE_POLICY = {
    "baseline.households": (638, "R1.2-02"), "baseline.persons": (1593, "R1.2-02"),
    "baseline.communities": (42, "R4.1-01"), "baseline.helper_units": (47, "R4.1-01"),
    "targets_persons.2016": (848, "R1.3-07"), "targets_persons.2017": (500, "R1.3-08"),
    "targets_persons.2018": (245, "R1.3-09"), "identification.line": (4000, "R1.2-01"),
    "exit_income.ratio": (0.45, "R1.3-04"), "fund.per_capita": (20000, "R3.1-01"), "fund.city_share": (1, "R3.1-03"),
    "loan.max": (50000, "R3.2-06"), "loan.max_months": (36, "R3.2-06"), "medical.min_ratio": (0.7, "R2.5-04"),
    "visits.min_per_leader": (2, "R4.2-12"), "responsibility.first_responsible_per_street": (2, "R4.2-05"),
    "housing.finish_by": (date(2018, 12, 31), "R2.6-09"), "housing.payee": ("一卡通", "R2.6-04"),
    "training.min_skills": (1, "R2.2-05"), "measures.min_per_household": (1, "R4.1-04"),
}  # fmt: skip
LISTED = {
    "measures.programmes": (6, "R1.1-02"), "welfare_posts.kinds": (8, "R2.2-09"), "school.stages": (5, "R2.4-05"),
    "housing.classes": (4, "R2.6-01"), "fund.purposes": (7, "R3.1-04"), "disclosure.kinds": (4, "R4.3-10"),
    "supervision.inspection_points": (4, "R4.4-04"), "supervision.violations": (4, "R3.1-16"),
    "supervision.ladder": (3, "R4.4-08"), "training.kinds": (4, "R2.2-02"),
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(SAID_BY_THE_POLICY))
def test_what_the_policy_says_stands_confirmed_with_its_clause(key: str) -> None:
    """R1.2-01, R1.2-02, R1.3-04, R1.3-07, R1.3-08, R1.3-09, R2.5-04, R3.1-01, R3.1-03, R3.2-06, R4.1-01, R4.2-12."""
    entry = read_pack("haojiang-2017").entry(key)
    assert (entry.value, entry.clause, entry.status) == (*SAID_BY_THE_POLICY[key], "CONFIRMED")


@pytest.mark.parametrize("key", sorted(LISTED))
def test_the_policys_lists_are_whole(key: str) -> None:
    """R1.1-02, R2.2-09, R2.4-05, R2.6-01, R3.1-04, R4.3-10."""
    entry = read_pack("haojiang-2017").entry(key)
    assert (len(entry.value), entry.clause, entry.status) == (*LISTED[key], "CONFIRMED")


def test_targets_add_up_to_the_baseline() -> None:
    """R1.3-10: 848 + 500 + 245 = 1,593."""
    pack = read_pack("haojiang-2017")
    assert sum(pack.targets().values()) == pack.baseline()["persons"] == 1593


@pytest.mark.parametrize(
    ("old", "new", "key", "why"),
    [
        ("value = 848", "value = 847", "targets_persons", "相差1人"),
        (
            'value = 20, unit = "working_days", source = "暂定"',
            'value = 20, source = "暂定"',
            "revisit.issue_limit",
            "须注明单位",
        ),
        ("min_days = {label = \"公示天数\", value = 7", "min_days = {label = \"公示天数\", value = 5", "publicity.min_days", "少于"),
        ('value = 6883', "value = 6900", "exit_income.line.2017", "应为6883元"),
        ('clause = "R1.2-01", status = "CONFIRMED"}\nprice', 'status = "CONFIRMED"}\nprice', "identification.line", "没有条款"),
        ('status = "UNSET"}\n2016', 'value = 1, status = "UNSET"}\n2016', "identification.price_index.2015", "却填了数值"),
        ('value = 50000, ', "", "loan.max", "却没有数值"),
        ('label = "小额信贷上限", ', "", "loan.max", "缺少名称"),
        ('unit = "ratio", clause = "R2.5-04"', 'unit = "parts", clause = "R2.5-04"', "medical.min_ratio", "不认识"),
        ('key = "survey", title', 'key = "accept", title', "procedures.identification", "重复"),
        ('limit = 3, unit = "working_days", source', 'limit = 0, unit = "working_days", source', "procedures", "须是正整数"),
        ('code = "不愁穿"', 'code = "不愁吃"', "checklist.不愁吃", "重复"),
        ("issued_on = 2015-11-29", 'issued_on = "2015"', "documents.1", "须是日期"),
        ('value = "EXIT_GD", source = "各地退出', 'value = "NONE", source = "各地退出', "income.method_exit", "没有NONE"),
        ('id = "haojiang-2017"', 'id = ""', "pack.id", "须填写"),
        ("[baseline]", "[baseline", "TOML", "不是有效的TOML"),
    ],
)  # fmt: skip
def test_a_wrong_pack_is_refused_with_key_and_reason(old: str, new: str, key: str, why: str) -> None:
    assert old in TEXT, old
    with pytest.raises(PackInvalid) as no:
        parse_pack(TEXT.replace(old, new, 1))
    assert key in str(no.value) and why in str(no.value), str(no.value)


def test_what_is_unset_refuses_only_where_it_is_needed() -> None:
    pack = read_pack("haojiang-2017")
    with pytest.raises(PackValueUnset, match=r"2019年退出收入标准.*2019年退出核查"):
        pack.exit_line(2019)
    assert pack.entry("exit_income.line.2019").status == "UNSET"
    with pytest.raises(NoSuch):
        pack.entry("no.such")


def test_a_paper_cites_only_what_was_issued() -> None:
    """R0-04, R0-03."""
    pack = read_pack("haojiang-2017")
    assert [d.number for d in pack.legal_basis(date(2016, 12, 1))] == [
        "中发〔2015〕34号",
        "粤发〔2016〕13号",
        "汕市发〔2016〕13号",
    ]
    assert pack.legal_basis(date(2017, 7, 2))[-1].number == "汕市发〔2016〕13号"
    assert pack.legal_basis(date(2017, 7, 3))[-1].number == "汕濠〔2017〕7号"


def test_the_second_pack_has_words_lines_steps_and_rounds_of_its_own() -> None:
    first, second = read_pack("haojiang-2017"), read_pack("monitoring-2021")
    assert (first.label("household"), second.label("household")) == ("相对贫困户", "监测对象")
    assert second.label("exit") == "风险消除" and second.publicity_limit().count == 5
    rounds = [sum(s.key.endswith("_post") for s in procedure_for(p, "identification").steps) for p in (first, second)]
    assert rounds == [2, 1]
    orders = [[s.key for s in procedure_for(p, "exit").steps] for p in (first, second)]
    assert orders[0].index("review") < orders[0].index("verify")
    assert orders[1].index("verify") < orders[1].index("review")
    assert (first.method("exit").id, second.method("exit").id) == ("EXIT_GD", "DIBAO_2021")
    assert first.meeting_rule().model != second.meeting_rule().model


@pytest.mark.parametrize("name", ["haojiang-2017", "monitoring-2021"])
def test_procedures_are_built_from_the_pack_and_survive_freezing(name: str) -> None:
    pack = read_pack(name)
    for key in pack.procedures:
        procedure = procedure_for(pack, key)
        text, sha256 = procedure.frozen()
        assert thaw(text) == procedure and thaw(text).frozen()[1] == sha256
        assert procedure.title == pack.procedure(key).title
    assert set(PROCEDURES) >= set(pack.procedures)
    assert procedure_for(pack, "exit").step("accept").within == WorkingDays(3)


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    documented = set(re.findall(r"`(BANGFU_[A-Z_]+)`", (DOCS / "settings.md").read_text(encoding="utf-8")))
    assert documented == {*NAMES, *SERVING_NAMES, *WEB_NAMES}


def test_settings_have_defaults_and_files_for_secrets(tmp_path: Path) -> None:
    assert read_settings({}).pack == "haojiang-2017"
    secret = tmp_path / "url"
    secret.write_text("postgresql://u:p@h/d\n", encoding="utf-8")
    assert read_settings({"BANGFU_DATABASE_URL_FILE": str(secret)}).database_url == "postgresql://u:p@h/d"


@pytest.mark.parametrize(
    ("env", "name"),
    [({"BANGFU_DATABASE_URL": "mysql://u:secret@h"}, "BANGFU_DATABASE_URL"), ({"BANGFU_LOG_LEVEL": "LOUD"}, "BANGFU_LOG_LEVEL"),
     ({"BANGFU_PACK_FILE": "/no/such"}, "BANGFU_PACK_FILE")],
)  # fmt: skip
def test_a_wrong_setting_is_named_and_no_secret_is_shown(env: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsInvalid, match=name) as no:
        read_settings(env)
    assert "secret" not in str(no.value)


def test_the_shipped_calendar_is_the_announced_one_day_by_day() -> None:
    seed = shipped_calendar()
    differs = {d.day: d.is_open for d in seed.days}
    day = date(2016, 1, 1)
    while day.year <= 2026:
        assert differs.get(day, day.weekday() < 5) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert set(range(2016, 2027)) <= set(seed.years) and 2027 not in seed.years
