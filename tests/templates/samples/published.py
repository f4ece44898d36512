"""Examples of what is posted or announced."""

from __future__ import annotations

from datetime import date
from typing import Any

from samples.people import BASIS, GROUP_OFFICE, STREET, public_rows
from templates.exit_announcement import ExitAnnouncement
from templates.exit_publicity import ExitPublicity
from templates.exit_reply import ExitReply, HeldRow
from templates.identification_announcement import IdentificationAnnouncement
from templates.identification_publicity import FirstPublicity, SecondPublicity
from templates.paper import Paper


def _publicity() -> dict[str, Any]:
    return dict(
        office="达濠街道东兴社区居民委员会",
        year=2017,
        label="贫困户",
        area="东兴社区",
        basis=BASIS,
        after="入户核查、民主评议、逐项核实和户主认可",
        starts_on=date(2017, 11, 6),
        ends_on=date(2017, 11, 13),
        period="7日",
        place="东兴社区居民委员会一楼办事大厅",
        phone="0754-87380001",
        complaint_line="12317",
        rows=public_rows(9),
    )


def _announcement() -> dict[str, Any]:
    return dict(
        office=GROUP_OFFICE,
        printed_by=GROUP_OFFICE,
        year=2017,
        label="贫困户",
        area="全区7个街道共",
        basis=BASIS,
        after="民主评议、入户核实、户主认可和公示",
        decided_by="区扶贫开发领导小组",
        review_until=date(2018, 1, 12),
        review_office="区扶贫开发领导小组办公室",
        phone="0754-87380002",
        complaint_line="12317",
        copies="各街道党工委、办事处，区直各帮扶单位",
        rows=public_rows(23, "达濠街道东兴社区"),
    )


def samples() -> tuple[Paper, ...]:
    identified = _publicity() | {"after": "入户核查、信息核对和民主评议"}
    street = identified | {"office": STREET, "area": "达濠街道", "rows": public_rows(31, "东兴社区")}
    return (
        FirstPublicity(**identified),
        SecondPublicity(**street),
        IdentificationAnnouncement(**_announcement()),
        ExitPublicity(**_publicity()),
        ExitReply(
            office="汕头市濠江区扶贫开发领导小组",
            printed_by=GROUP_OFFICE,
            to="达濠街道党工委、办事处",
            year=2017,
            label="贫困户",
            request="关于核定2017年退出贫困户的请示",
            request_number="达街〔2017〕48号",
            basis=BASIS,
            decided_by="区扶贫开发领导小组",
            decided_on=date(2017, 12, 20),
            rows=public_rows(12, "东兴社区"),
            held=(HeldRow(serial=1, place="东兴社区", head="蔡丽卿", reason="住房鉴定为D级，改造未验收"),),
            continues="退出户在2018年12月31日前继续享受相关帮扶政策。",
            copies="区直各帮扶单位",
        ),
        ExitAnnouncement(
            **_announcement(),
            continues="上述对象退出后，在巩固期内（至2018年12月31日）原有帮扶政策和帮扶责任人不变。",
        ),
    )
