"""三书一函台账: every letter that units got, with its reply and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from yuetan import permissions
from yuetan.forms.frame.options import FormData
from yuetan.forms.received.received_filter import ReceivedFilter
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.ledgers.received.received_tasks import NO_TASKS, tasks_of_letters
from yuetan.models import ReceivedLetter, User
from yuetan.models.received.letter import LIGHTS, SEE_RECEIVED, ReceivedLetterQuerySet


class ReceivedLedger(Ledger[ReceivedLetter]):
    """The letters that a person may see, the last first."""

    key, title, list_url, permission = "received", "三书一函台账", "received_list", ""
    columns = (
        Column("收到日期", 14, lambda line: line["letter"].received_on),
        Column("单位", 30, lambda line: line["letter"].unit_label),
        Column("种类", 12, lambda line: line["letter"].get_kind_display()),
        Column("制发机关", 26, lambda line: line["letter"].organ),
        Column("文号", 22, lambda line: line["letter"].number),
        Column("成文日期", 14, lambda line: line["letter"].dated_on),
        Column("事由", 40, lambda line: line["letter"].matter),
        Column("建议、提示的内容", 50, lambda line: line["letter"].asked),
        Column("回复期限", 14, lambda line: line["letter"].due_on),
        Column("办理情况", 22, lambda line: line["letter"].standing.label),
        Column("回复日期", 14, lambda line: line["letter"].reply.replied_on if line["letter"].reply else None),
        Column("回复文号", 22, lambda line: line["letter"].reply.number if line["letter"].reply else ""),
        Column("逾期", 18, lambda line: line["letter"].late_words),
        Column("整改任务", 10, lambda line: line["tasks"].number),
        Column("已销号", 10, lambda line: line["tasks"].accepted),
        Column("最近时限", 14, lambda line: line["tasks"].next_due),
        Column("重复事项", 10, lambda line: "重复" if line["is_repeated"] else ""),
        Column("撤销原因", 40, lambda line: line["letter"].withdrawal_reason),
        Column("办结意见", 40, lambda line: line["letter"].closing.opinion if line["letter"].closing else ""),
    )

    def unlimited(self, user: User, data: FormData) -> ReceivedFilter:
        """By year, kind, where it stands, light, reply, unit, and words."""
        letters = ReceivedLetter.objects.visible_to(user).order_by("-received_on", "-pk")
        sees_withdrawn = user.has_perm(permissions.name(SEE_RECEIVED))
        return ReceivedFilter(data, letters, lights=DeadlineLights.now(), sees_withdrawn=sees_withdrawn)

    def with_relations(self, rows: QuerySet[ReceivedLetter]) -> QuerySet[ReceivedLetter]:
        """Each with its unit, the reply that stands and its closing."""
        assert isinstance(rows, ReceivedLetterQuerySet)
        return rows.with_relations()

    def lines(self, rows: Sequence[ReceivedLetter], user: User) -> list[Line]:
        """The letter with its light, its tasks, and whether its matter came before."""
        lights, keys = DeadlineLights.now(), [row.pk for row in rows]
        repeated = set(ReceivedLetter.objects.filter(pk__in=keys).repeating().values_list("pk", flat=True))
        tasks = tasks_of_letters(keys)
        return [
            _line_of_letter(row, lights) | {"is_repeated": row.pk in repeated, "tasks": tasks.get(row.pk, NO_TASKS)}
            for row in rows
        ]


def _line_of_letter(letter: ReceivedLetter, lights: DeadlineLights) -> Line:
    """With the light of its standing, which before the reply is that of its day."""
    deadline = lights.of(letter.due_on) if letter.is_unreplied else None
    return {"letter": letter, "deadline": deadline, "light": light_of(letter)}


def light_of(letter: ReceivedLetter) -> str:
    """The colour of where it stands: before the reply yellow, and red once its day has passed or it was returned."""
    if letter.is_unreplied:
        return "red" if letter.days_overdue or letter.reply_count else "yellow"
    return LIGHTS[letter.standing]
