"""The numbered table of rules, and running it. Numbers are never used twice; DQ-01 to DQ-09 belong to the reading."""

from __future__ import annotations

from datetime import date

from rules.hits import Hit
from rules.quality import homes, people
from rules.quality.finding import Rule, Thresholds, age_on
from rules.register import INCOME_SHEET, PEOPLE_SHEET, HouseholdRows

FIX, CHECK = "请改正后重新上传。", "请核实；属实的可保留。"
BOOKLET = "请核对居民户口簿、身份证后改正。"

PERSON_RULES: tuple[Rule, ...] = (
    Rule("DQ-10", "证件号码不成立", "error", BOOKLET, person=people.id_number),
    Rule("DQ-11", "出生日期与证件号码不一致", "remark", BOOKLET, person=people.id_birth_date),
    Rule("DQ-12", "性别与证件号码不一致", "error", BOOKLET, person=people.id_sex),
    Rule("DQ-13", "出生日期晚于今日", "error", BOOKLET, person=people.born_in_future),
    Rule("DQ-14", "性别不在选项中", "error", FIX, person=people.sex_known),
    Rule("DQ-15", "与户主关系不在选项中", "error", FIX, person=people.relation_known),
    Rule("DQ-16", "证件类型不在选项中", "error", FIX, person=people.id_kind_known),
    Rule("DQ-17", "个人选项不在规定范围", "error", FIX, person=people.choices_known),
    Rule("DQ-20", "证件类型与位数不符", "remark", CHECK, person=people.id_kind_length),
    Rule("DQ-21", "证件号码地区代码未知", "remark", CHECK, person=people.id_region),
    Rule("DQ-22", "年龄过大", "remark", CHECK, person=people.too_old),
    Rule("DQ-23", "健康状况未填", "remark", "请补填。", person=people.health_empty),
    Rule("DQ-24", "劳动能力未填", "remark", "请补填。", person=people.labour_empty),
    Rule("DQ-25", "在校生状况未填", "remark", "请补填。", person=people.schooling_empty),
    Rule("DQ-26", "文化程度未填", "remark", "请补填。", person=people.education_empty),
    Rule("DQ-27", "姓名异常", "remark", CHECK, person=people.name_odd),
    Rule("DQ-28", "关系与性别不符", "remark", CHECK, person=people.relation_sex),
    Rule("DQ-29", "未成年有劳动能力", "remark", CHECK, person=people.child_works),
    Rule("DQ-30", "健康成年无劳动力", "remark", CHECK, person=people.adult_idle),
    Rule("DQ-31", "健康而丧失劳动能力", "remark", CHECK, person=people.healthy_disabled),
    Rule("DQ-32", "高龄有劳动力未务工", "remark", CHECK, person=people.old_worker),
    Rule("DQ-33", "大龄在校", "remark", CHECK, person=people.old_student),
    Rule("DQ-34", "适龄儿童不在校", "remark", "请教育部门核实是否失学。", person=people.child_out_of_school),
    Rule("DQ-35", "低龄就读高中以上", "remark", CHECK, person=people.too_young_for_senior),
    Rule("DQ-36", "超龄就读小学", "remark", CHECK, person=people.too_old_for_primary),
    Rule("DQ-37", "务工超过12个月", "remark", FIX, person=people.months_too_many),
    Rule("DQ-38", "有务工时间无地点", "remark", "请补填。", person=people.months_without_place),
    Rule("DQ-39", "有务工地点无时间", "remark", "请补填。", person=people.place_without_months),
    Rule("DQ-40", "无劳动力却务工", "remark", CHECK, person=people.unable_works),
    Rule("DQ-41", "未满16岁务工", "remark", "请立即核实。", person=people.child_works_away),
    Rule("DQ-42", "未参加医疗保险", "remark", "请办理参保并资助保费。", person=people.not_medically_insured),
    Rule("DQ-43", "60岁以上无养老保险", "remark", CHECK, person=people.old_without_pension),
    Rule("DQ-44", "未成年参加养老保险", "remark", CHECK, person=people.young_pension),
    Rule("DQ-45", "同时享受低保五保", "remark", CHECK, person=people.both_allowances),
    Rule("DQ-46", "耕地面积过大", "remark", CHECK, person=people.farmland_large),
    Rule("DQ-47", "持残疾人证而健康", "remark", CHECK, person=people.disabled_without_illness),
    Rule("DQ-48", "联系电话格式不对", "remark", CHECK, person=people.phone_shape),
    Rule("DQ-49", "一卡通号码格式不对", "remark", CHECK, person=people.card_shape),
)

HOUSEHOLD_RULES: tuple[Rule, ...] = (
    Rule("DQ-50", "户主不是恰好一名", "error", "请核对户口簿，一户只填一名户主。", household=homes.one_head),
    Rule("DQ-51", "户属性不在选项中", "error", FIX, household=homes.attribute_known),
    Rule("DQ-52", "致贫原因不在选项中", "error", FIX, household=homes.cause_known),
    Rule("DQ-53", "户内没有成员", "error", FIX, household=homes.nobody),
    Rule("DQ-54", "人编号与户编号不符", "remark", CHECK, household=homes.numbers_agree),
    Rule("DQ-55", "配偶异常", "remark", CHECK, household=homes.couple),
    Rule("DQ-56", "父母子女年龄颠倒", "remark", CHECK, household=homes.parent_younger),
    Rule("DQ-57", "未成年户主", "remark", CHECK, household=homes.child_head),
    Rule("DQ-58", "户内人数过多", "remark", CHECK, household=homes.many_members),
    Rule("DQ-59", "因病而无病人", "remark", CHECK, household=homes.ill_without_illness),
    Rule("DQ-60", "因残而无残疾", "remark", CHECK, household=homes.disabled_without_disability),
    Rule("DQ-61", "因学而无学生", "remark", CHECK, household=homes.study_without_student),
    Rule("DQ-62", "缺劳力而劳力充足", "remark", CHECK, household=homes.hands_enough),
    Rule("DQ-63", "其他致贫原因过多或重复", "remark", FIX, household=homes.other_causes),
    Rule("DQ-64", "低保户无人享受低保", "remark", CHECK, household=homes.dibao_nobody),
    Rule("DQ-65", "五保户无人享受五保", "remark", CHECK, household=homes.wubao_nobody),
    Rule("DQ-66", "一般户有人享受低保", "remark", CHECK, household=homes.ordinary_with_dibao),
    Rule("DQ-67", "住房为危房", "remark", "请列入危房改造计划。", household=homes.dangerous_house),
    Rule("DQ-68", "住房面积异常", "remark", CHECK, household=homes.house_size),
    Rule("DQ-69", "住房情况未填", "remark", "请补填。", household=homes.house_empty),
    Rule("DQ-70", "饮水用电未解决", "remark", "请列入帮扶计划。", household=homes.services_missing),
    Rule("DQ-71", "水电讯情况未填", "remark", "请补填。", household=homes.services_empty),
    Rule("DQ-72", "户主无电话", "remark", "请补填。", household=homes.head_without_phone),
    Rule("DQ-73", "户主无一卡通", "remark", "请补填。", household=homes.head_without_card),
    Rule("DQ-74", "五保户有劳动力", "remark", CHECK, household=homes.wubao_family),
    Rule("DQ-75", "户内同名", "remark", CHECK, household=homes.head_named),
    Rule("DQ-76", "危房等级不在选项中", "error", FIX, household=homes.grade_known),
)

INCOME_RULES: tuple[Rule, ...] = (
    Rule("DQ-80", "家庭人口不足一人", "error", FIX, income=homes.heads_differ),
    Rule("DQ-81", "转移性收入小于其中数", "error", FIX, income=homes.of_which_more),
    Rule("DQ-82", "收入为负", "error", FIX, income=homes.negative_sum),
    Rule("DQ-83", "收入过小", "remark", CHECK, income=homes.tiny_sum),
    Rule("DQ-84", "经营有收入无支出", "remark", CHECK, income=homes.business_without_costs),
    Rule("DQ-85", "人均收入异常", "remark", CHECK, income=homes.head_income_odd),
    Rule("DQ-86", "有工资无务工", "remark", CHECK, income=homes.wages_without_months),
    Rule("DQ-87", "有低保无低保金", "remark", CHECK, income=homes.dibao_without_money),
    Rule("DQ-88", "有低保金无低保", "remark", CHECK, income=homes.money_without_dibao),
)

RULES: tuple[Rule, ...] = (*PERSON_RULES, *HOUSEHOLD_RULES, *INCOME_RULES)
_PERSON = tuple((rule, rule.person) for rule in PERSON_RULES if rule.person)
_HOUSEHOLD = tuple((rule, rule.household) for rule in HOUSEHOLD_RULES if rule.household)
_INCOME = tuple((rule, rule.income) for rule in INCOME_RULES if rule.income)


def check_household(household: HouseholdRows, as_of: date, t: Thresholds) -> list[Hit]:
    """Everything the rules find in one household's rows of the people sheet."""
    hits: list[Hit] = []
    for person in household.people:
        age = age_on(person.born_on, as_of) if person.born_on else 40
        for rule, check in _PERSON:
            for column, value, says in check(person, age, t):
                hits.append(rule.hit(PEOPLE_SHEET, person.row, column, value, says))
    for rule, ask in _HOUSEHOLD:
        for column, value, says in ask(household, as_of, t):
            hits.append(rule.hit(PEOPLE_SHEET, household.first_row, column, value, says))
    return hits


def check_incomes(household: HouseholdRows, t: Thresholds) -> list[Hit]:
    """Everything the rules find in a household's years of income."""
    return [
        rule.hit(INCOME_SHEET, income.row, column, value, says)
        for income in household.incomes
        for rule, check in _INCOME
        for column, value, says in check(household, income, t)
    ]
