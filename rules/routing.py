"""Who may address whom in which kind of document (党政机关公文处理工作条例, 行文规则)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

COMMANDS = {"group": 3, "street": 1, "community": 0}  # bodies of the chain; what is missing here is a department
DEPARTMENT = 2
UPWARD = ("请示", "报告")
DOWNWARD = ("通知", "批复", "通报", "决定", "命令", "意见")
TO_EVERYBODY = ("公告", "通告", "公报")
APPROVED = ("经区委、区政府同意", "经区委同意", "经区政府同意", "经领导小组同意", "经区扶贫开发领导小组同意")
DEPARTMENTS_ORDERS = ("通知", "通报", "意见", "决定", "命令", "批复")


@dataclass(frozen=True, slots=True)
class Body:
    """One office as routing sees it."""

    name: str
    level: str
    area_path: str

    @property
    def rank(self) -> int:
        return COMMANDS.get(self.level, DEPARTMENT)

    @property
    def department(self) -> bool:
        return self.level not in COMMANDS

    def over(self, other: Body) -> bool:
        """Does this body direct the other, in its own area?"""
        return not self.department and self.rank > other.rank and other.area_path.startswith(self.area_path)


@dataclass(frozen=True, slots=True)
class Route:
    """One document on its way."""

    kind: str
    issuer: Body
    to: Sequence[Body]
    copies: Sequence[Body]
    text: str  # the whole text, where an approval of the superior stands


def wrong_way(route: Route) -> str | None:
    """The rule that the route breaks, as a sentence that says what to do instead; None where it keeps them all."""
    if route.kind in TO_EVERYBODY:
        return "面向社会发布，不写主送机关" if route.to else None
    if not route.to:
        return "须写明主送机关"
    if route.kind in UPWARD:
        return _upward(route)
    if route.kind in DOWNWARD:
        return _downward(route)
    return _between(route) if route.kind == "函" else None


def _upward(route: Route) -> str | None:
    if len(route.to) > 1:
        return "只主送一个上级机关，其他需要送的用抄送"
    [superior] = route.to
    if not superior.over(route.issuer):
        return f"{superior.name}不是{route.issuer.name}的上级领导机关，请改用函"
    if _skips(superior, route.issuer):
        return f"不得越级行文，请先报{route.issuer.name}的直接上级"
    if below := [c.name for c in route.copies if route.issuer.over(c)]:
        return f"上行文不抄送下级机关（{'、'.join(below)}）"
    return None


def _downward(route: Route) -> str | None:
    if route.issuer.department:
        return _by_a_department(route)
    if above := [b.name for b in route.to if not route.issuer.over(b) and not b.department]:
        return f"{'、'.join(above)}不是{route.issuer.name}的下级机关，请改用函、请示或者报告"
    if skipped := [b.name for b in route.to if _skips(route.issuer, b)]:
        return f"不得越级行文，请发给{'、'.join(skipped)}的直接上级转办"
    if route.kind == "批复" and len(route.to) > 1:
        return "只答复来文的一个机关"
    return None


def _by_a_department(route: Route) -> str | None:
    """A department does not order the Party committees and governments below: only with approval, and it says so."""
    ordered = [b.name for b in route.to if not b.department]
    if not ordered or route.kind not in DEPARTMENTS_ORDERS:
        return None
    if route.kind == "批复":
        return f"部门不对{'、'.join(ordered)}批复，请用函答复，或者由领导小组行文"
    if any(words in route.text for words in APPROVED):
        return None
    return f"部门不得向{'、'.join(ordered)}发布指令性公文；经同意的须在文中注明“经区委、区政府同意”，或者由领导小组行文、改用函"


def _between(route: Route) -> str | None:
    for body in route.to:
        if body.over(route.issuer):
            return f"{body.name}是上级机关，请改用请示或者报告"
        if route.issuer.over(body):
            return f"{body.name}是下级机关，请改用通知或者批复"
    return None


def _skips(upper: Body, lower: Body) -> bool:
    """From a community straight to the district, or the other way round, past the street."""
    return upper.level == "group" and lower.level == "community"
