"""A paper (文书): its fields are the blanks of its master.docx, and rendering loses nothing and adds nothing."""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import (
    Any,
    ClassVar,
    Literal,
    Self,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from rules.days import in_chinese
from rules.money import Yuan
from states.not_allowed import BlankMissing, BlankWrong
from templates.batch.plan import unprintable
from templates.batch.sandbox import Row
from templates.master import Master, fill, load

T = TypeVar("T")
Family = Literal["official", "form"]
Snapshot = dict[str, Any]

NO_DAY = "　　年　月　日"  # a day that is written by hand
NO_NUMBER = "（待编号）"


def blank(
    name: str,
    *,
    default: Any = MISSING,
    record: str = "办件",
    shown: str = "",
    contact: bool = False,
    says: Callable[[str], str] | None = None,
) -> Any:
    """One blank: its Chinese name and the record that completes it. With a default it may stay empty (filled by hand
    or at signing) and then prints `shown`. A `contact` is a telephone that belongs on a public paper (exempt exactly).
    `says` makes of a text what is printed of it: a sentence, a part of one, lines.
    """
    facts = {"name": name, "record": record, "shown": shown, "contact": contact, "says": says}
    if default is MISSING:
        return dataclasses.field(metadata=facts)
    return dataclasses.field(default=default, metadata=facts)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(blank,))
def blanks(cls: type[T]) -> type[T]:
    """Make a class whose fields are blanks: frozen, named arguments only. For papers and for rows of their tables."""
    return dataclass(frozen=True, kw_only=True)(cls)


@blanks
class Paper:
    """文书"""

    code: ClassVar[str] = ""
    title: ClassVar[str] = ""  # the docstring of the class
    folder: ClassVar[str] = ""
    family: ClassVar[Family] = "form"
    public: ClassVar[bool] = False
    numbered: ClassVar[bool] = False
    hand_signed: ClassVar[bool] = False
    sums: ClassVar[Mapping[str, str]] = {}  # a blank that is the sum of a column of the paper's rows: {blank: column}

    spelled: ClassVar[Mapping[str, str]] = {}  # a blank that says a sum in capital words (大写): {blank: the sum}

    office: str = blank("发文（制表）单位", record="单位信息")

    def __init_subclass__(cls) -> None:
        cls.title = (cls.__doc__ or "").strip()

    def render(self, master: Master | None = None) -> bytes:
        """This paper as a .docx file, made of the program's own master or the one given: the same blanks give the same
        bytes.

        Raises BlankMissing or BlankWrong, naming paper, blank and the record to complete, before anything is written.
        """
        return fill(master or load(self.folder), self.texts(), title=self.title, office=self.office)

    def texts(self) -> dict[str, object]:
        """What each blank prints: a text, or a list of rows."""
        place = _Place(self.title, _whose(self))
        return {f.name: _shown(getattr(self, f.name), f, place) for f in _fields(type(self))}

    def agree(self) -> None:
        """Raises BlankWrong, naming the blank, where what people typed contradicts itself: a total that its rows do not
        make, a sum in words that is another, a period that ends before it begins or
        begins before the paper is signed."""
        for whole, column in self.sums.items():
            rows: tuple[Any, ...] = getattr(self, "rows", ())
            parts = [_figure(getattr(row, column)) for row in rows]
            given, made = _figure(getattr(self, whole)), sum(part for part in parts if part is not None)
            if rows and given is not None and None not in parts and given != made:
                name = next(f.metadata["name"] for f in _fields(type(rows[0])) if f.name == column)
                raise self.contradiction(whole, f"为{given:f}，而各行“{name}”相加为{made:f}")
        for words, amount in self.spelled.items():
            said = str(getattr(self, words)).strip(" 　").removeprefix("人民币").replace("圆", "元").replace("正", "整")
            if said != (wanted := getattr(self, amount).in_words):
                raise self.contradiction(words, f"与所列金额{getattr(self, amount).plain}元不符，应为{wanted}")
        starts, ends = getattr(self, "starts_on", None), getattr(self, "ends_on", None)
        if starts and ends and ends < starts:
            raise self.contradiction("ends_on", "早于开始日")
        signed = getattr(self, "issued_on", None)
        if starts and signed and starts < signed:
            raise self.contradiction("starts_on", f"早于签发日{in_chinese(signed)}，公示须在签发当日或以后开始")

    def contradiction(self, name: str, why: str) -> BlankWrong:
        """What refuses this paper for a blank that contradicts another one."""
        return _Place(self.title, _whose(self)).wrong(next(f for f in _fields(type(self)) if f.name == name), why)

    def to_snapshot(self) -> Snapshot:
        """The filled blanks as JSON: days in ISO form, sums as {"fen": …}, rows as lists."""
        return _plain(self)

    @classmethod
    def from_snapshot(cls, snapshot: Mapping[str, Any]) -> Self:
        """The paper that `to_snapshot` described; raises BlankMissing for one that it lacks,
        ValueError for a blank that this paper does not have."""
        paper: Self = _read(cls, snapshot)
        return paper

    def issued(self, *, on: date, number: str = "", signer: str = "") -> Self:
        """This paper as signed: its day, and its number and signer where its master has such blanks."""
        known = {f.name for f in fields(self)}
        facts: dict[str, Any] = {"issued_on": on, "number": number, "signer": signer}
        return dataclasses.replace(self, **{k: v for k, v in facts.items() if k in known and v})

    @property
    def contacts(self) -> frozenset[str]:
        """The telephone numbers that belong on this paper, exactly as given."""
        return frozenset(getattr(self, f.name) for f in fields(self) if f.metadata.get("contact"))


@blanks
class Dated(Paper):
    """发文"""

    issued_on: date | None = blank("成文日期", default=None, shown=NO_DAY)


@blanks
class Official(Dated):
    """公文"""

    family: ClassVar[Family] = "official"
    numbered: ClassVar[bool] = True

    number: str = blank("发文字号", default="", shown=NO_NUMBER)
    printed_by: str = blank("印发机关", record="单位信息")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands, for the sentence that refuses it: the paper, whose it is, the row."""

    paper: str
    whose: str
    row: str = ""

    def missing(self, f: dataclasses.Field[Any]) -> BlankMissing:
        return BlankMissing(
            paper=self.paper, blank=self.row + f.metadata["name"], record=self.whose + f.metadata["record"]
        )

    def wrong(self, f: dataclasses.Field[Any], why: str) -> BlankWrong:
        name, record = self.row + f.metadata["name"], self.whose + f.metadata["record"]
        return BlankWrong(paper=self.paper, blank=name, why=why, record=record)


def _fields(cls: type[Any]) -> tuple[dataclasses.Field[Any], ...]:
    """The blanks of a class: asked for every row of every list, so looked up once."""
    if cls not in _known:
        _known[cls] = fields(cls)
    return _known[cls]


_known: dict[type[Any], tuple[dataclasses.Field[Any], ...]] = {}


def _whose(paper: Paper) -> str:
    """The household that a paper is about, as far as its name can be printed."""
    head = getattr(paper, "head", None)
    return f"{head}户的" if isinstance(head, str) and head.strip(" 　") and not unprintable(head) else ""


def _shown(value: object, f: dataclasses.Field[Any], place: _Place) -> object:
    if value is None or value == () or (isinstance(value, str) and value.strip(" 　") == ""):
        if f.default is MISSING:
            raise place.missing(f)
        return f.metadata["shown"] if value != () else []
    if isinstance(value, tuple):
        name = place.row + f.metadata["name"]
        return [_row(row, dataclasses.replace(place, row=f"{name}第{n}行")) for n, row in enumerate(value, 1)]
    text = _text(value, lambda why: place.wrong(f, why))
    says = f.metadata.get("says")
    return text if says is None else says(text)


def _figure(value: object) -> Decimal | None:
    """The number that a blank holds, also one that is written with its points; None for other words."""
    match value:
        case Yuan():
            return value.yuan
        case bool():
            return None
        case int():
            return Decimal(value)
        case str() if found := re.fullmatch(r"(-?\d+(?:\.\d+)?)分?", value.strip()):
            return Decimal(found[1])
    return None


def _row(row: Any, place: _Place) -> Row:
    return Row({f.name: _shown(getattr(row, f.name), f, place) for f in _fields(type(row))})


def _text(value: object, wrong: Callable[[str], BlankWrong]) -> str:
    match value:
        case str():
            if bad := unprintable(value):
                raise wrong(f"含有不能印出的字符（U+{ord(bad.group()):04X}）")
            return value
        case Yuan():
            return value.plain
        case datetime() | bool():
            raise wrong("不是文字、整数、金额或日期")
        case date():
            return in_chinese(value)
        case int():
            return str(value)
        case _:
            raise wrong("不是文字、整数、金额或日期")


def _plain(owner: Any) -> Snapshot:
    return {f.name: _plain_value(getattr(owner, f.name)) for f in fields(owner)}


def _plain_value(value: object) -> object:
    match value:
        case Yuan():
            return {"fen": value.fen}
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(row) for row in value]
        case _:
            return value


_HINTS: dict[type[Any], dict[str, Any]] = {}


def _read(cls: type[Any], snapshot: Mapping[str, Any]) -> Any:
    known = {f.name for f in fields(cls)}
    if unknown := set(snapshot) - known:
        raise ValueError(f"{cls.__name__} has no blank {sorted(unknown)}")
    for f in _fields(cls):
        if f.name not in snapshot and f.default is MISSING:
            raise BlankMissing(
                paper=getattr(cls, "title", cls.__doc__), blank=f.metadata["name"], record=f.metadata["record"]
            )
    hints = _HINTS.get(cls) or _HINTS.setdefault(cls, get_type_hints(cls))
    return cls(**{name: _read_value(hints[name], value) for name, value in snapshot.items()})


def _read_value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], row) for row in value)
    if kind is Yuan:
        return Yuan(value["fen"])
    if kind is date:
        return date.fromisoformat(value)
    return value
