"""Wrong input on every form of every page: nothing, too much, hostile text, numbers nobody has, files that are none. The answer
is always a page in Chinese, never a fault, and what is kept afterwards is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

import httpx
import pytest

from records import verification
from records.engine import reading
from tests.flows.district import at, made_up_id
from tests.web import more
from tests.web.desk import Desk

Filled = tuple[Desk, dict[str, int]]
BAD = {
    "nothing": "",
    "too much": "长" * 5_000,
    "hostile": "<script>alert(1)</script>'\";--\x00\x1b{{7*7}}",
    "a number nobody has": "9" * 30, "a day there is not": "2017-13-45",
}  # fmt: skip
LEFT_ALONE = ("/sign-out", "/post", "/account/", "/sign-in")  # what would end the visit itself
ENGLISH = re.compile(r"Traceback|Error|Exception|invalid|required|unexpected|must be", re.I)


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # name, kind, value

    def filled(self, bad: str) -> dict[str, str]:
        """What is hidden stays as the page gave it; the first button is pressed; everything else is wrong."""
        sent = {
            name: value if kind == "hidden" else bad
            for name, kind, value in self.fields
            if kind not in ("file", "button")
        }
        pressed = next(((name, value) for name, kind, value in self.fields if kind == "button"), None)
        return {**sent, **dict([pressed] if pressed else [])}

    def files(self) -> dict[str, tuple[str, bytes, str]] | None:
        return {name: ("坏.png", b"no picture", "image/png") for name, kind, _ in self.fields if kind == "file"} or None


class Read(HTMLParser):
    """The forms and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "a" and has.get("href", "").startswith("/"):
            self.links.append(has["href"])
        if tag == "form":
            self.forms.append(Form(has.get("action", ""), has.get("method", "get")))
            self.inside = True
        if self.inside and has.get("name") and tag in ("input", "textarea", "select", "button"):
            self.forms[-1].fields.append(
                (has["name"], "button" if tag == "button" else has.get("type", tag), has.get("value", ""))
            )

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def pages_of(client: httpx.Client) -> Iterator[tuple[str, Read]]:
    """One page of every kind that can be reached by links, with what stands on it."""
    waiting, seen = ["/", "/board", "/rounds"], set()
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"\d+|[0-9a-f]{64}", "N", path.split("?")[0].split("#")[0])
        if kind in seen or "/evidence/" in path or path.endswith(("/word", "/pdf", "/scan")):
            continue
        seen.add(kind)
        answer = client.get(path)
        assert answer.status_code < 500, path
        if "html" in answer.headers.get("content-type", ""):
            page = Read(answer.text)
            waiting += page.links
            yield path, page


def wronged(client: httpx.Client, path: str, form: Form) -> Iterator[str]:
    """Send the form in every wrong way; yields what is not as it should be."""
    for name, bad in BAD.items():
        where, sent = form.action or path, form.filled(bad)
        answer = (
            client.post(where, data=sent, files=form.files())
            if form.method == "post"
            else client.get(where, params={key: value[:500] for key, value in sent.items()})
        )
        said = " ".join(re.findall(r'role="(?:alert|status)"[^>]*>(.*?)</div>', answer.text, re.S))
        if (
            answer.status_code >= 500
            or ENGLISH.search(re.sub(r"<[^>]+>", "", said))
            or "<script>alert(1)" in answer.text
        ):
            yield f"{form.method} {where}, {name}: {answer.status_code} {said[:200]}"


@pytest.mark.parametrize("who", ["clerk", "street_clerk", "leader", "director", "admin", "nobody"])
def test_every_form_answers_wrong_input_with_a_sentence(filled: Filled, who: str) -> None:
    desk, waiting = filled
    more.fill(desk, waiting)
    if who == "nobody":
        desk.clock.now = at(2017, 10, 26)  # a notice hangs
    client = (desk.visitor() if who == "nobody" else desk.as_(who)).client
    wrong, known = [], set()
    for path, page in pages_of(client):
        for form in page.forms:
            kind = re.sub(r"\d+", "N", form.action or path)
            if kind not in known and not kind.startswith(LEFT_ALONE):
                known.add(kind)
                wrong += wronged(client, path, form)
    assert wrong == []
    assert len(known) > (1 if who == "nobody" else 6)
    with reading(desk.district.office.records) as conn:
        assert [fault for fault in verification.verify(conn) if "case 0" not in fault.where] == []


def test_a_member_without_a_name_is_asked_for_and_never_dropped(desk: Desk) -> None:
    clerk, spouse = desk.as_("clerk"), made_up_id(date(1972, 12, 2), 992)
    form = {"attribute": "一般贫困户", "main_cause": "因病", "m.0.name": "许望", "m.0.id_no": made_up_id(date(1970, 12, 2)),
            "m.0.relation": "户主", "m.1.name": "", "m.1.id_no": spouse, "m.1.relation": "配偶"}  # fmt: skip
    asked = clerk.send("/apply", "/apply", **form)
    assert asked.status_code == 409 and "第2行成员的姓名" in asked.text and spouse in asked.text
    told = clerk.send("/apply", "/apply", **{**form, "m.1.name": "林莲"}).text
    assert "成员（2人）" in told
    assert "46岁" in told and "44岁" in told  # full years: neither birthday has come on 9 October 2017
