"""What may be done with an agreement in its year: supplement, report, assess, close, void, hand over."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cli.agreement_show import agreement_id, evidence_of
from cli.agreements import BY, JSON, OFFICE, ROLE, agreements_
from cli.door import actor_of, now, say, the_office
from flows.agreements.handover import hand_over
from flows.agreements.reporting import Act, Word, assess, close, each, report, void
from flows.agreements.supplement import Changes, supplement, withdraw
from flows.office import Office
from states.decision import Actor
from states.not_allowed import FieldWrong

__all__ = ["agreements_"]


@agreements_.command("supplement")
@click.option("--change", "changes", multiple=True, metavar="责任书:指标=数", required=False,
              help="可多次；从一份减去的须加到另一份，下级也须一并调整")  # fmt: skip
@click.option("--reason", default="", help="调整事由")
@click.option("--withdraw", "taken_back", metavar="补充协议编号", help="撤回尚未生效的补充协议")
@BY
@OFFICE
@ROLE
@JSON
def supplement_(changes: tuple[str, ...], reason: str, taken_back: str | None, by: str, office_code: str | None,
                role: str | None, as_json: bool) -> None:  # fmt: skip
    """订立补充协议：目标只能以补充协议调整，各级合计须保持一致；一并订立的一并生效。"""
    office, at = the_office(), now()
    actor = actor_of(office, by, office_code, role)
    if taken_back:
        numbers = withdraw(office, taken_back, actor, at)
        say({"withdrawn": numbers}) if as_json else click.echo(f"已撤回：{'、'.join(numbers)}。")
        return
    targets: dict[int, dict[str, int]] = {}
    for text in changes:
        key, measure, amount = _change(text)
        targets.setdefault(agreement_id(office, key), {})[measure] = amount
    numbers = supplement(office, Changes(targets, reason, actor, at))
    say({"supplements": numbers}) if as_json else click.echo(f"已订立补充协议{'、'.join(numbers)}，待各方签订后生效。")


def _change(text: str) -> tuple[str, str, int]:
    which, colon, rest = text.partition(":")
    measure, equals, amount = rest.partition("=")
    if not (colon and equals and amount.strip().isdigit()):
        raise FieldWrong(
            field="--change", why=f"应写成“责任书:指标=数”，如 濠扶责街2017-0001:减贫人口=90，现为“{text}”。"
        )
    return which.strip(), measure.strip(), int(amount)


def _said(act: Act, word: Word, office: Office, actor: Actor, which: tuple[str, ...], as_json: bool) -> None:
    done, stays = each(act, office, [agreement_id(office, w) for w in which], word, actor, now())
    if as_json:
        say({"done": done, "refused": {str(k): v for k, v in stays.items()}})
    else:
        click.echo(f"已办{len(done)}份。")
        for key, why in stays.items():
            click.echo(f"未办 {key}：{why}", err=True)
    if stays:
        sys.exit(2)


@agreements_.command("report")
@click.argument("which", nargs=-1, required=True)
@click.option("--text", required=True, help="进展、问题和下一步打算")
@click.option(
    "--evidence", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="佐证文件"
)
@BY
@OFFICE
@ROLE
@JSON
def report_(which: tuple[str, ...], text: str, evidence: tuple[Path, ...], by: str, office_code: str | None,
            role: str | None, as_json: bool) -> None:  # fmt: skip
    """报送年中进展：登记簿当日的结果与目标并列存档。"""
    office = the_office()
    actor = actor_of(office, by, office_code, role)
    word = Word(text, None, evidence_of(office, evidence, "年中进展"))
    _said(report, word, office, actor, which, as_json)


@agreements_.command("assess")
@click.argument("which", nargs=-1, required=True)
@click.option("--grade", required=True, help="考核等次（政策包所列）")
@click.option("--text", required=True, help="考核意见")
@click.option(
    "--evidence", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="佐证文件"
)
@BY
@OFFICE
@ROLE
@JSON
def assess_(which: tuple[str, ...], grade: str, text: str, evidence: tuple[Path, ...], by: str,
            office_code: str | None, role: str | None, as_json: bool) -> None:  # fmt: skip
    """年度考核：由甲方或区扶贫办评定等次；目标只作对照，不影响任何一户的退出。"""
    office = the_office()
    actor = actor_of(office, by, office_code, role)
    word = Word(text, grade, evidence_of(office, evidence, "年度考核"))
    _said(assess, word, office, actor, which, as_json)


@agreements_.command("close")
@click.argument("which", nargs=-1, required=True)
@BY
@OFFICE
@ROLE
def close_(which: tuple[str, ...], by: str, office_code: str | None, role: str | None) -> None:
    """结案：考核以后，这一年的责任书办结。"""
    office, at = the_office(), now()
    actor = actor_of(office, by, office_code, role)
    for text in which:
        close(office, agreement_id(office, text), actor, at)
    click.echo(f"已结案{len(which)}份。")


@agreements_.command("void")
@click.argument("which")
@click.option("--reason", required=True, help="废止的原因")
@BY
@OFFICE
@ROLE
def void_(which: str, reason: str, by: str, office_code: str | None, role: str | None) -> None:
    """废止一份订错的责任书：编号留存不再使用，再次 issue 时补订一份。"""
    office = the_office()
    void(office, agreement_id(office, which), reason, actor_of(office, by, office_code, role), now())
    click.echo("已废止；编号留存，不再使用。")


@agreements_.command("hand-over")
@click.argument("which")
@click.option("--as", "capacity", required=True, help="哪个职务换了人，如 区长")
@click.option("--name", help="接任者姓名")
@BY
@OFFICE
@ROLE
def hand_over_(which: str, capacity: str, name: str | None, by: str, office_code: str | None, role: str | None) -> None:
    """责任人变动：由接任者在规定期限内重新签订，原责任书继续有效。有账号的岗位每晚自动办理。"""
    office = the_office()
    actor = actor_of(office, by, office_code, role)
    hand_over(office, agreement_id(office, which), capacity, name, actor, now())
    click.echo("已列入期限，待接任者重新签订。")
