"""What a pack says about agreements: their names, who signs, which measures are split, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from config.pack import Pack
from rules.days import Limit
from states.not_allowed import MeasureUnknown, PackInvalid, PackValueUnset

FOR = "责任书"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the yearly targets, with the clause that it carries out."""

    key: str
    label: str
    unit: str
    clause: str
    condition: str | None = None  # the exit condition whose finding counts as a result


@dataclass(frozen=True)
class Terms:
    """The agreements of one pack."""

    pack: Pack

    @property
    def title(self) -> str:
        return self.word("title")

    def word(self, key: str) -> str:
        return self.pack.word(f"agreements.{key}", FOR)

    @property
    def measures(self) -> Mapping[str, Measure]:
        """By key, in the pack's order."""
        listed = self.pack.value("agreements.measures", FOR)
        return {m["key"]: Measure(m["key"], m["label"], m["unit"], m["clause"], m.get("condition")) for m in listed}

    def measure(self, text: str) -> Measure:
        """By key or by label, also without what stands behind it in brackets. Raises MeasureUnknown."""
        for measure in self.measures.values():
            if text.strip() in (measure.key, measure.label, measure.label.partition("（")[0]):
                return measure
        raise MeasureUnknown(measure=text, known="、".join(f"{m.label}（{m.key}）" for m in self.measures.values()))

    def signers(self, side: str) -> tuple[str, ...]:
        """The capacities in which a side signs; a street's are its first responsible persons, as many as the policy
        says (R4.2-05)."""
        found = self.pack.texts(f"agreements.{side}_signers", FOR)
        if side == "street":
            count = self.pack.integer("responsibility.first_responsible_per_street", FOR)
            if len(found) != count:
                raise PackInvalid(count=1, problems=f"agreements.street_signers：第一责任人应为{count}人")
        return found

    @property
    def duties(self) -> tuple[str, ...]:
        """What a street does (R4.2-06)."""
        return self.pack.texts("responsibility.street_duties", FOR)

    @property
    def programmes(self) -> tuple[str, ...]:
        return self.pack.texts("measures.programmes", FOR)

    @property
    def domains(self) -> tuple[str, ...]:
        """In which fields a unit helps (R4.1-03)."""
        return self.pack.texts("measures.fields", FOR)

    def number_word(self, code: str) -> str:
        return self.word(f"number_words.{code}")

    @property
    def sign_limit(self) -> Limit:
        return self.pack.limit("agreements.sign_limit")

    @property
    def re_sign_limit(self) -> Limit:
        return self.pack.limit("responsibility.re_sign_limit")

    @property
    def reported(self) -> tuple[str, ...]:
        """The kinds whose mid-year report is owed."""
        return self.pack.texts("agreements.reported", FOR)

    def report_by(self, year: int) -> date:
        return date.fromisoformat(f"{year}-{self.word('report_by')}")

    def assess_by(self, year: int) -> date:
        """Early in the year after."""
        return date.fromisoformat(f"{year + 1}-{self.word('assess_by')}")

    @property
    def grades(self) -> tuple[str, ...]:
        return self.pack.texts("agreements.grades", FOR)

    @property
    def copies(self) -> int:
        return self.pack.integer("agreements.copies", FOR)

    def target(self, year: int) -> int:
        """The year's target in persons. Raises PackValueUnset for a year without one."""
        targets = self.pack.targets()
        if year not in targets:
            key = f"targets_persons.{year}"
            raise PackValueUnset(label=f"{year}年减贫目标", key=key, needed_for=f"{year}年{self.title}")
        return targets[year]
