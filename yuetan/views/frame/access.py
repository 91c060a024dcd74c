"""Who may open a page that belongs to no case."""

from yuetan import permissions
from yuetan.errors import NotYours
from yuetan.views.frame.request import Request


def require_permission(request: Request, codename: str) -> None:
    """Let the request pass if its user holds the permission; raises NotYours, which is answered with 403."""
    if not request.user.has_perm(permissions.name(codename)):
        raise NotYours(codename)
