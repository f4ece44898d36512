"""Identity numbers (GB 11643): checksum, birth date, sex. The birth place is at most a remark, never an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_FULL = str.maketrans("０１２３４５６７８９ＸｘX", "0123456789XXX")
_DROP = str.maketrans("", "", " 　\u00a0\u200b\ufeff-－\t")


class IdWrong(ValueError):
    """An identity number that cannot be one; `str()` says why in Chinese."""


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that holds: what it says of its owner."""

    number: str
    born_on: date
    sex: str  # 男, 女
    region: str  # six digits


def normalise(text: str) -> str:
    """Full-width digits, spaces, hyphens and a small x as people type them, put right."""
    return text.translate(_DROP).translate(_FULL).upper()


def check_digit(first17: str) -> str:
    """The 18th character that belongs to 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECK[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def read_id(text: str) -> IdNumber:
    """Read an 18-digit number, or the first 18 of a 20-digit disability card. Raises IdWrong with the reason."""
    number = normalise(text)
    if len(number) == 20 and number[:18].isascii():
        number = number[:18]
    if len(number) == 15 and number.isascii() and number.isdigit():
        raise IdWrong("是15位旧号码，请填18位号码")
    if len(number) != 18:
        raise IdWrong(f"应为18位，现为{len(number)}位")
    if not (number[:17].isascii() and number[:17].isdigit()):
        raise IdWrong("前17位应全为数字")
    if check_digit(number[:17]) != number[17]:
        raise IdWrong("校验码不符，可能有数字抄错")
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as no:
        raise IdWrong("第7至14位不是一个日期") from no
    return IdNumber(number, born_on, "男" if int(number[16]) % 2 else "女", number[:6])


def masked(text: str) -> str:
    """A number as a report may show it: the middle covered."""
    return text if len(text) < 8 else f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"


PROVINCES = frozenset(
    (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
     64, 65, 71, 81, 82, 83)
)  # fmt: skip


def region_in(region: str) -> bool:
    """Is the birth place's province one there is? Counties come and go, so nothing finer is asked (remark only)."""
    return region[:2].isdigit() and int(region[:2]) in PROVINCES


def of_age(born_on: date, on: date) -> bool:
    """Is a person eighteen on that day (民法典第十七条, 民法通则第十一条)?"""
    birthday = (on.month, on.day) >= (born_on.month, born_on.day)
    return on.year - born_on.year - (not birthday) >= 18
