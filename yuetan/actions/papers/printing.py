"""Taking papers out of the system, written down before the bytes leave; printing what was issued."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yuetan import permissions
from yuetan.actions.files.session_lock import session_lock
from yuetan.documents.pdf_store import store_pdf
from yuetan.errors import NotYours
from yuetan.models import Document, Printing, User
from yuetan.models.record.request_address import current_address
from yuetan.rules.dates import clock
from yuetan.vocabulary import PrintMethod

logger = logging.getLogger(__name__)

RETRIED_AFTER = timedelta(minutes=10)


@transaction.atomic
def record_printing(documents: Sequence[Document], *, by: User, method: PrintMethod) -> list[Printing]:
    """Write down who takes which papers out; raises NotYours, writing nothing, if one of them is not theirs to see."""
    seen = Document.objects.visible_to(by).filter(pk__in=[document.pk for document in documents]).count()
    if seen != len(documents) or (
        method == PrintMethod.COPY and not all(may_download_copy(each, by) for each in documents)
    ):
        raise NotYours("take_out")
    of_all = {"method": method, "by": by, "by_title": by.title, "at": clock.now(), "address": current_address()}
    return Printing.objects.bulk_create(Printing(document=document, **of_all) for document in documents)


def may_download_copy(document: Document, by: User) -> bool:
    """Whether the editable copy is theirs: inner roles, and nobody of the unit the paper went to.

    A 统计表 has its figures as Excel instead.
    """
    inner = by.has_perm(permissions.name("take_copy"))
    return inner and not (not document.is_of_subject or document.subject.recuses(by))


class PaperPrinter:
    """Prints what was issued and nobody has opened yet; each worker has one of its own."""

    def __init__(self) -> None:
        self._failed_at: dict[UUID, datetime] = {}

    def print_next(self) -> str | None:
        """The number of a paper whose PDF has now been stored; None if there is nothing that can be printed now.

        A paper that cannot be printed is logged, keeps no other waiting, and is tried again some minutes later.
        """
        now = clock.now()
        self._failed_at = {key: at for key, at in self._failed_at.items() if now - at < RETRIED_AFTER}
        unprinted = Document.objects.without_pdf().exclude(pk__in=self._failed_at)
        for key in list(unprinted.values_list("pk", flat=True)[:20]):
            number = self._print(key)
            if number:
                return number
        return None

    def _print(self, key: UUID) -> str | None:
        with session_lock(key) as got_it:
            document = Document.objects.without_pdf().filter(pk=key).first() if got_it else None
            if document is None:
                return None
            try:
                store_pdf(document)
            except Exception:
                logger.exception("a paper could not be printed: %s", document.number)
                self._failed_at[key] = clock.now()
                return None
            return document.number
