"""The form of a proposal (约谈建议): drafted and revised with the same fields."""

from __future__ import annotations

from typing import Unpack

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yuetan.forms.frame.bounds import is_key
from yuetan.forms.frame.fields import ParagraphsField, WordsField
from yuetan.forms.frame.matter_field import MatterField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, field_of, mark_needed
from yuetan.forms.frame.sheets import SheetsField, SheetsOfUnit, sheets_to_offer, shown_of
from yuetan.forms.proposal.grounds import GROUNDS_HELP, GroundsField
from yuetan.models import Case, Door, Ground, InterviewerRule, Post, Regulation, Unit, User
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.case.gravity import gravity_doors
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.case.proposal_text import MAX_COMPARED
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind

LEADERS = (PostKind.GROUP_LEADER, PostKind.FIRST_DEPUTY_LEADER, PostKind.DEPUTY_LEADER)


class HeadsField(forms.ModelMultipleChoiceField):
    """Heads in office with their post and rank, and who interviews them by which article."""

    rules: tuple[InterviewerRule, ...] = ()
    acting: dict[str, str] = {}  # by the post the rules name: who acts for it, and why

    def label_from_instance(self, post: Post) -> str:
        """Name and post of who may be interviewed: 姓名（职务）."""
        rank = f"，{post.get_rank_display()}" if post.rank else ""
        fitting = [rule for rule in self.rules if rule.rank in ("", post.rank)]
        leads = f"：由{fitting[0].get_interviewer_display()}约谈（{fitting[0].article.name}）" if fitting else ""
        acting = self.acting.get(fitting[0].interviewer, "") if fitting else ""
        return f"{post.holder.name}（{post.full_title}{rank}）{leads}{f'；{acting}' if acting else ''}"


class InterviewerField(forms.ModelChoiceField):
    """Leaders with their post."""

    def label_from_instance(self, post: Post) -> str:
        """Name and post of who may be interviewed: 姓名（职务）."""
        return f"{post.holder.name}（{post.title}）"


class SimilarCaseField(forms.ModelMultipleChoiceField):
    """Open cases of the unit that may be about the same matter."""

    def label_from_instance(self, case: Case) -> str:
        """与“……”不是同一事."""
        return f"与“{case.title}”（{case.register_number}，{case.get_state_display()}）不是同一事，另行约谈"


class GravityField(forms.ModelChoiceField):
    """The doors by gravity in the words of their article."""

    def label_from_instance(self, door: Door) -> str:
        """具有……且危害严重或者影响重大（《……》第二十八条）."""
        return f"{door.words}（{door.cited}）"


class ProposalForm(SheetsOfUnit):
    """The form of a proposal. Its choices are wide on purpose: the action refuses a head that does not fit."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="被约谈单位", widget=forms.HiddenInput)
    interviewees = HeadsField(
        Post.objects.none(),
        label="约谈对象",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="党政主要领导一并约谈的，都勾选。",
    )
    matter = MatterField(printed=True, label="约谈事由", help_text="填“……”部分，系统自动成“关于……的约谈”。一事一谈。")
    distinct_from = SimilarCaseField(
        Case.objects.none(), label="一事一谈", required=False, widget=forms.CheckboxSelectMultiple
    )
    grounds = GroundsField(label="约谈情形、事实和依据", help_text=GROUNDS_HELP)
    other_words = ParagraphsField(printed=True, label="其他情形的具体内容", rows=2)
    sheets = SheetsField()
    door = GravityField(
        Door.objects.none(),
        label="经由",
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label="不以危害、影响为条件，按约谈办法办理",
        help_text="责任制规定因危害、影响可以直接约谈的，经由该条件提出的选在这里，条文印在呈批表和约谈通知书上。",
    )
    door_words = ParagraphsField(
        printed=True,
        label="符合条件的说明",
        needed=False,
        rows=3,
        help_text="选了条件的必须写明具有哪项情形，以及危害、影响的具体情况。内部记录，印入呈批表，单位看不到。",
    )
    interviewer = InterviewerField(
        Post.objects.none(), label="约谈人", required=False, empty_label="按规定确定（仅一人任职时自动填入）"
    )

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        unit: Unit,
        by: User,
        case: Case | None = None,
        offered: OfferedFacts | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.of_unit, self.case, self.by = unit, case, by
        regulation = case.regulation if case else Regulation.objects.in_force(clock.today())
        choice_of(self, "unit").queryset = Unit.objects.interviewed().in_use()
        self.fields["unit"].initial = unit
        self._offer_posts(regulation)
        grounds = Ground.objects.filter(article__regulation=regulation).select_related("article")
        field_of(self, "grounds", GroundsField).offer([ground for ground in grounds if ground.fits(unit.kind)], case)
        widget = field_of(self, "grounds", GroundsField).widget
        widget.other_words, widget.offered_facts = self["other_words"], offered
        self._offer_doors()
        shown, asked = shown_of(case), offered.sheet if offered else None
        self.offer_sheets([one for one in sheets_to_offer(unit, by) if one.pk not in shown], asked)
        self._offer_similar_cases()

    def _offer_doors(self) -> None:
        """Those of the 责任制 that is carried out, unless a measure led here, and what is chosen already.

        Where there is nothing to choose, nothing is asked.
        """
        field = field_of(self, "door", GravityField)
        field.queryset = Door.objects.whole()
        is_of_rung = self.case is not None and self.case.rung_laid_id is not None
        doors = [] if is_of_rung else list(gravity_doors(clock.today()))
        chosen = str(self["door"].value() or "")
        doors += [one for one in field.queryset.filter(pk=chosen) if one not in doors] if is_key(chosen) else []
        field.choices = [("", field.empty_label), *((one.pk, field.label_from_instance(one)) for one in doors)]
        self.asks_door = bool(doors or self["door_words"].value())
        if not self.asks_door:
            del self.fields["door"], self.fields["door_words"]

    def _offer_posts(self, regulation: Regulation) -> None:
        current = Post.objects.current().select_related("holder", "unit__parent")
        heads, interviewer = field_of(self, "interviewees", HeadsField), choice_of(self, "interviewer")
        rules = regulation.interviewer_rules.select_related("article").filter(unit_kind=self.of_unit.kind)
        heads.queryset, heads.rules = current, tuple(rules)
        heads.acting = self._acting(regulation)
        mark_needed(self, "interviewees")
        heads.choices = [(post.pk, heads.label_from_instance(post)) for post in self.of_unit.heads()]
        interviewer.queryset = current.filter(kind__in=LEADERS)

    def _acting(self, regulation: Regulation) -> dict[str, str]:
        """Where the post that the rules name is vacant or barred: who acts, and why; said before anything is typed."""
        about, parties = Case(unit=self.of_unit, regulation=regulation), CurrentParties()
        kinds = {rule.interviewer for rule in regulation.interviewer_rules.all() if rule.unit_kind == self.of_unit.kind}
        lawful = [parties.interviewers_by_rule(about, kind) for kind in sorted(kinds)]
        return {
            each.kind.value: "，或者".join(each.acting_reason(post) for post in each.posts)
            or f"{each.why_acting}，没有可以代行的领导，请系统管理员登记任职"
            for each in lawful
            if each.why_acting
        }

    def _offer_similar_cases(self) -> None:
        """Offer only the cases that may be about the same matter; those marked as distinct before stay marked."""
        field = field_of(self, "distinct_from", SimilarCaseField)
        others = Case.objects.open().visible_to(self.by).filter(unit=self.of_unit)
        others = others.exclude(pk=self.case.pk if self.case else None)
        if self.by.is_recused_from(self.of_unit.pk):  # 回避: a register number would show how much there is
            others = others.none()
        field.queryset = others
        newest = list(others.prefetch_related("case_grounds")[: MAX_COMPARED + 1])
        if len(newest) > MAX_COMPARED:  # before the first look at the field, which keeps what it says
            matter_field = field_of(self, "matter", WordsField)
            matter_field.help_text = format_html("{}{}", matter_field.help_text, self._left_out())
        matter, facts = self["matter"].value() or "", self._facts_as_written()
        self.alike = [other for other in newest[:MAX_COMPARED] if other.is_like(matter, facts)]
        field.choices = [(other.pk, field.label_from_instance(other)) for other in self.alike]

    def _left_out(self) -> SafeString:
        words = '该单位在办事项较多，只与最近的 {} 件比对；其余的见<a href="{}?q={}" target="_blank">约谈台账</a>。'
        return format_html(words, MAX_COMPARED, reverse("case_list"), self.of_unit.code)

    def _facts_as_written(self) -> list[str]:
        """The facts as they are typed now, or as the draft holds them."""
        if self.is_bound:
            return [str(value) for name, value in self.data.items() if name.endswith("-facts")]
        return [row.facts for row in self.case.case_grounds.all()] if self.case else []


class UnitSearchForm(forms.Form):
    """Finding a unit by name, pinyin initials or code."""

    unit_words = WordsField(label="单位名称、拼音（可只打首字母）或行政区划代码", needed=False, max_length=40)
