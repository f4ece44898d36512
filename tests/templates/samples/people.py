"""Who and what the examples share: invented people, offices, figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.money import Yuan
from rules.privacy import PublicRow
from templates.form import Member, Opinion

BASIS = "《广东省农村扶贫开发条例》和汕濠〔2017〕7号文件"
LONG_BASIS = (
    "《中共汕头市委、汕头市人民政府关于新时期精准扶贫精准脱贫三年攻坚的实施意见》（汕市发〔2016〕13号）、"
    "《中共汕头市濠江区委、汕头市濠江区人民政府关于新时期精准扶贫精准脱贫三年攻坚的实施意见》（汕濠〔2017〕7号）"
)
GROUP_OFFICE = "汕头市濠江区扶贫开发领导小组办公室"
GROUP = "汕头市濠江区扶贫开发领导小组"
NAMES = ("陈树根", "林惜娇", "欧阳文海", "吴𠮷祥", "郑楚", "李阿弟", "黄锦泉", "蔡丽卿", "杨木水", "纪大头")


_SURNAMES, _GIVEN = (
    "陈林黄郑吴李蔡许谢庄杨张刘王周",
    ("木生", "秀莲", "国梁", "炳坤", "惠珍", "桂英", "海生", "文彬", "丽霞", "家强", "巧玉"),
)


def name_of(n: int) -> str:
    """An invented name; the first hundred and more are different people."""
    return NAMES[n] if n < len(NAMES) else _SURNAMES[n % len(_SURNAMES)] + _GIVEN[n % len(_GIVEN)]


def public_rows(count: int, *places: str) -> tuple[PublicRow, ...]:
    """Households of the places, one place after another; of a community's seven groups where none is named."""
    return tuple(
        PublicRow(serial=n, place=places[(n - 1) * len(places) // count] if places else f"第{n % 7 + 1}居民小组",
                  head=name_of(n), size=n % 6 + 1)
        for n in range(1, count + 1)
    )  # fmt: skip


COMMUNITY = "达濠街道东兴社区居民委员会"
COMMUNITIES = ("东兴社区", "青石社区", "新光社区", "西湖社区")  # of the street
DISTRICT = (
    "达濠街道东兴社区",
    "礐石街道凤山社区",
    "广澳街道澳角社区",
    "马滘街道涂城社区",
    "河浦街道五南社区",
    "玉新街道玉塘社区",
    "滨海街道华里社区",
)
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
    line_basis="以2015年全省农村居民人均可支配收入为基数按年递增的预设标准（省定有劳动力贫困人口年度脱贫标准）",
)
ENTRY: dict[str, Any] = dict(
    year=2016,
    period="2016年1月1日至2016年12月31日",
    method="认定核算口径（不含一次性救助）",
    total=Yuan.of("14400"),
    per_head=Yuan.of("3600"),
    line_basis="认定标准4000元（2014年不变价）",
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
RELAPSE_OPINIONS = (
    Opinion(level="社区意见", text="经入户核查和民主评议，情况属实，同意上报。", by="林晓敏", on=date(2018, 5, 30)),
    Opinion(level="街道审核意见", text="经审核，符合再纳入条件，同意上报。", by="郑立新", on=date(2018, 6, 6)),
    Opinion(level="区扶贫办复核意见"),
    Opinion(level="领导小组审定意见"),
)
CERTIFIED = (
    ("有稳定收入来源且吃穿不愁", "达濠街道办事处", "郑立新"),
    ("有安全住房", "区住建局", "许国梁"),
    ("有安全饮用水", "区水务局", "谢海生"),
    ("有电用", "区供电局", "庄文彬"),
    ("义务教育有保障", "区教育局", "王敏"),
    ("基本医疗有保障", "区人社局", "张丽霞"),
    ("有电视信号覆盖", "区文广新局", "刘家强"),
    ("有网络信号覆盖", "区经信局", "周炳坤"),
)
CONDITIONS = tuple(name for name, _, _ in CERTIFIED)
