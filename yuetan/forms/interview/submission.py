"""书面材料 under its four headings, each with text and files."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import ParagraphsField, SeenField, SeveralFilesField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of
from yuetan.forms.frame.sections import offer_removal
from yuetan.forms.frame.step import FILE_WORDS, StepForm
from yuetan.models import Attachment, Submission
from yuetan.rules.text import official_text
from yuetan.vocabulary import SubmissionPart


class FilesField(forms.ModelMultipleChoiceField):
    """Files already kept with a version, by heading and name."""

    def label_from_instance(self, file: Attachment) -> str:
        """存在问题：清单.pdf."""
        return f"{file.get_part_display() or '整份材料'}：{file.name}"


def _files(part: SubmissionPart) -> SeveralFilesField:
    return SeveralFilesField(label=f"{part.label}的附件", help_text=FILE_WORDS)


class SubmissionForm(StepForm):
    """What is typed is the unit's draft; a new version begins with the texts and files of the last."""

    situation = ParagraphsField(label=SubmissionPart.SITUATION.label, rows=6)
    situation_files = _files(SubmissionPart.SITUATION)
    problems = ParagraphsField(label=SubmissionPart.PROBLEMS.label, rows=6)
    problems_files = _files(SubmissionPart.PROBLEMS)
    causes = ParagraphsField(label=SubmissionPart.CAUSES.label, rows=6)
    causes_files = _files(SubmissionPart.CAUSES)
    measures = ParagraphsField(label=SubmissionPart.MEASURES.label, rows=6)
    measures_files = _files(SubmissionPart.MEASURES)
    files = SeveralFilesField(label="整份材料", help_text=f"盖章扫描件等不分部分的文件。{FILE_WORDS}")  # type: ignore[assignment] # a declared field
    removed = FilesField(
        Attachment.objects.none(), label="移除已有的附件", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        known = self._known()
        self.kept = list(known.attachments.all()) if known else []
        for part in ("", *SubmissionPart):
            self._describe_stored_files(part)
        if known is None or not self.kept:
            del self.fields["removed"]
            return
        choice_of(self, "removed").queryset = known.attachments.all()
        offer_removal(choice_of(self, "removed"), self.kept)
        handed_in = f"已提交的第 {known.version} 稿不受影响。" if known.handed_in_at else ""
        self.fields["removed"].help_text = f"不勾选的照旧保留；勾选的，保存后从草稿中移除。{handed_in}"

    def _describe_stored_files(self, part: str) -> None:
        names = official_text.joined(file.name for file in self.kept if file.part == part)
        if names:
            field = self.fields[f"{part}_files" if part else "files"]
            field.help_text = f"已有：{names}。{field.help_text}"

    def _known(self) -> Submission | None:
        """The draft, or the version handed in last."""
        return self.case.submissions.order_by("-version").first()

    def prefilled(self) -> dict[str, object]:
        """The texts as they stand."""
        known = self._known()
        return {part.value: known.part(part) for part in SubmissionPart} if known else {}

    def checklist(self) -> list[dict[str, str]]:
        """The four headings: filled in or not, and with how many files."""
        return [
            {"label": part.label, "url": f"#{self[part.value].auto_id}", **self._part_status(part)}
            for part in SubmissionPart
        ]

    def _part_status(self, part: SubmissionPart) -> dict[str, str]:
        count = sum(file.part == part for file in self.kept)
        files = f"，附件 {count} 个" if count else ""
        if str(self[part.value].value() or "").strip():
            return {"light": "green", "words": f"已填写{files}"}
        return {"light": "red", "words": f"未填写{files}"}


class HandInSubmissionForm(StepForm):
    """提交书面材料: the draft that was shown."""

    seen = SeenField()

    def prefilled(self) -> dict[str, object]:
        """The digest of the draft that this page shows; of nothing where none is prepared."""
        draft = self.case.submissions.drafts().first()
        return {"seen": draft.digest if draft else ""}
