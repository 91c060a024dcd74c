"""The files of a case, or of what else hands tasks over, that a person may see, for every part of a page."""

from __future__ import annotations

from yuetan.models import Attachment, User
from yuetan.models.files.duplicates import annotate_duplicates, knowing_doubles
from yuetan.models.office.read_once import once
from yuetan.models.rectification.task_origin import HandsOutTasks


def visible_files(case: HandsOutTasks, user: User) -> list[Attachment]:
    """All of them, each with what else it was uploaded for; read once for a page."""
    return once(("files", case.pk, user.pk), (Attachment, type(case)), lambda: _read_files(case, user))


def _read_files(case: HandsOutTasks, user: User) -> list[Attachment]:
    files = Attachment.objects.visible_to(user).filter(**{case.ABOUT: case})
    return annotate_duplicates(knowing_doubles(files.select_related("sheet_shown__sheet__assessment")), user)
