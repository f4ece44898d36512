"""Rules about one person. Each yields (column, value, sentence) where something is wrong, and nothing otherwise."""

from __future__ import annotations

import re

from rules.identity import IdWrong, masked, read_id, region_in
from rules.quality.finding import Found, Thresholds, not_among
from rules.register import ABLE, EDUCATION, HEALTH, ID_KINDS, LABOUR, RELATIONS, SCHOOLING, PersonRow

STUDYING = frozenset(SCHOOLING) - {"非在校生"}
FEMALE, MALE = {"之女", "之儿媳", "之母", "之岳母", "之婆婆", "之祖母", "之外祖母", "之孙女", "之外孙女"}, {
    "之子", "之女婿", "之父", "之岳父", "之公公", "之祖父", "之外祖父", "之孙子", "之外孙子",
}  # fmt: skip
NOT_ABLE = ("丧失劳动能力", "丧失劳动力", "无劳动力")


def id_number(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.id_no:
        try:
            read_id(p.id_no)
        except IdWrong as no:
            yield "证件号码", masked(p.id_no), str(no)


def id_birth_date(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.born_on and len(p.id_no) >= 18 and p.id_no[6:14] != f"{p.born_on:%Y%m%d}":
        yield "出生日期", str(p.born_on), "与证件号码中的出生日期不一致"


def id_sex(p: PersonRow, age: int, t: Thresholds) -> Found:
    if len(p.id_no) >= 18 and p.id_no[16].isdigit() and p.sex and p.sex != ("男" if int(p.id_no[16]) % 2 else "女"):
        yield "性别", p.sex, "与证件号码中的性别不一致"


def id_kind_length(p: PersonRow, age: int, t: Thresholds) -> Found:
    wanted = 20 if p.id_kind == "残疾人证" else 18
    if p.id_no and len(p.id_no) != wanted and p.id_kind in ID_KINDS and len(p.id_no) in (18, 20):
        yield "证件类型", p.id_kind, f"与证件号码的位数（{len(p.id_no)}位）不符"


def id_region(p: PersonRow, age: int, t: Thresholds) -> Found:
    if len(p.id_no) >= 18 and not region_in(p.id_no[:6]):
        yield "证件号码", masked(p.id_no), "前六位不是已知的省份代码"


def born_in_future(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.born_on and age < 0:
        yield "出生日期", str(p.born_on), "晚于今日"


def too_old(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.born_on and age > 110:
        yield "出生日期", str(p.born_on), f"现年{age}岁，请核实是否健在"


def sex_known(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.sex and p.sex not in ("男", "女"):
        yield "性别", p.sex, "只能填男或女"


def relation_known(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.relation and p.relation not in RELATIONS:
        yield "与户主关系", p.relation, not_among(p.relation, RELATIONS)


def id_kind_known(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.id_kind and p.id_kind not in ID_KINDS:
        yield "证件类型", p.id_kind, not_among(p.id_kind, ID_KINDS)


def choices_known(p: PersonRow, age: int, t: Thresholds) -> Found:
    facts = p.facts
    for key, title, known in (("health", "健康状况", HEALTH), ("labour", "劳动能力", LABOUR),
                              ("schooling", "在校生状况", SCHOOLING), ("education", "文化程度", EDUCATION)):  # fmt: skip
        value = facts.get(key)
        if value is not None and value not in known:
            yield title, str(value), not_among(str(value), known)


def phone_shape(p: PersonRow, age: int, t: Thresholds) -> Found:
    phone = p.facts.get("phone")
    if phone and not re.fullmatch(r"1\d{10}|(0\d{2,3}-?)?\d{7,8}", str(phone)):
        yield "联系电话", masked(str(phone)), "不是手机号码，也不是固定电话号码"


def card_shape(p: PersonRow, age: int, t: Thresholds) -> Found:
    card = p.facts.get("bank_card")
    if card and not re.fullmatch(r"\d{12,21}", str(card)):
        yield "银行卡号(一卡通)", masked(str(card)), "位数不对或者含有其他字符"


def health_empty(p: PersonRow, age: int, t: Thresholds) -> Found:
    if not p.facts.get("health"):
        yield "健康状况", "", "没有填写"


def labour_empty(p: PersonRow, age: int, t: Thresholds) -> Found:
    if not p.facts.get("labour"):
        yield "劳动能力", "", "没有填写，无法判断核查类别"


def schooling_empty(p: PersonRow, age: int, t: Thresholds) -> Found:
    if not p.facts.get("schooling"):
        yield "在校生状况", "", "没有填写"


def education_empty(p: PersonRow, age: int, t: Thresholds) -> Found:
    if age >= t.working_age and p.facts.get("schooling") == "非在校生" and not p.facts.get("education"):
        yield "文化程度", "", "非在校生应填文化程度"


def name_odd(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.name and (len(p.name) < 2 or any(c.isdigit() or c.isspace() or c in "=+@*?" for c in p.name)):
        yield "姓名", p.name, "不像一个姓名，请核对"


def relation_sex(p: PersonRow, age: int, t: Thresholds) -> Found:
    if (p.sex == "男" and p.relation in FEMALE) or (p.sex == "女" and p.relation in MALE):
        yield "与户主关系", p.relation, f"与性别“{p.sex}”不符"


def child_works(p: PersonRow, age: int, t: Thresholds) -> Found:
    if 0 <= age < t.working_age and p.facts.get("labour") in ABLE:
        yield "劳动能力", str(p.facts["labour"]), f"年仅{age}岁，不应有劳动能力类别"


def adult_idle(p: PersonRow, age: int, t: Thresholds) -> Found:
    studying = p.facts.get("schooling") in STUDYING
    if (t.working_age <= age < t.pension_age and not studying and p.facts.get("health") == "健康"
            and p.facts.get("labour") == "无劳动力"):  # fmt: skip
        yield "劳动能力", "无劳动力", f"{age}岁、健康、非在校，填无劳动力请核实"


def healthy_disabled(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.facts.get("health") == "健康" and p.facts.get("labour") in ("丧失劳动能力", "丧失劳动力"):
        yield "劳动能力", str(p.facts["labour"]), "健康状况为健康却填丧失劳动能力"


def old_worker(p: PersonRow, age: int, t: Thresholds) -> Found:
    if age > t.old_age and p.facts.get("labour") in ("普通劳动力", "技能劳动力") and not p.facts.get("work_months"):
        yield "劳动能力", str(p.facts["labour"]), f"{age}岁填有劳动力而没有务工"


def old_student(p: PersonRow, age: int, t: Thresholds) -> Found:
    if age > t.student_to and p.facts.get("schooling") in STUDYING:
        yield "在校生状况", str(p.facts["schooling"]), f"{age}岁仍填在校"


def child_out_of_school(p: PersonRow, age: int, t: Thresholds) -> Found:
    if (t.school_from <= age < t.school_to and p.facts.get("schooling") == "非在校生"
            and p.facts.get("health") == "健康"):  # fmt: skip
        yield "在校生状况", "非在校生", f"{age}岁、健康，义务教育阶段不在校，请核实是否失学"


def too_young_for_senior(p: PersonRow, age: int, t: Thresholds) -> Found:
    if 0 <= age < 14 and p.facts.get("schooling") in ("高中", "中职", "大专", "本科"):
        yield "在校生状况", str(p.facts["schooling"]), f"年仅{age}岁"


def too_old_for_primary(p: PersonRow, age: int, t: Thresholds) -> Found:
    if age > 16 and p.facts.get("schooling") in ("小学", "学前教育"):
        yield "在校生状况", str(p.facts["schooling"]), f"{age}岁仍填{p.facts['schooling']}"


def months_too_many(p: PersonRow, age: int, t: Thresholds) -> Found:
    months = p.facts.get("work_months")
    if isinstance(months, int) and months > 12:
        yield "务工时间(月)", str(months), "一年超过12个月"


def months_without_place(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.facts.get("work_months") and not p.facts.get("work_place"):
        yield "务工地点", "", "有务工时间而没有务工地点"


def place_without_months(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.facts.get("work_place") and not p.facts.get("work_months"):
        yield "务工时间(月)", "", "有务工地点而没有务工时间"


def unable_works(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.facts.get("work_months") and p.facts.get("labour") in NOT_ABLE:
        yield "劳动能力", str(p.facts["labour"]), "填无（丧失）劳动力却有务工时间"


def child_works_away(p: PersonRow, age: int, t: Thresholds) -> Found:
    if 0 <= age < t.working_age and p.facts.get("work_months"):
        yield "务工时间(月)", str(p.facts["work_months"]), f"年仅{age}岁，请核实是否童工"


def not_medically_insured(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.facts.get("medical_insured") is False:
        yield "是否参加城乡居民基本医疗保险", "否", "应由政府全额资助参保（R2.5-01）"


def old_without_pension(p: PersonRow, age: int, t: Thresholds) -> Found:
    if age >= t.pension_age and p.facts.get("pension_insured") is False:
        yield "是否参加城乡居民基本养老保险", "否", f"{age}岁没有参加养老保险"


def young_pension(p: PersonRow, age: int, t: Thresholds) -> Found:
    if 0 <= age < t.working_age and p.facts.get("pension_insured"):
        yield "是否参加城乡居民基本养老保险", "是", f"年仅{age}岁，不应参加养老保险"


def both_allowances(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.facts.get("on_dibao") and p.facts.get("on_wubao"):
        yield "是否享受五保", "是", "低保与五保不能同时享受"


def farmland_large(p: PersonRow, age: int, t: Thresholds) -> Found:
    land = p.facts.get("farmland")
    if isinstance(land, (int, float)) and land >= t.farmland:
        yield "耕地面积(亩)", str(land), f"达到{t.farmland:g}亩以上"


def disabled_without_illness(p: PersonRow, age: int, t: Thresholds) -> Found:
    if p.id_kind == "残疾人证" and p.facts.get("health") == "健康":
        yield "健康状况", "健康", "持残疾人证却填健康"
