"""What the masters of official documents share: heads, signatures, notes, imprints, lists of households."""

from __future__ import annotations

from collections.abc import Callable

from templates.page import Sheet
from templates.standard import DAY_AFTER_NAME_CHARS, NAME_FROM_RIGHT_CHARS
from templates.wordml import C, ImprintLine, R, body, choose, close, each, imprint, lines, mixed, p, row, table, when

HOUSEHOLDS = "{{ rows|length }}户"
PERSONS = "{{ rows|map(attribute='size')|map('int')|sum }}人"
SEAL_ROW = 2600  # 45.9 mm from one row of names to the next: the seals of two rows do not touch
LAST_ROW = 1530  # and the names of the last row stand at its foot, right over the day
_THIRDS = (470, 455, 455, 180)  # of 156 mm: seals of 45 mm beside each other, the last over the day
_HALVES = (74, 74, 8)
_THIRD_CHARS, _HALF_CHARS = 7, 12  # of the body, as many as a third and a half hold
_CONTACT_CHARS = 5  # of a name beside which a telephone of 13 signs still stands whole
_DAY_CHARS = 8  # the longest day, 2017年12月28日, in characters of the body


# --- heads ------------------------------------------------------------------------------------------------------------


def red_head(kind: str = "文件", mark: str = "office") -> str:
    """下行文, 平行文: the mark 35 mm under the upper edge of the text, the number centred two lines below (7.2)."""
    return p("Head", "{{ " + mark + " }}" + kind) + lines(2) + p("Number", "{{ number }}") + p("RedLine") + lines(2)


def head_up(kind: str = "文件") -> str:
    """上行文: the number one character from the left, the signer one from the right (7.2.5, 7.2.6)."""
    number = mixed("NumberUp", "{{ number }}\t签发人：", ("SignerName", "{{ signer }}"))
    return p("Head", "{{ office }}" + kind) + lines(2) + number + p("RedLine") + lines(2)


def head_joint() -> str:
    """联合行文: the issuers below each other, 文件 beside them in the middle; the leading body's number (7.2.4)."""
    names = C("{{ office }}\n{%p for i in issuers %}\n{{ i.name }}\n{%p endfor %}", style="HeadJoint")
    mark = table((4, 78, 14, 4), (row("", names, C("文件", style="HeadMark"), ""),), ruled=False)
    return p("HeadSpace") + mark + lines(2) + p("Number", "{{ number }}") + p("RedLine") + lines(2)


def order_head() -> str:
    """命令: the mark 20 mm under the upper edge of the text, two lines, the number, two lines (10.2)."""
    return p("HeadOrder", "{{ office }}命令") + lines(2) + p("Number", "{{ number }}") + lines(2)


def letter_form(content: str) -> Sheet:
    """信函格式: mark 30 mm from the paper's edge, red double lines of 170 mm, no page number on the first page (10.1)."""
    head = p("HeadLetter", "{{ office }}") + p("LineThick") + p("LineThin")
    return Sheet(p("NumberLetter", "{{ number }}") + lines(2) + content, letter_head=head)


def titled(*texts: str) -> str:
    """The title, one line of it for each text, and the line that stays free under it (7.3.1, 7.3.2)."""
    return "".join(p("Title", text) for text in texts) + lines(1)


ABOUT = "关于{{ subject }}的"
TO = p("To", "{{ to }}：")


def opened(kind: str, head: str = "") -> str:
    """How a document to somebody begins: head, issuer and subject with the kind, addressees (7.2, 7.3.1, 7.3.2)."""
    return (head or red_head()) + titled("{{ office }}", ABOUT + kind) + TO


# --- the end of the text ----------------------------------------------------------------------------------------------


def signed(office: str = "office", noted: bool = False) -> str:
    """With a seal: the issuer centred over the day, which stands four characters from the right (7.3.5.1). A note under
    the day (`noted`) stays on its page."""
    return (
        p("To", keep=True)
        + choose(office + "|length > 14", p("SignLong", "{{ " + office + " }}"), p("Sign", "{{ " + office + " }}"))
        + p("Day", "{{ issued_on }}", keep=noted)
    )


def unsealed(office: str = "office") -> str:
    """Without a seal: the issuer two characters from the right, the day two after the issuer's first (7.3.5.2)."""
    wide = 28 - NAME_FROM_RIGHT_CHARS
    least = wide - _DAY_CHARS - DAY_AFTER_NAME_CHARS  # where a short name begins: the day is what stands at the right
    start = f"({wide} - {office}|length if {office}|length > {wide - least} else {least})"
    return (
        p("To", keep=True)
        + p("Plain", _spaces(start) + "{{ " + office + " }}", keep=True)
        + p("Plain", _spaces(f"{start} + {DAY_AFTER_NAME_CHARS}") + "{{ issued_on }}")
    )


def _spaces(count: str) -> str:
    return "{% for n in range(" + count + ") %}　{% endfor %}"


def stamped(title: str) -> str:
    """With the stamp of the person who signs: the title to the left of the stamp, then the day (7.3.5.3)."""
    return (
        lines(2)
        + p("Stamp", "{{ " + title + " }}　　{{ signer }}", keep=True)
        + p("To", keep=True)
        + p("Day", "{{ issued_on }}")
    )


def signed_jointly() -> str:
    """The issuers beside each other in their order, room for a seal of 45 mm on each, the last over the day: three in a
    row, two where a name is too long for a third of the width, one under the other where it is too long for half of it;
    no name is broken (7.3.5.1)."""
    return (
        p("To", keep=True)
        + choose(
            _longer_than(_HALF_CHARS),
            _in_column(),
            choose(f"issuers|length == 1 or {_longer_than(_THIRD_CHARS)}", _in_rows(2, _HALVES), _in_rows(3, _THIRDS)),
        )
        + p("Day", "{{ issued_on }}")
    )


def _longer_than(chars: int) -> str:
    return f"(office|length > {chars} or issuers|map(attribute='name')|map('length')|max > {chars})"


def _in_column() -> str:
    last = row(C("{{ i.name }}", style="SignLong", valign="bottom"), height=LAST_ROW)
    one = row("{{ i.name }}", style="SignLong", height=SEAL_ROW)
    rest = each("i in issuers", *when("loop.last", last), *when("not loop.last", one))
    return table((1,), (row("{{ office }}", style="SignLong", height=SEAL_ROW), *rest), ruled=False)


def _in_rows(wide: int, widths: tuple[int, ...]) -> str:
    """So many names in a row; a row that is not full stands at the right, and the names of a last row at its foot."""
    rest = ("",) * (len(widths) - wide)
    name = "{% if K %}{{ issuers[K - 1].name }}{% else %}{{ office }}{% endif %}"
    names = tuple(name.replace("K", f"(k + {n})" if n else "k") for n in range(wide))
    at_foot: list[R] = []
    for short in range(1, wide):  # so many names are left for the last row
        cells = (*("",) * (wide - short), *names[:short], *rest)
        left = row(*(C(t, style="SignJoint", valign="bottom") for t in cells), height=LAST_ROW)
        at_foot += when(f"k + {short} == issuers|length + 1 and k", left)
    only = row(*names, *rest, style="SignJoint")
    last = row(*(C(t, style="SignJoint", valign="bottom") for t in (*names, *rest)), height=LAST_ROW)
    rows = (
        *when(f"k + {wide} < issuers|length + 1", row(*names, *rest, style="SignJoint", height=SEAL_ROW)),
        *when(f"k + {wide} == issuers|length + 1 and not k", only),
        *when(f"k + {wide} == issuers|length + 1 and k", last),
        *at_foot,
    )
    return table(widths, each(f"k in range(0, issuers|length + 1, {wide})", *rows), ruled=False)


def note(text: str, when: str = "") -> str:
    """附注 in brackets, two characters in, under the day (7.3.6)."""
    whole = p("Note", f"（{text}）")
    return choose(when, whole) if when else whole


def asking() -> str:
    """附注 with whom to ask (7.3.6): behind a long name the telephone begins a line, so that it is not broken at its hyphen."""
    whom, where = "联系人：{{ contact }}，", "联系电话：{{ phone }}"
    return choose(f"contact|length > {_CONTACT_CHARS}", note(whom + "\n" + where), note(whom + where))


def printed(*before: ImprintLine) -> str:
    """版记: addressees where they stand here, copies, the printing office and its day (7.4)."""
    copies = ImprintLine("Copies", "抄送：{{ copies }}。", when="copies")
    return imprint(*before, copies, ImprintLine("Imprint", "{{ printed_by }}\t{{ issued_on }}印发"))


def letter_copies() -> str:
    """版记 of a letter: copies only, no lines and no printing data (10.1)."""
    return choose("copies", imprint(ImprintLine("Copies", "抄送：{{ copies }}。"), ruled=False))


def annex_note(name: str) -> str:
    return p("To", keep=True) + close(f"附件：{name}")


def annex_notes() -> str:
    """附件说明 from the list of annexes: one by its name, several with their numbers (7.3.4)."""
    return choose(
        "annexes",
        p("To", keep=True)
        + p("To", "{%p for a in annexes %}")
        + choose(
            "loop.first",
            p("Body", "附件：{% if annexes|length > 1 %}1. {% endif %}{{ a.name }}", keep=True),
            p("Body2", "{{ loop.index }}. {{ a.name }}", keep=True),
        )
        + p("To", "{%p endfor %}"),
    )


SECTIONS = (
    p("To", "{%p for s in sections %}")
    + choose(
        "s.level == '1'",
        p("H1", "{{ s.text }}"),
        choose(
            "s.level == '2'",
            p("H2", "{{ s.text }}"),
            choose("loop.last", p("Body", "{{ s.text }}", keep=True), p("Body", "{{ s.text }}")),
        ),
    )
    + p("To", "{%p endfor %}")
)  # the text as its author divided it: 一、 in 黑体, （一） in 楷体, the rest in 仿宋 (7.3.3)


# --- lists and notices ------------------------------------------------------------------------------------------------


def public_list(name: str, place: str, mark: str = "附件", title: str = "") -> str:
    """附件: the list on a page of its own, its heading repeated on every page; `title` is the name as it is broken."""
    heads = row("序号", place, "户主姓名", "家庭人口（人）", style="ListHead", head=True)
    one = row("{{ r.serial }}", "{{ r.place }}", "{{ r.head }}", "{{ r.size }}", style="List")
    whole = row("合计", HOUSEHOLDS, "", PERSONS, style="List")
    return (
        p("Annex", mark)
        + lines(1)
        + (title or p("Title", name))
        + lines(1)
        + table((11, 42, 22, 25), (heads, *each("r in rows", one), whole))
    )


def publicity(what: str, found: str, long: str = "") -> Callable[[], str]:
    """A notice before a decision; where `long` holds, its titles are broken before whom they are about."""

    def title(before: str, after: str) -> str:
        whole = p("Title", before + after)
        return choose(long, p("Title", before + "\n" + after), whole) if long else whole

    def content() -> str:
        before, people = "{{ area }}{{ year }}年" + what, "{{ label }}名单"
        name = before + people
        return (
            title("关于{{ year }}年" + what, people + "的公示")
            + lines(1)
            + body(
                "根据{{ basis }}，经{{ after }}，{{ area }}共有"
                + HOUSEHOLDS
                + PERSONS
                + found
                + "。现将名单予以公示，接受群众监督。"
            )
            + p("H1", "一、公示时间")
            + body("{{ starts_on }}至{{ ends_on }}，共{{ period }}（张贴当日不计算在内）。")
            + p("H1", "二、受理方式")
            + body(
                "受理地点：{{ place }}{% if email %}；电子邮箱：{{ email }}{% endif %}。",
                "受理电话：{{ phone }}；监督电话：{{ complaint_line }}。",
            )
            + p("H1", "三、意见反映")
            + close(
                "对公示对象有不同意见的，请在公示期内以书面或口头方式如实反映，提倡署实名并提供具体线索。"
                "受理单位对反映人信息予以保密，并在查清后答复。"
            )
            + annex_note(name)
            + signed()
            + public_list(name, "居民小组（社区）", title=title(before, people))
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
                "根据{{ basis }}，经{{ after }}，{{ outcome }}，并报{{ decided_by }}审定，" + outcome + "，现予公告。"
            )
            + more
            + body(
                "本公告自发布之日起生效。对公告结果有异议的，可于{{ review_until }}前向{{ review_office }}申请复核。",
                "联系电话：{{ phone }}；监督电话：{{ complaint_line }}。",
            )
            + close("特此公告。")
            + annex_note(name)
            + signed()
            + public_list(name, "所在街道、社区")
            + printed()
        )

    return content
