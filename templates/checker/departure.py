"""What the rules are given and what they report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from templates.checker.reading import Paragraph, Word
from templates.standard import TYPES


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure from the standard: its rule, the place, what was found, what to do. A `note` is no fault."""

    rule: str
    place: str
    found: str
    remedy: str
    note: bool = False

    def __str__(self) -> str:
        return f"{self.rule} {self.place}：{self.found}；{self.remedy}"


@dataclass(frozen=True, slots=True)
class PageSeen:
    """One printed page: its size and its lines as (text, left, top, right, bottom), in points."""

    width: float
    height: float
    lines: tuple[tuple[str, float, float, float, float], ...]


@dataclass(frozen=True)
class Context:
    """One file under examination."""

    word: Word
    docx: bytes
    printed: tuple[PageSeen, ...] | None
    public: bool | None
    expected: Word | None
    missing_fonts: tuple[str, ...]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """Those of the body that have text; cells of tables left out."""
        return [p for p in self.word.paragraphs if p.text.strip(" 　") and not p.cell]

    @cached_property
    def official(self) -> bool:
        """A 公文 has a red mark or a document number near its top; anything else is a form or a letter to a person."""
        return bool(self.word.red_marks) or self.number is not None

    @cached_property
    def number(self) -> Paragraph | None:
        near = self.paragraphs[: max(1, self._title_at if self._title_at is not None else 6)]
        return next((p for p in near if looks_like_number(p.text)), None)

    @cached_property
    def _title_at(self) -> int | None:
        return next((n for n, p in enumerate(self.paragraphs) if p.size >= 20 and not p.red), None)

    @cached_property
    def title_lines(self) -> list[Paragraph]:
        if self._title_at is None:
            return []
        rest, found = self.paragraphs[self._title_at :], []
        for p in rest:
            if p.size < 20:
                break
            found.append(p)
        return found

    @cached_property
    def title(self) -> str:
        return "".join(p.text.strip(" 　") for p in self.title_lines)

    @cached_property
    def kind(self) -> str:
        """The type of document its title ends with: 通知, 请示 …; "" where it ends with none. A document of its own form
        (限期整改通知书) is of the type it is named after."""
        title = self.title.removesuffix("书") if self.title.endswith(("通知书", "决定书")) else self.title
        return next((t for t in sorted(TYPES, key=len, reverse=True) if title.endswith(t)), "")

    @cached_property
    def after_title(self) -> list[Paragraph]:
        if self._title_at is None:
            return self.paragraphs
        return self.paragraphs[self._title_at + len(self.title_lines) :]

    @cached_property
    def addressee(self) -> Paragraph | None:
        first = next((p for p in self.after_title if not p.text.startswith("（")), None)
        return first if first is not None and not first.indented and len(first.text) < 120 else None

    @cached_property
    def upward(self) -> bool:
        return self.kind in ("请示", "报告") and self.official


def place_of(p: Paragraph) -> str:
    """Where a paragraph stands, so that a person finds it: its first words."""
    words = p.text.strip(" 　")
    return f"“{words[:14]}{'…' if len(words) > 14 else ''}”"


def looks_like_number(text: str) -> bool:
    """Is a line by its shape a document number, with the signer behind it or not?"""
    head = text.split("签发人")[0].strip(" 　\t")
    return len(head) <= 24 and head.endswith("号") and any(c.isdigit() for c in head)
