"""Files with equal bytes uploaded for different things: marked for whoever may see both of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber

from yuetan.models.files.attachment import Attachment
from yuetan.models.files.scan import Scan
from yuetan.models.files.stored_file import StoredFile
from yuetan.models.papers.document import Document
from yuetan.models.subjects import WITH_TITLES

if TYPE_CHECKING:
    from yuetan.models.files.stored_file import StoredFileQuerySet
    from yuetan.models.people.user import User

MAX_NAMED = 5  # beside one file: a blank sheet may have been taken for hundreds of things
MAX_ALIKE = 50  # of the same bytes are looked at, the newest
MAX_READ = 100  # the same where most of them may be seen
CONTENT: dict[str, type[Attachment | Scan]] = {"attachment": Attachment, "scan": Scan}
MORE = f"其他多处，只列出 {MAX_NAMED} 处"
OfferedFile = TypeVar("OfferedFile", bound=StoredFile)


def annotate_duplicates(files: Iterable[OfferedFile], user: User) -> list[OfferedFile]:
    """These files, each with what else its bytes were offered for (`duplicate_of`), as far as the person sees."""
    files = list(files)
    doubles = [file for file in files if getattr(file, "has_double", True)]
    alike = _same_content(doubles, user) if doubles else []
    for file in files:
        own = next((each for each in alike if each.pk == file.pk), None)
        others = [each for each in alike if own and each.digests & file.digests and each.thing != own.thing]
        file.duplicate_of = _few_names(others)
    return files


def _few_names(others: Iterable[Attachment | Scan]) -> list[str]:
    names: dict[str, None] = {}
    for each in others:
        names[each.used_for] = None
        if len(names) > MAX_NAMED:
            return [*islice(names, MAX_NAMED), MORE]
    return list(names)


def knowing_doubles(files: QuerySet[Attachment]) -> list[Attachment]:
    """The files, each with whether its bytes were kept or offered anywhere else; what, says `annotate_duplicates`."""
    digests = (OuterRef("sha256"), OuterRef("offered_sha256"))
    alike = Q(sha256__in=digests) | Q(offered_sha256__in=digests)
    others = Attachment.objects.filter(alike).exclude(pk=OuterRef("pk")), Scan.objects.filter(alike)
    return list(files.annotate(has_double=Exists(others[0]) | Exists(others[1])))


def _same_content(files: Sequence[StoredFile], user: User) -> list[Attachment | Scan]:
    attachments: StoredFileQuerySet = Attachment.objects.visible_to(user)
    scans: StoredFileQuerySet = Scan.objects.visible_to(user)
    if Document.objects.shows_a_role(user):
        attachments, scans = _among_the_newest(files, attachments, scans)
    else:  # of what one unit may see, however many others there are
        attachments = _newest_of_each(attachments.same_content_as(files), files)
        scans = _newest_of_each(scans.same_content_as(files), files)
    return [
        *attachments.select_related(*WITH_TITLES, "report__task"),
        *scans.select_related("document").defer("document__html", "document__facts"),
    ]


def _among_the_newest(
    files: Sequence[StoredFile], attachments: StoredFileQuerySet, scans: StoredFileQuerySet
) -> tuple[StoredFileQuerySet, StoredFileQuerySet]:
    """Those of the newest of the same bytes, found by their index before anything is asked about them; and these files
    themselves. Who sees the matters of all units misses nothing by it but what `MORE` says."""
    keys: dict[str, set[object]] = {name: set() for name in CONTENT}
    for file in files:
        keys.setdefault(str(file._meta.model_name), set()).add(file.pk)
    first, *others = _newest_keys({digest for file in files for digest in file.digests})
    for name, key in first.union(*others, all=True):
        keys[name].add(key)
    return attachments.filter(pk__in=keys["attachment"]), scans.filter(pk__in=keys["scan"])


def _newest_keys(digests: Collection[str]) -> list[QuerySet[Any, tuple[str, object]]]:
    """Of each of these contents, as kept and as offered, the newest files, each with the name of its model."""
    return [
        model.objects.filter(**{column: digest})
        .order_by("-uploaded_at", "-id")
        .values_list(Value(name), "pk")[:MAX_READ]
        for name, model in CONTENT.items()
        for column in ("sha256", "offered_sha256")
        for digest in sorted(digests)
    ]


def _newest_of_each(alike: StoredFileQuerySet, files: Sequence[StoredFile]) -> StoredFileQuerySet:
    """A few of the same bytes, and these files themselves."""
    newest = (F("uploaded_at").desc(), F("pk").desc())
    placed = alike.order_by().annotate(place=Window(RowNumber(), partition_by=F("sha256"), order_by=newest))
    few = placed.filter(place__lte=MAX_ALIKE).values("pk")
    return alike.filter(Q(pk__in=few) | Q(pk__in=[file.pk for file in files]))
