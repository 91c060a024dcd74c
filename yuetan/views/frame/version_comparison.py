"""Two versions of a text side by side, field by field: what the pages that compare them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from django.http import HttpResponse
from django.shortcuts import render

from yuetan.models import Case
from yuetan.rules.text.text_difference import Part, compared
from yuetan.views.frame.file_links import FileLink
from yuetan.views.frame.request import Request

Text = TypeVar("Text")


@dataclass(frozen=True)
class Version(Generic[Text]):
    """One wording: as it was written, or as it reads now."""

    key: str
    name: str
    described: str
    text: Text


class File(NamedTuple):
    """A file of one version; what was deleted before files of versions were kept has no link."""

    text: str
    is_changed: bool
    link: FileLink | None


@dataclass(frozen=True)
class Line:
    """One field of both versions."""

    label: str
    before: Sequence[Part | File]
    after: Sequence[Part | File]
    heading: bool = False
    are_files: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether anything in it differs."""
        return any(part.is_changed for part in (*self.before, *self.after))


def compared_line(label: str, before: str, after: str) -> Line:
    """One field as both versions have it, with what changed marked."""
    return Line(label, *compared(before, after))


def chosen_versions(request: Request, versions: Sequence[Version[Text]]) -> tuple[Version[Text], Version[Text]]:
    """The two that were asked for, the last two by default."""
    by_key = {one.key: one for one in versions}
    before, after = (by_key.get(request.GET.get(name, "")) for name in ("from", "to"))
    return before or versions[-2], after or versions[-1]


def comparison_page(
    request: Request,
    case: Case,
    heading: str,
    versions: Sequence[Version[Text]],
    chosen: tuple[Version[Text], Version[Text]],
    lines: Sequence[Line],
) -> HttpResponse:
    """The page: which two, how many changes, and the table."""
    context = {
        "case": case,
        "heading": heading,
        "versions": versions,
        "before": chosen[0],
        "after": chosen[1],
        "lines": lines,
        "changes": sum(line.is_changed for line in lines),
    }
    return render(request, "cases/versions.html", context)
