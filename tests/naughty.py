"""The Big List of Naughty Strings, what Chinese keyboards and clipboards add to it, and every field they may reach."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.http import HttpResponse

import yuetan.forms
from tests.web import Page
from yuetan.documents.typesetting.typesetting import missing_characters
from yuetan.forms.frame.fields import NameField, NamesField, RowsField, WordsField
from yuetan.forms.frame.matter_field import MatterField
from yuetan.forms.frame.sections import SectionsField
from yuetan.forms.frame.units_field import MAX_QUOTED
from yuetan.rules.text.empty_words import says_nothing
from yuetan.rules.text.official_text import normalise_text, without_end
from yuetan.rules.text.personal_data import personal_numbers

LIST: list[str] = json.loads(Path(__file__).with_name("naughty_strings.json").read_text(encoding="utf-8"))
OURS = (
    "甲\0乙\x1b[31m丙\x7f",
    "\u202e约谈通知书\u202c\u2066甲\u2069",
    "零\u200b宽\u2060字\ufeff符\u00ad",
    "＝ＨＹＰＥＲＬＩＮＫ（“ｘ”）",
    "\t=1+1",
    "半个字\ud83d",
    "不是字\uffff\ufdd0",
    "一行\r\n二行\u2028三行\x85四行",
    "9" * 5000,
    "²٣৩",
    "{{ case.pk }}{% include 'base.html' %}{单位}{0.__class__}%(value)s",
    '"><svg/onload=alert(1)>',
    "</textarea></select></script><script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
)
STRINGS = (*LIST, *OURS)
# What a browser can send: half of a pair comes only as an escape in JSON.
SENDABLE = [string for string in STRINGS if string.encode("utf-8", "ignore").decode() == string]

# Abbreviations that officials write themselves.
LATIN = re.compile(r"PDF|OFD|DOCX|XLSX|CSV|JPG|PNG|WPS|MB|Excel|U\+[0-9A-F]+")
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in settings.BASE_DIR.glob("templates/**/*.html"))
TAGS = {*re.findall(r"<([a-z][a-z0-9]*)", TEMPLATES), "textarea", "select", "option", "optgroup", "datalist"}
OF_TEMPLATES = {*re.findall(r"[\s\"}]([a-z][a-z-]*)=", TEMPLATES), *re.findall(r"[\s}](data-[a-z-]+)", TEMPLATES)} - {
    "style"
}
BARE = "checked selected required disabled multiple hidden novalidate formnovalidate open defer data-shared data-waits"
OF_WIDGETS = (
    "aria-invalid rows cols step min max minlength maxlength autocapitalize spellcheck autofocus accept label list "
    "data-unit-select data-initials data-pinyin data-proof-read inputmode"
)
ATTRIBUTES = {*OF_TEMPLATES, *BARE.split(), *OF_WIDGETS.split(), "viewbox"}
SEAL = "data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns%3D%27http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg%27"  # the QR code
LEADS = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset")


QUOTED = re.compile(rf"“(.{{1,{MAX_QUOTED}}}?)(?:……)?”(?=，)", re.DOTALL)


def is_sentence(words: str, *, sent: str = "") -> bool:
    """One Chinese sentence: it ends with one full stop, and holds no English but what was sent."""
    words = QUOTED.sub(lambda quoted: "“”" if quoted[1] in normalise_text(sent) else quoted[0], words)
    whole = re.fullmatch(r"[^。]*[一-鿿][^。]*[^。，；：、]。", words)
    latin = re.findall("[A-Za-z][A-Za-z0-9_]*", LATIN.sub("", words))
    return bool(whole) and all(word in sent for word in latin)


def form_classes() -> list[type]:
    """Every form and every filter of the product, small forms of rows among them."""
    for module in pkgutil.walk_packages(yuetan.forms.__path__, "yuetan.forms."):
        importlib.import_module(module.name)
    below = [one for root in (forms.BaseForm, django_filters.FilterSet) for one in _below(root)]
    return [one for one in below if one.__module__.startswith("yuetan.")]


def _below(root: type) -> Iterator[type]:
    for one in root.__subclasses__():
        yield one
        yield from _below(one)


def fields_of(form: Any) -> dict[str, forms.Field]:
    """The fields a form or a filter is declared with."""
    if issubclass(form, django_filters.FilterSet):
        return {name: each.field for name, each in deepcopy(form.base_filters).items()}
    return dict(form.base_fields)


class Pen:
    """Types naughty strings, one after the other, into whatever text fields a form is declared with."""

    def __init__(self, strings: list[str]) -> None:
        self.left, self.many = cycle(strings), len(strings)
        self.typed: list[str] = []

    def fill(self, form: type[forms.BaseForm], sent: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent, with other words in every field that takes words and was given some."""
        typed = {name: self._instead(_field(form, name), value) for name, value in sent.items()}
        return typed | {name: f"{typed[name]}\n{sent[name]}" for name in KEEPS_ITS_WORDS if name in sent}

    def _instead(self, field: forms.Field | None, value: Any) -> Any:
        if (
            isinstance(field, NameField | NamesField)
            or not isinstance(field, WordsField)
            or not isinstance(value, str)
            or not value
        ):
            return value
        most = field.max_length or 0
        fit = (one for one in self.left if not isinstance(field, MatterField) or one == without_end(one))
        if most > 400:
            lines = list(islice(self.left, 9))
            lines += [value] * says_nothing("".join(lines))  # where words are asked for, numbers alone are refused
        else:
            with_content = (one for one in islice(fit, self.many) if len(one) <= most and not says_nothing(one))
            lines = [next(with_content, None) or next(one for one in fit if len(one) <= most)]
        self.typed += lines
        return "\n".join(lines)


KEEPS_ITS_WORDS = ("procedure", "required_materials")  # in which the law asks for certain words
KEPT_AS_THEY_ARE = ("attended_by",)  # a name that the rules compare


def _field(form: type[forms.BaseForm], name: str) -> forms.Field | None:
    if name in KEPT_AS_THEY_ARE or name.rpartition("-")[2] in KEPT_AS_THEY_ARE:
        return None
    field = form.base_fields.get(name.partition("-")[0])
    if isinstance(field, RowsField):
        return field.widget.row_form.base_fields.get(name.rpartition("-")[2])
    if isinstance(field, SectionsField):
        return field.widget.section_form.base_fields.get(name.rpartition("-")[2])
    return field


def printable() -> list[str]:
    """Those of one line that the fonts draw, that leave something to read and are no number of a person."""
    tidy = [string for string in SENDABLE if normalise_text(string).strip() and len(string) < 1000]
    drawn = [string for string in tidy if not missing_characters(normalise_text(string).replace("\n", ""))]
    return [string for string in drawn if not list(personal_numbers(string, 2026))]


class Read(Page):
    """A page looked through for what the templates do not hold, and for fields that can be typed into."""

    def __init__(self, response: HttpResponse, url: str) -> None:
        self.alien: list[str] = []
        self.shown: list[str] = []
        self.refusals: list[str] = []
        self.typable: dict[int, dict[str, tuple[str, str]]] = {}
        super().__init__(response, url)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        facts = {name: value or "" for name, value in attrs}
        if tag not in TAGS or not facts.keys() <= ATTRIBUTES:
            self.alien.append(f"<{tag} {sorted(facts.keys() - ATTRIBUTES)}>")
        self.alien += [f"{name}={facts[name]}" for name in LEADS if name in facts and not _is_ours(facts[name])]
        self.shown += facts.values()
        kind = facts.get("type", "text") if tag == "input" else tag
        if self.forms and facts.get("name") and kind in ("text", "search", "password", "textarea", "number", "hidden"):
            self.typable.setdefault(len(self.forms) - 1, {})[facts["name"]] = kind, facts.get("maxlength", "")

    def _closed(self, tag: str, facts: dict[str, str], words: str) -> None:
        super()._closed(tag, facts, words)
        if facts.get("class") == "field-error":
            self.refusals.append(words.strip().removeprefix("错误："))

    def handle_comment(self, data: str) -> None:
        self.alien.append(f"<!--{data}")

    def unknown_decl(self, data: str) -> None:
        self.alien.append(f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self.alien.append(f"<?{data}")

    def __contains__(self, words: str) -> bool:
        return squeezed(words) in self.all_words

    @property
    def all_words(self) -> str:
        """Everything somebody reads on it, without blanks."""
        return squeezed("".join([self.words, *self.shown]))


def squeezed(words: str) -> str:
    """Words without any blank between them, as cleaned for keeping: lines are broken anywhere on a page."""
    return "".join(normalise_text(words).split())


def _is_ours(address: str) -> bool:
    return not re.match(r"\s*([^/?#]*:|//|\\)", address) or address.startswith(("data:image/png;base64,", SEAL))
