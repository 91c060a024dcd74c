"""The same file offered for different things: told beside it, to whoever may see both, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from yuetan.models.attachment import Attachment
from yuetan.models.scan import Scan

if TYPE_CHECKING:
    from yuetan.models.user import User


def mark_same(files: Iterable[Any], user: User) -> list[Any]:
    """These files, each knowing in `same_as` what else the same bytes were offered for, as far as the person sees."""
    files = list(files)
    alike = _alike(files, user) if files else []
    for file in files:
        (own,) = [each for each in alike if each.pk == file.pk] or [None]
        others = [each for each in alike if own and each.digests & file.digests and each.thing != own.thing]
        file.same_as = list(dict.fromkeys(each.used_for for each in others))
    return files


def _alike(files: Sequence[Any], user: User) -> list[Any]:
    attachments = Attachment.objects.visible_to(user).with_the_content_of(files)
    scans = Scan.objects.visible_to(user).with_the_content_of(files)
    return [
        *attachments.select_related("case", "letter", "report__task"),
        *scans.select_related("document").defer("document__html", "document__facts"),
    ]
