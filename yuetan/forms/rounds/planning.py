"""The form in which a round is planned: who goes when to which units, and what is looked at there."""

from __future__ import annotations

from typing import Any, Unpack

from django import forms

from yuetan.actions.rounds.followed import SENT_BY_ROLE, Errand
from yuetan.actions.rounds.guests import Guest, guest_of, guests_of, last_rows
from yuetan.actions.rounds.planning import TEAM_ROLES, PlannedRound, PlannedVisit, round_shown
from yuetan.actions.seen import SEEN
from yuetan.forms.frame.begun_with import BegunWithField
from yuetan.forms.frame.fields import DayField, NameField, ParagraphsField, RowsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark_needed
from yuetan.forms.frame.units_field import UnitField
from yuetan.models import RoundMember, RoundVisit, SupervisionRound, User
from yuetan.models.meeting.invitation import person_named
from yuetan.models.rounds.followed_paper import follows_narrowed
from yuetan.models.rounds.visit import COVERT_SHOWN
from yuetan.vocabulary import RoundKind

ROWS_SHOWN = 2
KINDS_HELP = f"明察暗访不发通知，{COVERT_SHOWN}其他形式印发督导通知书以后单位才看得到。"
VISITS_HELP = (
    "每个单位写明督导日期和督导内容，一个单位一行。跟踪督查还写明发给该单位的督导意见书、约谈纪要或者责任措施文书的文号，"
    "其中指出的问题和没有办结的整改任务，逐项列为跟踪的问题。"
)
PLAIN = ("kind", "title", "basis", "begins_on", "ends_on", "partners", "demands")


class PeopleField(forms.ModelMultipleChoiceField):
    """People by name and post."""

    def label_from_instance(self, person: User) -> str:
        """张一（承办人）."""
        return f"{person.name}（{person.short_title}）"


class PersonField(forms.ModelChoiceField):
    """One person by name and post."""

    def label_from_instance(self, person: User) -> str:
        """张一（承办人）."""
        return f"{person.name}（{person.short_title}）"


class GuestRowForm(forms.Form):
    """One of another department."""

    name = NameField(label="姓名", max_length=40)
    department = WordsField(printed=True, label="所在单位", max_length=60)
    title = WordsField(printed=True, label="职务", max_length=100)


class GuestsField(RowsField):
    """Those of other departments who come along."""

    def __init__(self) -> None:
        help_text = "只写以公职身份参加督导的人员，印在文书上；不能带队，任职于督导单位的应当回避，不能参加。"
        super().__init__(GuestRowForm, rows=1, needed=False, label="其他部门的督导组成员", help_text=help_text)
        self.widget.add_label = "增加一人"


class GuestsThereField(forms.ModelMultipleChoiceField):
    """Which of those who came along."""

    def __init__(self, label: str) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(RoundMember.objects.none(), label=label, required=False, widget=widget)

    def label_from_instance(self, member: RoundMember) -> str:
        """吴某（市公安局治安支队支队长）."""
        return str(member)


def offer_guests(form: forms.Form, name: str, of_round: SupervisionRound) -> None:
    """Offer those of other departments who are of the team, or were, each once; no field where there are none."""
    there = [one.pk for one in last_rows(guests_of(of_round)).values()]
    if not there:
        del form.fields[name]
        return
    form.fields[name].queryset = RoundMember.objects.filter(pk__in=there)  # type: ignore[attr-defined] # of rows


def begin_with_guests(form: forms.Form, name: str, of_round: SupervisionRound, named: list[list[object]]) -> None:
    """Tick those of other departments who are `named`, whatever post they have had since."""
    if name not in form.fields:
        return
    stand, guests = {person_named(*row) for row in named}, guests_of(of_round)  # type: ignore[arg-type] # of JSON
    there = {one.who for one in guests if one.stands_as in stand}
    form.fields[name].initial = [one.pk for who, one in last_rows(guests).items() if who in there]


def named_guests(rows: list[dict[str, str]]) -> list[Guest]:
    """Those of other departments as they were typed."""
    return [Guest(row["name"], row["department"], row["title"]) for row in rows]


def guest_rows(members: list[RoundMember]) -> list[dict[str, str]] | None:
    """Those of other departments as the rows with which the form begins; None where there are none."""
    return [vars(guest_of(one)) for one in members] or None


class PlannedVisitForm(forms.Form):
    """One unit."""

    unit = UnitField(label="单位", help_text="全称或者代码。")
    day = DayField(label="督导日期")
    points = WordsField(printed=True, label="督导内容", max_length=500)
    follows = WordsField(
        label="跟踪的文书", max_length=60, needed=False, help_text="跟踪督查须填写文号，其他形式不填。"
    )


class RoundForm(forms.Form):
    """制定督导方案, or change it."""

    kind = forms.ChoiceField(
        label="督导形式", choices=RoundKind.choices, widget=forms.RadioSelect, required=False, help_text=KINDS_HELP
    )
    title = WordsField(
        printed=True, label="督导名称", max_length=80, help_text="如“2026年度联动督导”；印在文书上，不写单位。"
    )
    basis = WordsField(
        printed=True,
        label="督导依据",
        max_length=200,
        help_text="文件和条款，或者领导批示、会议决定；文件名加书名号，印在通知上。",
    )
    errand = ParagraphsField(
        printed=True,
        label="特派任务",
        rows=2,
        needed=False,
        help_text="特派督导须填写派去办什么，其他形式不填；连同派出的领导和日期印在督导通知书上（办公室设定）。",
    )
    sent_by = PersonField(
        User.objects.none(),
        label="派出的领导",
        required=False,
        empty_label="不是特派督导",
        help_text="特派督导须选择。",
    )
    sent_on = DayField(label="派出日期", needed=False, help_text="特派督导须填写，不晚于今天。")
    begins_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期")
    members = PeopleField(User.objects.none(), label="督导组成员", required=False, widget=forms.CheckboxSelectMultiple)
    leader = PersonField(User.objects.none(), label="带队人", required=False, empty_label="请选择")
    guests = GuestsField()
    partners = ParagraphsField(
        printed=True,
        label="联合的部门和人员",
        rows=2,
        needed=False,
        help_text="联合开展但不参加督导组的，一行一个；联合督查须填写这一栏，或者列出其他部门的督导组成员。",
    )
    demands = ParagraphsField(
        printed=True, label="有关要求", rows=2, needed=False, help_text="印在督导通知书上，如需准备的资料。"
    )
    visits = RowsField(PlannedVisitForm, rows=ROWS_SHOWN, label="督导单位", help_text=VISITS_HELP)
    seen = BegunWithField()

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        of_round: SupervisionRound | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        if of_round is not None:
            options = {**options, "initial": {**_as_planned(of_round), SEEN: round_shown(of_round)}}
        super().__init__(data, files, **options)
        if of_round is None:
            del self.fields[SEEN]
        people = User.objects.in_roles(*TEAM_ROLES)
        self.fields["members"].queryset = people  # type: ignore[attr-defined] # a field of rows
        choice_of(self, "leader").queryset = people
        choice_of(self, "sent_by").queryset = User.objects.in_roles(SENT_BY_ROLE)
        self.fields["members"].help_text = "任职于督导单位的应当回避，不能参加。"
        self.fields["visits"].widget.add_label = "增加一个单位"
        mark_needed(self, "kind", "members", "leader")

    def clean(self) -> dict[str, object]:
        """The keyword of the action that RoundForm is for."""
        data = self.cleaned_data
        if self.errors:
            return data
        visits = [PlannedVisit(row["unit"], row["day"], row["points"], row["follows"]) for row in data["visits"]]
        plain = {name: data[name] for name in PLAIN}
        members = list(data["members"])
        seen = {SEEN: data[SEEN]} if SEEN in data else {}
        guests, errand = named_guests(data["guests"]), Errand(data["sent_by"], data["sent_on"], data["errand"])
        whole: dict[str, Any] = {**plain, "members": members, "visits": visits, "guests": guests, "errand": errand}
        planned = PlannedRound(**whole, leader=data["leader"])
        return {"planned": planned, **seen}


def _row_of(one: RoundVisit) -> dict[str, object]:
    follows = "" if follows_narrowed(one) else one.followed.get("number", "")
    return {"unit": one.unit.full_name, "day": one.day, "points": one.points, "follows": follows}


def _as_planned(of_round: SupervisionRound) -> dict[str, object]:
    """What is planned so far, as the form takes it; without the units that were dropped (不再督导)."""
    members = list(of_round.members.all())
    visits = RoundVisit.objects.standing().filter(round=of_round).in_order_of_days()
    return {
        **{name: getattr(of_round, name) for name in PLAIN},
        "members": [one.person_id for one in members if one.person_id is not None],
        "guests": guest_rows(guests_of(of_round)),
        "leader": next((one.person_id for one in members if one.leads), None),
        "visits": [_row_of(one) for one in visits],
        **{name: getattr(of_round, name) for name in ("sent_by", "sent_on", "errand")},
    }
