"""督导通知书 and 督导意见书: when a unit is gone to and about what; what was found there and concluded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, lines, section, sentence
from yuetan.documents.content.phrases import body_name, contact_of_office, replacement, standard
from yuetan.documents.content.rung_words import numbered
from yuetan.models import RoundFinding, RoundVisit
from yuetan.models.rounds.followed_paper import statements_of
from yuetan.models.rounds.supervision_round import between
from yuetan.rules.text.official_text import chinese_date, heading, joined
from yuetan.vocabulary import DocumentKind, UnitKind


def round_paper(
    kind: DocumentKind, visit: RoundVisit, *, number: str, dated: date, reason: str = "", replaced: str = ""
) -> PaperFacts:
    """The facts of the notice or of the 督导意见书 of a visit; a corrected one names the one it replaces, and why."""
    office, form = body_name(UnitKind.OFFICE), visit.round.get_kind_display()
    is_notice = kind == DocumentKind.ROUND_NOTICE
    unit = visit.unit.full_name
    title = f"关于对{unit}开展{form}的通知" if is_notice else f"关于{unit}{form}情况的督导意见"
    corrected = [replacement(title, replaced, reason, "本督导意见")] if replaced else []
    return {
        "title": title,
        "addressee": visit.unit.organs_addressed,
        "organ": office,
        "mark": office,
        "body": [*corrected, *(_body_of_notice(visit) if is_notice else _body_of_opinion(visit))],
        "number": number,
        "dated_words": chinese_date(dated),
    }


def _body_of_notice(visit: RoundVisit) -> list[Paragraph]:
    kind, of_round = DocumentKind.ROUND_NOTICE, visit.round
    words = _words_of_visit(visit, chinese_date(visit.day))
    named = (
        ("特派任务", "\n".join(map(sentence, lines(of_round.errand)))),
        ("督导内容", "\n".join(map(sentence, lines(visit.points)))),
        ("跟踪的问题和整改任务", _words_followed(visit)),
        ("督导组", _words_of_team(visit)),
        ("有关要求", of_round.demands),
    )
    stated = [(name, text) for name, text in named if text]
    return [
        standard(kind, "opening", words),
        *(each for number, one in enumerate(stated, start=1) for each in section(number, *one)),
        standard(kind, "closing", words),
        *contact_of_office(of_round.planned_by),
    ]


def _words_of_team(visit: RoundVisit) -> str:
    """Who comes, who sent them, and with whom."""
    of_round = visit.round
    others = f"联合开展的部门和人员：{joined(lines(of_round.partners))}" if of_round.partners else ""
    sent = f"由{of_round.sent_words}" if of_round.sent_words else ""
    return "\n".join(sentence(each) for each in (of_round.team_words, sent, others) if each)


def _words_followed(visit: RoundVisit) -> str:
    """What 跟踪督查 looks at once more; empty of another."""
    points = [one["words"] for one in visit.points_followed]
    return f"{visit.followed_words}提出的下列事项，逐项核查是否已经整改。\n{numbered(points)}" if points else ""


def _body_of_opinion(visit: RoundVisit) -> list[Paragraph]:
    kind, findings = DocumentKind.ROUND_OPINION, list(RoundFinding.objects.standing_of(visit))
    days = sorted(one.seen_on for one in findings) or [visit.day]
    words = _words_of_visit(visit, between(days[0], days[-1]))
    return [
        standard(kind, "opening", words),
        *section(1, "督导情况", _words_of_findings(statements_of(visit, findings))),
        *section(2, "督导结论", visit.conclusion),
        *(section(3, "整改要求", numbered(lines(visit.demands))) if visit.demands else []),
        standard(kind, "closing" if visit.problem_count else "closing_none", words),
    ]


def _words_of_findings(stated: Sequence[str]) -> str:
    """（一）……; a single one bears no number."""
    if len(stated) < 2:
        return "\n".join(map(sentence, stated))
    return "\n".join(f"{heading(2, place)}{sentence(words)}" for place, words in enumerate(stated, start=1))


def _words_of_visit(visit: RoundVisit, days: str) -> dict[str, str]:
    return {
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "单位": visit.unit.full_name,
        "主送机关": visit.unit.organs_addressed,
        "你单位": visit.unit.addressed_as,
        "督导名称": visit.round.title,
        "督导形式": str(visit.round.get_kind_display()),
        "督导依据": visit.round.basis,
        "督导日期": days,
    }
