"""A scan that proves what was signed or decided on paper: of a kind that shows a page, and large enough to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.files.attachment import ExaminedFile
from yuetan.models import OfficeSetting
from yuetan.rules.files.file_kind import PICTURES, FileKind
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import joined

SCAN_KINDS = (FileKind.PDF, FileKind.JPG, FileKind.PNG)
PAPER_KINDS = (*SCAN_KINDS, FileKind.OFD)  # of papers that other organs issue, also as they send them


def scan_problems(
    examined_files: Sequence[ExaminedFile], field: str, *, kinds: Sequence[FileKind] = SCAN_KINDS
) -> Iterator[Finding]:
    """What forbids to take these as scans: another kind of file, or a picture or a page too small to be read."""
    short, long = OfficeSetting.objects.numbers("scan_short_side", "scan_long_side")
    for file in examined_files:
        if file.kind not in kinds:
            yield finding("scan_of_wrong_kind", field, accepted=joined(kind.label for kind in kinds))
        elif not _is_readable(file, short, long) and file.kind in PICTURES:
            words = {"name": file.name, "size": "{}×{}".format(*file.dots), "short": short, "long": long}
            yield finding("scan_too_small", field, **words)
        elif not _is_readable(file, short, long):
            yield finding("scan_page_too_small", field, name=file.name)


def _is_readable(file: ExaminedFile, short: int, long: int) -> bool:
    """Whether it has so many dots on its sides; of an OFD, which cannot be measured here, it is believed."""
    return file.kind == FileKind.OFD or (min(file.dots) >= short and max(file.dots) >= long)
