"""Who may address whom, in which kind: each rule with a route that keeps it and one that breaks it."""

from __future__ import annotations

import pytest

from rules.routing import Body, Route, wrong_way

GROUP = Body("区扶贫开发领导小组", "group", "/440512/")
OFFICE = Body("区扶贫办", "district", "/440512/")
SCHOOLS = Body("区教育局", "helper", "/440512/")
STREET = Body("达濠街道办事处", "street", "/440512/440512001/")
OTHER = Body("河浦街道办事处", "street", "/440512/440512005/")
COMMUNITY = Body("东兴社区居民委员会", "community", "/440512/440512001/440512001001/")


def why(kind: str, issuer: Body, *to: Body, copies: tuple[Body, ...] = (), text: str = "") -> str:
    return wrong_way(Route(kind, issuer, to, copies, text)) or ""


@pytest.mark.parametrize(
    ("kind", "issuer", "to"),
    [
        ("请示", STREET, (GROUP,)), ("报告", COMMUNITY, (STREET,)), ("请示", OFFICE, (GROUP,)),
        ("通知", GROUP, (STREET, OTHER, SCHOOLS)), ("批复", GROUP, (STREET,)), ("通知", STREET, (COMMUNITY,)),
        ("函", OFFICE, (STREET,)), ("函", STREET, (SCHOOLS,)), ("函", STREET, (OTHER,)), ("公告", OFFICE, ()),
        ("通知", OFFICE, (SCHOOLS,)),
    ],
)  # fmt: skip
def test_a_lawful_route_passes(kind: str, issuer: Body, to: tuple[Body, ...]) -> None:
    assert why(kind, issuer, *to) == ""


@pytest.mark.parametrize(
    ("kind", "issuer", "to", "says"),
    [
        ("请示", STREET, (GROUP, OFFICE), "只主送一个上级机关"),
        ("请示", STREET, (OFFICE,), "请改用函"),
        ("报告", STREET, (OTHER,), "不是达濠街道办事处的上级领导机关"),
        ("请示", COMMUNITY, (GROUP,), "不得越级"),
        ("通知", OFFICE, (STREET,), "部门不得向达濠街道办事处发布指令性公文"),
        ("批复", OFFICE, (STREET,), "部门不对达濠街道办事处批复"),
        ("通知", STREET, (OTHER,), "不是达濠街道办事处的下级机关"),
        ("通知", STREET, (GROUP,), "不是达濠街道办事处的下级机关"),
        ("通知", GROUP, (COMMUNITY,), "不得越级"),
        ("批复", GROUP, (STREET, OTHER), "只答复来文的一个机关"),
        ("函", STREET, (GROUP,), "请改用请示或者报告"),
        ("函", GROUP, (STREET,), "请改用通知或者批复"),
        ("公告", OFFICE, (STREET,), "不写主送机关"),
        ("通知", GROUP, (), "须写明主送机关"),
    ],
)  # fmt: skip
def test_a_wrong_route_is_told_what_to_do_instead(kind: str, issuer: Body, to: tuple[Body, ...], says: str) -> None:
    assert says in why(kind, issuer, *to)


def test_a_department_may_order_with_the_approval_it_states() -> None:
    assert why("通知", OFFICE, STREET, text="经区委、区政府同意，现就有关事项通知如下：") == ""


def test_an_upward_document_is_not_copied_downwards() -> None:
    assert "不抄送下级机关（东兴社区居民委员会）" in why("报告", STREET, GROUP, copies=(COMMUNITY,))
    assert why("报告", STREET, GROUP, copies=(OFFICE,)) == ""
