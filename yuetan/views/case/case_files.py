"""The files of a case that a person may see, for every part of a page that shows some of them."""

from __future__ import annotations

from yuetan.models import Attachment, Case, User
from yuetan.models.files.duplicates import annotate_duplicates, knowing_doubles
from yuetan.models.office.read_once import once


def visible_files(case: Case, user: User) -> list[Attachment]:
    """All of them, each with what else it was uploaded for; read once for a page."""
    return once(("files", case.pk, user.pk), (Attachment, Case), lambda: _read_files(case, user))


def _read_files(case: Case, user: User) -> list[Attachment]:
    return annotate_duplicates(knowing_doubles(Attachment.objects.visible_to(user).filter(case=case)), user)
