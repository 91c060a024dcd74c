"""The page of one person: the posts they hold and held, and what they had to do with."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yuetan.models import User
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.request import Request
from yuetan.views.people.records import person_record


@require_safe
def person_page(request: Request, pk: int) -> HttpResponse:
    """履历. Raises NotYours without the permission to see units, Http404 for who never held a post."""
    require_permission(request, "see_units")
    person = get_object_or_404(User.objects.filter(posts__isnull=False).distinct(), pk=pk)
    posts = person.posts.select_related("unit__parent").prefetch_related("corrections").order_by("-began_on", "-pk")
    context = {"person": person, "posts": list(posts), "record": person_record(person, request.user)}
    return render(request, "units/person.html", context)
