"""Who and what the examples share: invented people, offices, figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.money import Yuan
from rules.privacy import PublicRow
from templates.form import Member, Opinion

BASIS = "《广东省农村扶贫开发条例》和汕濠〔2017〕7号文件"
GROUP_OFFICE = "汕头市濠江区扶贫开发领导小组办公室"
NAMES = ("陈树根", "林惜娇", "欧阳文海", "吴𠮷祥", "郑楚", "李阿弟", "黄锦泉", "蔡丽卿", "杨木水", "纪大头")


def public_rows(count: int, place: str = "第{}居民小组") -> tuple[PublicRow, ...]:
    return tuple(
        PublicRow(serial=n, place=place.format(n % 7 + 1), head=NAMES[n % 10], size=n % 6 + 1)
        for n in range(1, count + 1)
    )


COMMUNITY = "达濠街道东兴社区居民委员会"
STREET = "达濠街道办事处"
CONTINUES = "退出后至2018年12月31日继续享受相关帮扶政策，帮扶责任人不变"
HOUSEHOLD: dict[str, Any] = dict(head="陈树根", household_no="4405120010010001", area="达濠街道东兴社区", size=4)
INCOME: dict[str, Any] = dict(
    year=2017,
    period="2016年11月1日至2017年10月31日",
    method="退出核算口径（含低保金，不含一次性救助）",
    total=Yuan.of("29,612.35"),
    per_head=Yuan.of("7,403.09"),
    line=Yuan.of("6883"),
    line_basis="粤扶组〔2016〕12号",
)
MEMBERS = (
    Member(name="陈树根", sex="男", relation="户主", id_no="110101197003073012", health="健康", labour="普通劳动力"),
    Member(
        name="林惜娇",
        sex="女",
        relation="配偶",
        id_no="110101197208142028",
        health="长期慢性病",
        labour="弱劳动力或半劳动力",
    ),
    Member(name="陈𠮷祥", sex="男", relation="之子", id_no="110101200502110017", health="健康", labour="无劳动力"),
    Member(name="陈楚楚", sex="女", relation="之女", id_no="110101200903150028", health="健康", labour="无劳动力"),
)
OPINIONS = (
    Opinion(level="社区意见", text="经入户调查和民主评议，情况属实，同意上报。", by="林晓敏", on=date(2017, 8, 21)),
    Opinion(level="街道审核意见", text="经审核，材料齐全、程序完备，同意上报。", by="郑立新", on=date(2017, 9, 4)),
    Opinion(level="区扶贫办复核意见"),
    Opinion(level="领导小组审定意见"),
)
CONDITIONS = (
    "有稳定收入来源且吃穿不愁",
    "有安全住房",
    "有安全饮用水",
    "有电用",
    "义务教育有保障",
    "基本医疗有保障",
    "有电视信号覆盖",
    "有网络信号覆盖",
)
