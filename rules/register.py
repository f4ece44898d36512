"""The shape of the register (建档立卡): which facts are kept of a household and of a person, and their words.

Titles are the national system's column titles; keys are ours. Value lists follow the national registration card.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rules.money import Yuan

Kind = Literal["text", "code", "choice", "flag", "date", "count", "number", "money"]
FactValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the workbook: where it stands, what we call it, how it is read."""

    title: str
    key: str
    kind: Kind = "text"
    of: Literal["household", "person"] = "person"
    required: bool = False
    choices: tuple[str, ...] = ()


HEAD = "户主"
RELATIONS = (
    HEAD,
    "配偶",
    "之子",
    "之女",
    "之儿媳",
    "之女婿",
    "之孙子",
    "之孙女",
    "之外孙子",
    "之外孙女",
    "之父",
    "之母",
    "之岳父",
    "之岳母",
    "之公公",
    "之婆婆",
    "之祖父",
    "之祖母",
    "之外祖父",
    "之外祖母",
    "之兄弟姐妹",
    "其他",
)
HEALTH = ("健康", "长期慢性病", "患有大病", "残疾")
LABOUR = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力", "丧失劳动能力", "丧失劳动力", "无劳动力")
ABLE = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")
SCHOOLING = ("非在校生", "学前教育", "小学", "初中", "高中", "中职", "大专", "本科", "硕士及以上")
EDUCATION = ("文盲或半文盲", "小学", "初中", "高中", "大专及以上")
ATTRIBUTES = ("一般贫困户", "低保户", "五保户", "低保贫困户")
CAUSES = (
    "因病",
    "因残",
    "因学",
    "因灾",
    "缺土地",
    "缺水",
    "缺技术",
    "缺劳力",
    "缺资金",
    "交通条件落后",
    "自身发展动力不足",
    "其他",
)
GRADES = ("A", "B", "C", "D")  # of a house; C and D are dangerous
ID_KINDS = ("居民身份证", "残疾人证")

PEOPLE_SHEET = "人员"
PEOPLE_COLUMNS: tuple[Column, ...] = (
    Column("省", "province", of="household"),
    Column("市", "city", of="household"),
    Column("县(区)", "district", of="household"),
    Column("街道", "street", of="household", required=True),
    Column("社区", "community", of="household", required=True),
    Column("户编号", "household_no", "code", "household", True),
    Column("人编号", "person_no", "code", "person", True),
    Column("姓名", "name", required=True),
    Column("性别", "sex", "choice", required=True, choices=("男", "女")),
    Column("证件类型", "id_kind", "choice", required=True, choices=ID_KINDS),
    Column("证件号码", "id_no", "code", required=True),
    Column("与户主关系", "relation", "choice", required=True, choices=RELATIONS),
    Column("民族", "nation"),
    Column("出生日期", "born_on", "date", required=True),
    Column("文化程度", "education", "choice", choices=EDUCATION),
    Column("在校生状况", "schooling", "choice", choices=SCHOOLING),
    Column("健康状况", "health", "choice", choices=HEALTH),
    Column("劳动能力", "labour", "choice", choices=LABOUR),
    Column("务工地点", "work_place"),
    Column("务工时间(月)", "work_months", "count"),
    Column("是否参加城乡居民基本医疗保险", "medical_insured", "flag"),
    Column("是否参加城乡居民基本养老保险", "pension_insured", "flag"),
    Column("是否享受低保", "on_dibao", "flag"),
    Column("是否享受五保", "on_wubao", "flag"),
    Column("贫困户属性", "attribute", "choice", "household", True, ATTRIBUTES),
    Column("主要致贫原因", "main_cause", "choice", "household", True, CAUSES),
    Column("其他致贫原因", "other_causes", of="household"),
    Column("识别标准", "standard", of="household"),
    Column("住房面积(㎡)", "house_area", "number", "household"),
    Column("危房等级", "house_grade", "choice", "household", choices=GRADES),
    Column("饮水是否困难", "water_hard", "flag", "household"),
    Column("饮水是否安全", "water_safe", "flag", "household"),
    Column("是否通生活用电", "electricity", "flag", "household"),
    Column("是否有电视信号", "tv_signal", "flag", "household"),
    Column("是否有网络信号", "network_signal", "flag", "household"),
    Column("耕地面积(亩)", "farmland", "number"),
    Column("联系电话", "phone", "code"),
    Column("开户银行", "bank"),
    Column("银行卡号(一卡通)", "bank_card", "code"),
    Column("计划脱贫年度", "planned_year", "count", "household"),
    Column("识别年度", "identified_year", "count", "household"),
)

INCOME_SHEET = "收入"
INCOME_COLUMNS: tuple[Column, ...] = (
    Column("户编号", "household_no", "code", "household", True),
    Column("户主", "head", of="household"),
    Column("年度", "year", "count", "household", True),
    Column("家庭人口", "heads", "count", "household", True),
    Column("工资性收入", "wages", "money", "household", True),
    Column("生产经营性收入", "business", "money", "household", True),
    Column("生产经营性支出", "business_costs", "money", "household", True),
    Column("财产性收入", "property", "money", "household", True),
    Column("转移性收入", "transfers", "money", "household", True),
    Column("其中:低保金/五保金", "of_which_assistance", "money", "household", True),
    Column("其中:一次性救助", "of_which_one_off", "money", "household", True),
)

FINDING_SHEET = "达标情况"
FINDING_COLUMNS: tuple[Column, ...] = (
    Column("户编号", "household_no", "code", "household", True),
    Column("户主", "head", of="household"),
    Column("项目", "condition", "text", "household", True),
    Column("结论", "verdict", "choice", "household", True, ("达标", "不达标", "不适用")),
    Column("认定日期", "found_on", "date", "household", True),
    Column("认定单位", "certifier", of="household", required=True),
    Column("认定人", "verifier", of="household", required=True),
    Column("佐证材料", "evidence", of="household"),
    Column("说明", "note", of="household"),
)

PAIRING_SHEET = "结对"
PAIRING_COLUMNS: tuple[Column, ...] = (
    Column("户编号", "household_no", "code", "household", True),
    Column("户主", "head", of="household"),
    Column("街道", "street", of="household"),
    Column("社区", "community", of="household"),
    Column("帮扶单位", "helper_unit", of="household", required=True),
    Column("帮扶责任人", "helper", of="household", required=True),
    Column("职务", "helper_title", of="household"),
    Column("结对日期", "paired_on", "date", "household", True),
)

AREA_SHEET = "组织"
AREA_COLUMNS: tuple[Column, ...] = (
    Column("街道", "street", of="household", required=True),
    Column("社区", "community", of="household", required=True),
)

UNIT_SHEET = "帮扶单位"
UNIT_COLUMNS: tuple[Column, ...] = (
    Column("序号", "seq", "count", "household"),
    Column("单位", "unit", of="household", required=True),
)

SHEETS: Mapping[str, tuple[Column, ...]] = {
    PEOPLE_SHEET: PEOPLE_COLUMNS,
    INCOME_SHEET: INCOME_COLUMNS,
    FINDING_SHEET: FINDING_COLUMNS,
    PAIRING_SHEET: PAIRING_COLUMNS,
    AREA_SHEET: AREA_COLUMNS,
    UNIT_SHEET: UNIT_COLUMNS,
}

# keys that are columns of their own in records.persons / person_versions / memberships / households, not `facts`
PERSON_COLUMNS_OF_THEIR_OWN = ("person_no", "id_no", "name", "sex", "born_on", "relation")
HOUSEHOLD_COLUMNS_OF_THEIR_OWN = ("province", "city", "district", "street", "community", "household_no", "planned_year")


@dataclass(slots=True)
class PersonRow:
    """One row of the people sheet, read and normalised, with the sheet row it came from."""

    row: int
    person_no: str
    household_no: str
    name: str
    sex: str
    id_kind: str
    id_no: str
    relation: str
    born_on: date | None
    facts: dict[str, FactValue] = field(default_factory=dict)


@dataclass(slots=True)
class IncomeRow:
    """One household's year of income; sums as the household stated them, in yuan."""

    row: int
    household_no: str
    year: int
    heads: int
    wages: Yuan
    business: Yuan
    business_costs: Yuan
    property: Yuan
    transfers: Yuan
    of_which_assistance: Yuan
    of_which_one_off: Yuan


@dataclass(slots=True)
class FindingRow:
    """One dated finding about one exit condition."""

    row: int
    household_no: str
    condition: str
    verdict: str
    found_on: date
    certifier: str
    verifier: str
    evidence: str | None
    note: str | None


@dataclass(slots=True)
class PairingRow:
    """Which unit and which person help a household."""

    row: int
    household_no: str
    helper_unit: str
    helper: str
    helper_title: str | None
    paired_on: date


@dataclass(slots=True)
class HouseholdRows:
    """Everything a workbook says about one household."""

    number: str
    street: str
    community: str
    planned_year: int | None
    facts: dict[str, FactValue] = field(default_factory=dict)
    people: list[PersonRow] = field(default_factory=list)
    incomes: list[IncomeRow] = field(default_factory=list)
    findings: list[FindingRow] = field(default_factory=list)
    pairing: PairingRow | None = None

    @property
    def heads(self) -> list[PersonRow]:
        return [p for p in self.people if p.relation == HEAD]

    @property
    def first_row(self) -> int:
        return self.people[0].row if self.people else 0
