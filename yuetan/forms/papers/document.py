"""The filter of 文书, by GET, so that an address can be passed on."""

from __future__ import annotations

import re
from typing import Unpack

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from yuetan.forms.frame.fields import NeededFileField
from yuetan.forms.frame.filters import DayOfMomentFilter, YearFilter
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of
from yuetan.forms.frame.person_filters import OfficerFilter, PersonFilter
from yuetan.forms.frame.subject_filters import AreaFilter, GroundFilter, LeaderFilter
from yuetan.models import Document, Printing, Unit
from yuetan.models.office.written_words import matching_any
from yuetan.models.papers.document import NEWEST_FIRST, DocumentQuerySet
from yuetan.models.papers.number import BY_NUMBER
from yuetan.vocabulary import DocumentKind, DocumentStatus, PreparedKind, PrintMethod

# 江扫黑办〔2026〕12号, with any brackets, or a part of it that holds the serial.
NUMBER = re.compile(r"(?P<prefix>\D*)[〔\[［(（](?P<year>\d{4})[〕\]］)）](?P<serial>\d{1,9})号?")


RECEIPTS = (("unsigned", "应签收而未签收"), ("signed", "已签收"))
DOCUMENT_ORDERS = (
    ("issued", "印发日期，早的在前"),
    ("number", "文号，按序列由小到大"),
    ("kind", "文种，同一文种新的在前"),
    ("unit", "单位，同一单位新的在前"),
)
ORDERS_OF_DOCUMENTS = {
    "issued": tuple(name.removeprefix("-") for name in NEWEST_FIRST),
    "number": BY_NUMBER,
    "kind": ("kind", *NEWEST_FIRST),
    "unit": ("open_to_id", *NEWEST_FIRST),
}
SCANS = (("missing", "缺"), ("kept", "已上传"))


class BatchForm(forms.Form):
    """Papers chosen out of the list, and what they become."""

    documents = forms.ModelMultipleChoiceField(Document.objects.none(), required=False)
    form = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in (PreparedKind.MERGED, PreparedKind.ARCHIVE)])

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        papers: QuerySet[Document],
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        choice_of(self, "documents").queryset = papers


class ScanForm(forms.Form):
    """One stamped scan."""

    file = NeededFileField(
        label="选择扫描件",
        required=False,
        allow_empty_file=True,
        help_text="PDF、JPG、PNG；严禁录入、上传涉密信息。再次上传的，原扫描件仍然保留。",
    )


class PrintLogFilter(django_filters.FilterSet):
    """Filter of the print log: days, person, method."""

    begin = DayOfMomentFilter("从", "at", "gte")
    end = DayOfMomentFilter("到", "at", "lte")
    method = django_filters.ChoiceFilter(label="方式", choices=PrintMethod.choices, empty_label="全部")
    person = PersonFilter("姓名", "by")

    class Meta:
        model = Printing
        fields = ("begin", "end", "method", "person")


class DocumentFilter(django_filters.FilterSet):
    """Year, kind, state, receipt, scan, unit with those below it, days, ground, people, and words or the number."""

    year = YearFilter("year")
    kind = django_filters.ChoiceFilter(label="文种", choices=DocumentKind.choices, empty_label="全部")
    area = AreaFilter("open_to")
    begin = DayOfMomentFilter("印发从", "issued_at", "gte")
    end = DayOfMomentFilter("到", "issued_at", "lte")
    status = django_filters.ChoiceFilter(
        label="状态", choices=DocumentStatus.choices, empty_label="全部", method="by_status"
    )
    receipt = django_filters.ChoiceFilter(label="签收", choices=RECEIPTS, empty_label="全部", method="by_receipt")
    ground = GroundFilter("case__")
    led_by = LeaderFilter("case__")
    officer = OfficerFilter("issued_by", label="印发人", unit="open_to")
    scan = django_filters.ChoiceFilter(
        label="盖章扫描件", choices=SCANS, empty_label="全部", method="by_scan", help_text="缺：应盖章而未上传的"
    )
    sort = django_filters.ChoiceFilter(
        choices=DOCUMENT_ORDERS, label="排序", empty_label="印发日期，新的在前", method="by_sort"
    )
    q = django_filters.CharFilter(
        label="文号、标题、主送", method="by_words", widget=forms.TextInput(attrs={"type": "search"})
    )

    class Meta:
        model = Document
        fields = (
            *("year", "kind", "status", "receipt", "scan", "area", "begin", "end", "ground", "led_by", "officer"),
            *("sort", "q"),
        )

    def by_sort(self, papers: QuerySet[Document], name: str, order: str) -> QuerySet[Document]:
        """In another order than the newest first."""
        return papers.order_by(*ORDERS_OF_DOCUMENTS[order])

    def by_status(self, papers: DocumentQuerySet, name: str, wanted: str) -> DocumentQuerySet:
        """Whether they still hold."""
        voided = Q(entry__voided_at__isnull=False)
        if wanted == DocumentStatus.VOIDED:
            return papers.filter(voided)
        return papers.exclude(voided).filter(replaced_by__isnull=wanted == DocumentStatus.VALID)

    def by_receipt(self, papers: DocumentQuerySet, name: str, wanted: str) -> DocumentQuerySet:
        """Papers that were signed for, or those in force that the addressee must sign for and has not."""
        return papers.unsigned() if wanted == "unsigned" else papers.filter(receipt__isnull=False)

    def by_scan(self, papers: DocumentQuerySet, name: str, wanted: str) -> DocumentQuerySet:
        """Papers with a scan, or those in force that should have one and have none."""
        return papers.filter(is_scanned=True) if wanted == "kept" else papers.without_scan()

    def by_words(self, papers: QuerySet[Document], name: str, words: str) -> QuerySet[Document]:
        """A whole number, or part of the title, the addressee or the 机关代字; or a unit by a name it has or had.

        A paper keeps the name of its day: it is found by the name of the unit that goes on for its addressee, too.
        """
        number = NUMBER.fullmatch(words.strip())
        if number:
            prefix, year, serial = number.groups()
            return papers.filter(prefix__endswith=prefix, year=int(year), serial=int(serial))
        part = words.strip()
        return matching_any(papers, part, ["title", "addressee", "prefix"], *_about(part)) if part else papers


def _about(words: str) -> list[Q]:
    """Papers of cases and letters about units of this name now, or begun about them."""
    keys = list(Unit.objects.matching(words).order_by().values_list("pk", flat=True))
    subjects = ("case__unit", "case__first_unit", "letter__unit", "letter__first_unit")
    return [Q((f"{subject}__in", keys)) for subject in subjects]
