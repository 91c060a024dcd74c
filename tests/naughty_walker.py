"""Somebody who opens every page that can be reached, and sends off every form there is with naughty strings in it."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from itertools import cycle, islice
from typing import Any
from urllib.parse import urldefrag

import docx
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from openpyxl import load_workbook

from tests.naughty import SENDABLE, Read, is_sentence
from tests.web import BACKEND, Form
from yuetan.documents.exports.spreadsheet import FORMULA_SIGNS
from yuetan.models import User
from yuetan.rules.files.file_kind import FileKind
from yuetan.rules.text.person_names import person_name

ANSWERS = {200, 204, 302, 400, 403, 404, 409, 413, 422, 429}
FIELDS_OF_A_LONG_FORM = 3
PRINTED = ("internal_paper", "document_pdf")  # each takes a second or two, and is the same for everybody
SHORT = 400
SOME = 20
KEPT_UNTYPED = {"csrfmiddlewaretoken", "owner"}


class Walker:
    """One person, or nobody; `everybody_did` is what was opened or sent already."""

    def __init__(self, user: User | None, everybody_did: set[Any]) -> None:
        self.user, self.done, self.short = user, everybody_did, cycle(SENDABLE)
        self.pages: list[Read] = []
        self.problems: list[str] = []

    def come_in(self) -> Walker:
        """Log in, for the last time may be long ago."""
        self.client = Client()
        if self.user is not None:
            self.client.force_login(self.user, backend=BACKEND)
        return self

    def walk(self, start: str = "/") -> None:
        """From link to link; of addresses of one kind the first."""
        ahead, seen = [start], {start}
        while ahead:
            page = self.open(ahead.pop())
            for _, url in page.links:
                url = url.partition("#")[0]
                if url.startswith("/") and url not in seen and self._is_new(url):
                    seen.add(url)
                    ahead.append(url)

    def _is_new(self, url: str) -> bool:
        match = resolve(url.partition("?")[0])
        kind = (match.url_name, *(value for name, value in match.kwargs.items() if name in ("verb", "method")))
        who = None if match.url_name in PRINTED else self.user
        kind = (who, *kind, match.kwargs.get("kind"))
        return kind not in self.done and not self.done.add(kind)

    def open(self, url: str) -> Read:
        """A page, and every form on it."""
        page = self._read(self.client.get(url), url)
        self.pages.append(page)
        self._send_forms(page)
        return page

    def _send_forms(self, page: Read) -> None:
        for number, form in enumerate(page.forms):
            for action in dict.fromkeys(urldefrag(url).url for url in (form.action, *form.leads.values())):
                self._send_anew(page, replace(form, action=action), page.typable.get(number, {}))

    def _send_anew(self, page: Read, form: Form, typable: dict[str, str]) -> None:
        """With every string in what can be typed into; then with one in everything that is sent at all."""
        match = resolve(form.action.partition("?")[0])
        asked_for = page.url.partition("?")[2]  # of a list by what was asked for: what is ticked is another thing
        kind = (match.url_name, match.kwargs.get("verb"), asked_for, frozenset(form.values), frozenset(typable.items()))
        if kind in self.done or match.url_name == "logout":
            return
        self.done.add(kind)
        asked = {name: values or form.offered.get(name, [])[:1] for name, values in form.values.items()}
        asked |= {"confirmed": "1"}
        written = {name: self._words(most) for name, (type_, most) in typable.items() if type_ != "hidden"}
        hidden_again = {name for name, (type_, _) in typable.items() if type_ == "password"}
        self._send(form, asked | written, {name: text for name, text in written.items() if name not in hidden_again})
        rubbish = {name: next(self.short) for name in form.values if name not in KEPT_UNTYPED}
        self._send(form, asked | rubbish, {})
        for name in {name.rpartition("-")[2]: name for name, _ in form.buttons.values() if name}.values():
            self._send(form, asked | rubbish | {name: "9" * 5000}, {})
        if "draft_seen" in form.values and len(written) >= FIELDS_OF_A_LONG_FORM:
            self._keep(page, {name: text for name, text in written.items() if name in form.values})

    def _words(self, most: str) -> str:
        if most and int(most) <= SHORT:
            return next(self.short)[: int(most)]
        return "\n".join(islice(self.short, SOME))[: int(most or 1000)]

    def _send(self, form: Form, data: dict[str, Any], written: dict[str, str]) -> None:
        with transaction.atomic():
            send = self.client.post if form.method == "post" else self.client.get
            page = self._read(send(form.action, data), form.action, sent=" ".join(map(str, data.values())))
            self._send_forms(page)
            transaction.set_rollback(True)
        replaced = data.get("draft_accepted", ())  # where somebody else's words were ticked instead
        for name, text in written.items() if page.status == 422 else ():
            back = [one.values[name] for one in page.forms if name in one.values]
            if back and name not in replaced and [_lines(text)] not in [list(map(_lines, values)) for values in back]:
                self.problems.append(f"{form.action}: {name} did not come back as typed ({text!r}), but {back}")

    def _keep(self, page: Read, written: dict[str, str]) -> None:
        """As the script keeps what is being typed, a half of a pair in it too."""
        text = page.response.content.decode()
        url, owner = (re.search(rf'data-{what}="([^"]+)"', text)[1] for what in ("draft-url", "owner"))
        cells = {name: {"value": [f"{words}\ud83d"], "shown": ""} for name, words in written.items()}
        with transaction.atomic():
            self._read(self.client.post(url, {"owner": owner, "cells": json.dumps(cells)}), url)
            self._read(self.client.get(url), url)
            self._read(self.client.get(page.url), page.url)
            transaction.set_rollback(True)

    def _read(self, answer: HttpResponse, url: str, *, sent: str = "") -> Read:
        """What is wrong with an answer, whatever it is."""
        page, kind = Read(answer, url), answer.get("Content-Type", "")
        content = answer.getvalue()  # of a file as well, which is closed at its end
        wrong = page.alien[:5] + [refusal for refusal in page.refusals if not are_sentences(refusal, sent)]
        if answer.status_code not in ANSWERS:
            wrong.append(f"answered {answer.status_code}")
        if "text/html" not in kind and answer["X-Content-Type-Options"] != "nosniff":
            wrong.append(f"{kind} may be sniffed")
        if kind == FileKind.XLSX.content_type:
            wrong += formulas(content)
        if kind == FileKind.DOCX.content_type:
            docx.Document(io.BytesIO(content))  # which reads the whole of it
        self.problems += [f"{url}: {one}" for one in wrong]
        return page


def are_sentences(refusal: str, sent: str) -> bool:
    """Whether this is one sentence after the other, whatever stands in the words that it quotes."""
    kept = f"{sent} {person_name(sent)}"  # a name is quoted as it would be kept
    for quoted in re.findall("“(.*?)”", refusal):
        refusal = refusal.replace(quoted, "…") if quoted in kept else refusal
    return all(is_sentence(one, sent=sent) for one in re.findall("[^。]*。|[^。]+$", refusal.strip()))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def formulas(content: bytes) -> list[str]:
    """Cells that are formulas, or that Excel would take for one when they are edited."""
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    typed = [cell for cell in cells if isinstance(cell.value, str)]
    return [
        f"formula {cell.value!r}"
        for cell in typed
        if cell.data_type == "f" or cell.value.lstrip().startswith(FORMULA_SIGNS)
    ]
