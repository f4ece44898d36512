"""Splitting a yearly target over those who answer for its parts: nothing is lost and nothing is added on the way down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Amounts = Mapping[str, int]  # a measure's key, or a party's, to a whole number


@dataclass(frozen=True, slots=True)
class Gap:
    """One measure whose parts do not add up: what is to be split, what the parts make together."""

    measure: str
    whole: int
    parts: int

    @property
    def difference(self) -> int:
        """Positive: so much is given to nobody. Negative: so much is given out twice."""
        return self.whole - self.parts


def apportion(whole: int, weights: Amounts) -> dict[str, int]:
    """The whole in whole numbers by weight, with the largest remainders rounded up; the first named wins a tie. Without
    any weight everybody gets an equal part. Raises ValueError for nobody, or for anything negative."""
    if whole < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("a target and its weights are not negative")
    if not weights:
        raise ValueError("there is nobody to split over")
    shares = dict(weights) if any(weights.values()) else dict.fromkeys(weights, 1)
    total = sum(shares.values())
    parts = {name: whole * weight // total for name, weight in shares.items()}
    left = whole - sum(parts.values())
    order = list(shares)
    by_remainder = sorted(order, key=lambda name: (-(whole * shares[name] % total), order.index(name)))
    for name in by_remainder[:left]:
        parts[name] += 1
    return parts


def gaps(whole: Amounts, parts: Iterable[Amounts]) -> tuple[Gap, ...]:
    """Every measure whose parts do not make the whole, in the order of the whole; a part may leave a measure out."""
    listed = list(parts)
    names = [*whole, *dict.fromkeys(name for part in listed for name in part if name not in whole)]
    found = (Gap(name, whole.get(name, 0), sum(part.get(name, 0) for part in listed)) for name in names)
    return tuple(gap for gap in found if gap.difference)
