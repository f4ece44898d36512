"""Papers of communities as zips."""

from __future__ import annotations

from pathlib import Path

import click

from cli.door import scope_for, the_office
from flows.bundles import write_bundles


@click.command("bundle")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="写到哪个文件夹")
@click.option("--code", "codes", multiple=True, help="文种代码，可重复；不写为全部（草稿除外）")
@click.option("--area", help="只要这个区划（街道或社区编码）以内的")
@click.option("--as", "person", help="按此人的管辖范围")
def bundle(out: Path, codes: tuple[str, ...], area: str | None, person: str | None) -> None:
    """把文书按社区打包，每个社区一个zip文件。"""
    office = the_office()
    made = write_bundles(office, out, codes, area, scope_for(office, person))
    click.echo(f"已写入{len(made)}个社区、{sum(made.values())}份文书：{out}")


COMMANDS = (bundle,)
