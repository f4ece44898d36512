"""What the masters of letters, notices and announcements share: red head, signature, imprint, list of households."""

from __future__ import annotations

from collections.abc import Callable

from templates.wordml import body, choose, close, each, imprint, lines, p, row, table

HOUSEHOLDS = "{{ rows|length }}户"


PERSONS = "{{ rows|map(attribute='size')|map('int')|sum }}人"


def red_head(kind: str = "文件") -> str:
    return p("Head", "{{ office }}" + kind) + lines(2) + p("Number", "{{ number }}") + p("RedLine") + lines(2)


def signed(office: str = "office") -> str:
    """The issuer centred over the day, which stands four characters from the right; a long name runs to the right."""
    return (
        p("To", keep=True)
        + choose(office + "|length > 14", p("SignLong", "{{ " + office + " }}"), p("Sign", "{{ " + office + " }}"))
        + p("Day", "{{ issued_on }}")
    )


def printed() -> str:
    return imprint("抄送：{{ copies }}。", "{{ printed_by }}", "{{ issued_on }}印发", when="copies")


def annex_note(name: str) -> str:
    return p("To", keep=True) + close(f"附件：{name}")


def public_list(name: str, place: str, mark: str = "附件") -> str:
    """附件: the list on a page of its own, its heading repeated on every page."""
    heads = row("序号", place, "户主姓名", "家庭人口（人）", style="ListHead", head=True)
    one = row("{{ r.serial }}", "{{ r.place }}", "{{ r.head }}", "{{ r.size }}", style="List")
    whole = row("合计", HOUSEHOLDS, "", PERSONS, style="List")
    return (
        p("Annex", mark)
        + lines(1)
        + p("Title", name)
        + lines(1)
        + table((11, 42, 22, 25), (heads, *each("r in rows", one), whole))
    )


def publicity(what: str, found: str) -> Callable[[], str]:
    def content() -> str:
        name = "{{ area }}{{ year }}年" + what + "{{ label }}名单"
        return (
            p("Title", "关于{{ year }}年" + what + "{{ label }}名单的公示")
            + lines(1)
            + body(
                "根据{{ basis }}，经{{ after }}，{{ area }}共有"
                + HOUSEHOLDS
                + PERSONS
                + found
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
            + close(
                "对公示对象有不同意见的，请在公示期内以书面或口头方式如实反映，提倡署实名并提供具体线索。"
                "受理单位对反映人信息予以保密，并在查清后答复。"
            )
            + annex_note(name)
            + signed()
            + public_list(name, "居民小组（社区）")
        )

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
                + outcome
                + "，现予公告。"
            )
            + more
            + body(
                "本公告自发布之日起生效。对公告结果有异议的，可于{{ review_until }}前向{{ review_office }}申请复核，"
                "联系电话：{{ phone }}，监督电话：{{ complaint_line }}。"
            )
            + close("特此公告。")
            + annex_note(name)
            + signed()
            + public_list(name, "所在街道、社区")
            + printed()
        )

    return content
