"""D-09 上报函: the community sends its list to the street, in the letter form."""

from __future__ import annotations

from typing import ClassVar

from rules.privacy import PublicRow
from rules.titles import broken
from rules.wording import phrase, sentence
from templates.letter import Letter
from templates.paper import blank, blanks


@blanks
class ForwardingLetter(Letter):
    """社区上报函"""

    code: ClassVar[str] = "D-09"
    folder: ClassVar[str] = "forwarding_letter"

    subject: str = blank("标题", record="文稿", says=broken)  # 关于报送2017年拟认定贫困户名单的函
    to: str = blank("主送单位", record="单位信息")
    done: str = blank("已办程序", says=phrase)  # 经入户调查、民主评议，并于……公示
    opinion: str = blank("意见", says=sentence)
    listed: str = blank("名单名称")  # 2017年拟认定贫困户名单
    rows: tuple[PublicRow, ...] = blank("名单")
