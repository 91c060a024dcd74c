"""常用筛选 beside the filter of a ledger."""

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from yuetan.models import SavedFilter

register = template.Library()


@register.inclusion_tag("components/saved_filters.html", takes_context=True)
def saved_filters(context: RequestContext, ledger: str, list_url: str, query: str) -> dict[str, object]:
    """The person's own for this ledger, by its key and the name of its address; and what may be kept now."""
    saved = list(SavedFilter.objects.filter(person=context["user"], ledger=ledger))
    shown = {"saved": saved, "ledger": ledger, "list_url": reverse(list_url), "query": query}
    return {**shown, "csrf_token": context.get("csrf_token"), "request": context["request"]}
