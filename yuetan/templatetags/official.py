"""Dates and sizes in the words of official papers; the key of a form; links for whom they lead somewhere."""

import uuid
from datetime import date, datetime

from django import template
from django.template.context import Context, RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yuetan.models.drafts.form_key import KEY_FIELD
from yuetan.rules.text import official_text
from yuetan.vocabulary.naming import NAMES, in_names

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """2026年11月23日; empty for no date."""
    if value is None:
        return ""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return official_text.chinese_date(local)


@register.filter
def moment(value: datetime | None) -> str:
    """2026年11月23日 9:30; empty for no time."""
    return official_text.short_datetime(value) if value else ""


@register.filter
def moment_in_words(value: datetime | None) -> str:
    """2026年11月23日（星期一）上午9:30; empty for no time."""
    return official_text.chinese_datetime(timezone.localtime(value)) if value else ""


@register.filter
def file_size(size: int) -> str:
    """1.2 MB or 36 KB."""
    if size >= 1024 * 1024:
        return f"{size / 1024 / 1024:.1f} MB"
    return f"{max(1, round(size / 1024))} KB"


@register.simple_tag(takes_context=True)
def form_key(context: RequestContext) -> SafeString:
    """The hidden key of a form that is carried out once; one that comes back, or is to be confirmed, keeps its key."""
    sent = context.request.POST.get(KEY_FIELD, "")
    try:
        key = uuid.UUID(sent)
    except ValueError:
        key = uuid.uuid4()
    return format_html('<input type="hidden" name="{}" value="{}">', KEY_FIELD, key)


@register.simple_tag(takes_context=True)
def page_link(context: Context, name: str, words: str) -> SafeString:
    """A link to a page by the name of its address; the words alone for a reader who may not open it.

    `openable_pages` of the context says who may; raises KeyError for a page of which it says nothing.
    """
    if not context["openable_pages"][name]:
        return format_html("{}", words)
    return format_html('<a href="{}">{}</a>', reverse(name), words)


@register.simple_tag
def called(key: str) -> str:
    """The name by which the office goes, or its leading body, or a post in it; raises KeyError for no such name."""
    return NAMES[key]


@register.filter
def named(words: str) -> str:
    """A sentence with such names in braces, filled in."""
    return in_names(words)
