"""Masters of agreements: numbered in their own row, no red head, the places to sign kept together on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from templates.wordml import C, body, choose, close, each, label, lines, p, row, table


def _head(title: str, under: str = "", after: int = 1) -> str:
    """The title, whose it is, and the number."""
    number = p("Plain", "协议编号：{{ number }}") + lines(after)
    return p("Title", title) + (p("UnderTitle", under) if under else "") + lines(1) + number


def _points(*texts: str) -> str:
    """（一）（二）… as paragraphs of the body."""
    marks = "一二三四五六七八九十"
    return body(*(f"（{marks[n]}）{text}" for n, text in enumerate(texts)))


def _targets() -> str:
    heads = row(label("序号"), label("指标"), label("单位"), label("{{ year }}年目标"), head=True)
    one = row("{{ t.serial }}", C("{{ t.label }}", style="CellL"), "{{ t.unit }}", "{{ t.amount }}")
    return table((12, 52, 14, 22), (heads, *each("t in targets", one))) + p("Gap")


@dataclass(frozen=True)
class Side:
    """One party's places to sign: who it is, who signs for it, the day. Those of the other parties stand beside them."""

    party: str
    signers: str
    day: str = "　　年　　月　　日"

    @property
    def cells(self) -> tuple[C, C, C]:
        texts = (self.party, f"　\n{self.signers}", self.day)
        party, signers, day = (C(text, style="SignCell", valign="top") for text in texts)
        return party, signers, day


def signing(*sides: Side) -> str:
    """The parties beside each other on one page, held to the last paragraph before it."""
    rows = [row(*cells) for cells in zip(*(side.cells for side in sides), strict=True)]
    return p("Gap", keep=True) + table((1,) * len(sides), rows, ruled=False)


def _side(party: str, name: str, field: str) -> Side:
    wide, narrow = "{{ s.capacity }}\n（签字）：\n　", "{{ s.capacity }}（签字）：\n　"
    each_ = f"{{%p if s.capacity|length > {_CAPACITY_CHARS} %}}\n{wide}\n{{%p else %}}\n{narrow}\n{{%p endif %}}"
    return Side(f"{party}（盖章）：\n{name}", "{%p for s in " + field + " %}\n" + each_ + "\n{%p endfor %}")


def _both(first: str = "甲方", second: str = "乙方") -> str:
    return signing(_side(first, "{{ office }}", "signers"), _side(second, "{{ other }}", "others"))


_CAPACITY_CHARS = 9  # a longer capacity has the place to sign under it: no word of it is broken
_ROSTER_WIDTHS = (8, 24, 16, 14, 16, 22)


def _roster(title: str) -> str:
    """The list of households on a page of its own: it stays inside the offices."""
    names = ("序号", "所在社区", "户主姓名", "家庭人口（人）", "计划年度", "帮扶责任人")
    heads = row(*(label(n) for n in names), head=True)
    one = row("{{ r.serial }}", C("{{ r.place }}", style="CellS"), "{{ r.head }}", "{{ r.size }}", "{{ r.planned }}",
              "{{ r.helper }}")  # fmt: skip
    return choose(
        "rows",
        p("Annex", "附件（内部使用，不得公开）")
        + lines(1)
        + p("Title", title)
        + lines(1)
        + table(_ROSTER_WIDTHS, (heads, *each("r in rows", one))),
    )


_GOAL = (
    "所列目标只与工作结果相对照，不作为任何一户{{ leaving }}的条件；每户是否{{ leaving }}，以逐项核查、收入核算和户主本人的"
    "意见为准。不得下达指标代替标准，不得弄虚作假。"
)
_RE_SIGN = "责任人职务变动的，由继任者承接全部责任，并自到任之日起{{ re_sign }}内重新签订；交接期间责任不中断。"
_CHANGE = "目标确需调整的，另订补充协议，写明本责任书编号；上下级目标合计须保持一致，不得在原件上改动。"
_GRADES = (
    "甲方按年度考核办法对乙方进行考核，考核等次分为{{ grades }}，结果作为评先评优、干部考核和追责问责的依据；"
    "推进缓慢、成效不明显的，予以通报并限期整改，未完成年度任务的，约谈主要负责人。"
)


def _copies(more: str = "") -> str:
    return f"本责任书一式{{{{ copies }}}}份，{more}自双方签字盖章之日起生效，至{{{{ year }}}}年度考核结束时止。"


_REPORT = choose("report_by", body("乙方应于{{ report_by }}前向甲方报送年中进展报告。"))


def _closing(*texts: str) -> str:
    return body(*texts[:-1]) + close(texts[-1])


def street_agreement() -> str:
    return (
        _head("{{ year }}年{{ name }}", under="（责任单位：{{ other }}）")
        + body(
            "为落实“区负总责、街道抓落实”的工作机制，层层压实责任，根据{{ basis }}，{{ office }}（以下简称甲方）与"
            "{{ other }}（以下简称乙方）签订本责任书。"
        )
        + p("H1", "一、责任主体")
        + body(
            "乙方对本街道{{ communities }}个社区的{{ label }}帮扶工作承担主体责任，{{ first }}为第一责任人，共同对完成本责任书"
            "负责，做好{{ duties }}等工作。"
        )
        + p("H1", "二、目标任务")
        + body("{{ year }}年度乙方的目标任务如下：")
        + _targets()
        + body(_GOAL)
        + p("H1", "三、工作要求")
        + _points(
            "识别与动态管理。逐户开展入户核查，落实{{ register }}和动态调整，做到应纳尽纳、应退则退，数据真实、账实相符。",
            "到户帮扶。组织落实{{ programmes }}等帮扶措施，一户一策；坚持{{ bond }}，每户有帮扶单位、帮扶责任人和帮扶计划。",
            "核查把关。严格对照{{ checklist }}逐项核查、逐项取证，谁核查谁签字、谁审核谁负责。",
            "项目和资金。落实项目公示、招标采购、验收和绩效管理，资金专款专用，不得挤占挪用、截留私分、虚报冒领、挥霍浪费。",
            "公示公开。依照规定的程序和期限公示、公告，及时受理和答复群众意见，保护个人信息。",
            "走访和档案。主要负责人每年带队走访，现场解决问题；资料一户一档，完整归档。",
        )
        + p("H1", "四、考核与奖惩")
        + _REPORT
        + body(_GRADES)
        + p("H1", "五、附则")
        + _closing(_RE_SIGN, _CHANGE, _copies())
        + _both()
    )


def community_agreement() -> str:
    return (
        _head("{{ year }}年{{ name }}", under="（责任单位：{{ other }}）")
        + body(
            "为把目标任务落实到社区、到户、到人，根据{{ basis }}，{{ office }}（以下简称甲方）与{{ other }}（以下简称乙方）"
            "签订本责任书。"
        )
        + p("H1", "一、责任主体")
        + body("乙方主要负责人对本社区的{{ label }}帮扶工作负总责，经办人员各负其责。")
        + p("H1", "二、目标任务")
        + body("{{ year }}年度乙方的目标任务如下，各社区目标合计与甲方所承担的目标一致：")
        + _targets()
        + body(_GOAL)
        + p("H1", "三、工作要求")
        + _points(
            "入户核查。摸清每户家庭人口、收入、住房、就学、就医情况，如实填报{{ register }}，发现变化及时上报。",
            "民主评议。按规定召集会议、回避亲属、如实记录，评议和核查结果经得起群众监督。",
            "逐项认定。对照{{ checklist }}逐项核对，佐证材料齐全，户主本人签字确认。",
            "公示公开。在社区公示栏张贴名单并留存影像，公示期满撤下，收到异议当日登记、按期答复。",
            "配合帮扶。协助帮扶单位和帮扶责任人入户，督促措施到户；坚持{{ bond }}，{{ leaving }}后继续关心、按期回访。",
        )
        + p("H1", "四、考核与奖惩")
        + _REPORT
        + body(_GRADES)
        + p("H1", "五、附则")
        + _closing(_RE_SIGN, _CHANGE, _copies())
        + _both()
    )


def unit_agreement() -> str:
    return (
        _head("{{ year }}年{{ name }}", under="（帮扶单位：{{ other }}）")
        + body(
            "为落实对口帮扶责任，根据{{ basis }}，{{ office }}（以下简称甲方）与{{ other }}（以下简称乙方）签订本责任书。"
        )
        + p("H1", "一、责任主体")
        + body(
            "乙方主要负责人为本单位帮扶工作第一责任人。乙方负责帮扶的{{ label }}共{{ rows|length }}户"
            "{{ rows|map(attribute='size')|map('int')|sum }}人，名单见附件。"
        )
        + p("H1", "二、目标任务")
        + body("{{ year }}年度乙方协助完成的目标任务如下：")
        + _targets()
        + body(_GOAL)
        + p("H1", "三、工作要求")
        + _points(
            "落实责任到人。为每一户指定帮扶责任人并与其签订责任书；帮扶责任人调整的，先落实接替人员，不得空档。",
            "落实帮扶措施。发挥单位优势，在{{ domains }}等方面开展帮扶，一户多法，措施逐户登记。",
            "坚持{{ bond }}。所帮扶的户{{ leaving }}以前不得终止结对，{{ leaving }}以后在巩固期内继续回访、帮助解决后续困难。",
            "规范帮扶资金。依法筹集和使用帮扶资金，资金到户，账目清楚。",
            "参加驻街道帮扶工作组，支持街道、社区开展核查、公示和走访。",
            "保护个人信息。附件名单只供工作使用，不得公开、转发或者挪作他用。",
        )
        + p("H1", "四、考核与奖惩")
        + _REPORT
        + body(_GRADES)
        + p("H1", "五、附则")
        + _closing(_RE_SIGN, _CHANGE, _copies())
        + _both()
        + _roster("{{ other }}结对帮扶户名单")
    )


def helper_agreement() -> str:
    return (
        _head("{{ year }}年帮扶责任人{{ name }}", under="（帮扶责任人：{{ other }}）")
        + body(
            "为把帮扶责任落实到人，根据{{ basis }}，{{ office }}（以下简称甲方）与帮扶责任人{{ other }}（以下简称乙方）签订"
            "本责任书。"
        )
        + p("H1", "一、责任范围")
        + body(
            "乙方负责联系帮扶{{ label }}{{ rows|length }}户{{ rows|map(attribute='size')|map('int')|sum }}人，名单见附件。"
        )
        + p("H1", "二、目标任务")
        + body("{{ year }}年度乙方协助完成的目标任务如下，本单位各责任人目标合计与甲方所承担的目标一致：")
        + _targets()
        + body(_GOAL)
        + p("H1", "三、工作要求")
        + _points(
            "定期入户。了解家庭人口、收入、就业、就学、就医和住房变化，如实填写走访记录。",
            "一户一策。与户主共同制定帮扶计划，措施有内容、有时间、有责任单位，逐项落实。",
            "宣传政策。向帮扶户讲清可享受的政策和办理途径，协助申请，不代替户主表态和签字。",
            "坚持{{ bond }}。{{ leaving }}以前不得自行中断联系，{{ leaving }}以后按期回访，发现返困风险及时报告。",
            "廉洁守信。不收受财物，不虚报成效，不泄露帮扶户个人信息。",
        )
        + p("H1", "四、甲方责任")
        + body("甲方为乙方开展工作提供必要的时间、经费和支持，统筹本单位力量帮助解决乙方个人难以解决的问题。")
        + p("H1", "五、考核与奖惩")
        + _REPORT
        + body("甲方每年对乙方履行责任情况进行考核，等次分为{{ grades }}，结果作为年度考核和评先评优的依据。")
        + p("H1", "六、附则")
        + _closing(_RE_SIGN, _CHANGE, _copies())
        + _both()
        + _roster("{{ other }}结对帮扶户名单")
    )


def help_agreement() -> str:
    facts = (
        ("户主姓名", "{{ other }}", "户编号", "{{ household_no }}"),
        ("家庭人口", "{{ size }}人", "劳动力", "{{ able }}人"),
        ("户属性", "{{ attribute }}", "主要原因", "{{ cause }}"),
        ("所在社区", "{{ area }}", "计划{{ leaving }}年度", "{{ planned_year }}"),
    )
    measures = row(*(label(n) for n in ("序号", "帮扶类别", "帮扶内容", "责任单位", "起止时间")), head=True)
    one = row("{{ m.serial }}", C("{{ m.programme }}", style="CellS"), C("{{ m.content }}", style="CellL"),
              C("{{ m.owner }}", style="CellS"), C("{{ m.term }}", style="CellS"))  # fmt: skip
    return (
        _head("{{ year }}年结对帮扶三方协议书", after=0)
        + p("Plain", "甲方：{{ office }}")
        + p("Plain", "帮扶责任人：{{ helper }}{% if helper_phone %}（{{ helper_phone }}）{% endif %}")
        + p("Plain", "乙方：{{ other }}（{{ label }}）")
        + p("Plain", "丙方：{{ community }}")
        + body(
            "为落实规划到户、责任到人，根据{{ basis }}，甲、乙、丙三方本着自愿、平等、互助的原则，就{{ year }}年度结对帮扶"
            "事项订立本协议。"
        )
        + p("H1", "一、乙方家庭基本情况")
        + table((16, 34, 18, 32), [row(label(a), b, label(c), d) for a, b, c, d in facts])
        + p("Gap")
        + p("H1", "二、帮扶内容")
        + body("甲方会同丙方，本年度对乙方落实下列帮扶措施：")
        + table((8, 20, 34, 18, 20), (measures, *each("m in measures", one)))
        + p("Gap")
        + body(
            "措施有增减的，记入帮扶计划。是否{{ leaving }}，以逐项核查、收入核算和乙方本人意见为准，计划年度只作工作安排。"
        )
        + p("H1", "三、甲方责任")
        + _points(
            "指定帮扶责任人定期入户，与乙方共同制定帮扶计划。",
            "发挥单位优势，为乙方提供资金、项目、技术、就业等方面的帮助，帮助乙方落实各项惠民政策。",
            "如实记录，不虚报成效，不收受财物，保守个人信息。",
        )
        + p("H1", "四、乙方的权利和责任")
        + _points(
            "有权了解和享受政策，有权对帮扶措施提出意见，有权对核查结果表示认可或者不认可。",
            "如实提供人口、收入和财产情况，有变化的及时告知。",
            "积极参加生产、就业和培训，帮扶资金和物资用于约定用途。",
        )
        + p("H1", "五、丙方责任")
        + _points(
            "协助入户，及时反映困难和需求，协助办理各项申请。",
            "按规定组织评议和公示，如实上报，保守个人信息。",
        )
        + p("H1", "六、{{ bond }}")
        + body(
            "乙方{{ leaving }}以前，甲方不得终止结对帮扶关系。帮扶责任人调整的，须先落实接替人员，由接替人员自到任之日起"
            "{{ re_sign }}内重新签字，承接本协议的全部责任，不得出现空档。乙方{{ leaving }}以后，{{ after }}，甲方继续联系、按期"
            "回访，帮助解决后续困难。"
        )
        + p("H1", "七、期限、变更和其他")
        + body(
            "本协议自{{ starts_on }}起至{{ ends_on }}止。期满时乙方尚未{{ leaving }}的，三方续订。约定事项确需变更的，订立补充"
            "协议并写明本协议编号，不得在原件上改动。"
        )
        + body("乙方对帮扶工作有意见的，可以向丙方、街道反映，或者拨打监督电话{{ complaint_line }}。")
        + close("本协议一式{{ copies }}份，三方及街道各执一份，自三方签字（盖章）之日起生效。")
        + signing(
            Side("甲方（盖章）：\n{{ office }}", "帮扶责任人（签字）：\n　"),
            Side("乙方：\n{{ other }}", "户主（签字、指印）：\n　"),
            Side("丙方（盖章）：\n{{ community }}", "负责人（签字）：\n　"),
        )
    )  # fmt: skip


def agreement_supplement() -> str:
    names: Sequence[str] = ("序号", "指标", "单位", "原定目标", "调整后目标")
    one = row("{{ c.serial }}", C("{{ c.label }}", style="CellL"), "{{ c.unit }}", "{{ c.before }}", "{{ c.after }}")
    return (
        _head("补充协议", under="（原协议编号：{{ main_number }}）")
        + body(
            "{{ office }}（以下简称甲方）与{{ other }}（以下简称乙方）已签订《{{ main_title }}》（编号{{ main_number }}，以下简称"
            "原协议）。因{{ reason }}，经双方协商一致，就调整目标订立本补充协议。"
        )
        + p("H1", "一、调整事项")
        + table((10, 40, 12, 19, 19), (row(*(label(n) for n in names), head=True), *each("c in changes", one)))
        + p("Gap")
        + body("同时调整的其他各份责任书另订补充协议，调整后上下级目标合计保持一致。")
        + p("H1", "二、效力")
        + body(
            "本补充协议是原协议的组成部分，与原协议具有同等效力。除上述调整外，原协议其他内容不变；原协议所列目标与本补充协议"
            "不一致的，以本补充协议为准。"
        )
        + close("本补充协议一式{{ copies }}份，各方各执一份，自各方签字盖章之日起生效。")
        + _both()
    )


MASTERS: Mapping[str, Callable[[], str]] = {
    "agreement_supplement": agreement_supplement,
    "community_agreement": community_agreement,
    "help_agreement": help_agreement,
    "helper_agreement": helper_agreement,
    "street_agreement": street_agreement,
    "unit_agreement": unit_agreement,
}
