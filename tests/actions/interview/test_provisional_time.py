"""No time is refused because of a year that is not published, unless it is too soon under every arrangement."""

from datetime import datetime

import pytest
import time_machine

from tests import cast
from tests.factories import case_in, keywords
from tests.refusals import refused
from yuetan.actions.interview.notice import serve_notice
from yuetan.actions.rectification.task_deadlines import ask_extension
from yuetan.models import Case
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, Verb

NOTE = "2027年放假安排尚未公布，按暂定推算"


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CHINA_STANDARD_TIME)


@pytest.fixture
def approved(office):
    """Approved, on the last Wednesday of 2026: of three working days one lies in the old year."""
    with time_machine.travel(moment(2026, 12, 30, 9)):
        yield case_in(CaseState.APPROVED)


def serve(case: Case, when: datetime, **changed: object) -> Case:
    usual = {"scheduled_at": when, "unusual_time_accepted": False}
    words = keywords(Verb.SERVE_NOTICE, case) | usual | changed
    return serve_notice(case, by=cast.person("officer"), **words)


def test_a_time_that_may_turn_out_lawful_asks_to_be_confirmed(approved):
    sentence = f"办公室设定：{NOTE}，通知后 3 个工作日之后最早为2027年1月6日；仍按此安排的，请勾选"
    with refused(f"{sentence}“已知悉时间特殊，仍按此安排”。", field="unusual_time_accepted"):
        serve(approved, moment(2027, 1, 4, 9, 30))
    assert serve(approved, moment(2027, 1, 4, 9, 30), unusual_time_accepted=True).state == CaseState.NOTIFIED


def test_a_time_too_soon_under_every_arrangement_is_refused_whatever_is_ticked(approved):
    sentence = "办公室设定：约谈时间须在通知后 3 个工作日之后，最早为2027年1月6日。"
    with refused(sentence, field="scheduled_at"):
        serve(approved, moment(2026, 12, 31, 9, 30), unusual_time_accepted=True)


def test_a_time_lawful_by_what_is_known_needs_no_tick(approved):
    assert serve(approved, moment(2027, 1, 6, 9, 30)).state == CaseState.NOTIFIED


def test_within_a_published_year_nothing_is_confirmed(office):
    case = case_in(CaseState.APPROVED)
    with refused("办公室设定：约谈时间须在通知后 3 个工作日之后，最早为2026年11月27日。", field="scheduled_at"):
        serve(case, moment(2026, 11, 26, 9, 30), unusual_time_accepted=True)


def test_an_extension_is_refused_only_beyond_every_arrangement(office):
    """Thirty working days from a limit in January lead over 春节: how long it will be is not known yet."""
    with time_machine.travel(moment(2026, 12, 30, 9)):
        case = case_in(CaseState.RECTIFYING)
        task = case.tasks.get(number=1)
        head = cast.person(f"head_{cast.TOWN}")
        ask = {"by": head, "task": task, "reason": "跨部门核查尚未完成"}
        with refused("办公室设定：第 1 项整改任务一次最多延期 30 个工作日，最晚为2027年2月23日。", field="new_due_on"):
            ask_extension(case, new_due_on=moment(2027, 4, 30).date(), **ask)
        ask_extension(case, new_due_on=moment(2027, 2, 26).date(), **ask)
