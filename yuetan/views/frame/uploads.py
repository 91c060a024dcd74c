"""Forms with files, which static/js/upload/ sends so that people see how far their files have got."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SENT_BY_SCRIPT, GO_TO = "X-Upload", "X-Go-To"


class UploadMiddleware:
    """Answers an upload by script with the address to go to: were it a redirect, the script
    would fetch that page itself, and its 已办理 would be shown to nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer as it is, unless it leads elsewhere."""
        response = self.get_response(request)
        if SENT_BY_SCRIPT in request.headers and response.has_header("Location"):
            response[GO_TO] = response["Location"]
            del response["Location"]
            response.status_code = 204
        return response
