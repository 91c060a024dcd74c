"""补录 on the case page: that the matter was conducted on paper, and what can be entered next."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from yuetan import permissions
from yuetan.actions.rectification.earlier_step import steps_to_record
from yuetan.models import Attachment, Case, User
from yuetan.templatetags.official import day
from yuetan.views.case.available_steps import label
from yuetan.views.frame.section import Section, row
from yuetan.vocabulary import EarlierState, Verb
from yuetan.vocabulary.naming import in_names

WORDS = {
    EarlierState.RECORDING: "本事项在系统启用前已按纸质办理，正在照原件逐步补录；复核前被约谈单位看不到。",
    EarlierState.HANDED_IN: "补录已完毕，待办公室主任对照原件复核。",
    EarlierState.CONFIRMED: "本事项系统启用前的步骤是照原件补录的，逐步标明“（补录）”；复核以后在系统中办理。",
    EarlierState.DISCARDED: "本次补录已作废，内容只供查阅，不算数。",
}
OUTER_WORDS = in_names(
    "本事项较早的步骤是{the_office}照纸质原件补录的，标明“（补录）”；与您单位所存原件不一致的，请告知{the_office}。"
)


@dataclass(frozen=True)
class EarlierPanel:
    """The heading, the sentence, and the steps that this person may enter."""

    heading: str
    words: str
    steps: list[tuple[str, str]] = field(default_factory=list)


def earlier_panel(case: Case, user: User) -> EarlierPanel | None:
    """What a page says of a 补录; nothing for a matter that was begun here."""
    if not case.earlier:
        return None
    state = EarlierState(case.earlier)
    if not case.is_inner_to(user):
        return EarlierPanel("补录", OUTER_WORDS)
    may = user.has_perm(permissions.name(Verb.RECORD_EARLIER_CASE)) or user.has_perm(
        permissions.name(Verb.CONFIRM_EARLIER_CASE)
    )
    steps = steps_to_record(case, recorder=user) if may and state == EarlierState.RECORDING else []
    links = [(label(step.verb), reverse("record_earlier_step", args=[case.pk, step.verb])) for step in steps]
    return EarlierPanel(state.label, WORDS[state], links)


def originals(case: Case, files: list[Attachment]) -> Section:
    """Each step of then with who entered it, and its original."""
    by_key = {str(file.pk): file for file in files}
    events = case.events.filter(data__has_key="recorded_on").select_related("actor").order_by("created_at", "id")
    rows = [
        row(
            f"{event.label}（{day(event.created_at)}）",
            f"{event.who(inner=True)}；{event.data['recorded_by']}补录",
            [by_key[key] for key in [event.data.get("original_id")] if key in by_key],
        )
        for event in events
    ]
    return Section("补录的步骤和原件", rows, note="内部材料，被约谈方看不到；审定凭据、回执等原件在各自的栏目中。")
