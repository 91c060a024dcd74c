"""The filter of 文书, by GET, so that an address can be passed on."""

from __future__ import annotations

import re

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from yuetan.models import Document
from yuetan.vocabulary import DocumentKind

# 江扫黑办〔2026〕12号, with any brackets, or a part of it that holds the serial.
NUMBER = re.compile(r"(?P<prefix>\D*)[〔\[［(（](?P<year>\d{4})[〕\]］)）](?P<serial>\d{1,9})号?")


class DocumentFilter(django_filters.FilterSet):
    """Year, kind, and words of the title, the addressee or the number."""

    year = django_filters.NumberFilter(label="年度", min_value=2000, max_value=9999)
    kind = django_filters.ChoiceFilter(label="文种", choices=DocumentKind.choices, empty_label="全部")
    q = django_filters.CharFilter(
        label="文号、标题、主送", method="by_words", widget=forms.TextInput(attrs={"type": "search"})
    )

    class Meta:
        model = Document
        fields = ("year", "kind", "q")

    def by_words(self, papers: QuerySet[Document], name: str, words: str) -> QuerySet[Document]:
        """A whole number, or part of the title, the addressee or the 机关代字."""
        number = NUMBER.fullmatch(words.strip())
        if number:
            prefix, year, serial = number.groups()
            return papers.filter(prefix__endswith=prefix, year=int(year), serial=int(serial))
        part = words.strip()
        return papers.filter(Q(title__contains=part) | Q(addressee__contains=part) | Q(prefix__contains=part))
