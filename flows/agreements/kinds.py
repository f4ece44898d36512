"""The kinds of agreements: between whom, who signs, and whose targets each takes a part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Party = Literal["a", "b", "c"]
PARTIES: Mapping[str, str] = {"a": "甲方", "b": "乙方", "c": "丙方"}
DISTRICT = ""  # the key of the district itself, which holds the year's targets and has no agreement above it


@dataclass(frozen=True, slots=True)
class Side:
    """Who signs for one party. `signers` names a list of the pack; without it, it is the one capacity given."""

    party: Party
    role: str | None  # the post that confirms by account; None: on paper only
    capacity: str = ""
    signers: str = ""
    in_person: bool = False  # this one person (the helper, the householder) and no other holder of the post


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind, by the code of its paper. `splits` says whose targets its own add up to: the district's, its parent's,
    or nobody's (a household's agreement states what is planned for it)."""

    code: str
    title: str
    sides: tuple[Side, ...]
    splits: Literal["district", "parent", "none"]
    parent: str = ""


LEADERS = Side("a", "group_leader", signers="district")
FIRST_RESPONSIBLE = "street_leader"  # a street's secretary and director, two persons (R4.2-05)

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("D-20", "区与街道", (LEADERS, Side("b", FIRST_RESPONSIBLE, signers="street")), "district"),
        Kind("D-21", "街道与社区",
             (Side("a", FIRST_RESPONSIBLE, signers="street"), Side("b", "community_head", "社区主要负责人")),
             "parent", "D-20"),
        Kind("D-22", "区与帮扶单位",
             (Side("a", "group_leader", signers="unit"), Side("b", "helper_head", "单位主要负责人")), "district"),
        Kind("D-22A", "帮扶单位与责任人",
             (Side("a", "helper_head", "单位主要负责人"), Side("b", "helper", "帮扶责任人", in_person=True)),
             "parent", "D-22"),
        Kind("D-19", "三方帮扶协议",
             (Side("a", "helper", "帮扶责任人", in_person=True), Side("b", None, "户主", in_person=True),
              Side("c", "community_head", "社区主要负责人")), "none"),
    )
}  # fmt: skip
SUPPLEMENT = "D-20A"
