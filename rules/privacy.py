"""What may be made public of a household, how a name is masked, and how a leaked number is found in a text.

Public lists are built from a whitelist of columns (domain 5.4): serial, group or community, head, family size, and
nothing else. The scan is the second lock: it looks for ID, bank card and telephone numbers in what was built.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

BOARD_COLUMNS = ("place", "head", "size")
_COMPOUND = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "司徒",
        "司空",
        "夏侯",
        "端木",
        "长孙",
        "宇文",
        "轩辕",
        "南宫",
        "百里",
        "独孤",
        "东郭",
        "西门",
        "申屠",
        "澹台",
        "赫连",
    ]
)


def _named(name: str) -> Mapping[str, object]:
    return {"name": name, "record": "户登记信息", "shown": "", "contact": False}


@dataclass(frozen=True, kw_only=True)
class PublicRow:
    """One household on a public list: all that a neighbour needs to object, and no more."""

    serial: int = field(metadata=_named("序号"))
    place: str = field(metadata=_named("居民小组或社区"))
    head: str = field(metadata=_named("户主姓名"))
    size: int = field(metadata=_named("家庭人口"))


def for_board(households: Iterable[Mapping[str, object]]) -> tuple[PublicRow, ...]:
    """The rows of a list for the notice board, numbered as given; takes the whitelisted columns and no others."""
    return tuple(
        PublicRow(serial=n, place=str(h["place"]), head=str(h["head"]), size=int(str(h["size"])))
        for n, h in enumerate(households, 1)
    )


def for_web(rows: Sequence[PublicRow]) -> tuple[PublicRow, ...]:
    """The same list for the open web: the head's name masked."""
    return tuple(replace(row, head=mask_name(row.head)) for row in rows)


def mask_name(name: str) -> str:
    """张三丰 is 张*, 欧阳修 is 欧阳*; the star does not tell how long the name is."""
    name = name.strip()
    keep = 2 if name[:2] in _COMPOUND and len(name) > 2 else 1
    return name[:keep] + "*" if name else ""


def mask_id(number: str) -> str:
    """An ID number as first two, stars, last three; for papers that are not public but need to point at one."""
    return number[:2] + "*" * (len(number) - 5) + number[-3:] if len(number) > 8 else "*" * len(number)


def mask_phone(number: str) -> str:
    """13812345678 is 138****5678."""
    return number[:3] + "****" + number[-4:] if len(number) == 11 else "*" * len(number)


@dataclass(frozen=True, slots=True)
class Leak:
    """A number that must not be public: what it is, and the text as found."""

    kind: str  # 身份证号码, 银行卡号, 电话号码
    found: str

    @property
    def masked(self) -> str:
        """The number as it may be repeated in a message or a log."""
        return self.found[:2] + "*" * max(len(self.found) - 5, 1) + self.found[-3:]


_GAP = r"[ \u3000\u00a0\u2009-]"  # people break long numbers with a space or a hyphen
_RUN = re.compile(rf"\d(?:{_GAP}?\d)*(?:{_GAP}?[Xx])?")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})\d{7,8}")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_ISSUERS = ("6", "9558", "9559", "4367", "4563", "4270", "4392", "5187", "5218", "3568")  # first digits of card issuers
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
        "91",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def scan(text: str, exempt: Collection[str] = (), areas: Collection[str] = ()) -> list[Leak]:
    """Every ID, bank card and telephone number in a text, also in full-width digits and broken by spaces.

    `exempt` are telephone numbers that belong there, compared digit by digit and whole; an ID or card number is never
    exempt. A household number (16 digits) that begins with one of the area codes in `areas` is no card number.
    """
    allowed = {_digits(_plain(number)) for number in exempt}
    return [leak for run in _RUN.finditer(_plain(text)) for leak in _in_run(run.group(), allowed, tuple(areas))]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in folded if unicodedata.category(c) != "Cf")


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _in_run(run: str, allowed: Collection[str], areas: tuple[str, ...]) -> Iterator[Leak]:
    tokens = [token.upper() for token in re.split(_GAP, run)]
    seen: set[int] = set()
    for start in range(len(tokens)):
        number = ""
        for end in range(start, min(len(tokens), start + 19)):
            number += tokens[end]
            if len(number) > 19:
                break
            if seen.isdisjoint(range(start, end + 1)) and (kind := _kind(number, areas)):
                seen.update(range(start, end + 1))
                if not (kind == "电话号码" and number in allowed):
                    yield Leak(kind, number)
    for token in tokens:
        if len(token) > 19:
            yield from _glued(token)


def _glued(token: str) -> Iterator[Leak]:
    """ID numbers inside a longer row of digits; here the check digit must be right too."""
    for at in range(len(token) - 17):
        if is_id_number(token[at : at + 18]):
            yield Leak("身份证号码", token[at : at + 18])


def _kind(number: str, areas: tuple[str, ...]) -> str | None:
    if _looks_like_id(number):
        return "身份证号码"
    if number.endswith("X"):
        return None
    if _looks_like_card(number, areas):
        return "银行卡号"
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return "电话号码"
    return None


def _looks_like_id(number: str) -> bool:
    """Province and birth date decide; a wrong check digit is a typing error, not a reason to publish. A person's
    register number (18 digits) has no date at that place."""
    if number[:2] not in _PROVINCES:
        return False
    if len(number) == 18:
        return is_id_number(number) or _is_day(number[6:14])
    return len(number) == 15 and number.isdigit() and _is_day("19" + number[6:12])


def is_id_number(number: str) -> bool:
    """Is this a complete citizen's ID number: province, birth date and check digit (GB 11643)?"""
    if not re.fullmatch(r"\d{17}[\dX]", number) or number[:2] not in _PROVINCES or not _is_day(number[6:14]):
        return False
    rest = sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False)) % 11
    return "10X98765432"[rest] == number[-1]


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1880
    except ValueError:
        return False


def _looks_like_card(number: str, areas: tuple[str, ...]) -> bool:
    if not 16 <= len(number) <= 19 or not number.startswith(_ISSUERS):
        return False
    return not (len(number) in (16, 18) and areas and number.startswith(areas)) and _luhn(number)


def _luhn(number: str) -> bool:
    doubled = (int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(number)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
