"""The ledger of 提醒函."""

from __future__ import annotations

from collections.abc import Sequence

import django_filters
from django.utils import timezone

from yuetan.forms.frame.options import FormData
from yuetan.forms.letter.letter_filter import LetterFilter
from yuetan.ledgers.case.whose_turn import Turn, turns
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Letter, User
from yuetan.templatetags.official import moment
from yuetan.vocabulary import DocumentStatus, LetterState


class LetterLedger(Ledger[Letter]):
    """Every letter a person may see, the newest first."""

    key, title, list_url, permission = "letters", "提醒函台账", "letter_list", ""
    columns = (
        Column("文号", 24, lambda line: line["number"]),
        Column("提醒事项", 50, lambda line: line["letter"].matter),
        Column("主送单位", 22, lambda line: line["letter"].unit_label),
        Column("发函对象", 22, lambda line: line["letter"].get_capacity_display()),
        Column("状态", 14, lambda line: line["state"]),
        Column("印发日期", 14, lambda line: line["issued_on"]),
        Column("签收人", 12, lambda line: line["receipt"].signer if line["receipt"] else ""),
        Column("签收方式", 12, lambda line: "纸质回执" if line["receipt"] and line["receipt"].is_of_paper else ""),
        Column("签收时间", 20, lambda line: line["receipt"].signed_moment if line["receipt"] else ""),
        Column("答复期限", 14, lambda line: line["letter"].answer_until),
        Column("时限状态", 16, lambda line: line["deadline"].words if line["deadline"] else ""),
        Column("答复时间", 20, lambda line: moment(line["letter"].answered_at)),
        Column("答复方式", 12, lambda line: "纸质代录" if line["letter"].paper_filing_or_none else ""),
        Column("逾期答复", 10, lambda line: "是" if line["letter"].is_answered_late else ""),
        Column("现由谁办", 40, lambda line: line["turn"].words, inner=True),
        Column("自", 20, lambda line: moment(line["turn"].since) if line["turn"].awaited else "", inner=True),
        Column("起草人", 12, lambda line: line["letter"].drafter.name, inner=True),
        Column("签发领导", 12, lambda line: line["approver"], inner=True),
    )

    def unlimited(self, user: User, data: FormData) -> django_filters.FilterSet:
        """By year, state, answer, light, whose turn it is, unit, people, days and words."""
        people = ("drafter", "approver", "document__issued_by")
        received = ("document__receipt__signed_by", "document__entry", "paper_filing")
        related = ("unit__parent", "first_unit", *received, *people)
        letters = Letter.objects.visible_to(user).select_related(*related)
        return LetterFilter(data, letters.defer("document__html", "document__facts"), lights=DeadlineLights.now())

    def lines(self, rows: Sequence[Letter], user: User) -> list[Line]:
        """The letter with its number once it is issued, who signed for it, and its light while an answer is awaited."""
        lights = DeadlineLights.now()
        inner = turns(letter for letter in rows if letter.is_inner_to(user))
        return [self._line(letter, lights, inner.get(letter.pk)) for letter in rows]

    def _line(self, letter: Letter, lights: DeadlineLights, turn: Turn | None) -> Line:
        document = letter.document if letter.state == LetterState.ISSUED else None
        voided = document is not None and document.status == DocumentStatus.VOIDED
        return {
            "letter": letter,
            "inner": turn is not None,
            "turn": turn or Turn(),
            "approver": letter.approver.name if letter.approver else "",
            "number": document.number if document else "",
            "state": DocumentStatus.VOIDED.label if voided else letter.get_state_display(),
            "issued_on": timezone.localdate(document.issued_at) if document else None,
            "receipt": document.receipt_or_none if document else None,
            "deadline": lights.of(letter.answer_until) if letter.awaits_answer else None,
        }
