"""Files with equal bytes uploaded for different things: marked for whoever may see both of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from yuetan.models.files.attachment import Attachment
from yuetan.models.files.scan import Scan
from yuetan.models.files.stored_file import StoredFile

if TYPE_CHECKING:
    from yuetan.models.people.user import User

OfferedFile = TypeVar("OfferedFile", bound=StoredFile)


def annotate_duplicates(files: Iterable[OfferedFile], user: User) -> list[OfferedFile]:
    """These files, each with what else its bytes were offered for (`duplicate_of`), as far as the person sees."""
    files = list(files)
    alike = _same_content(files, user) if files else []
    for file in files:
        own = next((each for each in alike if each.pk == file.pk), None)
        others = [each for each in alike if own and each.digests & file.digests and each.thing != own.thing]
        file.duplicate_of = list(dict.fromkeys(each.used_for for each in others))
    return files


def _same_content(files: Sequence[StoredFile], user: User) -> list[Attachment | Scan]:
    attachments = Attachment.objects.visible_to(user).same_content_as(files)
    scans = Scan.objects.visible_to(user).same_content_as(files)
    return [
        *attachments.select_related("case", "letter", "report__task"),
        *scans.select_related("document").defer("document__html", "document__facts"),
    ]
