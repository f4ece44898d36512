"""How a message looks in each channel: a mail says everything, a group and a short message only that there is
something to see."""

from __future__ import annotations

from html import escape

from flows.digests import Digest, Part

LOOK = "font-family:'Microsoft YaHei','PingFang SC',sans-serif;font-size:15px;line-height:1.7;color:#1f2937"
CELL = "border:1px solid #d1d5db;padding:6px 10px;text-align:left;vertical-align:top"
URGENT = {"督办": "#b91c1c", "催办": "#b45309"}
FOOT = "本邮件由帮扶系统自动发出，请勿直接回复。"


def short(title: str) -> str:
    """For a group of people or a telephone: the title, and where the rest is."""
    return f"{title}，请登录帮扶系统查看。"


def plain(body: str, sign_in: str) -> str:
    """The plain text of a mail."""
    return "\n\n".join(part for part in (body, f"登录系统：{sign_in}" if sign_in else "", FOOT) if part) + "\n"


def html(title: str, body: str, digest: Digest | None, sign_in: str) -> str:
    """The same for the eye: a digest as tables, anything else as paragraphs."""
    if digest is None:
        inside = "".join(f"<p>{escape(line)}</p>" for line in body.split("\n") if line)
    else:
        inside = f"<p>{escape(digest.opening)}</p>" + "".join(_table(part) for part in digest.parts)
    link = f'<p><a href="{escape(sign_in)}" style="color:#1d4ed8">登录系统办理</a></p>' if sign_in else ""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f'<body style="{LOOK}"><h1 style="font-size:19px">{escape(title)}</h1>{inside}{link}'
        f'<p style="color:#6b7280;font-size:13px">{FOOT}</p></body></html>'
    )


def _table(part: Part) -> str:
    head = "".join(
        f'<th scope="col" style="{CELL};background:#f3f4f6">{name}</th>' for name in ("级次", "事项", "期限", "情况")
    )
    rows = "".join(
        f'<tr><td style="{CELL};white-space:nowrap;color:{URGENT.get(line.rung, "#1f2937")}">{escape(line.rung)}</td>'
        f'<td style="{CELL}">{escape(line.title)}</td><td style="{CELL};white-space:nowrap">{escape(line.due)}</td>'
        f'<td style="{CELL};white-space:nowrap">{escape(line.late)}</td></tr>'
        for line in part.lines
    )
    more = f"<p>另有{part.more}件，请登录系统查看。</p>" if part.more else ""
    return (
        f'<h2 style="font-size:16px">{escape(part.title)}</h2>'
        f'<table style="border-collapse:collapse">{head and f"<thead><tr>{head}</tr></thead>"}<tbody>{rows}</tbody></table>{more}'
    )
