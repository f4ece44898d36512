"""Filling papers: for each code a function that reads the records and gives the paper with its blanks filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from config.pack import Pack
from flows.office import Office
from records.cases import CaseRow
from templates.paper import Paper


@dataclass(frozen=True, slots=True)
class Draft:
    """What a filling function is given: the cause of the paper and the day it is drawn up."""

    conn: Connection
    office: Office
    pack: Pack  # the pack that the case was frozen with
    code: str
    step: str
    on: date
    area_path: str
    case: CaseRow  # the case, or the first case of the act
    act: Any | None  # a row of round_acts when the paper covers an act
    case_ids: tuple[int, ...]  # every case the paper covers


@dataclass(frozen=True, slots=True)
class Fill:
    """How one code is filled, and whose signature makes it an issued paper."""

    paper: type[Paper]
    level: str  # states.procedure.Level of the issuing office
    role: str  # the post that signs
    make: Callable[[Draft], Paper]


FILLS: Mapping[str, Fill] = {}
