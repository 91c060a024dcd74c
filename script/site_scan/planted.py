"""A page as nobody should write one: what is typed becomes part of a statement, and of the page.

It asks for a log-in as any other, so that a scan without one does not find it.
"""

from csp.decorators import csp_exempt
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PAGE = """<!doctype html>
<title>planted</title>
<form><input name="code"><button>ask</button></form>
<p>{code}</p>
<p>{found}</p>
"""


@csp_exempt()
@require_safe
def planted(request: HttpRequest) -> HttpResponse:
    """SQL injection and reflected XSS, on purpose."""
    code = request.GET.get("code", "")
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"SELECT name FROM yuetan_unit WHERE code = '{code}'")
            found = str(cursor.fetchall())
        except (DatabaseError, ValueError) as error:
            found = str(error)
    return HttpResponse(PAGE.format(code=code, found=found))
