"""The forms of what is done about a round and about one of its units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

from django import forms

from yuetan.actions.rounds.announcing import paper_to_sign
from yuetan.actions.rounds.conclusion import digest_of_visit
from yuetan.actions.rounds.follow_up import RoundTask
from yuetan.actions.rounds.planning import TEAM_ROLES
from yuetan.actions.rounds.team import team_shown
from yuetan.actions.seen import SEEN
from yuetan.forms.frame.begun_with import BegunWithField
from yuetan.forms.frame.fields import (
    DayField,
    ParagraphsField,
    RowsField,
    SeenField,
    SeveralFilesField,
    WordsField,
)
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, field_of, mark_needed
from yuetan.forms.frame.paper_receipt import ReceiptFields
from yuetan.forms.rounds.planning import (
    GuestsField,
    GuestsThereField,
    PeopleField,
    PersonField,
    begin_with_guests,
    guest_rows,
    named_guests,
    offer_guests,
)
from yuetan.models import RoundFinding, RoundVisit, SupervisionRound, User
from yuetan.models.meeting.presence_rules import least_in_conclusion
from yuetan.models.rounds.followed_paper import follows_narrowed, statements_of
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date

ROWS_SHOWN = 2
MAX_CHARACTERS = 500  # of one task


class RoundStepForm(forms.Form):
    """Nothing is asked but the confirmation. `stands_over`: the digest of what the form is written over."""

    stands_over: Callable[..., str] = staticmethod(digest_of_visit)

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        about: SupervisionRound | RoundVisit | RoundFinding,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.about = about
        if SEEN in self.fields:
            self.fields[SEEN].initial = self.stands_over(about)
        self.prepare()

    def prepare(self) -> None:
        """What a form asks depending on what it is about."""

    @property
    def visit(self) -> RoundVisit:
        """The visit that it is about."""
        assert isinstance(self.about, RoundVisit)
        return self.about


class CancelRoundForm(RoundStepForm):
    """取消督导."""

    reason = ParagraphsField(label="取消原因", rows=3, help_text="已通知的单位会原样看到。")


class DropVisitForm(RoundStepForm):
    """不再督导 one unit."""

    reason = ParagraphsField(label="不再督导的原因", rows=3, help_text="已通知的单位会原样看到。")


class AdjustTeamForm(RoundStepForm):
    """调整督导组."""

    members = PeopleField(User.objects.none(), label="督导组成员", required=False, widget=forms.CheckboxSelectMultiple)
    leader = PersonField(User.objects.none(), label="带队人", required=False, empty_label="请选择")
    guests = GuestsField()
    reason = ParagraphsField(
        label="调整原因", rows=3, help_text="只有办公室和领导看得到；已通知的单位会收到新的督导组名单。"
    )
    seen = BegunWithField()
    stands_over = staticmethod(team_shown)

    def prepare(self) -> None:
        """Begin with the team as it is."""
        assert isinstance(self.about, SupervisionRound)
        people = User.objects.in_roles(*TEAM_ROLES)
        self.fields["members"].queryset = people  # type: ignore[attr-defined] # a field of rows
        choice_of(self, "leader").queryset = people
        now = [one for one in self.about.members.all() if one.left_on is None]
        self.fields["members"].initial = [one.person_id for one in now if one.person_id is not None]
        self.fields["guests"].initial = guest_rows([one for one in now if one.person_id is None])
        self.fields["leader"].initial = next((one.person_id for one in now if one.leads), None)
        self.fields["members"].help_text = "任职于督导单位的应当回避，不能参加。"
        mark_needed(self, "members", "leader")

    def clean(self) -> dict[str, object]:
        """The keywords of the action that AdjustTeamForm is for."""
        data = self.cleaned_data
        return data if self.errors else {**data, "guests": named_guests(data["guests"])}


class MoveVisitForm(RoundStepForm):
    """改期; of a day that has passed with the reason."""

    day = DayField(label="新的督导日期")
    reason = ParagraphsField(label="改期原因", rows=3, help_text="只有办公室和领导看得到。")

    def prepare(self) -> None:
        """Name the day that stands, and ask for a reason once it has come."""
        if self.visit.day <= clock.today():
            self.fields["day"].help_text = f"原定{chinese_date(self.visit.day)}，没有去；到新的日期以前单位又看不到。"
            return
        del self.fields["reason"]
        self.fields["day"].help_text = f"原定{chinese_date(self.visit.day)}；须在{self.visit.round.days_words}以内。"


def _key_of_paper(visit: RoundVisit) -> str:
    paper = paper_to_sign(visit)
    return str(paper.pk) if paper is not None else ""


class RoundReceiptForm(ReceiptFields, RoundStepForm):
    """登记纸质回执 of what was last issued to the unit."""

    seen = SeenField()
    stands_over = staticmethod(_key_of_paper)

    def prepare(self) -> None:
        """Name the paper whose receipt it is."""
        paper = paper_to_sign(self.visit)
        if paper is not None:
            self.fields["signer_name"].help_text = f"在{paper.get_kind_display()}（{paper.number}）的回执上签收的人。"


class RoundFindingForm(RoundStepForm):
    """登记督导情况."""

    seen_on = DayField(label="现场日期")
    place = WordsField(label="地点", max_length=100, needed=False)
    words = ParagraphsField(
        printed=True,
        label="情况",
        rows=5,
        help_text="写明看到的事实，一项一次登记；会印在督导意见书上，不写群众个人的信息。",
    )
    answers = forms.TypedChoiceField(
        label="跟踪的问题", coerce=int, empty_value=None, required=False, help_text="不是跟踪的问题的，不选。"
    )
    is_problem = forms.BooleanField(label="这是发现的问题", required=False)
    people = PeopleField(
        User.objects.none(), label="在场的督导组成员", required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = GuestsThereField("在场的其他部门成员")
    proof = SeveralFilesField(label="照片、资料", help_text="只有办公室和领导看得到，不给单位看。")

    def prepare(self) -> None:
        """Only the team is offered, and the points of 跟踪督查 of which nothing is said yet."""
        self._offer_points()
        keys = [one.person_id for one in self.visit.round.members.all() if one.person_id is not None]
        self.fields["people"].queryset = User.objects.filter(pk__in=keys)  # type: ignore[attr-defined] # a field of rows
        offer_guests(self, "guests", self.visit.round)
        self.fields["seen_on"].initial = self.visit.day
        mark_needed(self, "people")

    def _offer_points(self) -> None:
        points = self.visit.points_followed
        if not points:
            del self.fields["answers"]
            return
        closed = set(RoundFinding.objects.standing_of(self.visit).values_list("answers", flat=True))
        hidden = follows_narrowed(self.visit)  # by place alone then: all of the team are offered the same
        named = [
            (place, f"第{place}项问题" if hidden else f"{place}. {one['words']}")
            for place, one in enumerate(points, start=1)
            if place not in closed
        ]
        field_of(self, "answers", forms.TypedChoiceField).choices = [("", "不是跟踪的问题"), *named]
        self.fields["is_problem"].help_text = "跟踪的问题勾选即为未整改，不勾选为已整改。"


class WithdrawFindingForm(RoundStepForm):
    """撤回督导情况."""

    reason = ParagraphsField(label="撤回原因", rows=3)


class ConcludeVisitForm(RoundStepForm):
    """登记集体结论."""

    conclusion = ParagraphsField(printed=True, label="督导结论", rows=5, help_text="印在督导意见书上。")
    demands = ParagraphsField(
        printed=True, label="整改要求", rows=3, needed=False, help_text="发现问题的填写，印在督导意见书上。"
    )
    discussion = ParagraphsField(
        label="讨论过程", rows=5, help_text="谁提出什么意见、怎样形成结论；只有办公室和领导看得到，不给单位看。"
    )
    concluded_on = DayField(label="集体研究日期")
    people = PeopleField(
        User.objects.none(), label="参加集体研究的人员", required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = GuestsThereField("参加集体研究的其他部门成员")
    scan = SeveralFilesField(label="签名页扫描件", help_text="参加人员签名的记录：PDF、JPG、PNG。")
    proof = SeveralFilesField(
        label="讨论记录等", help_text="可以不传；PDF、OFD、DOCX、XLSX、JPG、PNG；只有办公室和领导看得到。"
    )
    seen = BegunWithField()

    def prepare(self) -> None:
        """The team and whoever is in office are offered; what stands is shown."""
        team = [one.person_id for one in self.visit.round.members.all() if one.person_id is not None]
        entitled = User.objects.in_roles(*TEAM_ROLES).order_by().values("pk")
        people = User.objects.filter(pk__in=team) | User.objects.filter(pk__in=entitled)
        self.fields["people"].queryset = people  # type: ignore[attr-defined] # a field of rows
        least = least_in_conclusion()
        self.fields["people"].help_text = f"集体结论至少 {least} 人；任职于该单位的应当回避，不列名。"
        for name in ("conclusion", "demands", "discussion", "concluded_on"):
            self.fields[name].initial = getattr(self.visit, name)
        offer_guests(self, "guests", self.visit.round)
        self.begin_with_names(self.visit.concluded_by)
        mark_needed(self, "people", "scan")

    def begin_with_names(self, named: list[list[object]]) -> None:
        """Tick those who stand for it."""
        self.fields["people"].initial = [key for key, *_ in named if key is not None]
        begin_with_guests(self, "guests", self.visit.round, named)


class IssueOpinionForm(RoundStepForm):
    """印发督导意见书 as it was looked at."""

    seen = SeenField()


class RoundTaskForm(forms.Form):
    """One thing to be put right."""

    content = WordsField(printed=True, label="整改任务", max_length=MAX_CHARACTERS)
    responsible = WordsField(label="责任人", max_length=60, needed=False, help_text="不填的，是单位主要领导。")
    due_on = DayField(label="完成时限")


class HandOutRoundForm(RoundStepForm):
    """交办整改."""

    tasks = RowsField(
        RoundTaskForm,
        rows=ROWS_SHOWN,
        label="整改任务",
        help_text="照督导意见书的整改要求逐项写明；单位逐项报告，督查人员核查、销号。",
    )

    def prepare(self) -> None:
        """Begin with what was demanded, a line each, or where nothing was with what the problems say."""
        self.fields["tasks"].widget.add_label = "增加一项"
        demanded = [line.strip() for line in self.visit.demands.splitlines() if line.strip()]
        self.fields["tasks"].initial = [
            {"content": words[:MAX_CHARACTERS]} for words in demanded or self._problems_to_right()
        ]

    def _problems_to_right(self) -> list[str]:
        problems = RoundFinding.objects.standing_of(self.visit).filter(is_problem=True)
        return [f"整改：{words}"[:MAX_CHARACTERS] for words in statements_of(self.visit, problems)]

    def clean(self) -> dict[str, object]:
        """The keyword of the action that HandOutRoundForm is for."""
        data = self.cleaned_data
        if self.errors:
            return data
        return {"tasks": [RoundTask(row["content"], row["responsible"], row["due_on"]) for row in data["tasks"]]}
