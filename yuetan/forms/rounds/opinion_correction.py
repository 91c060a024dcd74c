"""更正督导意见书: what it says as one form, begun with what stands or with the draft under way."""

from __future__ import annotations

from datetime import date

from django import forms

from yuetan.actions.rounds.conclusion import Concluded
from yuetan.actions.rounds.opinion_correction import digest_of_correction, digest_to_correct, open_correction
from yuetan.actions.rounds.opinion_correction_problems import CorrectedOpinion, ForgottenFinding
from yuetan.forms.frame.fields import DayField, ParagraphsField, RowsField, SeenField, WordsField
from yuetan.forms.rounds.planning import GuestsThereField, PeopleField, begin_with_guests, offer_guests
from yuetan.forms.rounds.steps import ConcludeVisitForm, RoundStepForm
from yuetan.models import User
from yuetan.models.rounds.followed import NOT_RIGHTED, RIGHTED
from yuetan.models.rounds.opinion_correction import FindingText, OpinionText, opinion_text

PROBLEM = "problem"
MAX_WORDS = 1000


class ForgottenRowForm(forms.Form):
    """One thing that was seen and is missing."""

    seen_on = DayField(label="现场日期")
    place = WordsField(label="地点", max_length=100, needed=False)
    words = WordsField(printed=True, label="情况", max_length=MAX_WORDS)
    kind = forms.ChoiceField(label="是否问题", choices=[("", "没有发现问题"), (PROBLEM, "发现的问题")], required=False)


class CorrectOpinionForm(ConcludeVisitForm):
    """更正督导意见书: why, what was seen, and what was concluded on it."""

    reason = ParagraphsField(
        printed=True, label="更正原因", rows=2, help_text="印在更正后的意见书开头，如“漏列一项问题”；单位也会看到。"
    )
    forgotten = RowsField(
        ForgottenRowForm,
        rows=1,
        needed=False,
        label="补登的督导情况",
        help_text="当时看到、意见书上漏列的；没有的不填。",
    )
    witnesses = PeopleField(
        User.objects.none(), label="补登情况的在场人员", required=False, widget=forms.CheckboxSelectMultiple
    )
    other_witnesses = GuestsThereField("补登情况在场的其他部门成员")
    stands_over = staticmethod(digest_to_correct)

    def prepare(self) -> None:
        """Begin with the draft under way, or with what stands; what is emptied is left out."""
        super().prepare()
        draft, stands = open_correction(self.visit), opinion_text(self.visit)
        text: OpinionText = draft.text if draft is not None else stands
        self.fields["reason"].initial = draft.reason if draft is not None else ""
        for name in ("conclusion", "demands", "discussion", "concluded_on"):
            self.fields[name].initial = text["visit"][name]
        self.begin_with_names(text["visit"]["concluded_by"])
        offer_guests(self, "other_witnesses", self.visit.round)
        team = [one.person_id for one in self.visit.round.members.all() if one.person_id is not None]
        self.fields["witnesses"].queryset = User.objects.filter(pk__in=team)  # type: ignore[attr-defined] # of rows
        self.fields["witnesses"].help_text = "有补登的，选当日在场的督导组成员。"
        self.fields["forgotten"].widget.add_label = "补登一项"
        self._begin_with(stands["findings"], text["findings"])
        seen = [name for name in self.fields if name.startswith(("words_", "righted_"))]
        self.order_fields(["reason", *seen, "forgotten", "witnesses", "other_witnesses"])

    def _begin_with(self, stands: list[FindingText], drafted: list[FindingText]) -> None:
        stated = {one["number"]: one["words"] for one in drafted}
        for one in stands:
            field = ParagraphsField(printed=True, label=_label(one), rows=3, needed=False, help_text="清空的不再列入。")
            field.initial = stated.pop(one["number"], "")
            self.fields[f"words_{one['number']}"] = field
            if one.get("answers"):
                self.fields[f"righted_{one['number']}"] = _righted_field(one, drafted)
        new = [one for one in drafted if one["number"] in stated]
        self.fields["forgotten"].initial = [
            {
                "seen_on": date.fromisoformat(one["seen_on"]),
                "place": one["place"],
                "words": one["words"],
                "kind": PROBLEM if one["is_problem"] else "",
            }
            for one in new
        ]
        there = [row for one in new for row in one["seen_by"]]
        self.fields["witnesses"].initial = [key for key, *_ in there if key is not None]
        begin_with_guests(self, "other_witnesses", self.visit.round, there)

    @property
    def finding_names(self) -> list[str]:
        """The fields of the findings that stand."""
        return [name for name in self.fields if name.startswith("words_")]

    def _righted(self) -> dict[int, bool]:
        named = [name for name in self.fields if name.startswith("righted_")]
        return {int(name.removeprefix("righted_")): self.cleaned_data[name] == PROBLEM for name in named}

    def clean(self) -> dict[str, object]:
        """The keywords of the action that CorrectOpinionForm is for."""
        data = self.cleaned_data
        if self.errors:
            return data
        names = ("conclusion", "demands", "discussion", "concluded_on", "people")
        corrected = CorrectedOpinion(
            worded={int(name.removeprefix("words_")): data[name] for name in self.finding_names},
            forgotten=[
                ForgottenFinding(row["seen_on"], row["place"], row["words"], row["kind"] == PROBLEM)
                for row in data["forgotten"]
            ],
            witnesses=list(data["witnesses"]),
            agreed=Concluded(**{name: data[name] for name in names}, guests=list(data.get("guests", ()))),
            guests=list(data.get("other_witnesses", ())),
            not_righted=self._righted(),
        )
        return {name: data[name] for name in ("reason", "scan", "proof", "seen")} | {"corrected": corrected}


class ReissueOpinionForm(RoundStepForm):
    """印发更正的督导意见书 as it was looked at."""

    seen = SeenField()
    stands_over = staticmethod(digest_of_correction)


class WithdrawOpinionCorrectionForm(RoundStepForm):
    """放弃更正, with the reason."""

    reason = ParagraphsField(label="放弃原因", rows=3)


def _righted_field(one: FindingText, drafted: list[FindingText]) -> forms.ChoiceField:
    """Whether a point of 跟踪督查 was put right, as it was drafted or stands."""
    now = next((each for each in drafted if each["number"] == one["number"]), one)
    choices = [("", RIGHTED), (PROBLEM, NOT_RIGHTED)]
    initial = PROBLEM if now["is_problem"] else ""
    return forms.ChoiceField(
        label=f"跟踪的第{one['answers']}项问题的整改情况", choices=choices, required=False, initial=initial
    )


def _label(one: FindingText) -> str:
    is_other_problem = one["is_problem"] and not one.get("answers")
    return f"第{one['number']}项督导情况{'（发现的问题）' if is_other_problem else ''}"
