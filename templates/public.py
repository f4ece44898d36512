"""The lock before a paper is made public: its finished file is read again and searched for what must not be there."""

from __future__ import annotations

from collections.abc import Collection

from rules.privacy import scan
from states.not_allowed import PublicPaperLeaks
from templates.master import text_of
from templates.paper import Paper


def check_public(paper: Paper, docx: bytes, areas: Collection[str] = ()) -> None:
    """Refuse with PublicPaperLeaks when the file of a public paper shows an ID, bank card or telephone number anywhere:
    body, tables, headers, footers, properties. The paper's own contacts are exempt exactly. `areas` are the district's
    area codes, by which a household number is known. Papers that are not public pass."""
    if not paper.public:
        return
    leaks = scan(text_of(docx), paper.contacts, areas)
    if leaks:
        raise PublicPaperLeaks(
            paper=paper.title,
            what="、".join(dict.fromkeys(leak.kind for leak in leaks)),
            where="、".join(dict.fromkeys(leak.masked for leak in leaks)),
        )
