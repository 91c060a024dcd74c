"""Papers in the form of a table, unnumbered: 约谈建议呈批表, 整改任务清单, 签到表."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import lines, sentence
from yuetan.documents.content.phrases import (
    group_in_short,
    interviewer,
    leader_in_short,
    office_in_short,
    people_named,
    task_list_title,
)
from yuetan.models import Case, Event, Post
from yuetan.models.ladder.interview_door import door_cited
from yuetan.models.people.held_posts import PersonInPosts
from yuetan.rules import check_code
from yuetan.rules.text.official_text import chinese_date, chinese_datetime, chinese_number
from yuetan.vocabulary import DocumentKind, ParticipantKind, UnitKind, Verb

ROWS_TO_SIGN = 9  # with a title of two lines and four of participants still one page
CHECKING = "核稿"
AGREED = "同意"  # what 审定同意 has said already
INTERVIEWING, INTERVIEWED, OBSERVING = "约谈方", "被约谈方", "列席"


@dataclass(frozen=True)
class Row:
    """One row of a form: its label and its paragraphs."""

    label: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Opinion:
    """What somebody wrote on the form, with the post held at that time; empty where nobody has yet."""

    label: str
    words: list[str]
    signed: str = ""
    dated: str = ""


def approval_form(case: Case) -> PaperFacts:
    """约谈建议呈批表: who hands in what when, who decided, checked and drafted it, and then the proposal."""
    rows = [
        Row("被约谈单位", [case.unit_label]),
        Row("约谈人", _interviewer(case)),
        Row("约谈对象", [people_named(case.people_named)]),
        Row("约谈事由", lines(case.matter)),
        *_grounds(case),
        *_door(case),
        Row("内容校验", [_checked(case)]),
    ]
    title, opinions = f"约谈建议呈批表{_entered_later(case)}", _opinions(case)
    return {"title": title, "pairs": _handed_in(case, opinions), "opinions": opinions, "rows": rows}


def _handed_in(case: Case, opinions: list[Opinion]) -> list[tuple[str, str, str, str]]:
    """The register number, the day on which it came before who decides, and whom to ask; 密级 and 缓急 by hand."""
    checked = next(opinion.dated for opinion in opinions if opinion.label == CHECKING)
    return [
        ("登记号", case.register_number, "呈报日期", checked),
        ("密级", "", "缓急", ""),
        ("承办人", case.drafter.name, "联系电话", case.drafter.telephone),
    ]


def _entered_later(case: Case) -> str:
    """What marks a form about a matter whose first steps were taken on paper, before this system."""
    return "（补录）" if case.earlier else ""


def _interviewer(case: Case) -> list[str]:
    """By post and name; who acts for another says why."""
    if case.interviewer is None:
        return []
    return [leader_in_short(interviewer(case)), *([f"{case.acting_reason}。"] if case.acting_reason else [])]


def _checked(case: Case) -> str:
    """The digest of what stands above, in short; where another text was decided on, that it is another."""
    now = check_code.shortened(case.proposal_sha256)
    if case.approved_sha256 in ("", case.proposal_sha256):
        return now
    return f"{now}（审定的文本为{check_code.shortened(case.approved_sha256)}，与上述内容不一致，审定失效）"


def _grounds(case: Case) -> list[Row]:
    """A row for each ground: the law, the facts, and what they are taken from."""
    stated = list(case.case_grounds.select_related("ground__article").prefetch_related("evidence"))
    rows = []
    for number, row in enumerate(stated, start=1):
        other = lines(case.other_words) if row.ground.is_other else []
        files = "、".join(file.name for file in row.evidence.all())
        sources = "；".join(filter(None, [_one_line(row.reference), files]))
        lines_shown = [sentence(str(row.ground)), *other, *lines(row.facts), *([f"依据：{sources}"] if sources else [])]
        rows.append(Row(f"约谈情形{chinese_number(number) if len(stated) > 1 else ''}", lines_shown))
    return rows or [Row("约谈情形", [])]


def _door(case: Case) -> list[Row]:
    """By which door of the 责任制 it came, and of gravity the reasons; nothing where it came by none."""
    cited = door_cited(case)
    return [Row("经由", [sentence(cited), *lines(case.door_words)])] if cited else []


def _one_line(text: str) -> str:
    return "".join(lines(text))


def _opinions(case: Case) -> list[Opinion]:
    """The steps that hold, the decision first: what was returned or taken back is to be checked and decided anew."""
    events = list(case.events.select_related("actor").order_by("created_at", "id"))
    returned = [place for place, event in enumerate(events) if event.verb in (Verb.RETURN_FOR_CHANGES, Verb.TAKE_BACK)]
    valid = events[returned[-1] :] if returned else events
    drafted = _last(valid, Verb.SUBMIT) or _last(events, Verb.DRAFT)
    decided = _last(valid, Verb.APPROVE, Verb.DECLINE, Verb.CONFIRM_APPROVAL, Verb.CONFIRM_DECLINE)
    return [
        _decision(case, decided),
        opinion_of(CHECKING, _last(valid, Verb.ENDORSE)),
        opinion_of("拟稿", drafted, ["拟稿，报核。"] if _last(valid, Verb.SUBMIT) else []),
    ]


def _last(events: list[Event], *verbs: str) -> Event | None:
    return next((event for event in reversed(events) if event.verb in verbs), None)


def opinion_of(label: str, event: Event | None, words: list[str] | None = None) -> Opinion:
    """What somebody wrote at one step, signed and dated; empty where nobody took it."""
    if event is None:
        return Opinion(label, [])
    signed = office_in_short(f"{event.actor.name}（{event.actor_title}）") if event.actor else ""
    return Opinion(label, words or lines(event.opinion), signed, _day(event))


def _decision(case: Case, event: Event | None) -> Opinion:
    if event is None:
        return Opinion("审定", [])
    method, delegated = event.decision_method, event.data.get("delegated", "")
    meeting = event.data.get("meeting", "")
    mark = f"（{method}{'：' if meeting else ''}{meeting}）" if method else ""
    signed = "，".join(words for words in (str(event.data["approver"]), delegated) if words)
    dated = chinese_date(case.approved_on) if case.approved_on else _day(event)
    decision = str(event.data.get("decision") or event.label)
    reasons = [line for line in lines(event.opinion) if line.rstrip("。") not in (decision, AGREED)]
    return Opinion("审定", [sentence(f"{decision}{mark}"), *reasons], signed, dated)


def _day(event: Event) -> str:
    return chinese_date(timezone.localdate(event.created_at))


def task_list(case: Case) -> PaperFacts:
    """整改任务清单: the measures of the minutes, which name it as their annex; where they do not, a list of its own."""
    measures = case.interview.measures.all()
    return {
        "title": f"{task_list_title(case)}{_entered_later(case)}",
        **_as_annex(case),
        "columns": ["序号", "整改措施", "责任人", "时限", "佐证要求", "验收标准"],
        "cells": [
            [
                str(measure.number),
                "".join(lines(measure.content)),
                measure.responsible_person,
                "，".join(filter(None, [chinese_date(measure.due_on), measure.rhythm_words])),
                measure.proof_required,
                measure.standard_words,
            ]
            for measure in measures
        ],
    }


def _as_annex(case: Case) -> PaperFacts:
    """Title and mark of an annex, as the minutes in force name it."""
    issued = any(paper.kind == DocumentKind.MINUTES for paper in case.documents.all())
    annex = str(case.current_minutes.facts.get("annex", "")) if issued else ""
    return {"title": annex, "annex_mark": f"{case.current_minutes.number}附件"} if annex else {}


def sign_in_sheet(case: Case) -> PaperFacts:
    """签到表: who is expected, each on their side by name and post, with room to sign for who else comes."""
    assert case.scheduled_at is not None
    seats = [*_interviewer_side(case), *_interviewed_side(case), *_observers(case)]
    numbered = [[str(number), *seat, "", ""] for number, seat in enumerate(seats, start=1)]
    blank = [[""] * 6] * max(ROWS_TO_SIGN - len(seats), 0)
    return {
        "title": f"{case.title}签到表{_entered_later(case)}",
        "rows": [
            Row("时间", [chinese_datetime(case.scheduled_at)]),
            Row("地点", lines(case.place)),
            Row("参加人员", lines(case.participants)),
        ],
        "columns": ["序号", "席别", "姓名", "单位及职务", "联系电话", "签名"],
        "cells": [*numbered, *blank],
    }


def _interviewer_side(case: Case) -> list[list[str]]:
    post = interviewer(case)
    seats = [[INTERVIEWING, post.holder.name, _post(post)]]
    if hasattr(case, "interview"):
        seats += _recorded(case, ParticipantKind.INTERVIEWER_SIDE, INTERVIEWING)
    return [*seats, ["记录", "", ""]]


def _interviewed_side(case: Case) -> list[list[str]]:
    gone = case.departed_people
    return [
        [INTERVIEWED, one.name, f"{one.full_title}{_why_away(case, one)}"]
        for one in case.people_named
        if one not in gone
    ]


def _why_away(case: Case, one: PersonInPosts) -> str:
    """On leave that was granted; or, once it is recorded, that they did not come."""
    if case.is_on_leave(one.first):
        return "（已准假）"
    absent = hasattr(case, "interview") and one.holder.pk in case.interview.absent_people
    return "（缺席）" if absent else ""


def _observers(case: Case) -> list[list[str]]:
    return _recorded(case, ParticipantKind.OBSERVER, OBSERVING) if hasattr(case, "interview") else []


def _recorded(case: Case, kind: ParticipantKind, seat: str) -> list[list[str]]:
    return [[seat, one.name, one.title] for one in case.interview.participants.all() if one.kind == kind]


def _post(post: Post) -> str:
    if post.unit.kind == UnitKind.LEADING_GROUP:
        return f"{group_in_short(post.unit)}{post.get_kind_display()}"
    return post.full_title
