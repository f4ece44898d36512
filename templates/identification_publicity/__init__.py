"""D-08 and D-11: the list of households about to be registered, by the community and then by the street."""

from __future__ import annotations

from typing import ClassVar

from templates.notice import Publicity
from templates.paper import blank, blanks


@blanks
class FirstPublicity(Publicity):
    """拟认定第一次公示"""

    code: ClassVar[str] = "D-08"
    folder: ClassVar[str] = "identification_publicity"

    entering: str = blank("纳入称谓", default="认定")  # 认定, 返贫再纳入


@blanks
class SecondPublicity(FirstPublicity):
    """拟认定第二次公示"""

    code: ClassVar[str] = "D-11"
