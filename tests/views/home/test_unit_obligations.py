"""The first page of the interviewed side: what is asked, until when, of whom, and what was handed in."""

import pytest
from django.test import Client

from tests import cast
from tests.assignments import given
from tests.factories import case_after, case_in, later, letter_in, pdf, succeed, take
from tests.ladder import listed_in, measure_in
from tests.meetings import convened
from tests.received import received
from tests.refusals import appoint
from tests.rounds import announced
from tests.views.queries import queries_of, statements_of
from tests.web import BACKEND, Visitor
from yuetan.vocabulary import CaseState, LetterState, MeasureState, PostKind, Verb

MAX_STATEMENTS = 36  # of a home with something in every room, the frame's own among them
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def at_home(username):
    """What somebody reads first."""
    return Visitor(cast.person(username)).open("/")


def link_of(page, words):
    return dict(page.links).get(words)


def step(case, verb):
    return f"/cases/{case.pk}/steps/{verb}/"


def test_what_a_notice_asks_with_its_dates(office):
    case = case_in(CaseState.NOTIFIED)
    for username in (HEAD, LIAISON):
        page = at_home(username)
        for words in ("剩 1 个工作日 2026年11月24日", "剩 4 个工作日 2026年11月27日", "剩 5 个工作日 2026年11月30日"):
            assert words in page
        assert "2026年11月30日（星期一）上午9:00，市扫黑办会议室" in page
        assert link_of(page, "签收通知") == step(case, Verb.ACKNOWLEDGE_RECEIPT)
        assert link_of(page, "填写书面材料") == step(case, Verb.PREPARE_SUBMISSION)


def test_the_liaison_prepares_and_sees_what_waits_for_the_head(office):
    case = take(Verb.PREPARE_SUBMISSION, case_in(CaseState.NOTIFIED), causes="")
    assert "草稿还缺：原因分析" in at_home(LIAISON)
    take(Verb.PREPARE_SUBMISSION, case)
    page = at_home(LIAISON)
    assert "草稿已齐，待主要领导提交" in page
    assert link_of(page, "提交书面材料") is None
    assert link_of(page, "填写书面材料") == step(case, Verb.PREPARE_SUBMISSION)
    assert link_of(at_home(HEAD), "提交书面材料") == step(case, Verb.HAND_IN_SUBMISSION)


def test_what_was_handed_in_with_its_dates_and_late_ones_marked(office):
    case = take(Verb.ACKNOWLEDGE_RECEIPT, case_in(CaseState.NOTIFIED))
    take(Verb.PREPARE_SUBMISSION, case)
    take(Verb.HAND_IN_SUBMISSION, case)
    take(Verb.PREPARE_SUBMISSION, case)
    with later(days=5):
        take(Verb.HAND_IN_SUBMISSION, case)
        page = at_home(LIAISON)
    assert "褚十二于2026年11月23日 10:00签收" in page
    assert "第 1 稿，冯十于2026年11月23日 10:00提交 第 2 稿，冯十于2026年11月28日 10:00提交 逾期提交" in page
    assert page.words.count("逾期提交") == 1


def test_a_receipt_of_paper_says_so(office):
    take(Verb.REGISTER_RECEIPT, case_in(CaseState.NOTIFIED))
    assert "褚十二于2026年11月23日签收，纸质回执" in at_home(HEAD)


def test_answers_and_reports(office):
    case = case_in(CaseState.RECTIFYING)
    page = at_home(HEAD)
    assert "无异议，2026年11月" in page
    tasks = list(case.tasks.all())
    assert [link_of(page, f"填写整改报告（第 {task.number} 项）") for task in tasks] == [
        f"{step(case, Verb.PREPARE_REPORT)}?task={task.pk}" for task in tasks
    ]
    with later(days=20):
        take(Verb.PREPARE_REPORT, case)
        assert link_of(at_home(HEAD), "报送整改报告（第 1 项）") is not None
        assert link_of(at_home(LIAISON), "报送整改报告（第 1 项）") is None
        assert "报告已填写，待主要领导报送" in at_home(LIAISON)
        take(Verb.HAND_IN_REPORT, case)
        assert "第 1 次报告，2026年12月13日 10:00报送 逾期报送" in at_home(LIAISON)


def test_leave_stands_beside_the_interview(office):
    case = take(Verb.ASK_LEAVE, case_in(CaseState.NOTIFIED))
    assert "冯十请假：待审批" in at_home(LIAISON)
    take(Verb.DECIDE_LEAVE, case)
    assert "冯十请假：获准" in at_home(LIAISON)


def test_letters_are_signed_for_here_too(office, town):
    letter = letter_in(LetterState.ISSUED, to=town)
    page = at_home(LIAISON)
    assert link_of(page, "签收提醒函") == f"/letters/{letter.pk}/"


def test_nothing_of_other_units_and_nothing_before_the_notice(office, division_town):
    case_in(CaseState.APPROVED, draft={"matter": "未通知的事"})
    case_in(CaseState.NOTIFIED, unit=division_town, draft={"matter": "别处的事"})
    letter_in(LetterState.DRAFTED, to=cast.unit(cast.TOWN), matter="未签发的事")
    for username in (HEAD, LIAISON):
        page = at_home(username)
        assert "现在没有需要本单位办理的事项。" in page
        assert not any(words in page for words in ("未通知的事", "别处的事", "未签发的事"))


def test_the_successor_finds_it_all_and_the_predecessor_nothing(head):
    case = take(Verb.PREPARE_SUBMISSION, case_in(CaseState.NOTIFIED), files=[pdf("草稿.pdf")])
    take(Verb.ACKNOWLEDGE_RECEIPT, case)
    take(Verb.ASK_LEAVE, case)
    succeed(head, "吕四十", account="successor")
    page = at_home("successor")
    assert "草稿已齐，待主要领导提交" in page
    assert "褚十二于2026年11月23日 10:00签收" in page
    former = Visitor(cast.person(HEAD))
    assert former.open("/").heading == "登录"
    file = case.attachments.get()
    for url in (f"/cases/{case.pk}/", f"/files/{file.pk}/", step(case, Verb.PREPARE_SUBMISSION)):
        answer = Visitor(cast.person("successor")).client.get(url)
        assert (answer.status_code, bool(b"".join(answer))) == (200, True), url
        assert former.open(url).heading == "登录"
    for verb in (Verb.HAND_IN_SUBMISSION, Verb.ASK_LEAVE, Verb.ACKNOWLEDGE_RECEIPT):
        assert former.open(step(case, verb)).heading == "登录"
    assert former.open(f"/documents/{case.current_notice.pk}/").heading == "登录"
    assert case.title not in former.open("/cases/")


def test_who_works_in_the_office_too_has_both_tables(supervisor, town):
    case_in(CaseState.NOTIFIED, draft={"matter": "本单位的事"})
    case_after(Verb.HAND_IN_REPORT, unit=cast.unit(cast.DIVISION_TOWN), draft={"matter": "督查的事"})
    appoint(supervisor, town, PostKind.LIAISON, "联络员")
    page = at_home("supervisor")
    assert "签收通知" in page.words[: page.words.index("需要我办理")]
    duties = page.words[page.words.index("需要我办理") :]
    assert "督查的事" in duties
    assert "本单位的事" not in duties


@pytest.mark.parametrize("after", [Verb.HAND_IN_SUBMISSION, Verb.HAND_IN_REPORT])
def test_three_cases_cost_what_one_costs(office, after):
    client = Client()
    client.force_login(cast.person(LIAISON), backend=BACKEND)
    case_after(after)
    client.get("/")
    one = queries_of(client, "/")
    case_after(after)
    case_after(after)
    assert queries_of(client, "/") == one


def test_what_hands_tasks_out_is_read_together_whatever_it_is(office, town):
    """A case, two kinds of measures, a 交办事项, a letter, a meeting and a visit of a round, and then more of each."""

    def asked_of_all(number: int) -> None:
        case_after(Verb.HAND_IN_REPORT, draft={"matter": f"第{number}件"})
        measure_in(MeasureState.SERVED, matter=f"第{number}件通报")
        listed_in(MeasureState.SERVED, matter=f"第{number}件挂牌")
        given(received(matter=f"第{number}件来函", number=f"江检建〔2026〕{number}号"))
        letter_in(LetterState.ISSUED, to=town, matter=f"第{number}件提醒")
        convened(topic=f"第{number}次")
        announced(title=f"第{number}次督导")

    client = Client()
    client.force_login(cast.person(LIAISON), backend=BACKEND)
    asked_of_all(1)
    client.get("/")
    once = statements_of(client, "/")
    for number in (2, 3):
        asked_of_all(number)
    assert len(statements_of(client, "/")) == len(once) <= MAX_STATEMENTS
    for table in ("task", "pause", "chase", "taskreport", "document"):
        asked = [each for each in once if f'FROM "yuetan_{table}"' in each.partition("WHERE")[0]]
        assert len(asked) == 1, table
