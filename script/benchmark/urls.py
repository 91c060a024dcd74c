"""Our addresses, the admin's, and those of the limit: a view by hand behind the same middleware."""

from django.http import HttpRequest, HttpResponse  # noqa: TID251 - no view of ours
from django.urls import include, path

from benchmark.pages import MeasuredPage
from benchmark.stock_admin import site

BY_HAND: dict[str, MeasuredPage] = {}  # the page being measured


def by_hand(request: HttpRequest) -> HttpResponse:
    """The page being measured as it can be at best; who opens it is logged in, as for ours."""
    assert request.user.is_authenticated
    return HttpResponse(BY_HAND["page"].rendered_by_hand())


urlpatterns = [path("stock-admin/", site.urls), path("by-hand/", by_hand), path("", include("yuetan.urls"))]
