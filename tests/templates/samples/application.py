"""Examples: papers of the application and its examination."""

from __future__ import annotations

from datetime import date

from samples.people import COMMUNITY, GROUP_OFFICE, HOUSEHOLD, MEMBERS, OPINIONS
from templates.check_consent import Adult, CheckConsent
from templates.correction_form import CorrectionForm
from templates.cross_check_result import Checked, CrossCheckResult
from templates.household_application import HouseholdApplication
from templates.household_survey import HouseholdSurvey
from templates.paper import Paper
from templates.relapse_check import RelapseCheck


def samples() -> tuple[Paper, ...]:
    return (
        HouseholdApplication(
            office=COMMUNITY,
            **HOUSEHOLD,
            label="贫困户",
            applied_on=date(2017, 7, 12),
            income_told="户主在本区企业务工，月均工资约1800元；配偶患慢性病，无固定收入。",
            reasons="配偶长期患病，医疗支出较大；两名子女在校就读。",
            wishes="请求认定并给予就业和教育帮扶。",
            members=MEMBERS,
        ),
        CheckConsent(
            office=COMMUNITY,
            **HOUSEHOLD,
            matter="贫困户认定",
            departments="公安、民政、人社、税务、市场监管、国土、住建、金融机构",
            scope="户籍、婚姻、社会保险、工商登记、车辆、不动产、存款、商业保险",
            valid="自签字之日起至2018年12月31日",
            adults=(
                Adult(name="陈树根", relation="户主", id_no="110101197003073012"),
                Adult(name="林惜娇", relation="配偶", id_no="110101197208142028"),
            ),
        ),
        HouseholdSurvey(
            office=COMMUNITY,
            **HOUSEHOLD,
            visited_on=date(2017, 7, 20),
            housing="自有砖混结构平房62平方米，未鉴定为危房。",
            water="已通自来水，生活用电正常。",
            earnings="务工工资21600元，土地流转租金600元。",
            spending="医疗支出约9000元，教育支出约5000元。",
            belongings="无车辆、无商品房、无经营性资产。",
            hardship="希望介绍稳定就业岗位。",
            members=MEMBERS,
        ),
        CrossCheckResult(
            office=GROUP_OFFICE,
            department="区民政局",
            batch="2017年度贫困户认定",
            cut_off=date(2017, 7, 31),
            rows=(Checked(serial=1, head="陈树根", community="东兴社区", item="低保、车辆、工商登记", found="未发现"),),
        ),
        CorrectionForm(
            office=COMMUNITY,
            **HOUSEHOLD,
            label="贫困户",
            matter="错评剔除",
            cause="经信息核对，该户认定前已购置小型汽车，不符合认定条件。",
            evidence="车辆登记信息核对结果、入户核查记录",
            review="应到41人，实到30人；同意剔除29票，反对1票，弃权0票",
            publicity="2017年8月1日至8日，无异议",
            opinions=OPINIONS,
        ),
        RelapseCheck(
            office=COMMUNITY,
            **HOUSEHOLD,
            label="贫困户",
            exited_on=date(2017, 12, 28),
            trigger="户主因工伤住院，家庭主要收入中断",
            alerted_on=date(2018, 5, 2),
            checked_on=date(2018, 5, 9),
            finding="预计本年度人均可支配收入低于标准。",
            advice="启动返贫再纳入程序，同时申请临时救助。",
        ),
    )
