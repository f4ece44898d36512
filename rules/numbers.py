"""Numbers of papers: 发文字号 with hexagonal brackets and no leading zero (GB/T 9704-2012, 7.2.5)."""

from __future__ import annotations

import re

DOCUMENT_NUMBER = re.compile(r"^[一-龥]{2,8}〔20\d{2}〕[1-9]\d*号$")


def document_number(code_word: str, year: int, seq: int) -> str:
    """汕濠, 2017, 7 -> 汕濠〔2017〕7号. Raises ValueError for what the standard does not allow."""
    text = f"{code_word}〔{year}〕{seq}号"
    if not DOCUMENT_NUMBER.match(text):
        raise ValueError(f"{text} is no document number")
    return text


def form_number(kind: str, year: int, seq: int) -> str:
    """The number of an agreement or form, which has no red head: 协议 2017-0012."""
    return f"{kind}{year}-{seq:04d}"
