"""The menu: which pages there are, under which headings, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.access import ADMIN, OFFICES, SIGNED_IN, STAFF, Who, roles

if TYPE_CHECKING:
    from web.visit import Visit


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu; `icon` is a name of the installed icon font (fa-…)."""

    path: str
    title: str
    icon: str
    who: Who = SIGNED_IN


MENU: tuple[tuple[str, tuple[Item, ...]], ...] = (
    ("办理", (
        Item("/todo", "待办", "fa-inbox", STAFF),
        Item("/apply", "受理申请", "fa-file-circle-plus", roles("community_clerk")),
        Item("/mine/done", "我的办件", "fa-folder-open"),
        Item("/inbox", "消息", "fa-envelope"),
        Item("/delegations", "离岗委托", "fa-people-arrows", STAFF),
        Item("/rounds", "批次", "fa-layer-group", STAFF),
        Item("/signing", "待签发", "fa-signature", STAFF),
        Item("/agreements", "责任书", "fa-handshake"),
    )),
    ("查看", (
        Item("/area", "区域总览", "fa-map"),
        Item("/households", "户", "fa-house-user"),
        Item("/offices", "单位", "fa-building"),
        Item("/supervision", "督查问责", "fa-gavel"),
        Item("/papers", "文书", "fa-file-lines"),
        Item("/incoming", "收文", "fa-envelope-open-text", STAFF),
        Item("/archive", "档案", "fa-box-archive"),
        Item("/board", "公示公告", "fa-bullhorn"),
    )),
    ("数据和设置", (
        Item("/imports", "导入", "fa-file-import", OFFICES),
        Item("/account/webhooks", "推送订阅", "fa-satellite-dish"),
        Item("/trouble", "异常件", "fa-triangle-exclamation", OFFICES),
        Item("/settings", "系统设置", "fa-gear", ADMIN),
        Item("/settings/policy", "政策参数", "fa-scale-balanced"),
        Item("/settings/calendar", "工作日历", "fa-calendar-days"),
    )),
)  # fmt: skip


def menu(visit: Visit) -> Iterator[tuple[str, list[Item]]]:
    """The headings with the pages that this visitor may open."""
    for heading, items in MENU:
        if mine := [item for item in items if item.who.admits(visit)]:
            yield heading, mine
