"""附考核得分表: a form offers the sheets on which its unit is 不合格, to be printed by the system as evidence."""

from __future__ import annotations

from uuid import UUID

from django import forms

from yuetan import permissions
from yuetan.forms.frame.options import choice_of
from yuetan.models import AssessmentSheet, SheetEvidence, Subject, Unit, User
from yuetan.models.assessment.assessment import SEE_ASSESSMENT
from yuetan.models.assessment.evidence import unqualified_sheets

NAME = "sheets"
HELP = (
    "该单位现在考核不合格的得分表。以考核不合格提出的须附：系统印成 PDF 放进依据材料，"
    "只有该单位的得分，单位看不到这份材料；结果更正的，本事项会写明。"
)


class SheetsField(forms.ModelMultipleChoiceField):
    """Sheets by their year and their result."""

    def __init__(self) -> None:
        super().__init__(
            AssessmentSheet.objects.none(),
            label="附考核得分表",
            help_text=HELP,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def label_from_instance(self, sheet: AssessmentSheet) -> str:
        """2026年度考核得分表（70.0分，第3名，不合格）."""
        return f"{sheet.year}年度考核得分表（{sheet.total}分，{sheet.rank_words}，{sheet.get_grade_display()}）"


class SheetsOfUnit(forms.Form):
    """A form about one unit that may carry them; where there is none to offer, nothing is asked."""

    def offer_sheets(self, sheets: list[AssessmentSheet], asked: UUID | None = None) -> None:
        """Offer these; the one on whose page the form was asked for goes with it in any case."""
        if not sheets:
            del self.fields[NAME]
            return
        field = choice_of(self, NAME)
        field.queryset = AssessmentSheet.objects.filter(pk__in=[one.pk for one in sheets]).order_by("-year")
        field.choices = [(one.pk, field.label_from_instance(one)) for one in sheets]
        if asked in {one.pk for one in sheets}:
            self.initial[NAME], field.disabled = [asked], True


def sheets_to_offer(unit: Unit | None, by: User) -> list[AssessmentSheet]:
    """Those of a unit that this person may put with what they draft."""
    if unit is None or not by.has_perm(permissions.name(SEE_ASSESSMENT)) or by.is_recused_from(unit.pk):
        return []
    return list(unqualified_sheets(unit))


def shown_of(subject: Subject | None) -> set[UUID]:
    """The sheets that are among its evidence as they stand."""
    rests = SheetEvidence.objects.of_subject(subject).current() if subject is not None else SheetEvidence.objects.none()
    return {one.sheet_id for one in rests}
