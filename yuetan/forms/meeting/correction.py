"""更正会议纪要: the whole record as one form, begun with what stands or with the draft under way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Unpack

from django import forms
from django.forms.boundfield import BoundField

from yuetan.actions.meeting.correction import Corrected, digest_to_correct, open_correction, text_to_correct
from yuetan.actions.meeting.resolutions import Agreed
from yuetan.forms.frame.begun_with import BegunWithField
from yuetan.forms.frame.fields import ParagraphsField, RowsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions
from yuetan.forms.frame.units_field import keep_units
from yuetan.forms.meeting.record import ROWS_SHOWN, AttendanceForm, ResolutionRowForm
from yuetan.models import AgendaItem, Invitation, Meeting, Unit

MAX_TITLE = 400


class CorrectMinutesForm(AttendanceForm):
    """更正会议纪要: why, who came, what was concluded of each item, and everything agreed."""

    reason = ParagraphsField(
        printed=True,
        label="更正原因",
        rows=2,
        help_text="印在更正后的纪要开头，如“到会人员记录有误”；有关单位和人员也会看到。",
    )
    agreed = RowsField(
        ResolutionRowForm,
        rows=ROWS_SHOWN,
        label="议定事项",
        help_text="已经交办的不能改；补记的在更正印发时交办。",
    )
    seen = BegunWithField()

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        meeting: Meeting,
        shown: Sequence[Invitation] | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        known, text = open_correction(meeting), text_to_correct(meeting)
        self.meeting, self.text = meeting, text
        super().__init__(data, files, meeting=meeting, shown=shown, **options)
        self.fields["reason"].initial = known.reason if known is not None else ""
        self.fields["seen"].initial = digest_to_correct(meeting)
        self.items = list(meeting.items.all())
        self.fields["observers"].initial = text["meeting"][str(meeting.pk)]["observers"]
        offered = dict(self.fields["presided"].choices)  # type: ignore[attr-defined] # a field with choices
        self.fields["presided"].initial = next((key for key in self._presided() if key in offered), "")
        for one in self.invitations:
            came = text["invitation"][str(one.pk)]
            self.fields[f"presence_{one.pk}"].initial = came["presence"]
            self.fields[f"name_{one.pk}"].initial = came["attended_name"]
            self.fields[f"title_{one.pk}"].initial = came["attended_title"]
        for item in self.items:
            self._add_item(item)
        units = Unit.objects.in_bulk({one["unit_id"] for one in text["resolution"]})
        self.fields["agreed"].initial = [
            {"text": one["text"], "unit": units[one["unit_id"]].full_name, "due_on": date.fromisoformat(one["due_on"])}
            for one in text["resolution"]
        ]
        keep_units(self, "agreed", [*units, *meeting.resolutions.values_list("unit", flat=True)])
        self.fields["agreed"].widget.add_label = "补记一项"

    def _presided(self) -> list[str]:
        """The key of the invitation of whoever presided by the text, if anybody."""
        return [key for key, came in self.text["invitation"].items() if came.get("presided")]

    def _offer_presiders(self, meeting: Meeting, there: Iterable[Invitation]) -> None:
        named = Invitation.objects.of_meeting(meeting).filter(pk__in=self._presided())
        super()._offer_presiders(meeting, [*there, *named])

    def _add_item(self, item: AgendaItem) -> None:
        words = self.text["agendaitem"][str(item.pk)]
        if item.is_in_words:
            title = WordsField(printed=True, label=f"第{item.number}项议题", max_length=MAX_TITLE)
            title.initial = words["title"]
            self.fields[f"subject_{item.pk}"] = title
        conclusion = ParagraphsField(printed=True, label=f"第{item.number}项议题的结论", rows=4)
        conclusion.initial = words["conclusion"]
        self.fields[f"conclusion_{item.pk}"] = conclusion

    @property
    def item_lines(self) -> list[tuple[AgendaItem, BoundField | None, BoundField]]:
        """Each item with the field of its title, where that is words alone, and the one of its conclusion."""
        return [
            (item, self[f"subject_{item.pk}"] if item.is_in_words else None, self[f"conclusion_{item.pk}"])
            for item in self.items
        ]

    def clean(self) -> dict[str, object]:
        """The keywords of the action that CorrectMinutesForm is for."""
        data = super().clean()
        if self.errors:
            return data
        sent = self.cleaned_data
        corrected = Corrected(
            came=data["came"],  # type: ignore[arg-type] # what the form of attendance gives
            observers=sent["observers"],
            presided=data["presided"],  # type: ignore[arg-type] # the same
            items={item.pk: (sent.get(f"subject_{item.pk}", ""), sent[f"conclusion_{item.pk}"]) for item in self.items},
            agreed=[Agreed(row["text"], row["unit"], row["due_on"]) for row in sent["agreed"]],
        )
        return {"reason": sent["reason"], "corrected": corrected, "seen": sent["seen"]}


class WithdrawCorrectionForm(forms.Form):
    """放弃更正, with the reason."""

    reason = ParagraphsField(label="放弃原因", rows=3)
