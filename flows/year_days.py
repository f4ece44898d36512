"""A year's days of rest and make-up days (放假和调休) as people write them: lines on a page, or a small file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rules.days import ONE_DAY
from states.not_allowed import FieldMissing, FieldWrong

Day = tuple[date, bool, str]  # the day, is it worked, what it is called
WRITE = "请写作“2027-02-06 休 春节”，上班写“班”，连续几天写“2027-02-05至2027-02-11 休 春节”。"
WEEK = "一二三四五六日"
_ONE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_LINE = re.compile(rf"({_ONE})(?:\s*[至到~—]+\s*({_ONE}))?\s*[,，\s]\s*(休|班)\s*[,，\s]?\s*(.*)")
_HEADING = re.compile(r"日期\s*[,，\s].*")


def read_days(text: str, year: int) -> list[Day]:
    """Lines such as "2027-02-06 休 春节", "2027-02-20,班,调休" or "2027-02-05至2027-02-11 休 春节". Raises FieldWrong
    naming the line and what is wrong with it, FieldMissing when there is no day at all."""
    found: dict[date, Day] = {}
    for number, line in enumerate(text.splitlines(), 1):
        written = line.strip().rstrip(",，")
        if not written or written.startswith("#") or (not found and _HEADING.fullmatch(written)):
            continue
        match = _LINE.fullmatch(written)
        if match is None:
            raise FieldWrong(field=f"第{number}行", why=WRITE)
        first = _date(match[1], number)
        last = _date(match[2], number) if match[2] else first
        for day in _through(first, last, number):
            _add(found, day, match[3] == "班", match[4].strip(), year, f"第{number}行")
    return _some(found)


def days_in_file(data: bytes, name: str, year: int) -> list[Day]:
    """The days of a text, CSV or TOML file; a TOML file has [[day]] with name, is_open and days. A table saved by an
    office program may be in GB 18030. Raises FieldWrong, FieldMissing."""
    text = _decoded(data)
    if not name.lower().endswith(".toml"):
        return read_days(text, year)
    try:
        blocks = tomllib.loads(text).get("day", [])
    except tomllib.TOMLDecodeError as no:
        raise FieldWrong(field=name, why=f"不是TOML文件：{no}。") from no
    found: dict[date, Day] = {}
    for number, block in enumerate(blocks, 1):
        where = f"第{number}个[[day]]"
        for day in _listed(block, where):
            if day.year == year:  # such a file may hold several years
                _add(found, day, block["is_open"], str(block["name"]).strip(), year, where)
    return _some(found)


def _listed(block: Mapping[str, Any], where: str) -> Iterator[date]:
    days = block.get("days")
    if not isinstance(block.get("is_open"), bool) or not isinstance(days, list) or not block.get("name"):
        raise FieldWrong(field=where, why="须有name（名称）、is_open（true为上班、false为休息）和days（日期的列表）。")
    for written in days:
        if isinstance(written, date):
            yield written
            continue
        try:
            yield date.fromisoformat(str(written))
        except ValueError as no:
            raise FieldWrong(field=where, why=f"没有“{written}”这一天，日期写作2027-02-06。") from no


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FieldWrong(field="文件", why="不是文本文件，请另存为UTF-8编码的文本或CSV。")


def _date(written: str, number: int) -> date:
    year, month, day = (int(part) for part in re.findall(r"\d+", written))
    try:
        return date(year, month, day)
    except ValueError as no:
        raise FieldWrong(field=f"第{number}行", why=f"没有{written}这一天。") from no


def _through(first: date, last: date, number: int) -> Iterator[date]:
    if last < first or (last - first).days > 31:
        raise FieldWrong(field=f"第{number}行", why="后一个日期应在前一个之后，且不超过一个月。")
    while first <= last:
        yield first
        first += ONE_DAY


def _add(found: dict[date, Day], day: date, is_open: bool, name: str, year: int, where: str) -> None:
    if day.year != year or day in found:
        raise FieldWrong(field=where, why=f"{day}不是{year}年的日子，或写了两次。")
    if is_open and day.weekday() < 5:
        raise FieldWrong(field=where, why=f"{day}是周{WEEK[day.weekday()]}，本来就上班，请核对日期。")
    found[day] = (day, is_open, name or ("调休上班" if is_open else "休息"))


def _some(found: Mapping[date, Day]) -> list[Day]:
    if not any(not is_open for _, is_open, _ in found.values()):
        raise FieldMissing(step="公布年历", fields="放假的日子")
    return sorted(found.values())
