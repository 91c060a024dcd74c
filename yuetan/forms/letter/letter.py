"""The form of a reminder letter (提醒函)."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.documents.typesetting.title_breaking import MAX_LINES
from yuetan.forms.frame.case_field import CaseField
from yuetan.forms.frame.fields import ParagraphsField, SeenField, SeveralFilesField
from yuetan.forms.frame.handling import CopiedFields, PaperHandlingFields
from yuetan.forms.frame.matter_field import MatterField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, field_of, mark_needed
from yuetan.forms.frame.sections import StoredFileField, offer_removal
from yuetan.forms.frame.step import FILE_WORDS
from yuetan.forms.frame.unit_search import UnitChoiceField
from yuetan.forms.frame.unit_select import UnitSelect, offer_units
from yuetan.models import Attachment, Case, Letter, Regulation, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text import official_text
from yuetan.rules.text.handling import Handling
from yuetan.vocabulary import LetterCapacity, UnitKind
from yuetan.vocabulary.naming import in_names

TITLE_BREAK_WORDS = f"不填的由系统分行。要自己分的，照标题“关于……的提醒函”填写，一行一行，最多 {MAX_LINES} 行。"


class LetterForm(CopiedFields, PaperHandlingFields):
    """Whom the letter reminds, of what, and what is required."""

    unit = UnitChoiceField(Unit.objects.none(), label="主送单位", required=False, widget=UnitSelect)
    capacity = forms.ChoiceField(
        label="发函对象",
        choices=LetterCapacity.choices,
        widget=forms.RadioSelect,
        initial=LetterCapacity.MEMBER_UNIT,
        help_text=in_names("提醒函只发给工作不力的{member_units}和{lead_matter}牵头单位。"),
    )
    lead_matter = MatterField(
        printed=True,
        label=in_names("牵头的{lead_matter}"),
        needed=False,
        max_length=100,
        help_text="以牵头单位发函的必须填写，如“非法采砂”。",
    )
    case = CaseField(label="关联的约谈事项", required=False, help_text="不关联约谈事项的不填。")
    matter = MatterField(printed=True, label="提醒事项", help_text="填“……”部分，系统自动成“关于……的提醒函”。")
    problems = ParagraphsField(
        printed=True,
        label="存在的问题",
        rows=7,
        help_text="只写单位履职情况，不写群众、举报人、涉案人员的个人信息。一行一段。",
    )
    requirements = ParagraphsField(printed=True, label="工作要求", rows=6, help_text="一行一段。")

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        by: User,
        handling: Handling | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.handling = handling or Handling()
        offer_units(self)
        mark_needed(self, "unit")
        field_of(self, "case", CaseField).offer(Case.objects.visible_to(by).open())
        self.fold_up(self.handling)
        self.fields["title_break"].help_text = TITLE_BREAK_WORDS
        self.offer_copies(None, by_group=True, copied=self.handling.copied_units)

    def clean(self) -> dict[str, object]:
        """The action needs an addressee before it can say what else is missing."""
        if self.cleaned_data.get("unit") is None and "unit" not in self.errors:
            law = Regulation.objects.in_force(clock.today())
            self.add_error("unit", law.reason(finding("letter_addressee_missing")).text)
        return self.cleaned_data


class SeenLetterForm(forms.Form):
    """Which text the page showed to who signs."""

    seen = SeenField()


class ReturnLetterForm(forms.Form):
    """退回提醒函."""

    reason = ParagraphsField(label="退回原因", rows=4, help_text="写明哪里要改，督查员会原样看到。")


class TakeBackLetterForm(forms.Form):
    """取回提醒函."""

    reason = ParagraphsField(label="取回原因", rows=4, help_text="如“时限写错了”。领导会原样看到。")


class CancelLetterForm(forms.Form):
    """作废提醒函草稿."""

    reason = ParagraphsField(
        label="作废原因", rows=4, help_text="如“与另一份提醒函重复”。草稿、原因和作废人都保留，办公室看得到。"
    )


class AnswerLetterForm(forms.Form):
    """答复提醒函: begins with the draft and its files."""

    answer = ParagraphsField(label="答复内容", rows=8, help_text="逐条写明办理情况；一行一段。")
    files = SeveralFilesField(label="答复材料", help_text=FILE_WORDS)  # type: ignore[assignment] # a declared field
    removed = StoredFileField(Attachment.objects.none(), label="撤下已有的材料", required=False)

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, letter: Letter, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.fields["answer"].initial = letter.answer_draft
        choice_of(self, "removed").queryset = letter.answer_files
        kept = list(letter.answer_files)
        offer_removal(choice_of(self, "removed"), kept)
        names = official_text.joined(file.name for file in kept)
        if names:
            self.fields["files"].help_text = f"已有：{names}。{FILE_WORDS}"
        else:
            del self.fields["removed"]


def as_it_is(letter: Letter) -> dict[str, object]:
    """The text of a letter that is to be revised."""
    texts = ("lead_matter", "matter", "problems", "requirements", "capacity")
    return {"unit": letter.unit_id, "case": letter.case_id} | {name: getattr(letter, name) for name in texts}


def starting_from(case: Case) -> dict[str, object]:
    """What a letter takes over from a case."""
    is_member = case.unit.kind == UnitKind.MEMBER_UNIT
    capacity = LetterCapacity.MEMBER_UNIT if is_member else LetterCapacity.LEAD_UNIT
    return {"case": case.pk, "unit": case.unit_id, "capacity": capacity, "matter": case.matter}
