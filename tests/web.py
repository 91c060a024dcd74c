"""A person at a browser without scripts: reads pages, follows links by their words, fills in the form that is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client

from tests import cast
from yuetan.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
VOID = {"input", "link", "meta", "br", "img", "hr"}


def browser(username: str) -> Client:
    """A person of the cast, logged in, without a page that is read for them."""
    client = Client()
    client.force_login(cast.person(username), backend=BACKEND)
    return client


@dataclass
class Form:
    """A form of a page: what is in it as it stands, and what may be chosen."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    name: str = ""  # its id, by which a button elsewhere on the page belongs to it


class Page(HTMLParser):
    """What a page shows: its words, its links, its forms."""

    def __init__(self, response: HttpResponse, url: str) -> None:
        super().__init__()
        self.response, self.url, self.status = response, url, response.status_code
        self.words, self.heading = "", ""
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._select = ""
        if response.get("Content-Type", "").startswith("text/html"):
            self.feed(response.content.decode())

    def __contains__(self, words: str) -> bool:
        return " ".join(words.split()) in " ".join(self.words.split())

    @property
    def shown_text(self) -> str:
        """How the page begins below its heading, without the menu beside it."""
        words, heading = (" ".join(text.split()) for text in (self.words, self.heading))
        return (words.rpartition(heading)[2] if heading else words)[:400]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            action, name = urljoin(self.url, facts.get("action", "")), facts.get("id", "")
            self.forms.append(Form(action, facts.get("method", "get"), name=name))
        if self.forms and facts.get("name"):
            self._take_field(tag, facts)
        if tag == "option" and self.forms:
            self._take_option(facts)
        if tag not in VOID:
            self._open.append((tag, facts, len(self.words)))

    def _take_field(self, tag: str, facts: dict[str, str]) -> None:
        form, name, kind = self.forms[-1], facts["name"], facts.get("type", "")
        if tag == "input" and kind in ("radio", "checkbox"):
            form.offered.setdefault(name, []).append(facts.get("value", "on"))
            form.values.setdefault(name, [])
            if "checked" in facts:
                form.values[name].append(facts.get("value", "on"))
        elif tag == "input":
            form.values.setdefault(name, []).extend([facts.get("value", "")] if kind != "file" else [])
        elif tag in ("textarea", "select"):
            form.values[name] = []
            self._select = name if tag == "select" else ""

    def _take_option(self, facts: dict[str, str]) -> None:
        form, value = self.forms[-1], facts.get("value", "")
        form.offered.setdefault(self._select, []).append(value)
        if "selected" in facts or len(form.offered[self._select]) == 1:
            form.values[self._select] = [value]

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, facts, began = self._open.pop()
            if name == tag:
                self._closed(name, facts, self.words[began:])
                return

    def _closed(self, tag: str, facts: dict[str, str], words: str) -> None:
        if tag == "a":
            self.links.append((words.strip(), urljoin(self.url, facts.get("href", ""))))
        elif tag == "h1" and not self.heading:
            self.heading = words.strip()
        elif tag == "button" and self.forms:
            self._take_button(facts, words.strip())
        elif tag == "textarea":
            self.forms[-1].values[facts["name"]] = [words.removeprefix("\n")]

    def _take_button(self, facts: dict[str, str], words: str) -> None:
        named = [form for form in self.forms if form.name and form.name == facts.get("form")]
        form = named[0] if named else self.forms[-1]
        form.buttons[words] = (facts.get("name", ""), facts.get("value", ""))
        if "formaction" in facts:
            form.leads[words] = urljoin(self.url, facts["formaction"])

    def link(self, words: str) -> str:
        """Where the link with these words leads; it must be there."""
        found = [url for text, url in self.links if text == words or text.endswith(f"　{words}")]
        assert found, f"no link “{words}” on {self.url}, but {[text for text, _ in self.links]}"
        return found[0]


class Visitor:
    """One person, logged in."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if user is not None:
            self.client.force_login(user, backend=BACKEND)

    def open(self, url: str, expect: int = 200) -> Page:
        """Go to an address."""
        return self._arrived(self.client.get(url, follow=True), url, expect)

    def click(self, words: str, expect: int = 200) -> Page:
        """Follow the link with these words."""
        return self.open(self.page.link(words), expect)

    def fetch(self, words: str) -> bytes:
        """The file or the paper behind a link of the page."""
        response = self.client.get(self.page.link(words))
        assert response.status_code == 200, f"{response.status_code} for {words}"
        return b"".join(response)

    def press(self, button: str, expect: int = 200, **entered: Any) -> Page:
        """Fill in the form that has this button, and press it; every name typed into must be there."""
        form = next((form for form in self.page.forms if button in form.buttons), None)
        assert form is not None, f"no button “{button}” on {self.page.url}: {self.page.shown_text}"
        data: dict[str, Any] = {name: values for name, values in form.values.items() if values}
        for name, value in entered.items():
            assert name in form.values, f"no field {name} on {self.page.url}"
            data[name] = value
        name, value = form.buttons[button]
        if name:
            data[name] = value
        send = self.client.post if form.method == "post" else self.client.get
        url = form.leads.get(button, form.action)
        return self._arrived(send(url, data, follow=True), url, expect)

    def pick(self, name: str, *labels: str) -> list[str]:
        """The values of choices by the words beside them."""
        return [value for label in labels for value in self._choices(name, label)]

    def _choices(self, name: str, label: str) -> list[str]:
        text = self.page.response.content.decode()
        form = next(form for form in self.page.forms if name in form.offered)
        found = [
            value for value in form.offered[name] if f'value="{value}"' in text and label in _next_to(text, name, value)
        ]
        assert len(found) == 1, f"“{label}” among {name}: {found}"
        return found

    def _arrived(self, response: HttpResponse, url: str, expect: int) -> Page:
        chain = getattr(response, "redirect_chain", [])
        self.page = Page(response, urljoin(url, chain[-1][0]) if chain else url)
        assert response.status_code == expect, f"{response.status_code} at {self.page.url}\n{self.page.words}"
        return self.page


def _next_to(text: str, name: str, value: str) -> str:
    at = text.index(f'value="{value}"', text.index(f'name="{name}"'))
    return text[at : text.index("</", at)]
