"""责任措施呈批表: who drafted, endorsed and decided a measure of a 责任制, and then all that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Opinion, Row, opinion_of
from yuetan.documents.content.paragraphs import lines, sentence
from yuetan.models import AccountabilityMeasure, Consultation, DelistingRequest, Event, User
from yuetan.rules import check_code
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import Verb

YES, NO = "有", "没有"


def measure_form(measure: AccountabilityMeasure) -> PaperFacts:
    """The measure as it stands, each circumstance with its answer, and the opinions that hold."""
    rows = [
        *rows_of_text(measure),
        *_demanded(measure),
        Row("从重从轻情节", _circumstances(measure)),
        *_decided_together(measure),
        *_of_listing(measure),
        *_of_plea(measure),
        *_put_to_others(measure),
        Row("内容校验", [check_code.shortened(measure.digest)]),
    ]
    return {
        "title": f"{measure.rung.get_kind_display()}呈批表",
        "pairs": _head(measure),
        "opinions": _opinions(list(measure.lead.events.select_related("actor").order_by("created_at", "id"))),
        "rows": rows,
    }


def rows_of_text(measure: AccountabilityMeasure) -> list[Row]:
    """On whom, which rung, through which door and why: what stands before the demands."""
    return [
        Row("单位", [measure.label_of_all]),
        Row("责任措施", [measure.rung_words]),
        door_row(measure),
        Row("事由", lines(measure.matter)),
        Row("情形", [sentence(str(ground)) for ground in measure.grounds]),
        Row("存在的问题", lines(measure.facts)),
    ]


def door_row(measure: AccountabilityMeasure) -> Row:
    """By which door of the text, and why it stands."""
    door = sentence(f"{measure.door.article.name}：{measure.door.words}")
    return Row("条件", [door, *lines(measure.door_words)])


def head_of_form(number: str, day: str, on: date | None, drafter: User | None) -> list[tuple[str, str, str, str]]:
    """The number of the paper and its day, 密级 and 缓急 by hand, and whom to ask."""
    when = timezone.localtime(on) if isinstance(on, datetime) else on
    return [
        ("文号", number, day, chinese_date(when) if when else ""),
        ("密级", "", "缓急", ""),
        ("承办人", drafter.name if drafter else "", "联系电话", drafter.telephone if drafter else ""),
    ]


def _put_to_others(measure: AccountabilityMeasure) -> list[Row]:
    """书面建议 and 移送: to whom, by which paper, and why."""
    rows = list(measure.referrals.select_related("document"))
    organs: dict[str, list[str]] = {}
    for one in rows:
        organs.setdefault(one.document.number, []).append(one.organ)
    first = {one.document.number: one for one in reversed(rows)}
    papers = [
        sentence(f"{first[number].get_kind_display()}：{joined(named)}（{number}），{first[number].reason}")
        for number, named in organs.items()
    ]
    return [Row("书面建议、移送", papers)] if papers else []


def _demanded(measure: AccountabilityMeasure) -> list[Row]:
    """What is demanded and until when; of a rung that sets no limit only what was demanded all the same."""
    if measure.rung.has_time_limit:
        limit = [chinese_date(measure.limit)] if measure.limit else []
        return [Row("整改要求", lines(measure.demands)), Row("整改期限", limit)]
    return [Row("有关要求", lines(measure.demands))] if measure.demands else []


def _of_listing(measure: AccountabilityMeasure) -> list[Row]:
    """The interview that a listing follows, who was sent, and what was asked and decided about 摘牌."""
    if not measure.is_listing:
        return []
    followed = [f"《{measure.case.title}》（{measure.case.register_number}）"] if measure.case else []
    team = [sentence(f"{'组长' if one.leads else '成员'}：{one}，{one.when}") for one in measure.team_members.all()]
    return [
        Row("关联的约谈", followed),
        Row("工作组", team),
        Row("摘牌", [words for one in measure.delisting_requests.all() for words in _delisting_words(one)]),
    ]


def _delisting_words(one: DelistingRequest) -> list[str]:
    who = "单位申请" if one.by_unit else f"{one.asked_by.name}提请"
    asked = sentence(f"{chinese_date(timezone.localtime(one.asked_at))}{who}：{one.words}")
    if one.decided_by is None or one.decided_at is None:
        return [asked]
    day = chinese_date(timezone.localtime(one.decided_at))
    return [asked, sentence(f"{day}{one.decided_by.name}{one.outcome}摘牌：{one.opinion}")]


def _of_plea(measure: AccountabilityMeasure) -> list[Row]:
    """What the unit had to say, the answer that was drafted, and who decided; of a draft of the unit nothing."""
    plea = measure.plea_or_none
    if plea is None or plea.stated_at is None or plea.stated_by is None:
        return []
    lines_of_it = [sentence(f"{_on(plea.stated_at)}{plea.stated_by.name}申述：{plea.words}")]
    if plea.withdrawn_at is not None:
        lines_of_it.append(sentence(f"{_on(plea.withdrawn_at)}撤回：{plea.withdrawal_reason}"))
    if plea.drafted_at is not None and plea.drafted_by is not None:
        drafted = f"{_on(plea.drafted_at)}{plea.drafted_by.name}拟写：{plea.get_outcome_display()}，{plea.grounds}"
        lines_of_it.append(sentence(drafted))
    if plea.decided_at is not None and plea.decided_by is not None:
        lines_of_it.append(sentence(f"{_on(plea.decided_at)}{plea.decided_by.name}决定：{plea.get_outcome_display()}"))
    return [Row("申述", lines_of_it)]


def _on(moment: datetime) -> str:
    return chinese_date(timezone.localtime(moment))


def _head(measure: AccountabilityMeasure) -> list[tuple[str, str, str, str]]:
    served_on = measure.proposed_on if measure.proposal else measure.served_on
    return head_of_form(measure.paper_number, "送达日期", served_on, measure.drafter)


def _circumstances(measure: AccountabilityMeasure) -> list[str]:
    answers = {one.circumstance_id: one for one in measure.answers}
    asked = measure.accountability.circumstances.select_related("article").order_by("article__number", "number")
    return [
        sentence(f"{one}——{YES if answers[one.pk].applies else NO}，{answers[one.pk].reason}")
        for one in asked
        if one.pk in answers
    ]


def _opinions(events: Sequence[Event]) -> list[Opinion]:
    """The steps that hold, the decision first: what was returned is endorsed and decided anew."""
    returned = [place for place, event in enumerate(events) if event.verb == Verb.RETURN_MEASURE]
    valid = events[returned[-1] :] if returned else events
    confirmed = (Verb.CONFIRM_MEASURE_DECISION, Verb.CONFIRM_MEASURE_DECLINED)
    handed_in = _newest(valid, Verb.SUBMIT_MEASURE)
    drafted = handed_in or _newest(events, Verb.DRAFT_MEASURE)
    return [
        _decided(_newest(valid, Verb.DECIDE_MEASURE, Verb.DECLINE_MEASURE) or _newest(valid, *confirmed)),
        opinion_of("核稿", _newest(valid, Verb.ENDORSE_MEASURE)),
        opinion_of("拟稿", drafted, ["拟稿，报核。"] if handed_in else []),
    ]


def _decided(event: Event | None) -> Opinion:
    """Of a meeting or a 签批件: which, what was decided and in which words, and the leader who decided, on its day."""
    if event is None or not event.decision_method:
        return opinion_of("审定", event)
    meeting = f"：{event.data['meeting']}" if event.data.get("meeting") else ""
    decided = f"{event.data['decision']}（{event.decision_method}{meeting}）"
    day = chinese_date(date.fromisoformat(str(event.data["given_on"])))
    return Opinion("审定", [sentence(decided), *lines(event.opinion)], str(event.data["approver"]), day)


def _decided_together(measure: AccountabilityMeasure) -> list[Row]:
    """What departments answered, and who stands for the 集体结论; of a rung that is laid with them alone."""
    if not measure.rung.is_joint:
        return []
    item = measure.decision_item
    return [
        Row("有关部门意见", [consulted_words(one) for one in measure.consultations.all()]),
        Row("集体结论", item.names_concluded if item is not None else []),
    ]


def consulted_words(one: Consultation) -> str:
    """What a department answered, and who for it; or that it has not, and why."""
    if one.excuse:
        return sentence(f"{one.department}：未答复，{one.excuse}")
    if one.answered_on is None:
        return sentence(f"{one.department}：尚未答复")
    there = f"，{one.item.meeting.title}" if one.item is not None else ""
    return sentence(f"{one.department}（{one.answered_by}，{chinese_date(one.answered_on)}{there}）：{one.opinion}")


def _newest(events: Iterable[Event], *verbs: str) -> Event | None:
    return next((event for event in reversed(list(events)) if event.verb in verbs), None)
