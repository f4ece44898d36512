"""Examples of letters to residents."""

from __future__ import annotations

from datetime import date

from samples.people import BASIS, COMMUNITY, CONTINUES, GROUP_OFFICE, STREET
from templates.acceptance_notice import AcceptanceNotice, Missing
from templates.consolidation_opinion import ConsolidationOpinion
from templates.exit_letter import Continuing, ExitLetter
from templates.objection_reply import ObjectionReply
from templates.paper import Paper
from templates.refusal_letter import RefusalLetter


def samples() -> tuple[Paper, ...]:
    return (
        AcceptanceNotice(
            office=COMMUNITY,
            head="陈树根",
            matter="贫困户认定",
            applied_on=date(2017, 7, 12),
            missing=(
                Missing(serial=1, material="家庭成员的居民户口簿复印件"),
                Missing(serial=2, material="全体成年家庭成员签名的家庭经济状况核查授权书"),
            ),
            bring_by=date(2017, 7, 31),
            handler="林晓敏",
            phone="0754-87380001",
        ),
        RefusalLetter(
            office=STREET,
            head="吴𠮷祥",
            matter="贫困户认定",
            label="贫困户",
            applied_on=date(2017, 7, 12),
            facts="你户家庭人口3人，2016年家庭可支配收入46200元，人均15400元，高于当年认定标准；住房、教育、医疗均有保障。",
            basis=BASIS,
            decided_by="区扶贫开发领导小组",
            review_within="60日",
            review_office=GROUP_OFFICE,
            phone="0754-87380002",
            complaint_line="12317",
        ),
        ExitLetter(
            office=STREET,
            head="陈树根",
            year=2017,
            label="贫困户",
            announced_on=date(2017, 12, 28),
            announcement="《关于2017年退出贫困户的公告》（汕濠扶办〔2017〕35号）",
            continues=CONTINUES + "。",
            benefits=(
                Continuing(name="城乡居民基本医疗保险个人缴费资助", until="至2018年12月31日"),
                Continuing(name="子女在校生活费补助", until="至学业完成"),
            ),
            helper="王敏",
            helper_unit="区教育局",
            helper_phone="13800000001",
            phone="0754-87380001",
            complaint_line="12317",
        ),
        ConsolidationOpinion(
            office=STREET,
            to=GROUP_OFFICE,
            head="陈树根",
            household_no="4405120010010001",
            community="东兴社区",
            size=4,
            label="贫困户",
            exited_on=date(2017, 12, 28),
            consolidated_until=date(2018, 12, 31),
            revisits=4,
            last_revisit_on=date(2018, 11, 20),
            finding="2018年人均可支配收入8120元，住房、教育、医疗均有保障，无返贫风险。",
            basis=BASIS,
        ),
        ObjectionReply(
            office=COMMUNITY,
            case_no="东兴异议〔2017〕3号",
            received_on=date(2017, 11, 8),
            manner="来访",
            objector="杨木水",
            about="陈树根户拟退出",
            content="反映该户外出务工收入不稳定，不应退出。",
            taken_by="林晓敏",
            answer_by=date(2017, 11, 22),
            facts="该户2017年在本区企业务工10个月，工资流水与申报一致。",
            answer="该户收入核算属实，符合退出条件，维持拟退出意见。",
            basis=BASIS,
            review_within="30日",
            review_office=STREET,
            phone="0754-87380003",
        ),
    )
