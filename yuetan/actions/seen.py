"""Two persons at once: who saves second hears who was first, and has what they wrote still before them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from yuetan.actions.step import refuse_uncited
from yuetan.models import Event
from yuetan.rules.refusals import finding
from yuetan.rules.text.official_text import short_datetime

SEEN = "seen"  # the field of a form that keeps what its page began with


def require_as_seen(
    seen: str, stands: str, what: str, verbs: Sequence[str], *, is_corrected: bool = False, **facts: object
) -> None:
    """Raise Refused where `what` no longer stands as it was seen, by two digests; who changed it is read off the log.

    `verbs` are the lines of the log by which it changes, `facts` what each of these says of it; `is_corrected` is said
    of issued 会议纪要, whose refusal has a name of its own in the law's list.
    """
    if seen == stands:
        return
    last = Event.objects.filter(verb__in=verbs, data__contains=facts).select_related("actor").newest_first().first()
    words = {"saved": "有人刚才", "what": what}
    if last is not None and last.actor is not None:
        words["saved"] = f"{last.actor.name}已于{short_datetime(timezone.localtime(last.created_at))}"
    refuse_uncited([finding("meeting_correction_meanwhile" if is_corrected else "changed_meanwhile", SEEN, **words)])
