"""A request of somebody who is logged in: `login_required` lets no other come to a view."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from yuetan.models import User


class Request(HttpRequest):
    """What the views take: its user is a person, and it says whether htmx asks for a part of the page."""

    user: User
    htmx: HtmxDetails
