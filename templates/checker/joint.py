"""The rule of documents that several bodies issue together: G-21.

What a file shows soundly: who issues it (its mark, or its title where only the leading body has the mark), in which order,
under how many numbers, and who signed. Whose number it is and how seals lie, no file shows before it is sealed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from templates.checker.departure import Context, Departure, looks_like_number

_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_APART = re.compile(r"[ 　\t]+")
_LEAST = 4  # characters of a short form that still names one body: 区教育局


def joint(c: Context) -> list[Departure]:
    if not c.official:
        return []
    marked, titled = _marked(c), _titled(c)
    issuers = marked if len(marked) > 1 else titled
    if len(issuers) < 2:
        return []
    found = []
    numbers = [p.text.strip(" 　") for p in c.paragraphs if p not in c.after_title and looks_like_number(p.text)]
    if len(numbers) > 1:
        found.append(Departure("G-21", "版头", f"联合行文标注了{len(numbers)}个发文字号",
                               "只标注主办机关的发文字号（7.2.5）"))  # fmt: skip
    if len(marked) > 1 and not _in_order(issuers, "".join(titled)):
        found.append(
            Departure(
                "G-21",
                "标题",
                "标题中机关的顺序与发文机关标志不同",
                "请按发文机关标志的顺序排列，主办机关在前（7.2.4）",
            )
        )
    signed = _signed(c)
    if not signed:
        return found
    if len(signed) < len(issuers):
        missing = [name for name in issuers if _place(name, "".join(signed)) < 0]
        found.append(Departure("G-21", "署名", f"联合行文的{len(issuers)}个机关只有{len(signed)}个署名",
                               f"请补上{'、'.join(missing) or '其余机关'}（7.3.5.1）"))  # fmt: skip
    elif not _in_order(issuers, "".join(signed)):
        found.append(Departure("G-21", "署名", "署名的顺序与发文机关的顺序不同", "请按发文机关顺序整齐排列（7.3.5.1）"))
    return found


def _marked(c: Context) -> list[str]:
    texts = (_APART.sub("", p.text).removesuffix("文件") for p in c.word.red_marks)
    return list(dict.fromkeys(text for text in texts if text))


def _titled(c: Context) -> list[str]:
    """The issuers as the title names them, before 关于."""
    before = "\n".join(p.text for p in c.title_lines).partition("关于")[0]
    return [name for name in re.split(r"[ 　\t\n]+", before) if name] if "关于" in c.title else []


def _signed(c: Context) -> list[str]:
    """The names over the day of the document, in the order of reading; none where there is no day under a text."""
    texts = [(p.text.strip(" 　"), p.cell) for p in c.word.paragraphs if not p.textbox and p.text.strip(" 　")]
    whole = [text for text, _ in texts]
    day = next((n for n, (text, cell) in enumerate(texts) if not cell and _DAY.fullmatch(text)), None)
    if day is None:
        return []
    names: list[str] = []
    for text in reversed(whole[:day]):
        if text.endswith(("。", "：", "；")) or re.match(r"附件|\d+\.|（", text) or len(text) > 40:
            break
        names[:0] = _APART.split(text)
    return names


def _in_order(issuers: Sequence[str], text: str) -> bool:
    places = [place for name in issuers if (place := _place(name, text)) >= 0]
    return places == sorted(places)


def _place(name: str, text: str) -> int:
    """Where a body is named, in full or by the end of its name; -1 where it is not."""
    for n in range(len(name) - min(_LEAST, len(name)) + 1):
        if (place := text.find(name[n:])) >= 0:
            return place
    return -1
