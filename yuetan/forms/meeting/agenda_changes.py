"""Forms of an agenda that stands: an item in other words, and all of them in another order."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.actions.meeting.agenda_changes import order_shown, wording_shown
from yuetan.forms.frame.begun_with import BegunWithField
from yuetan.forms.frame.fields import WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions
from yuetan.models import AgendaItem, Meeting


class ItemWordingForm(forms.Form):
    """改写议题: what it is called, and who reports."""

    title = WordsField(
        printed=True,
        label="议题",
        max_length=120,
        help_text="参会、列席的单位都看得到，不写被约谈单位；已印发的会议通知不变，改动另行告知。",
    )
    presenter = WordsField(label="汇报人（单位）", max_length=60, needed=False)
    seen = BegunWithField()

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, item: AgendaItem, **options: Unpack[FormOptions]
    ) -> None:
        options = {
            **options,
            "initial": {"title": item.title, "presenter": item.presenter, "seen": wording_shown(item)},
        }
        super().__init__(data, files, **options)
        if not item.is_in_words:
            del self.fields["title"]

    def clean(self) -> dict[str, object]:
        """The keywords of the action; what waits for a decision keeps its title."""
        return self.cleaned_data if self.errors else {"title": "", **self.cleaned_data}


class AgendaOrderForm(forms.Form):
    """调整议程顺序: which place each item has."""

    seen = BegunWithField()

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, meeting: Meeting, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.agenda = {f"place_{item.pk}": item for item in meeting.items.all()}
        places = [(str(number), f"第{number}项") for number in range(1, len(self.agenda) + 1)]
        for number, (name, item) in enumerate(self.agenda.items(), start=1):
            self.fields[name] = forms.ChoiceField(label=item.title, choices=places, initial=str(number))
        self.fields["seen"].initial = order_shown(meeting)

    def clean(self) -> dict[str, object]:
        """The keywords of the action: the items by their places; of two in one place one alone."""
        data = self.cleaned_data
        if self.errors:
            return data
        by_place = {int(data[name]): item for name, item in self.agenda.items()}
        return {"items": [by_place[place] for place in sorted(by_place)], "seen": data["seen"]}
