"""Forms written from their paper's own blanks: the label of a cell is the Chinese name of its field, said once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, get_args, get_type_hints

from templates.masters.tables import HOUSEHOLD, MEMBERS, OPINIONS, grid, label
from templates.page import Sheet
from templates.paper import Paper
from templates.wordml import C, R, each, p, row, table

Part = Callable[[type[Paper]], tuple[R, ...]]
_SPANS = {1: (2, 10), 2: (2, 4, 2, 4), 3: (2,) * 6}


def facts(*names: str, spans: tuple[int, ...] = ()) -> Part:
    """One row: label and value of each field."""

    def rows(paper: type[Paper]) -> tuple[R, ...]:
        known, wide = names_of(paper), spans or _SPANS[len(names)]
        cells: list[C] = []
        for n, name in enumerate(names):
            cells += (label(known[name], wide[2 * n]), C("{{ " + name + " }}", wide[2 * n + 1]))
        return (row(*cells),)

    return rows


def room(name: str, height: int = 1100, end: str = "") -> Part:
    """A label and a wide box, filled from the record or by hand; `end` is where somebody signs."""

    def rows(paper: type[Paper]) -> tuple[R, ...]:
        return (row(label(names_of(paper)[name], 2), C("{{ " + name + " }}", 10, "CellL", end=end), height=height),)

    return rows


def hand(
    title: str, height: int = 1100, text: str = "", end: str = "签名（盖章）：　　　　　　　　　　年　月　日"
) -> Part:
    """A box that is written and signed by hand."""
    return lambda paper: (row(label(title, 2), C(text, 10, "CellL", end=end), height=height),)


def signs(*titles: str, height: int = 760) -> Part:
    """Places for signatures, two in a row."""

    def rows(paper: type[Paper]) -> tuple[R, ...]:
        pairs = [titles[n : n + 2] for n in range(0, len(titles), 2)]
        wide = {2: (2, 4), 1: (2, 10)}
        return tuple(
            row(*(c for t in pair for c in (label(t, wide[len(pair)][0]), C("", wide[len(pair)][1]))), height=height)
            for pair in pairs
        )

    return rows


def heading(text: str) -> Part:
    return lambda paper: (row(label(text, 12), height=440),)


def listing(field: str, *spans: int, height: int = 480) -> Part:
    """A table of rows inside the form: a head with the names of the row's fields, and one line for each row."""

    def rows(paper: type[Paper]) -> tuple[R, ...]:
        columns = names_of(row_of(paper, field))
        head = row(*(label(text, s) for text, s in zip(columns.values(), spans, strict=True)), head=True)
        one = row(*(C("{{ r." + c + " }}", s, "CellS") for c, s in zip(columns, spans, strict=True)), height=height)
        return (head, *each(f"r in {field}", one))

    return rows


def household(paper: type[Paper]) -> tuple[R, ...]:
    """Whose form it is."""
    return tuple(HOUSEHOLD)


def members(paper: type[Paper]) -> tuple[R, ...]:
    """The people of the household."""
    return MEMBERS


def opinions(paper: type[Paper]) -> tuple[R, ...]:
    """The opinions that go up the chain."""
    return OPINIONS


def sheet(paper: type[Paper], *parts: Part, line: str = "填报单位：{{ office }}", small: str = "", title: str = ""
          ) -> Callable[[], str]:  # fmt: skip
    """The whole form: title, one line above the table, the table, what has to be known to fill it in."""

    def content() -> str:
        rows = [r for part in parts for r in part(paper)]
        return (
            p("FormTitle", title or paper.title)
            + p("FormLine", line)
            + grid(*rows)
            + (p("Small", f"说明：{small}") if small else "")
        )

    return content


def roster(paper: type[Paper], field: str, *widths: int, line: str = "填报单位：{{ office }}", small: str = "",
           title: str = "", sign: str = "") -> Callable[[], Sheet]:  # fmt: skip
    """A list on a page that lies on its side, its head repeated on every page."""

    def content() -> Sheet:
        columns = names_of(row_of(paper, field))
        head = row(*(label(text) for text in columns.values()), head=True)
        one = row(*(C("{{ r." + c + " }}", style="CellS") for c in columns), height=520)
        signed = p("FormLine", sign) if sign else ""
        foot = p("Small", f"说明：{small}") if small else ""
        whole = table(widths, (head, *each(f"r in {field}", one)), across=True)
        above = "".join(p("FormLine", part) for part in line.replace("\t", "　　　　").split("\n"))
        top = p("FormTitle", title or paper.title) + above
        return Sheet(top + whole + (p("Small") + signed if sign else p("Gap")) + foot, landscape=True)

    return content


def names_of(owner: type[Any]) -> dict[str, str]:
    return {f.name: str(f.metadata["name"]) for f in dataclasses.fields(owner)}


def row_of(paper: type[Paper], field: str) -> type[Any]:
    kind: type[Any] = get_args(get_type_hints(paper)[field])[0]
    return kind
