"""Does a Word file keep GB/T 9704-2012? Reads any .docx and says what departs from it, where, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from templates.checker import contents, joint, layout, pages
from templates.checker.departure import Context, Departure, PageSeen
from templates.checker.reading import read

__all__ = ["Context", "Departure", "PageSeen", "check"]

RULES: Sequence[Callable[[Context], list[Departure]]] = (
    layout.page_size,
    layout.margins,
    layout.grid,
    pages.grid_on_paper,
    layout.fonts,
    contents.document_number,
    contents.days,
    pages.first_page_has_text,
    contents.headings,
    contents.upward,
    contents.report_asks_nothing,
    contents.one_matter,
    contents.annexes,
    layout.imprint_lines,
    pages.imprint_at_the_foot,
    contents.endings,
    layout.page_numbers,
    contents.kind_of_document,
    contents.no_seal_in_a_draft,
    contents.title_punctuation,
    contents.nothing_personal,
    contents.numerals,
    joint.joint,
)


def check(
    docx: bytes,
    printed: Sequence[PageSeen] | None = None,
    public: bool | None = None,
    expected: bytes | None = None,
    missing_fonts: Sequence[str] = (),
) -> list[Departure]:
    """Every departure, rule by rule. `printed` are the pages of its PDF; without them what only a page shows is left
    out. `public`: is it to be made public (None: its title decides). `expected`: the file made from the record, whose
    numerals this one must have."""
    context = Context(
        read(docx),
        docx,
        tuple(printed) if printed is not None else None,
        public,
        read(expected) if expected is not None else None,
        tuple(missing_fonts),
    )
    return [found for rule in RULES for found in rule(context)]
