"""Taking papers out of the system: every printing and every download is written down before the bytes leave."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from yuetan import permissions
from yuetan.errors import NotYours
from yuetan.models import Document, Printing, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import PrintMethod


@transaction.atomic
def record_printing(documents: Sequence[Document], *, by: User, method: PrintMethod) -> list[Printing]:
    """Write down who takes which papers out; raises NotYours, writing nothing, if one of them is not theirs to see."""
    seen = Document.objects.visible_to(by).filter(pk__in=[document.pk for document in documents]).count()
    if seen != len(documents) or (
        method == PrintMethod.COPY and not all(may_download_copy(each, by) for each in documents)
    ):
        raise NotYours("take_out")
    now, title = clock.now(), by.title
    return Printing.objects.bulk_create(
        Printing(document=document, method=method, by=by, by_title=title, at=now) for document in documents
    )


def may_download_copy(document: Document, by: User) -> bool:
    """Whether the editable copy is theirs: inner roles, and nobody of the unit the paper went to."""
    subject = document.case or document.letter
    assert subject is not None
    inner = by.has_perm(permissions.name("take_copy"))
    return inner and not by.is_recused_from(subject.unit_id)
