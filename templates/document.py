"""What official documents share that a person words: sections, annexes, addressees (D-77 and its relatives)."""

from __future__ import annotations

from typing import ClassVar

from rules.titles import broken
from rules.wording import phrase
from states.not_allowed import BlankMissing
from templates.paper import NO_NUMBER, Dated, Family, blank, blanks


def subject_in_lines(subject: str, ending: str) -> str:
    """The subject with the line breaks that its whole title needs."""
    return broken(f"关于{subject}的{ending}").removeprefix("关于").removesuffix(f"的{ending}")


@blanks
class Section:
    """One paragraph of the text: level 1 is a heading 一、, level 2 a heading （一）, level 0 plain text."""

    level: int = blank("层次", record="文稿")
    text: str = blank("文字", record="文稿")


@blanks
class AnnexName:
    """One annex by its name."""

    name: str = blank("附件名称", record="文稿")


@blanks
class Issuer:
    """One more body that issues the document together with the leading one."""

    name: str = blank("联合发文机关", record="单位信息")


@blanks
class Worded(Dated):
    """文稿"""

    family: ClassVar[Family] = "official"
    numbered: ClassVar[bool] = True
    kind: ClassVar[str] = ""  # one of the fifteen types
    upward: ClassVar[bool] = False  # 上行文: signer beside the number
    outline: ClassVar[tuple[str, ...]] = ()  # what its headings have to deal with, in this order

    number: str = blank("发文字号", default="", shown=NO_NUMBER)
    sections: tuple[Section, ...] = blank("正文", record="文稿")
    copies: str = blank("抄送机关", default="", record="单位信息", says=phrase)

    def texts(self) -> dict[str, object]:
        whole = super().texts()
        headings = iter(s.text for s in self.sections if s.level == 1)
        for part in self.outline:
            if not any(part in heading for heading in headings):
                raise BlankMissing(paper=self.title, blank=f"“{part}”部分", record="文稿")
        return whole


@blanks
class Document(Worded):
    """公文"""

    ending: ClassVar[str] = ""  # what stands after 的 in the title; the kind where nothing else is said

    subject: str = blank("事由", record="文稿")  # what stands between 关于 and 的
    printed_by: str = blank("印发机关", record="单位信息")

    def texts(self) -> dict[str, object]:
        return super().texts() | {"subject": subject_in_lines(self.subject, self.ending or self.kind)}


@blanks
class Addressed(Document):
    """有主送机关的公文"""

    to: str = blank("主送机关", record="单位信息")


@blanks
class Upward(Addressed):
    """上行文"""

    upward: ClassVar[bool] = True

    signer: str = blank("签发人", default="", shown="　　　")
    contact: str = blank("联系人", record="单位信息")
    phone: str = blank("联系电话", record="单位信息", contact=True)


@blanks
class WithAnnexes(Addressed):
    """有附件说明的公文"""

    annexes: tuple[AnnexName, ...] = blank("附件", default=(), record="文稿")
