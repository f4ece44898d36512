"""D-7A2 培训证书: that somebody finished a training."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import Dated, blank, blanks


@blanks
class TrainingCertificate(Dated):
    """培训证书"""

    code: ClassVar[str] = "D-7A2"
    folder: ClassVar[str] = "training_certificate"

    name: str = blank("姓名", record="培训")
    course: str = blank("培训名称", record="培训")
    since: date = blank("培训开始日", record="培训")
    until: date = blank("培训结束日", record="培训")
    hours: int = blank("学时", record="培训")
    form_no: str = blank("证书编号", record="培训")
