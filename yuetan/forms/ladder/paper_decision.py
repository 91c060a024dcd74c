"""登记签批件: what a leader decided about a measure on paper, with the scan that shows it."""

from __future__ import annotations

from datetime import date

from django import forms
from django.db.models import QuerySet

from yuetan.actions.proposal.registered_decision import put_forward_on
from yuetan.forms.frame.fields import DayField, NeededFileField, ParagraphsField
from yuetan.forms.frame.leader_field import LeaderField, days_since, held_since
from yuetan.forms.frame.options import choice_of, mark_needed
from yuetan.forms.ladder.measure import SeenMeasureForm
from yuetan.models import AccountabilityMeasure, Post, User
from yuetan.models.case.registration import NOT_LAID
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.vocabulary import DecisionKind, Verb

CHOICES = ((DecisionKind.APPROVED.value, DecisionKind.APPROVED.label), (DecisionKind.DECLINED.value, NOT_LAID))


def _leaders(measure: AccountabilityMeasure, since: date) -> QuerySet[User]:
    """Who led the group at some time since the text was endorsed, without who endorsed it or is of its units."""
    led = held_since(LEADING_POSTS, since)
    of_units = Post.objects.current().filter(unit__in=measure.units_named)
    people = User.objects.filter(pk__in=led.values("holder")).exclude(pk__in=of_units.values("holder"))
    return people.exclude(pk__in=[measure.drafter_id, measure.endorser_id])


class RegisterMeasurePaperForm(SeenMeasureForm):
    """登记签批件."""

    decision = forms.ChoiceField(label="审定结果", required=False, widget=forms.RadioSelect, choices=CHOICES)
    approver = LeaderField(User.objects.none(), label="作出审定的领导", required=False, empty_label="请选择")
    given_on = DayField(label="审定日期")
    opinion = ParagraphsField(label="审定意见", rows=2, help_text="照签批件上的文字填写，印入呈批表。")
    proof = NeededFileField(
        label="签批件扫描件",
        required=False,
        allow_empty_file=True,
        help_text="PDF、OFD、JPG、PNG，须看得清；由办公室另一人打开核对后，登记才算数。单位看不到。",
    )

    def prepare(self) -> None:
        super().prepare()
        since = put_forward_on(self.measure, Verb.ENDORSE_MEASURE)
        choice_of(self, "approver").queryset = _leaders(self.measure, since)
        self.fields["given_on"].help_text = days_since(since)
        mark_needed(self, "decision", "approver")
