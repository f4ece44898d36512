"""Write the masters a first time: `python -m templates.make_masters [folder …]` (without names: only missing ones).

A master that stands is a clerk's: it is written over only when its folder is named. Wording is our own; what a policy
pack or a record decides (labels, basis, issuers, telephone numbers, the name of a checklist) is a blank.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from templates.master import master_path
from templates.wordml import body, each, imprint, lines, p, row, table, write

HOUSEHOLDS = "{{ rows|length }}户"
PERSONS = "{{ rows|map(attribute='size')|map('int')|sum }}人"


def red_head(kind: str = "文件") -> str:
    return p("Head", "{{ office }}" + kind) + lines(2) + p("Number", "{{ number }}") + p("RedLine") + lines(2)


def signed(office: str = "office") -> str:
    """The issuer centred over the day, which stands four characters from the right; a long name runs to the right."""
    return (
        p("To", keep=True)
        + p("To", "{%p if " + office + "|length > 14 %}")
        + p("SignLong", "{{ " + office + " }}")
        + p("To", "{%p else %}")
        + p("Sign", "{{ " + office + " }}")
        + p("To", "{%p endif %}")
        + p("Day", "{{ issued_on }}")
    )


def printed() -> str:
    return imprint("抄送：{{ copies }}。", "{{ printed_by }}", "{{ issued_on }}印发", when="copies")


def annex_note(name: str) -> str:
    return lines(1) + body(f"附件：{name}")


def public_list(name: str, place: str) -> str:
    """附件: the list on a page of its own, its heading repeated on every page."""
    heads = row("序号", place, "户主姓名", "家庭人口（人）", style="ListHead", head=True)
    one = row("{{ r.serial }}", "{{ r.place }}", "{{ r.head }}", "{{ r.size }}", style="List")
    whole = row("合计", HOUSEHOLDS, "", PERSONS, style="List")
    return (
        p("Annex", "附件") + lines(1) + p("Title", name) + lines(1)
        + table((12, 44, 24, 20), (heads, *each("r in rows", one), whole))
    )  # fmt: skip


def acceptance_notice() -> str:
    return (
        p("Title", "{% if missing %}一次性补正材料告知书{% else %}受理告知书{% endif %}")
        + lines(1)
        + p("To", "{{ head }}：")
        + p("To", "{%p if missing %}")
        + body("你户于{{ applied_on }}提出的{{ matter }}申请收悉。经审查，尚需补正下列材料，现一次性告知：")
        + p("To", "{%p for m in missing %}")
        + body("{{ m.serial }}. {{ m.material }}{% if loop.last %}。{% else %}；{% endif %}")
        + p("To", "{%p endfor %}")
        + body(
            "请于{{ bring_by }}前将上述材料送交{{ office }}。材料补齐后即予受理；逾期未补齐的，可待材料齐全后重新提出申请。"
            "确有困难不能自行取得的材料，可请经办人协助查询。"
        )
        + p("To", "{%p else %}")
        + body(
            "你户于{{ applied_on }}提出的{{ matter }}申请及所附材料收悉。经审查，材料齐全，现予受理。"
            "我单位将按规定组织入户调查、信息核对和民主评议，办理结果另行书面告知，请你户予以配合。"
        )
        + p("To", "{%p endif %}")
        + body("联系人：{{ handler }}，联系电话：{{ phone }}。", "本告知书一式二份，申请人一份，存档一份。")
        + signed()
        + lines(1)
        + p("To", "申请人（代收人）签收：　　　　　　　　　　　　年　　月　　日")
    )


def publicity(what: str, found: str) -> Callable[[], str]:
    def content() -> str:
        name = "{{ area }}{{ year }}年" + what + "{{ label }}名单"
        return (
            p("Title", "关于{{ year }}年" + what + "{{ label }}名单的公示")
            + lines(1)
            + body(
                "根据{{ basis }}，经{{ after }}，{{ area }}共有" + HOUSEHOLDS + PERSONS + found
                + "。现将名单予以公示，接受群众监督。"
            )
            + p("H1", "一、公示时间")
            + body("{{ starts_on }}至{{ ends_on }}，共{{ period }}。")
            + p("H1", "二、受理方式")
            + body(
                "受理地点：{{ place }}；受理电话：{{ phone }}{% if email %}；电子邮箱：{{ email }}{% endif %}；"
                "监督电话：{{ complaint_line }}。"
            )
            + p("H1", "三、意见反映")
            + body(
                "对公示对象有不同意见的，请在公示期内以书面或口头方式如实反映，提倡署实名并提供具体线索。"
                "受理单位对反映人信息予以保密，并在查清后答复。"
            )
            + annex_note(name) + signed() + public_list(name, "居民小组（社区）")
        )  # fmt: skip

    return content


def announcement(verb: str, outcome: str, more: str = "") -> Callable[[], str]:
    def content() -> str:
        name = "{{ year }}年" + verb + "{{ label }}名单"
        return (
            red_head()
            + p("Title", "{{ office }}")
            + p("Title", "关于{{ year }}年" + verb + "{{ label }}的公告")
            + lines(1)
            + body(
                "根据{{ basis }}，经{{ after }}，公示期满无异议或者异议已按规定办结，并报{{ decided_by }}审定，"
                + outcome + "，现予公告。"
            )
            + more
            + body(
                "本公告自发布之日起生效。对公告结果有异议的，可于{{ review_until }}前向{{ review_office }}申请复核，"
                "联系电话：{{ phone }}，监督电话：{{ complaint_line }}。",
                "特此公告。",
            )
            + annex_note(name) + signed() + public_list(name, "所在街道、社区") + printed()
        )  # fmt: skip

    return content


MASTERS: Mapping[str, Callable[[], str]] = {
    "acceptance_notice": acceptance_notice,
    "exit_publicity": publicity("拟退出", "符合退出条件，拟予退出"),
    "exit_announcement": announcement(
        "退出",
        "确定{{ area }}" + HOUSEHOLDS + PERSONS + "达到退出条件，予以退出",
        p("To", "{%p if continues %}") + body("{{ continues }}") + p("To", "{%p endif %}"),
    ),
}


def main(names: list[str]) -> None:
    for folder, content in MASTERS.items():
        path = master_path(folder)
        if folder in names or (not names and not path.exists()):
            write(path, content())


if __name__ == "__main__":
    main(list(MASTERS) if sys.argv[1:] == ["--all"] else sys.argv[1:])
