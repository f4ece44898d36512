"""D-54 资金拨付审批表: one payment, asked for, examined twice and approved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rules.money import Yuan
from templates.paper import Paper, blank, blanks


@blanks
class PaymentForm(Paper):
    """资金拨付审批表"""

    code: ClassVar[str] = "D-54"
    folder: ClassVar[str] = "payment_form"
    hand_signed: ClassVar[bool] = True
    spelled: ClassVar[Mapping[str, str]] = {"words": "amount"}

    project: str = blank("项目名称", record="项目")
    contract: str = blank("合同（协议）", record="项目")
    progress: str = blank("进度和验收依据", record="项目")
    amount: Yuan = blank("本次申请金额（元）", record="资金")
    words: str = blank("金额大写", record="资金")
    paid: Yuan = blank("累计已拨付（元）", record="资金")
    purpose: str = blank("用途", record="资金")
    payee: str = blank("收款人", record="资金")
    account: str = blank("收款账户", record="资金")
    bank: str = blank("开户银行", record="资金")
