"""提醒函 in the browser: who sees which, who drafts, signs and signs for, and what a refusal looks like."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import case_in, letter_in
from tests.views.queries import queries_of
from tests.web import Visitor, browser
from yuetan.models import Document, Event, Letter, NumberCounter, Receipt, Unit, User
from yuetan.vocabulary import CaseState, LetterCapacity, LetterState


def entered(unit: Unit, **changed: object) -> dict[str, object]:
    """A letter as a supervisor types it."""
    facts = {
        "unit": unit.pk,
        "capacity": LetterCapacity.MEMBER_UNIT,
        "lead_matter": "",
        "case": "",
        "matter": "行业乱象整治进展缓慢",
        "problems": "三项整治任务均未按期启动。",
        "requirements": "抓紧部署，书面反馈。",
    }
    return facts | changed


def page(client: Client, letter: Letter) -> str:
    return client.get(reverse("letter", args=[letter.pk])).content.decode()


def test_supervisor_drafts_and_comes_to_the_letter(client: Client, supervisor: User, member_unit: Unit) -> None:
    client.force_login(supervisor)
    answer = client.post(reverse("draft_letter"), entered(member_unit), follow=True)
    letter = Letter.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("letter", args=[letter.pk])
    assert "提醒函已起草" in answer.content.decode()


def test_draft_starts_from_a_case(client: Client, supervisor: User) -> None:
    case = case_in(CaseState.RECTIFYING)
    client.force_login(supervisor)
    form = client.get(reverse("draft_letter"), {"case": case.pk}).context["form"]
    assert form.initial == {
        "case": case.pk,
        "unit": case.unit_id,
        "capacity": LetterCapacity.LEAD_UNIT,
        "matter": case.matter,
    }


@pytest.mark.parametrize("asked", ["no-uuid", str(uuid.UUID(int=7))])
def test_draft_from_a_case_that_is_not_there_is_not_found(client: Client, supervisor: User, asked: str) -> None:
    client.force_login(supervisor)
    assert client.get(reverse("draft_letter"), {"case": asked}).status_code == 404


def test_only_open_cases_are_offered(client: Client, supervisor: User) -> None:
    open_case, ended = case_in(CaseState.NOTIFIED), case_in(CaseState.DECLINED)
    client.force_login(supervisor)
    offered = client.get(reverse("draft_letter")).context["form"].fields["case"].queryset
    assert open_case in offered
    assert ended not in offered


def test_units_are_grouped_with_the_member_units_first(client: Client, supervisor: User) -> None:
    client.force_login(supervisor)
    groups = [name for name, _ in client.get(reverse("draft_letter")).context["form"].fields["unit"].choices]
    assert groups[:4] == ["", "成员单位", "市（区）", "蓬江区各镇（街）"]


def test_letter_without_an_addressee_is_refused_by_its_article(client: Client, supervisor: User, town: Unit) -> None:
    client.force_login(supervisor)
    answer = client.post(reverse("draft_letter"), entered(town) | {"unit": ""})
    assert answer.status_code == 422
    assert "依据第十条第三项，尚未选择提醒函的主送单位。" in answer.content.decode()


def test_refused_draft_keeps_what_was_typed(client: Client, supervisor: User, town: Unit) -> None:
    client.force_login(supervisor)
    answer = client.post(reverse("draft_letter"), entered(town, requirements=""))
    words = answer.content.decode()
    assert "提醒函还缺：工作要求。" in words
    assert "棠下镇不是成员单位" in words
    assert "三项整治任务均未按期启动。" in words
    assert not Letter.objects.exists()


def test_no_one_else_drafts(client: Client, officer: User, member_unit: Unit) -> None:
    client.force_login(officer)
    assert client.get(reverse("draft_letter")).status_code == 403
    assert client.post(reverse("draft_letter"), entered(member_unit)).status_code == 403


def test_signing_shows_the_paper_and_leaves_no_trace(client: Client, group_leader: User) -> None:
    letter = letter_in(LetterState.DRAFTED)
    events = Event.objects.count()
    client.force_login(group_leader)
    words = client.get(reverse("approve_letter", args=[letter.pk])).content.decode()
    assert 'class="sheet' in words
    assert "江扫黑函〔2026〕1号" in words
    assert "<body>" not in words.split('class="paper"')[1]
    assert (Document.objects.count(), NumberCounter.objects.count()) == (0, 0)
    assert Event.objects.count() == events
    assert Letter.objects.get().state == LetterState.DRAFTED


def test_typed_markup_is_shown_as_text_on_the_paper(client: Client, group_leader: User) -> None:
    letter = letter_in(LetterState.DRAFTED, problems="<script>alert(1)</script>")
    client.force_login(group_leader)
    words = client.get(reverse("approve_letter", args=[letter.pk])).content.decode()
    assert "<script>alert" not in words
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words


def test_leader_signs(client: Client, group_leader: User) -> None:
    letter = letter_in(LetterState.DRAFTED)
    client.force_login(group_leader)
    sent = {"confirmed": "1", "seen": letter.digest}
    answer = client.post(reverse("approve_letter", args=[letter.pk]), sent, follow=True)
    assert "提醒函已签发，文号为江扫黑函〔2026〕1号。" in answer.content.decode()
    assert Letter.objects.get().state == LetterState.ISSUED


@pytest.mark.parametrize("sent", [{}, {"seen": ""}])
def test_leader_who_was_shown_no_text_is_sent_back_to_it(
    client: Client, group_leader: User, sent: dict[str, str]
) -> None:
    letter = letter_in(LetterState.DRAFTED)
    client.force_login(group_leader)
    answer = client.post(reverse("approve_letter", args=[letter.pk]), {"confirmed": "1", **sent})
    assert answer.status_code == 422
    assert "提醒函须看过现在的文本再签发，请返回提醒函，重新打开签发页核对。" in answer.content.decode()
    assert Letter.objects.get().state == LetterState.DRAFTED


def test_signing_wants_the_confirmation(client: Client, group_leader: User) -> None:
    letter = letter_in(LetterState.DRAFTED)
    client.force_login(group_leader)
    client.post(reverse("approve_letter", args=[letter.pk]))
    back = client.post(reverse("approve_letter", args=[letter.pk]), {"edit": "1"})
    assert back.url == reverse("letter", args=[letter.pk])
    assert Letter.objects.get().state == LetterState.DRAFTED


def test_leader_does_not_sign_what_they_drafted(client: Client, group_leader: User) -> None:
    letter = letter_in(LetterState.DRAFTED)
    Letter.objects.update(drafter=group_leader)
    client.force_login(group_leader)
    reason = "赵四是拟稿人，不得签发本人起草的提醒函，请由其他有权办理的人办理。"
    assert reason in page(client, letter)
    assert reason in client.get(reverse("approve_letter", args=[letter.pk])).content.decode()
    answer = client.post(reverse("approve_letter", args=[letter.pk]), {"confirmed": "1"})
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert Letter.objects.get().state == LetterState.DRAFTED


def test_second_signature_reads_of_the_first(client: Client, first_deputy: User) -> None:
    letter = letter_in(LetterState.ISSUED)
    client.force_login(first_deputy)
    answer = client.post(reverse("approve_letter", args=[letter.pk]), {"confirmed": "1"})
    assert answer.status_code == 409
    assert "赵四" in answer.content.decode()


@pytest.mark.parametrize("who", ["supervisor", "director", "officer"])
def test_only_leaders_sign(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    letter = letter_in(LetterState.DRAFTED)
    assert client.post(reverse("approve_letter", args=[letter.pk]), {"confirmed": "1"}).status_code == 403


def test_unit_does_not_see_a_draft(client: Client, member_head: User) -> None:
    letter = letter_in(LetterState.DRAFTED)
    client.force_login(member_head)
    assert client.get(reverse("letter", args=[letter.pk])).status_code == 404
    assert list(client.get(reverse("letter_list")).context["rows"]) == []


def test_unit_sees_its_issued_letter_and_nothing_inner(client: Client, member_head: User) -> None:
    letter = letter_in(LetterState.ISSUED)
    client.force_login(member_head)
    words = page(client, letter)
    assert "江扫黑函〔2026〕1号" in words
    assert "签收提醒函" in words
    for inner in ("周七", "赵四", "起草"):
        assert inner not in words


def test_case_behind_a_letter_is_not_shown_to_the_unit(client: Client, head: User, supervisor: User) -> None:
    case = case_in(CaseState.DRAFTED)
    letter = letter_in(LetterState.ISSUED, to=case.unit, case=case)
    client.force_login(supervisor)
    assert case.register_number in page(client, letter)
    client.force_login(head)
    words = page(client, letter)
    assert case.register_number not in words
    assert str(case.pk) not in words


def test_other_units_do_not_see_it(client: Client, other_head: User, sysadmin: User, auditor: User) -> None:
    letter = letter_in(LetterState.ISSUED)
    for user in (other_head, sysadmin, auditor):
        client.force_login(user)
        for name in ("letter", "approve_letter", "acknowledge_letter"):
            assert client.get(reverse(name, args=[letter.pk])).status_code == 404


def test_unit_acknowledges_once(client: Client, member_liaison: User, member_head: User) -> None:
    letter = letter_in(LetterState.ISSUED)
    address = reverse("acknowledge_letter", args=[letter.pk])
    client.force_login(member_liaison)
    assert "确认签收" in client.get(address).content.decode()
    client.post(address)
    assert not Receipt.objects.exists()
    assert "提醒函已签收。" in client.post(address, {"confirmed": "1"}, follow=True).content.decode()
    assert Receipt.objects.get().signed_by == member_liaison
    client.force_login(member_head)
    assert "签收提醒函</a>" not in page(client, letter)
    again = client.post(address, {"confirmed": "1"})
    assert again.status_code == 422
    assert "本函已由杨十七于" in again.content.decode()


def test_office_does_not_acknowledge(client: Client, supervisor: User) -> None:
    letter = letter_in(LetterState.ISSUED)
    client.force_login(supervisor)
    assert client.get(reverse("acknowledge_letter", args=[letter.pk])).status_code == 403


def test_list_costs_the_same_for_more_rows(client: Client, supervisor: User) -> None:
    letter_in(LetterState.ISSUED)
    client.force_login(supervisor)
    cost = queries_of(client, reverse("letter_list"))
    letter_in(LetterState.ISSUED)
    letter_in(LetterState.DRAFTED)
    assert queries_of(client, reverse("letter_list")) == cost
    assert len(client.get(reverse("letter_list")).context["rows"]) == 3


def test_a_letter_goes_back_and_forth_in_the_browser(supervisor: User, group_leader: User, member_head: User) -> None:
    letter = letter_in(LetterState.DRAFTED)
    leader = Visitor(group_leader)
    leader.open(f"/letters/{letter.pk}/")
    leader.open(leader.page.link("退回提醒函"))
    assert "尚未写明退回的原因" in leader.press("退回修改", expect=422, reason="")
    assert "待修改" in leader.press("退回修改", reason="问题写得太笼统。")
    visitor = Visitor(supervisor)
    assert "修改提醒函" in visitor.open("/")
    page = visitor.open(f"/letters/{letter.pk}/revise/")
    assert "问题写得太笼统。" in page
    assert "三项整治任务均未按期启动。" in page
    assert "待签发" in visitor.press("保存，重新送签发", problems="三项任务逾期一个月。")
    leader.open(f"/letters/{letter.pk}/approve/")
    Letter.objects.update(problems="别人改过的文字。")
    leader.press("确认签发", expect=409)
    leader.open(f"/letters/{letter.pk}/approve/")
    assert "提醒函已签发" in leader.press("确认签发")
    page = Visitor(member_head).open(f"/letters/{letter.pk}/")
    assert "退回" not in page
    assert "修改" not in page


@pytest.mark.parametrize(
    ("state", "who", "name"),
    [
        (LetterState.DRAFTED, "officer", "register_letter_receipt"),
        (LetterState.DRAFTED, "officer", "register_letter_answer"),
        (LetterState.ISSUED, "group_leader", "return_letter"),
        (LetterState.ISSUED, "supervisor", "cancel_letter"),
    ],
)
def test_no_form_is_shown_in_vain(office: object, state: LetterState, who: str, name: str) -> None:
    assert browser(who).get(reverse(name, args=[letter_in(state).pk])).status_code == 409


def test_what_was_written_for_a_letter_that_has_moved_on_comes_back(office: object) -> None:
    url = reverse("return_letter", args=[letter_in(LetterState.ISSUED).pk])
    answer = browser("group_leader").post(url, {"reason": "第二段的数字请核实。"})
    assert answer.status_code == 409
    assert "第二段的数字请核实。" in answer.content.decode()
