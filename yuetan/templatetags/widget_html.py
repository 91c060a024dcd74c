"""The options of a list written at once: by Django's own templates a list of a hundred units is two hundred of them."""

from collections.abc import Iterable, Mapping, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

Option = Mapping[str, object]


@register.filter
def html_attributes(attributes: Mapping[str, object]) -> SafeString:
    """As Django's `attrs.html` writes them: what is True without a value, what is False not at all."""
    return _joined(_attribute(name, value) for name, value in attributes.items())


@register.filter
def html_options(groups: Iterable[tuple[str | None, Sequence[Option], int | None]]) -> SafeString:
    """As Django's `select.html` writes them, those of a named group within it."""
    return _joined(_group(name, options) for name, options, _ in groups)


def _group(name: str | None, options: Sequence[Option]) -> SafeString:
    inside = _joined(map(_option, options))
    return format_html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside


def _option(option: Option) -> SafeString:
    attributes = html_attributes(option["attrs"])  # type: ignore[arg-type]
    return format_html('<option value="{}"{}>{}</option>', str(option["value"]), attributes, option["label"])


def _attribute(name: str, value: object) -> str:
    if isinstance(value, bool):
        return format_html(" {}", name) if value else ""
    return format_html(' {}="{}"', name, str(value))


def _joined(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
