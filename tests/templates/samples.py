"""One filled example of every paper, with invented people; tests and the pictures in docs/papers/ use the same."""

from __future__ import annotations

from datetime import date

from rules.privacy import PublicRow
from templates.acceptance_notice import AcceptanceNotice, Missing
from templates.exit_announcement import ExitAnnouncement
from templates.exit_publicity import ExitPublicity
from templates.paper import Paper

BASIS = "《广东省农村扶贫开发条例》和汕濠〔2017〕7号文件"
GROUP_OFFICE = "汕头市濠江区扶贫开发领导小组办公室"
NAMES = ("陈树根", "林惜娇", "欧阳文海", "吴𠮷祥", "郑楚", "李阿弟", "黄锦泉", "蔡丽卿", "杨木水", "纪大头")


def public_rows(count: int) -> tuple[PublicRow, ...]:
    return tuple(
        PublicRow(serial=n, place=f"达濠街道东兴社区第{n % 7 + 1}居民小组", head=NAMES[n % 10], size=n % 6 + 1)
        for n in range(1, count + 1)
    )


def _publicity() -> dict[str, object]:
    return dict(
        office="达濠街道东兴社区居民委员会", year=2017, label="贫困户", area="东兴社区", basis=BASIS,
        after="入户核查、民主评议、逐项核实和户主认可", starts_on=date(2017, 11, 6), ends_on=date(2017, 11, 13),
        period="7日", place="东兴社区居民委员会一楼办事大厅", phone="0754-87380001", complaint_line="12317",
        rows=public_rows(9),
    )  # fmt: skip


def _announcement() -> dict[str, object]:
    return dict(
        office=GROUP_OFFICE, printed_by=GROUP_OFFICE, year=2017, label="贫困户", area="全区7个街道共", basis=BASIS,
        after="民主评议、入户核实、户主认可和公示", decided_by="区扶贫开发领导小组", review_until=date(2018, 1, 12),
        review_office="区扶贫开发领导小组办公室", phone="0754-87380002", complaint_line="12317",
        copies="各街道党工委、办事处，区直各帮扶单位", rows=public_rows(23),
    )  # fmt: skip


def samples() -> tuple[Paper, ...]:
    return (
        AcceptanceNotice(
            office="达濠街道东兴社区居民委员会", head="陈树根", matter="贫困户认定", applied_on=date(2017, 7, 12),
            missing=(
                Missing(serial=1, material="家庭成员的居民户口簿复印件"),
                Missing(serial=2, material="全体成年家庭成员签名的家庭经济状况核查授权书"),
            ),
            bring_by=date(2017, 7, 31), handler="林晓敏", phone="0754-87380001",
        ),
        ExitPublicity(**_publicity()),  # type: ignore[arg-type]
        ExitAnnouncement(
            **_announcement(),  # type: ignore[arg-type]
            continues="上述对象退出后，在巩固期内（至2018年12月31日）原有帮扶政策和帮扶责任人不变。",
        ),
    )  # fmt: skip
