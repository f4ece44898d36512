"""The operator's commands: one function per command, Chinese for the person, --json where a machine reads."""

from __future__ import annotations

import errno
import gc
import gettext
import logging
import os
import sys
from pathlib import Path
from typing import Any

import click

import config
from cli import (
    account,
    agreement_acts,
    backup,
    bundles,
    calendar,
    cases,
    correspondence,
    flow,
    handing,
    keeping,
    masters,
    papers,
    register,
    reminders,
    serve,
    setting_up,
    supervision,
    trouble,
    webhooks,
)
from integrations.unreachable import Unreachable
from states.not_allowed import NotAllowed

REASONS = {
    errno.ENOENT: "所在文件夹不存在", errno.EACCES: "没有读写权限", errno.EPERM: "没有读写权限", errno.ENOSPC: "磁盘已满",
    errno.EROFS: "所在磁盘只读", errno.ENOTDIR: "路径中有一段不是文件夹", errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已有同名文件", errno.EADDRINUSE: "端口已被占用",
}  # fmt: skip
os.environ.setdefault("LANGUAGE", "zh_CN")
gettext.textdomain("messages")  # another library takes the default for itself
gettext.bindtextdomain("messages", str(Path(config.__file__).parent / "locale"))  # what click itself says, in Chinese


def out_of_reach(no: OSError) -> str:
    """What the machine refused, as a sentence."""
    why = REASONS.get(no.errno or 0, no.strerror or type(no).__name__)
    return f"{no.filename or '文件或端口'}不能使用：{why}。请核对路径和权限后重试。"


class Commands(click.Group):
    """Every refusal is a sentence and exit code 2; anything else that is raised is a fault and is shown as one."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (NotAllowed, Unreachable) as no:
            raise click.ClickException(str(no)) from no
        except OSError as no:  # a folder that may not be written, a full disk, a port in use
            raise click.ClickException(out_of_reach(no)) from no


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bangfu", message="bangfu %(version)s")
def main() -> None:
    """帮扶：精准识别、帮扶、退出与后续跟踪的办理系统。

    设置见环境变量 BANGFU_*（docs/settings.md）。日期写成 2017-07-03。
    """
    logging.basicConfig(level=os.environ.get("BANGFU_LOG_LEVEL", "WARNING"), stream=sys.stderr,
                        format="%(asctime)s %(levelname)s %(name)s %(message)s")  # fmt: skip


for command in (
    setting_up.init, setting_up.person, setting_up.policy, calendar.calendar_,
    register.import_, register.register_, register.household, register.apply_, register.export,
    account.account, cases.todo, cases.case_, cases.decide_, papers.papers_,
    agreement_acts.agreements_,
    keeping.work, trouble.trouble, keeping.verify_ledger, keeping.demo, serve.serve, webhooks.webhook,
    correspondence.incoming_, correspondence.archive_,
):  # fmt: skip
    main.add_command(command)
for command in (*handing.COMMANDS, supervision.supervision):
    main.add_command(command)
for command in (*flow.COMMANDS, *backup.COMMANDS):
    main.add_command(command)
for command in reminders.COMMANDS:
    main.add_command(command)
for command in (*masters.COMMANDS, *bundles.COMMANDS):
    papers.papers_.add_command(command)


def run() -> None:
    """`bangfu` as a program of its own."""
    gc.freeze()  # what was just read in is never garbage: looking through it again and again took a twelfth of the time
    gc.set_threshold(50_000, 20, 50)
    main()
