"""Masters of the papers of an application and its examination: application, consent, visit, cross-check, correction, alert."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.check_consent import CheckConsent
from templates.correction_form import CorrectionForm
from templates.cross_check_result import CrossCheckResult
from templates.household_application import HouseholdApplication
from templates.household_survey import HouseholdSurvey
from templates.masters.sheet import facts, hand, heading, household, listing, members, opinions, room, sheet, signs
from templates.page import Sheet
from templates.relapse_check import RelapseCheck

MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    "household_application": sheet(
        HouseholdApplication,
        household,
        facts("applied_on", spans=(2, 10)),
        members,
        room("income_told", 1500),
        room("reasons", 1500),
        room("wishes", 1000),
        hand(
            "申请人承诺",
            1500,
            "以上所填情况属实，同意有关部门核查本户经济状况；如有隐瞒或者虚报，愿意承担相应责任。",
            "户主（签名指印）：　　　　　　　　　　年　月　日",
        ),
        hand("社区收件", 760, "收件人：", "收件日期：　　年　月　日"),
        title="{{ label }}认定申请书",
        line="致：{{ office }}",
    ),
    "check_consent": sheet(
        CheckConsent,
        household,
        facts("matter"),
        room("departments", 900),
        room("scope", 900),
        facts("valid"),
        heading("授权人（全体成年家庭成员逐人签名）"),
        listing("adults", 3, 3, 6, height=620),
        signs(*("授权人签名（按指印）",) * 4, "签字日期", "社区见证人"),
        line="受理单位：{{ office }}",
        small="授权查询所得信息仅用于上述事项，不得用于其他用途或者对外提供；授权人可以书面撤回授权，撤回后不影响此前已完成的核查。",
    ),
    "household_survey": sheet(
        HouseholdSurvey,
        household,
        facts("visited_on", spans=(2, 10)),
        members,
        room("housing", 850),
        room("water", 650),
        room("earnings", 850),
        room("spending", 850),
        room("belongings", 650),
        room("hardship", 850),
        hand("调查人意见", 900),
        signs("户主签名（按指印）", "帮扶责任人", "调查人甲签名", "调查人乙签名", height=640),
        line="调查单位：{{ office }}",
        small="入户调查由二人以上共同进行；照片附后，注明拍摄日期。",
    ),
    "cross_check_result": sheet(
        CrossCheckResult,
        facts("department", "batch"),
        facts("cut_off", spans=(2, 10)),
        listing("rows", 1, 2, 2, 4, 3),
        hand("核对部门意见", 1300),
        line="委托单位：{{ office }}",
        small="本表所列信息仅用于资格核对，知悉人员负有保密责任；未列明的户视为未发现不符情形。",
    ),
    "correction_form": sheet(
        CorrectionForm,
        household,
        facts("label", "matter"),
        room("cause", 1100),
        room("evidence", 800),
        facts("review", "publicity"),
        opinions,
        title="{{ label }}{{ matter }}审批表",
    ),
    "relapse_check": sheet(
        RelapseCheck,
        household,
        facts("label", "exited_on"),
        facts("alerted_on", "checked_on"),
        room("trigger", 900),
        room("finding", 2200),
        room("advice", 1300),
        signs("户主签名（按指印）", "帮扶责任人", "核查人甲签名", "核查人乙签名"),
        hand("社区意见", 1200),
        hand("街道意见", 1200),
        line="核查单位：{{ office }}",
    ),
}
