"""The day of a reply on a page: who set it, and each time the organ changed it, with what was before."""

from __future__ import annotations

from yuetan.models import ReceivedDueChange, ReceivedLetter
from yuetan.models.record.event import OUTER_BODY
from yuetan.templatetags.official import day, moment
from yuetan.views.frame.file_links import file_links


def due_words(letter: ReceivedLetter) -> str:
    """The day that counts, and who set it."""
    if letter.due_on is None:
        return "来函没有写明，办公室没有设定期限"
    set_last = _set_last(letter)
    if not set_last and letter.reply_due:
        return f"{day(letter.due_on)}（来函写明）"
    first = f"，来函写明{day(letter.reply_due)}" if letter.reply_due else ""
    return f"{day(letter.due_on)}（{set_last or '来函没有写明，办公室设定'}{first}）"


def _set_last(letter: ReceivedLetter) -> str:
    """What set the day since the letter was registered, the last of it; empty where nothing did."""
    change = letter.due_changes.last()
    returned = letter.replies.filter(again_by__isnull=False).last()
    if change is not None and (returned is None or change.after_version >= returned.version):
        return "来函机关改定"
    return "退回时另定" if returned is not None else ""


def due_changes_of(letter: ReceivedLetter, *, inner: bool) -> list[dict[str, object]]:
    """Each change with its words and papers, the last first; who of the office entered it reads the office alone."""
    changes = letter.due_changes.select_related("set_by").prefetch_related("papers").order_by("-after_version", "-pk")
    return [_change_row(change, inner=inner) for change in changes]


def _change_row(change: ReceivedDueChange, *, inner: bool) -> dict[str, object]:
    former = day(change.former_due) if change.former_due else "没有期限"
    facts = {
        "原回复期限": former,
        "改定的回复期限": day(change.due_on),
        "依据": change.ground,
        "登记": f"{change.set_by.name if inner else OUTER_BODY}，{moment(change.set_at)}",
    }
    rows = [{"label": label, "value": value} for label, value in facts.items()]
    return {"key": change.pk, "facts": rows, "files": file_links(change.papers.all())}
