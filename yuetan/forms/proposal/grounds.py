"""The grounds of a proposal in a form: a row for each one the law offers, ticked and filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Unpack

from django import forms
from django.forms.boundfield import BoundField

from yuetan.forms.frame.fields import ParagraphsField, SeveralFilesField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles
from yuetan.forms.frame.sections import SectionData, SectionForm, SectionOptions, SectionsField, SectionsWidget
from yuetan.forms.frame.step import FILE_WORDS
from yuetan.models import Case, CaseGround, Ground
from yuetan.models.case.offered_facts import OfferedFacts

GROUNDS_HELP = (
    "勾选情形，逐项写明事实和依据。依据是文件，或者文号（线索编号）加摘要，至少一种。只写单位履职情况，"
    "不写群众、举报人、涉案人员的姓名、公民身份号码、电话等个人信息。"
)


class GroundRowForm(SectionForm):
    """One ground: whether it holds, its facts, and its evidence of one kind or the other."""

    ticked = forms.BooleanField(
        label="勾选", required=False, widget=forms.CheckboxInput(attrs={"class": "ground-tick"})
    )
    facts = ParagraphsField(printed=True, label="存在问题的事实", rows=4)
    files = SeveralFilesField(label="依据材料", help_text=FILE_WORDS)  # type: ignore[assignment] # a declared field
    reference_number = WordsField(printed=True, label="或者：文号、线索编号", max_length=100, needed=False)
    reference_summary = ParagraphsField(printed=True, label="文号、线索的摘要", rows=2, max_length=2000, needed=False)

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, ground: Ground, **options: Unpack[SectionOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.ground, self.about = ground, ground.citation
        self.fields["removed"].label = "撤下依据材料"


class GroundsWidget(SectionsWidget[GroundRowForm]):
    """Every lawful ground with its law in full; what stands under one that is not ticked is folded and ignored."""

    section_form = GroundRowForm
    template_name = "components/grounds.html"

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[Ground] = []
        self.kept: dict[int, CaseGround] = {}
        self.other_words: BoundField | None = None  # the bound field that belongs to 其他情形
        self.offered_facts: OfferedFacts | None = None  # stands in each row until somebody writes there

    def row(self, name: str, ground: Ground, **given: Unpack[SectionData]) -> GroundRowForm:
        """The small form of one ground; its name says the ground's place in the law, whatever the order."""
        kept = self.kept[ground.pk].evidence.all() if ground.pk in self.kept else ()
        prefix = f"{name}-{ground.article.number}_{ground.number}"
        return GroundRowForm(prefix=prefix, ground=ground, kept=kept, **given)

    def sent(self, name: str, data: Mapping[str, str], files: FormFiles) -> list[GroundRowForm]:
        """The rows as they were sent."""
        return [self.row(name, ground, data=data, files=files) for ground in self.offered]

    def untouched(self, name: str) -> list[GroundRowForm]:
        """The rows as they are stored."""
        return [self.row(name, ground, initial=self._stored(ground)) for ground in self.offered]

    def get_context(
        self, name: str, value: list[GroundRowForm] | None, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        """With the field that belongs to 其他情形."""
        return {**super().get_context(name, value, attrs), "other_words": self.other_words}

    def _stored(self, ground: Ground) -> dict[str, object]:
        known = self.kept.get(ground.pk)
        if known is None:
            return self._offered(ground)
        texts = ("facts", "reference_number", "reference_summary")
        return {"ticked": True, **{name: getattr(known, name) for name in texts}}

    def _offered(self, ground: Ground) -> dict[str, object]:
        """The facts that were asked for; the ground that they name stands ticked."""
        if self.offered_facts is None:
            return {}
        ticked = {"ticked": True} if self.offered_facts.is_unqualified and ground.is_of_assessment else {}
        return {**ticked, **self.offered_facts.under_ground}


class GroundsField(SectionsField[GroundRowForm]):
    """A list of the ticked grounds, each a dict as `replace_grounds` takes it."""

    widget: GroundsWidget
    widget_class = GroundsWidget

    def offer(self, grounds: Iterable[Ground], case: Case | None) -> None:
        """The grounds of the unit's kind, and what the case says of them already."""
        self.widget.offered = list(grounds)
        rows = case.case_grounds.prefetch_related("evidence") if case else ()
        self.widget.kept = {row.ground_id: row for row in rows}

    def counts(self, row: GroundRowForm) -> bool:
        """Whether it is ticked."""
        return bool(row["ticked"].value())

    def row_data(self, row: GroundRowForm) -> dict[str, object]:
        """The ground, and what is said under it."""
        return {
            "ground": row.ground,
            **{key: row_data for key, row_data in row.cleaned_data.items() if key != "ticked"},
        }
