"""Rules about one household and about one year of its income."""

from __future__ import annotations

from datetime import date

from rules.money import Yuan
from rules.quality.finding import Found, Thresholds, age_on, not_among
from rules.register import ABLE, ATTRIBUTES, CAUSES, GRADES, HouseholdRows, IncomeRow

SENIOR = ("高中", "中职", "大专", "本科", "硕士及以上")


def one_head(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    count = len(h.heads)
    if count != 1:
        has = f"有{count}名户主" if count else "没有户主"
        yield "与户主关系", str(count), f"户{h.number}{has}，应有且只有一名"


def attribute_known(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    value = h.facts.get("attribute")
    if value is not None and value not in ATTRIBUTES:
        yield "贫困户属性", str(value), not_among(str(value), ATTRIBUTES)


def cause_known(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    value = h.facts.get("main_cause")
    if value is not None and value not in CAUSES:
        yield "主要致贫原因", str(value), not_among(str(value), CAUSES)


def grade_known(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    value = h.facts.get("house_grade")
    if value is not None and value not in GRADES:
        yield "危房等级", str(value), not_among(str(value), GRADES)


def nobody(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if not h.people:
        yield "人编号", "", f"户{h.number}没有成员"


def numbers_agree(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    for p in h.people:
        if p.person_no and not p.person_no.startswith(h.number[:12]):
            yield "人编号", p.person_no, "与户编号不属同一社区"


def couple(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    spouses = [p for p in h.people if p.relation == "配偶"]
    if len(spouses) > 1:
        yield "与户主关系", "配偶", f"户主有{len(spouses)}名配偶"
    if len(spouses) == 1 and len(h.heads) == 1 and spouses[0].sex and spouses[0].sex == h.heads[0].sex:
        yield "性别", spouses[0].sex, "配偶与户主性别相同"


def parent_younger(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    head = h.heads[0] if len(h.heads) == 1 else None
    if head is None or head.born_on is None:
        return
    for p in h.people:
        if p.born_on and p.relation in ("之父", "之母") and p.born_on >= head.born_on:
            yield "出生日期", str(p.born_on), f"{p.name}为户主之父母却不比户主年长"
        if p.born_on and p.relation in ("之子", "之女") and p.born_on <= head.born_on:
            yield "出生日期", str(p.born_on), f"{p.name}为户主之子女却不比户主年幼"


def child_head(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    head = h.heads[0] if len(h.heads) == 1 else None
    if head and head.born_on and age_on(head.born_on, day) < t.working_age and len(h.people) > 1:
        yield "出生日期", str(head.born_on), "户主未满16岁而户内另有他人"


def many_members(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if len(h.people) > t.many_members:
        yield "人编号", str(len(h.people)), f"户内{len(h.people)}人，多于{t.many_members}人，请核实是否应分户"


def ill_without_illness(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if h.facts.get("main_cause") == "因病" and not _any(h, "health", ("长期慢性病", "患有大病", "残疾")):
        yield "主要致贫原因", "因病", "户内没有患病成员"


def disabled_without_disability(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if h.facts.get("main_cause") == "因残" and not _any(h, "health", ("残疾",)):
        yield "主要致贫原因", "因残", "户内没有残疾成员"


def study_without_student(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if h.facts.get("main_cause") == "因学" and not _any(h, "schooling", SENIOR):
        yield "主要致贫原因", "因学", "户内没有高中及以上在校生"


def hands_enough(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    able = sum(p.facts.get("labour") in ABLE for p in h.people)
    if h.facts.get("main_cause") == "缺劳力" and able >= t.able_enough:
        yield "主要致贫原因", "缺劳力", f"户内有{able}名劳动力"


def other_causes(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    text = h.facts.get("other_causes")
    if not isinstance(text, str) or not text:
        return
    others = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if len(others) > 2:
        yield "其他致贫原因", text, "不得多于两项"
    if h.facts.get("main_cause") in others:
        yield "其他致贫原因", text, "与主要致贫原因重复"


def dibao_nobody(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if h.facts.get("attribute") in ("低保户", "低保贫困户") and not any(p.facts.get("on_dibao") for p in h.people):
        yield "贫困户属性", str(h.facts["attribute"]), "户内无人享受低保"


def wubao_nobody(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if h.facts.get("attribute") == "五保户" and not any(p.facts.get("on_wubao") for p in h.people):
        yield "贫困户属性", "五保户", "户内无人享受五保"


def ordinary_with_dibao(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if h.facts.get("attribute") == "一般贫困户" and any(
        p.facts.get("on_dibao") or p.facts.get("on_wubao") for p in h.people
    ):
        yield "贫困户属性", "一般贫困户", "户内有人享受低保或五保"


def dangerous_house(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if h.facts.get("house_grade") in ("C", "D"):
        yield "危房等级", str(h.facts["house_grade"]), "为危房，应列入危房改造（R2.6-01）"


def house_size(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    area = h.facts.get("house_area")
    if isinstance(area, (int, float)) and not t.house_least <= area < t.house_most:
        yield "住房面积(㎡)", str(area), "异常"


def house_empty(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if h.facts.get("house_area") is None or h.facts.get("house_grade") is None:
        yield "住房面积(㎡)", "", "住房面积或危房等级没有填写"


def services_missing(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    for key, title, good in (("water_safe", "饮水是否安全", True), ("water_hard", "饮水是否困难", False),
                             ("electricity", "是否通生活用电", True)):  # fmt: skip
        value = h.facts.get(key)
        if isinstance(value, bool) and value is not good:
            yield title, "是" if value else "否", "尚未解决"


def services_empty(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    for key, title in (("water_safe", "饮水是否安全"), ("electricity", "是否通生活用电"),
                       ("tv_signal", "是否有电视信号"), ("network_signal", "是否有网络信号")):  # fmt: skip
        if h.facts.get(key) is None:
            yield title, "", "没有填写"


def head_without_phone(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if len(h.heads) == 1 and not h.heads[0].facts.get("phone"):
        yield "联系电话", "", "户主没有联系电话"


def head_without_card(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    if len(h.heads) == 1 and not h.heads[0].facts.get("bank_card"):
        yield "银行卡号(一卡通)", "", "户主没有一卡通账号，补助资金无法发放（R2.6-04）"


def wubao_family(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    able = sum(p.facts.get("labour") in ("普通劳动力", "技能劳动力") for p in h.people)
    if h.facts.get("attribute") == "五保户" and able:
        yield "贫困户属性", "五保户", f"户内有{able}名普通或技能劳动力"


def head_named(h: HouseholdRows, day: date, t: Thresholds) -> Found:
    seen: dict[str, int] = {}
    for p in h.people:
        seen[p.name] = seen.get(p.name, 0) + 1
    for name, count in seen.items():
        if name and count > 1:
            yield "姓名", name, f"户内有{count}名成员同名，请核实是否重复登记"


# --- one year of income ---------------------------------------------------------------------------------------------


def heads_differ(h: HouseholdRows, i: IncomeRow, t: Thresholds) -> Found:
    if i.heads < 1:
        yield "家庭人口", str(i.heads), "应至少一人"


def of_which_more(h: HouseholdRows, i: IncomeRow, t: Thresholds) -> Found:
    if (i.of_which_assistance + i.of_which_one_off).fen > i.transfers.fen:
        yield "转移性收入", str(i.transfers), "小于其中低保金、五保金与一次性救助之和"


def negative_sum(h: HouseholdRows, i: IncomeRow, t: Thresholds) -> Found:
    for title, sum_ in (("工资性收入", i.wages), ("生产经营性收入", i.business), ("生产经营性支出", i.business_costs),
                        ("转移性收入", i.transfers)):  # fmt: skip
        if sum_.fen < 0:
            yield title, str(sum_), "不能是负数"


def tiny_sum(h: HouseholdRows, i: IncomeRow, t: Thresholds) -> Found:
    for title, sum_ in (("工资性收入", i.wages), ("生产经营性收入", i.business)):
        if 0 < sum_.fen < t.small_sum * 100:
            yield title, str(sum_), f"不足{t.small_sum}元，请核实单位"


def business_without_costs(h: HouseholdRows, i: IncomeRow, t: Thresholds) -> Found:
    if i.business.fen > 0 and i.business_costs.fen == 0:
        yield "生产经营性支出", "0", "有生产经营性收入而没有支出"


def head_income_odd(h: HouseholdRows, i: IncomeRow, t: Thresholds) -> Found:
    if i.heads < 1:
        return
    each = Yuan(_net(i) // i.heads)
    if each.fen <= t.low_income * 100 or each.fen > t.high_income * 100:
        yield "家庭人口", str(each), f"人均收入{each}元，异常"


def wages_without_months(h: HouseholdRows, i: IncomeRow, t: Thresholds) -> Found:
    if h.people and i.wages.fen > 0 and not any(p.facts.get("work_months") for p in h.people):
        yield "工资性收入", str(i.wages), "有工资性收入而户内无人务工"


def dibao_without_money(h: HouseholdRows, i: IncomeRow, t: Thresholds) -> Found:
    if any(p.facts.get("on_dibao") or p.facts.get("on_wubao") for p in h.people) and (
        i.of_which_assistance.fen < t.small_sum * 100
    ):
        yield "其中:低保金/五保金", str(i.of_which_assistance), "户内有人享受低保或五保而没有低保金、五保金"


def money_without_dibao(h: HouseholdRows, i: IncomeRow, t: Thresholds) -> Found:
    if (
        h.people
        and i.of_which_assistance.fen > 0
        and not any(p.facts.get("on_dibao") or p.facts.get("on_wubao") for p in h.people)
    ):
        yield "其中:低保金/五保金", str(i.of_which_assistance), "有低保金、五保金而户内无人享受"


def _any(h: HouseholdRows, key: str, wanted: tuple[str, ...]) -> bool:
    return any(p.facts.get(key) in wanted for p in h.people)


def _net(i: IncomeRow) -> int:
    return (
        i.wages.fen + i.business.fen - i.business_costs.fen + i.property.fen + i.transfers.fen - i.of_which_one_off.fen
    )
