"""D-10, D-12, D-36: a list goes up the chain with what each level says about it."""

from __future__ import annotations

from typing import ClassVar

from rules.privacy import PublicRow
from rules.titles import broken
from rules.wording import phrase, sentence
from templates.paper import Dated, blank, blanks


@blanks
class ChainLetter(Dated):
    """名单上报意见"""

    folder: ClassVar[str] = "chain_letter"

    subject: str = blank("标题", record="文稿", says=broken)  # 关于2017年拟认定贫困户名单的审核意见
    to: str = blank("主送单位", record="单位信息")
    done: str = blank("已办程序", says=phrase)  # 经入户调查、民主评议和公示
    opinion: str = blank("意见", says=sentence)
    listed: str = blank("名单名称")  # 2017年拟认定贫困户名单
    rows: tuple[PublicRow, ...] = blank("名单")


@blanks
class StreetOpinion(ChainLetter):
    """街道审核意见（认定）"""

    code: ClassVar[str] = "D-10"


@blanks
class DistrictOpinion(ChainLetter):
    """区复核意见（认定）"""

    code: ClassVar[str] = "D-12"


@blanks
class StreetExitOpinion(ChainLetter):
    """街道审核意见（退出）"""

    code: ClassVar[str] = "D-36"
