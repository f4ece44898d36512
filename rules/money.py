"""Money is whole fen; a float never touches it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

LARGEST = 10**17  # fen: what a stored sum can hold with room to add
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")


@dataclass(frozen=True, order=True, slots=True)
class Yuan:
    """A sum of renminbi, kept as whole fen; negative sums (a loss from production) are allowed."""

    fen: int

    @classmethod
    def of(cls, text: str | int | Decimal) -> Yuan:
        """Read "6,433.03" (yuan). Raises ValueError for what is no number or finer than one fen."""
        try:
            amount = Decimal(str(text).replace(",", "").replace("，", "").strip())
            fen = amount * 100
            whole = int(fen)
        except (InvalidOperation, OverflowError, ValueError) as no:
            raise ValueError(f"{text!r} is not an amount of money") from no
        if abs(whole) > LARGEST:
            raise ValueError(f"{text!r} is more money than there is")
        if fen != whole:
            raise ValueError(f"{text!r} is finer than one fen")
        return cls(whole)

    def __add__(self, other: Yuan) -> Yuan:
        return Yuan(self.fen + other.fen)

    def __sub__(self, other: Yuan) -> Yuan:
        return Yuan(self.fen - other.fen)

    def __neg__(self) -> Yuan:
        return Yuan(-self.fen)

    def __mul__(self, count: int) -> Yuan:
        return Yuan(self.fen * count)

    def share(self, rate: Decimal) -> Yuan:
        """A part of this sum; a half fen rounds up (away from zero)."""
        return Yuan(int((self.fen * rate).to_integral_value(ROUND_HALF_UP)))

    def per(self, heads: int) -> Yuan:
        """This sum divided among heads, rounded half up to the fen, for printing; compare sums, not quotients."""
        return Yuan(int((Decimal(self.fen) / heads).to_integral_value(ROUND_HALF_UP)))

    @property
    def yuan(self) -> Decimal:
        return Decimal(self.fen) / 100

    def __str__(self) -> str:
        return f"{self.yuan:,.2f}"

    @property
    def plain(self) -> str:
        """The sum as a paper prints it: 6433 or 6433.03, without separators."""
        return f"{self.yuan:.2f}".removesuffix(".00")

    @property
    def in_words(self) -> str:
        """The capital form (大写) used on agreements and payment papers: 6433.03 is 陆仟肆佰叁拾叁元零叁分."""
        sign = "负" if self.fen < 0 else ""
        whole, cents = divmod(abs(self.fen), 100)
        jiao, fen = divmod(cents, 10)
        text = _whole_in_words(whole) + "元" if whole or not cents else ""
        if not cents:
            return f"{sign}{text}整"
        if whole and not jiao:
            text += "零"
        text += f"{_DIGITS[jiao]}角" if jiao else ""
        text += f"{_DIGITS[fen]}分" if fen else "整"
        return sign + text


ZERO = Yuan(0)


def total(sums: list[Yuan]) -> Yuan:
    """The sum of sums; nothing is zero."""
    return Yuan(sum(s.fen for s in sums))


def _whole_in_words(number: int) -> str:
    if number == 0:
        return "零"
    parts: list[str] = []
    gap = False
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**power % 10_000
        if not group:
            gap = bool(parts)
            continue
        if parts and (gap or group < 1000):
            parts.append("零")
        parts.append(_group_in_words(group) + _GROUPS[power])
        gap = False
    return "".join(parts)


def _group_in_words(group: int) -> str:
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return words
