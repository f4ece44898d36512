"""What only shows across households: the same number twice, one card for two, totals beside the policy's own."""

from __future__ import annotations

from collections.abc import Mapping

from rules.hits import Hit
from rules.identity import masked
from rules.register import PEOPLE_SHEET, HouseholdRows

TITLES = {"households": "户", "persons": "人", "communities": "社区", "helper_units": "帮扶单位"}


class Across:
    """Fed one household at a time; remembers numbers only."""

    def __init__(self) -> None:
        self._ids: dict[str, tuple[str, int]] = {}
        self._twice: dict[str, Hit] = {}
        self._persons: set[str] = set()
        self._cards: set[str] = set()
        self._communities: set[str] = set()

    def feed(self, household: HouseholdRows) -> list[Hit]:
        """Hits of this household against all that were fed before it."""
        hits: list[Hit] = []
        self._communities.add(household.community)
        for p in household.people:
            if p.id_no:
                number, row = self._ids.get(p.id_no, ("", 0))
                if row:
                    hits.append(_twice(p.id_no, p.row, row))
                if row and number != household.number:
                    self._twice.setdefault(number, _twice(p.id_no, row, p.row))
                self._ids.setdefault(p.id_no, (household.number, p.row))
            if p.person_no:
                if p.person_no in self._persons:
                    hits.append(_hit("DQ-91", "error", p.row, "人编号", p.person_no, "在本表中重复"))
                self._persons.add(p.person_no)
            card = p.facts.get("bank_card")
            if isinstance(card, str):
                if card in self._cards:
                    hits.append(_hit("DQ-92", "remark", p.row, "银行卡号(一卡通)", masked(card), "与他人相同，请核实"))
                self._cards.add(card)
        return hits

    def before(self) -> dict[str, Hit]:
        """Households, by number, of which a person came up again in another one: nobody knows which of them is right."""
        return self._twice

    def counts(self) -> dict[str, int]:
        """How many communities were seen."""
        return {"communities": len(self._communities)}


def check_totals(counts: Mapping[str, int], baseline: Mapping[str, int]) -> list[Hit]:
    """Control totals beside the policy's own (R1.2-02, R4.1-01): a difference is a remark, since a part is lawful."""
    return [
        Hit("DQ-93", "remark", PEOPLE_SHEET, 0, TITLES[key], str(counts[key]),
            f"本表共{counts[key]}个{TITLES[key]}，与政策基数{wanted}相差{abs(counts[key] - wanted)}。", "请核对是否漏报或多报。")
        for key, wanted in baseline.items() if key in counts and counts[key] != wanted
    ]  # fmt: skip


def _twice(id_no: str, row: int, other: int) -> Hit:
    says = f"与第{other}行重复，一人只能在一户"
    return _hit("DQ-90", "error", row, "证件号码", masked(id_no), says)


def _hit(rule: str, severity: str, row: int, column: str, value: str, says: str) -> Hit:
    message = f"{PEOPLE_SHEET}表第{row}行“{column}”{says}。"
    return Hit(rule, "error" if severity == "error" else "remark", PEOPLE_SHEET, row, column, value, message,
               "请核对后改正。")  # fmt: skip
