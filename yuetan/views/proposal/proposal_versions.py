"""What changed in a proposal after it was sent back: two versions side by side, for the inner side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponse

from yuetan.actions.proposal.grounds import GroundTextName
from yuetan.models import Attachment, Case, User
from yuetan.models.case.proposal import FileName, GroundText, ProposalText, proposal_text
from yuetan.rules.text import official_text
from yuetan.rules.text.text_difference import Part
from yuetan.templatetags.official import moment
from yuetan.views.case.lookup import visible_case
from yuetan.views.frame.file_links import FileLink, file_links
from yuetan.views.frame.request import Request
from yuetan.views.frame.version_comparison import File, Line, Version, chosen_versions, compared_line, comparison_page
from yuetan.vocabulary import CaseState, FilePurpose

NOW = "now"
StoredFiles = Mapping[str, FileLink]  # files of the case by digest, as links
GROUND_TEXTS: dict[GroundTextName, str] = {
    "facts": "存在问题的事实",
    "reference_number": "文号或线索编号",
    "reference_summary": "摘要",
}


class Ground(NamedTuple):
    """One ground of one version, with its files by name."""

    text: GroundText
    files: list[FileName]


def proposal_versions(request: Request, pk: UUID) -> HttpResponse:
    """Any two versions, the last two by default. Raises Http404 for the unit, or if there is only one version."""
    case = visible_case(request.user, pk)
    if not case.is_inner_to(request.user) or not case.has_changed_versions:
        raise Http404
    versions = _versions(case)
    before, after = chosen = chosen_versions(request, versions)
    lines = list(_lines(before.text, after.text, _stored_files(case, request.user)))
    return comparison_page(request, case, "建议各稿对比", versions, chosen, lines)


def _versions(case: Case) -> list[Version[ProposalText]]:
    versions = [
        Version(str(one.number), one.name, f"{one.submitted_by.name}于{moment(one.submitted_at)}报核", one.text)
        for one in case.proposal_versions.select_related("submitted_by").order_by("number")
    ]
    if case.state == CaseState.DRAFTED:
        versions.append(Version(NOW, "现稿", "尚未报核", proposal_text(case)))
    return versions


def _stored_files(case: Case, user: User) -> StoredFiles:
    purposes = (FilePurpose.EVIDENCE, FilePurpose.FORMER_EVIDENCE)
    files = Attachment.objects.visible_to(user).filter(case=case, purpose__in=purposes)
    return {file.sha256: link for file, link in zip(files, file_links(files), strict=True)}


def _lines(before: ProposalText, after: ProposalText, kept: StoredFiles) -> Iterator[Line]:
    sides = (before, after)
    yield compared_line("被约谈单位", *(side["shown"]["unit"] for side in sides))
    yield compared_line("约谈对象", *("\n".join(side["shown"]["interviewees"]) for side in sides))
    yield compared_line("约谈事由", *(side["bound"]["matter"] for side in sides))
    old, new = _grounds(before), _grounds(after)
    for key in sorted({*old, *new}):
        yield from _ground(old.get(key), new.get(key), kept)
    yield compared_line("其他情形的具体内容", *(side["bound"]["other_words"] for side in sides))
    doors = [side["bound"].get("door") for side in sides]
    if any(doors):
        yield compared_line("经由", *(door["law"] if door else "" for door in doors))
        yield compared_line("符合条件的说明", *(door["words"] if door else "" for door in doors))
    yield compared_line("约谈人", *(side["shown"]["interviewer"] for side in sides))


def _grounds(text: ProposalText) -> dict[tuple[int, int], Ground]:
    rows = zip(text["bound"]["grounds"], text["shown"]["files"], strict=True)
    return {(row["article"], row["number"]): Ground(row, files) for row, files in rows}


def _ground(before: Ground | None, after: Ground | None, kept: StoredFiles) -> Iterator[Line]:
    """The law as a heading, then what is said under it; a ground that came or went is changed as a whole."""
    known = after or before
    assert known is not None
    law = [Part(known.text["law"], before is None or after is None)]
    citation = official_text.citation(known.text["article"], known.text["number"])
    yield Line(citation, law if before else [], law if after else [], heading=True)
    for name, label in GROUND_TEXTS.items():
        yield compared_line(label, *(side.text[name] if side else "" for side in (before, after)))
    old, new = (side.files if side else [] for side in (before, after))
    yield Line("依据材料", _files(old, new, kept), _files(new, old, kept), are_files=True)


def _files(own: list[FileName], others: list[FileName], kept: StoredFiles) -> list[File]:
    """Files by name, each with its address, marked that the other version does not have by content."""
    there = {file["sha256"] for file in others}
    return [File(file["name"], file["sha256"] not in there, kept.get(file["sha256"])) for file in own]
