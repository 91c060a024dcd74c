"""Our addresses, the admin's, and those of the limits: views by hand behind the same middleware."""

from django.http import HttpRequest, HttpResponse  # noqa: TID251 - no view of ours
from django.urls import include, path

from benchmark.measured_page import MeasuredPage
from benchmark.rendering import last_rendering
from benchmark.stock_admin import site

BY_HAND: dict[str, MeasuredPage] = {}  # the page being measured


def by_hand(request: HttpRequest) -> HttpResponse:
    """The page being measured as it can be at best; who opens it is logged in, as for ours."""
    assert request.user.is_authenticated
    return HttpResponse(BY_HAND["page"].rendered_by_hand())


def same_template(request: HttpRequest) -> HttpResponse:
    """The rows by hand, and the page's own template with what it was last rendered with: that is read already."""
    assert request.user.is_authenticated
    BY_HAND["page"].rows_by_hand()
    return HttpResponse(last_rendering().again(request))


urlpatterns = [
    path("stock-admin/", site.urls),
    path("by-hand/", by_hand),
    path("same-template/", same_template),
    path("", include("yuetan.urls")),
]
