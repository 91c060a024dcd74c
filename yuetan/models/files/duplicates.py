"""Files with equal bytes uploaded for different things: marked for whoever may see both of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from yuetan.models.files.attachment import Attachment
from yuetan.models.files.scan import Scan
from yuetan.models.files.stored_file import StoredFile
from yuetan.models.subjects import WITH_TITLES

if TYPE_CHECKING:
    from yuetan.models.people.user import User

OfferedFile = TypeVar("OfferedFile", bound=StoredFile)


def annotate_duplicates(files: Iterable[OfferedFile], user: User) -> list[OfferedFile]:
    """These files, each with what else its bytes were offered for (`duplicate_of`), as far as the person sees."""
    files = list(files)
    doubles = [file for file in files if getattr(file, "has_double", True)]
    alike = _same_content(doubles, user) if doubles else []
    for file in files:
        own = next((each for each in alike if each.pk == file.pk), None)
        others = [each for each in alike if own and each.digests & file.digests and each.thing != own.thing]
        file.duplicate_of = list(dict.fromkeys(each.used_for for each in others))
    return files


def knowing_doubles(files: QuerySet[Attachment]) -> list[Attachment]:
    """The files, each with whether its bytes were kept or offered anywhere else; what, says `annotate_duplicates`."""
    digests = (OuterRef("sha256"), OuterRef("offered_sha256"))
    alike = Q(sha256__in=digests) | Q(offered_sha256__in=digests)
    others = Attachment.objects.filter(alike).exclude(pk=OuterRef("pk")), Scan.objects.filter(alike)
    return list(files.annotate(has_double=Exists(others[0]) | Exists(others[1])))


def _same_content(files: Sequence[StoredFile], user: User) -> list[Attachment | Scan]:
    attachments = Attachment.objects.visible_to(user).same_content_as(files)
    scans = Scan.objects.visible_to(user).same_content_as(files)
    return [
        *attachments.select_related(*WITH_TITLES, "report__task"),
        *scans.select_related("document").defer("document__html", "document__facts"),
    ]
