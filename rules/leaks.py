"""Finding a number that must not be public: ID, bank card and telephone numbers, however somebody spelled them.

Date and check digit decide what is an ID, issuer and check digit what is a card. The register's own numbers (户编号 of
16 digits, 人编号 of 18) have no date where an ID has one, or begin with a community's code and fail the check.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

ID, CARD, PHONE, OURS = "身份证号码", "银行卡号", "电话号码", "户编号"


@dataclass(frozen=True, slots=True)
class Leak:
    """A number that must not be public: what it is, and the text as found."""

    kind: str
    found: str

    @property
    def masked(self) -> str:
        """The number as it may be repeated in a message or a log."""
        return self.found[:2] + "*" * max(len(self.found) - 5, 1) + self.found[-3:]


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
_ISSUERS = ("6", "9558", "9559", "4367", "4563", "4270", "4392", "5187", "5218", "3568")  # first digits of card issuers
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})\d{7,8}")
_SHORTEST = 10  # a landline with its area code; everything else that is looked for is longer
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")

_UNSEEN = "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"  # take no room
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u20d0-\u20f0\u3099\u309a"  # drawn on the digit before
_INK = re.compile(f"[{_UNSEEN}{_ACCENTS}]")
# every gap but the end of a line
_GAPS = (
    " \\t\\r\\x0b\\x0c\\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u00b7\u2010-\u2015\u2212\u30fb_\\-"
)
_SEP = f"[{_GAPS}{_UNSEEN}{_ACCENTS}]{{0,6}}"
_GAP = re.compile(f"[{_GAPS}]+")
_CROSS = "XxХхΧχ×✕✖"
_HAN = {
    c: str(n)
    for digits in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "○弌弍叄肄伍陸柒捌玖")
    for n, c in enumerate(digits)
}
_RUN = re.compile(rf"\d(?:{_SEP}\d)*(?:{_SEP}[{_CROSS}])?")
_ANY_HAN = re.compile(f"[{''.join(_HAN)}]")
_HAN_RUN = re.compile(rf"(?:[{''.join(_HAN)}\d]{_SEP}){{11,}}(?:[{_CROSS}])?")
_AREA_IN_BRACKETS = re.compile(r"\((0\d{2,3})\)")
_CALLED = re.compile(rf"(?:电话|座机|手机|联系方式|[Tt][Ee][Ll])[^\d]{{0,6}}(\d{{3,4}}{_SEP}\d{{4}})(?!{_SEP}\d)")
_SEVERAL = re.compile(r"[、，,；;/／]")


def scan(text: str, exempt: Collection[str] = (), areas: Collection[str] = (), strict: bool = False) -> list[Leak]:
    """Every ID, bank card and telephone number in a text: in full-width, circled, Chinese or other digits, broken by
    spaces, hyphens and characters that nobody sees.

    `exempt` are telephone numbers that belong there, compared digit by digit and whole; an ID or card number is never
    exempt. `areas` are codes of the district's areas: a 16-digit number that begins with one is no card, and an 18-digit
    one that begins with a community's code (12 digits) is an ID only with the right check digit. `strict` takes only
    what a check digit proves: for pieces of text that a reader would not join.
    """
    allowed = {_digits(_folded(one)) for number in exempt for one in (number, *_SEVERAL.split(number))}
    look = _Look(allowed, frozenset(areas), strict)
    plain = _AREA_IN_BRACKETS.sub(r"\1-", _folded(text))
    found = [leak for run in _RUN.finditer(plain) for leak in look.in_run(run.group())]
    if _ANY_HAN.search(plain):
        found += [leak for run in _HAN_RUN.finditer(plain) if not run.group().isascii()
                  for leak in look.in_run("".join(_HAN.get(c, c) for c in run.group()))]  # fmt: skip
    if not strict:
        found += [Leak(PHONE, number) for number in _called(plain) if number not in allowed]
    return found


def _folded(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _digits(text: str) -> str:
    return "".join(str(int(c)) for c in text if c.isdecimal())


def _called(plain: str) -> Iterator[str]:
    """Seven or eight digits are a telephone number when the text says so."""
    for match in _CALLED.finditer(plain):
        number = _digits(match.group(1))
        if not number.startswith(("0", "1")):
            yield number


@dataclass(frozen=True, slots=True)
class _Look:
    allowed: Collection[str]
    areas: frozenset[str]
    strict: bool

    def in_run(self, run: str) -> Iterator[Leak]:
        """A row of digits and gaps: whole pieces, joined as far as a number can reach; what is surest comes first."""
        if len(run) < _SHORTEST:
            return
        plain = "".join(str(int(c)) if c.isdecimal() else "X" if c in _CROSS else c for c in _INK.sub("", run))
        tokens = [token for token in _GAP.split(plain) if token]
        taken: set[int] = set()
        spans = sorted(self._spans(tokens))
        for _, start, end, kind, number in spans:
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                if kind != OURS and not (kind == PHONE and number in self.allowed):
                    yield Leak(kind, number)
        if not taken and all(len(token) < 15 for token in tokens):
            tokens = ["".join(tokens)]  # broken into pieces and stuck to other digits
        for n, token in enumerate(tokens):
            if len(token) > 18 and n not in taken:
                yield from _glued(token)

    def _spans(self, tokens: list[str]) -> Iterator[tuple[int, int, int, str, str]]:
        """(how sure, from, to, what, number) for every row of pieces that is something."""
        for start in range(len(tokens)):
            number = ""
            for end in range(start, len(tokens)):
                number += tokens[end]
                if len(number) > 19:
                    break
                if (kind := self.kind(number)) is not None:
                    yield kind[0], start, end + 1, kind[1], number

    def kind(self, number: str) -> tuple[int, str] | None:
        """What a whole row of digits is, and how sure: 0 is proved by its check digit."""
        length, ours = len(number), _begins(number, self.areas)
        if length == 18 and is_id_number(number):
            return 0, ID
        if number.endswith("X"):
            return (1, ID) if length == 18 and not self.strict and self._dated(number) else None
        if length == 18 and not self.strict and self._dated(number):
            return 1, ID
        if length == 18 and self._registers(number):
            return 1, OURS
        if length == 15 and not self.strict and number[:2] in _PROVINCES and _is_day("19" + number[6:12]):
            return 2, ID
        if length in (16, 18) and ours:
            return (3 if length == 18 else 4), OURS
        if 16 <= length <= 19 and number.startswith(_ISSUERS) and _luhn(number):
            return 5, CARD
        if not self.strict and (_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number)):
            return 6, PHONE
        return None

    def _dated(self, number: str) -> bool:
        """Province and birth date decide; a wrong check digit is a typing error, not a reason to publish. Where a town's
        code looks like a year, a community's code in front says that it is the register's number."""
        return number[:2] in _PROVINCES and _is_day(number[6:14]) and not self._registers(number)

    def _registers(self, number: str) -> bool:
        return _begins(number, self.areas, 12)


def _begins(number: str, codes: frozenset[str], least: int = 0) -> bool:
    """Does it begin with one of the codes, of at least so many digits?"""
    return any(length >= least and number[:length] in codes for length in _lengths(codes))


@lru_cache(8)
def _lengths(codes: frozenset[str]) -> frozenset[int]:
    return frozenset(map(len, codes))


def _glued(token: str) -> Iterator[Leak]:
    """ID numbers inside a longer row of digits; here the check digit must be right too."""
    for at in range(len(token) - 17):
        if is_id_number(token[at : at + 18]):
            yield Leak(ID, token[at : at + 18])


def is_id_number(number: str) -> bool:
    """Is this a complete citizen's ID number: province, birth date and check digit (GB 11643)?"""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or number[:2] not in _PROVINCES or not _is_day(number[6:14]):
        return False
    rest = sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False)) % 11
    return "10X98765432"[rest] == number[-1]


def _is_day(digits: str) -> bool:
    try:
        return 1880 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False


def _luhn(number: str) -> bool:
    doubled = (int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(number)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
