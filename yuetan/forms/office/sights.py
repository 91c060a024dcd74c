"""The filters of 查阅记录 and of what was printed or taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import django_filters
from django.db.models import QuerySet

from yuetan.forms.frame.filters import DayOfMomentFilter, PersonFilter, WordsFilter
from yuetan.forms.office.office import about_any, at_address, subjects_numbered, year_and_serial
from yuetan.models import Attachment, Document, Printing, Scan, Sight
from yuetan.models.record.sight import SightQuerySet
from yuetan.vocabulary import FILE_LABELS, SEEN_LABELS

PRINTED = "printed"
OF = (("", "查阅、导出、被拒绝"), (PRINTED, "文书的打印、下载"))
RESULTS = (("done", "成功"), ("refused", "被拒绝"), ("failed", "系统出错"))


class SightFilter(django_filters.FilterSet):
    """Days, a person, what was seen, of which case, letter or paper, how it went, and from which address."""

    of = django_filters.ChoiceFilter(choices=OF[1:], empty_label=OF[0][1], label="记录", method="all_of_them")
    begin = DayOfMomentFilter("从", "at", "gte")
    end = DayOfMomentFilter("到", "at", "lte")
    person = PersonFilter("姓名", "by")
    kind = django_filters.ChoiceFilter(
        field_name="page",
        choices=(("查看", tuple(SEEN_LABELS.items())), ("下载和导出", tuple(FILE_LABELS.items()))),
        label="操作",
        empty_label="全部",
    )
    result = django_filters.ChoiceFilter(choices=RESULTS, label="结果", empty_label="全部", method="by_result")
    subject = WordsFilter("编号", "by_subject")
    address = django_filters.CharFilter(label="来源地址", method="by_address")

    class Meta:
        model = Sight
        fields = ("of", "begin", "end", "person", "kind", "result", "subject", "address")

    def all_of_them(self, rows: QuerySet[Sight], name: str, wanted: str) -> QuerySet[Sight]:
        """All: which of the two tables they are of, the page chooses by it."""
        return rows

    def by_result(self, rows: SightQuerySet, name: str, wanted: str) -> SightQuerySet:
        """Those that were answered, refused or that failed."""
        return rows.that_ended(wanted)

    def by_subject(self, rows: QuerySet[Sight], name: str, wanted: str) -> QuerySet[Sight]:
        """Of a case, letter or paper of this number, with its papers, files and scans; none if it is no number."""
        number = year_and_serial(wanted)
        return rows.filter(key__in=_keys_about(*number)) if number else rows.none()

    def by_address(self, rows: QuerySet[Sight], name: str, wanted: str) -> QuerySet[Sight]:
        """Sights from exactly this address; none if it is no address."""
        return at_address(rows, "address", wanted)


def _keys_about(year: int, serial: int) -> list[str]:
    subjects = subjects_numbered(year, serial)
    about = about_any(subjects)
    papers = _papers_about(subjects, year, serial)
    files = (Attachment.objects.filter(about), Scan.objects.filter(document__in=papers))
    things = (rows.order_by().values_list("pk", flat=True) for rows in files)
    return [str(key) for keys in (*subjects.values(), papers, *things) for key in keys]


def _papers_about(subjects: Mapping[str, Sequence[UUID]], year: int, serial: int) -> list[UUID]:
    numbered, about = Document.objects.filter(year=year, serial=serial), Document.objects.filter(about_any(subjects))
    keys = (rows.order_by().values_list("pk", flat=True) for rows in (numbered, about))
    return list(next(keys).union(*keys))


class PrintedFilter(django_filters.FilterSet):
    """Which papers were printed or downloaded: between days, by whom, of which case or number, from which address."""

    of = django_filters.ChoiceFilter(choices=OF[1:], empty_label=OF[0][1], label="记录", method="all_of_them")
    begin = DayOfMomentFilter("从", "at", "gte")
    end = DayOfMomentFilter("到", "at", "lte")
    person = PersonFilter("姓名", "by")
    subject = WordsFilter("编号", "by_subject")
    address = django_filters.CharFilter(label="来源地址", method="by_address")

    class Meta:
        model = Printing
        fields = ("of", "begin", "end", "person", "subject", "address")

    def all_of_them(self, rows: QuerySet[Printing], name: str, wanted: str) -> QuerySet[Printing]:
        """All: which of the two tables they are of, the page chooses by it."""
        return rows

    def by_subject(self, rows: QuerySet[Printing], name: str, wanted: str) -> QuerySet[Printing]:
        """Of the paper of this number, or of all papers of the case of this number."""
        number = year_and_serial(wanted)
        if number is None:
            return rows.none()
        year, serial = number
        of_case = Document.objects.filter(case__register_year=year, case__register_serial=serial)
        numbered = Document.objects.filter(year=year, serial=serial)
        keys = (papers.order_by().values_list("pk", flat=True) for papers in (of_case, numbered))
        return rows.filter(document__in=list(next(keys).union(*keys)))

    def by_address(self, rows: QuerySet[Printing], name: str, wanted: str) -> QuerySet[Printing]:
        """Printings from exactly this address; none if it is no address."""
        return at_address(rows, "address", wanted)
