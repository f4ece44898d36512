"""What may be made public of a household, and how a name is masked.

Public lists are built from a whitelist of columns (domain 5.4): serial, group or community, head, family size, and
nothing else. The scan (`rules.leaks`) is the second lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rules.leaks import Leak, is_id_number, scan

__all__ = [
    "AUDIENCES", "BOARD_COLUMNS", "PUBLIC_COLUMNS", "Audience", "Leak", "PublicRow", "Roster", "RosterColumn", "for_board", "for_web",
    "is_id_number", "mask_id", "mask_name", "mask_phone", "public_roster", "scan",
]  # fmt: skip

Audience = Literal["board", "web", "bank", "file"]
AUDIENCES: Mapping[Audience, str] = {"board": "公示栏", "web": "网站", "bank": "银行", "file": "存档"}
NEVER_PUBLIC = frozenset({"id_no", "account", "phone", "address", "health", "cause", "income"})  # domain 5.4

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
class RosterColumn:
    """One column of a roster: its key, its head, and who may have it. What domain 5.4 omits can go to nobody outside."""

    key: str
    title: str
    audiences: frozenset[Audience]

    def __post_init__(self) -> None:
        if self.key in NEVER_PUBLIC and self.audiences & {"board", "web"}:
            raise ValueError(f"{self.key} is never public")


@dataclass(frozen=True, slots=True)
class Roster:
    """One list (花名册) from which each audience's copy is made: the bank's has the accounts, the public's has not."""

    title: str
    columns: tuple[RosterColumn, ...]
    rows: tuple[Mapping[str, object], ...]

    def copy_for(self, audience: Audience) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
        """Heads and rows with the columns of that audience and no others; on the web a head's name is masked."""
        mine = [column for column in self.columns if audience in column.audiences]
        rows = tuple(tuple(_shown(row[c.key], c.key, audience) for c in mine) for row in self.rows)
        return tuple(column.title for column in mine), rows


def _shown(value: object, key: str, audience: Audience) -> object:
    return mask_name(str(value)) if audience == "web" and key == "head" else value


_EVERYBODY = frozenset(AUDIENCES)
PUBLIC_COLUMNS = (
    RosterColumn("serial", "序号", _EVERYBODY),
    RosterColumn("place", "居民小组（社区）", _EVERYBODY),
    RosterColumn("head", "户主姓名", _EVERYBODY),
    RosterColumn("size", "家庭人口（人）", _EVERYBODY),
)


def public_roster(title: str, rows: Sequence[PublicRow]) -> Roster:
    """The list of a public paper as a roster."""
    return Roster(title, PUBLIC_COLUMNS, tuple(
        {"serial": r.serial, "place": r.place, "head": r.head, "size": r.size} for r in rows
    ))  # fmt: skip
