"""Whether a file goes to the side that did not upload it: a unit, of what the office has put there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yuetan import permissions
from yuetan.models.files.attachment import Attachment
from yuetan.models.files.scan import Scan
from yuetan.models.people.unit import Post
from yuetan.models.subjects import subject_of

if TYPE_CHECKING:
    from yuetan.models.files.stored_file import StoredFile
    from yuetan.models.people.user import User


def goes_to_the_other_side(file: StoredFile, user: User) -> bool:
    """Whether the reader is of the unit alone, and who uploaded the file was not of it that day.

    The inner side has every file as it was offered: when and by whom it was written may count as evidence.
    """
    if not isinstance(file, Attachment | Scan):
        return False
    if user.has_perm(permissions.name("see_inner_case")) and not user.interviewed_units:
        return False
    subject = file.document.subject if isinstance(file, Scan) else subject_of(file)
    assert subject is not None
    uploaded_on = timezone.localtime(file.uploaded_at).date()
    own = Post.objects.current(uploaded_on).filter(holder=file.uploaded_by_id, unit=subject.unit_id)
    return not (subject.is_inner_to(user) or own.exists())
