"""委托审定: made and ended by the leader themself, and what another may decide in their stead."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests import cast
from tests.factories import case_in, later, pdf, set_office, take
from tests.refusals import appoint, by_the_office, not_theirs, refused
from yuetan.actions.people.delegation import delegate_approval, end_delegation
from yuetan.actions.people.unit import end_post
from yuetan.models import Alert, Delegation, Event
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ApprovalMethod, CaseState, DelegationState, PostKind, Verb

DECISIONS = [Verb.APPROVE, Verb.DECLINE]
MONDAY, FRIDAY = cast.MONDAY.date(), cast.MONDAY.date() + timedelta(days=4)


def delegate(by="group_leader", to="deputy", **changed):
    """A delegation for this week, made now."""
    facts = {"delegate": cast.person(to), "begins_on": MONDAY, "ends_on": FRIDAY, "reason": "外出学习"}
    return delegate_approval(by=cast.person(by), **facts | changed)


def change(key, value):
    """The office changes what it allows."""
    set_office(key, value)


@pytest.fixture
def proposed(office):
    """A proposal endorsed and waiting for the leading group."""
    return case_in(CaseState.PROPOSED)


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_delegate_decides_what_the_delegator_might(proposed, group_leader, deputy, verb):
    delegate()
    case = take(verb, proposed, by=deputy)
    assert (case.approver, case.approved_for, case.approval_method) == (deputy, group_leader, ApprovalMethod.ONLINE)
    event = case.events.newest_first()[0]
    assert (event.actor, event.data["delegated"]) == (deputy, "受组长赵四委托")
    assert event.decision_marks == ["受组长赵四委托", event.decided_text]


def test_both_may_withdraw_what_was_decided_in_the_others_stead(proposed, group_leader, deputy):
    delegate()
    case = take(Verb.APPROVE, proposed, by=deputy)
    assert take(Verb.WITHDRAW, case, by=group_leader).state == CaseState.WITHDRAWN


def test_ones_own_right_comes_first_and_the_others_may_be_chosen(proposed, group_leader, first_deputy):
    delegate(to="first_deputy")
    own = take(Verb.APPROVE, proposed, by=first_deputy)
    assert (own.approver, own.approved_for) == (first_deputy, None)
    assert "delegated" not in own.events.newest_first()[0].data
    chosen = take(Verb.APPROVE, case_in(CaseState.PROPOSED), by=first_deputy, delegator=group_leader)
    assert (chosen.approver, chosen.approved_for) == (first_deputy, group_leader)


def test_nobody_decides_in_the_stead_of_who_did_not_ask(proposed, first_deputy, group_leader):
    with refused("办公室设定：赵四没有委托钱五审定，或者委托不在有效期内。", field="delegator"):
        take(Verb.APPROVE, proposed, by=first_deputy, delegator=group_leader)


def test_the_delegator_still_decides(proposed, group_leader):
    delegate()
    assert take(Verb.APPROVE, proposed, by=group_leader).approved_for is None


@pytest.mark.parametrize("days", [-1, 5])
def test_before_the_first_day_and_after_the_last_nothing_is_delegated(office, days):
    delegate(begins_on=MONDAY + timedelta(days=1)) if days < 0 else delegate()
    with later(days=max(days, 0)):
        case = case_in(CaseState.PROPOSED)
        with refused("办公室设定：审定由组长、第一副组长作出，孙六现不任此职，不能审定。"):
            take(Verb.APPROVE, case, by=cast.person("deputy"))


def test_the_last_day_counts(office):
    delegate()
    with later(days=4):
        assert take(Verb.APPROVE, case_in(CaseState.PROPOSED), by=cast.person("deputy")).state == CaseState.APPROVED


def test_it_ends_the_moment_it_is_ended(proposed, group_leader):
    ended = end_delegation(delegate(), by=group_leader)
    assert ended.standing == DelegationState.ENDED
    with refused("办公室设定：审定由组长、第一副组长作出，孙六现不任此职，不能审定。"):
        take(Verb.APPROVE, proposed, by=cast.person("deputy"))
    with refused("2026年11月23日至2026年11月27日的委托已经结束，不能再提前结束。"):
        end_delegation(ended, by=group_leader)
    again = delegate(to="first_deputy")
    assert again.standing == DelegationState.IN_FORCE


@pytest.mark.parametrize("who", ["first_deputy", "deputy", "director", "officer", "head"])
def test_nobody_ends_it_but_who_gave_it(office, request, who):
    made = delegate()
    with not_theirs():
        end_delegation(made, by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["officer", "director", "supervisor", "sysadmin", "auditor", "head", "liaison"])
def test_only_leaders_delegate(office, request, who):
    with not_theirs():
        delegate(by=request.getfixturevalue(who).username)


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"delegate": None, "ends_on": None}, "委托还缺：受托人、结束日期。", "delegate"),
        ({"begins_on": date(2026, 11, 22)}, "委托的开始日期不得早于今天。", "begins_on"),
        (
            {"begins_on": date(2026, 11, 25), "ends_on": date(2026, 11, 24)},
            "委托的结束日期不得早于开始日期（2026年11月25日）。",
            "ends_on",
        ),
        ({"ends_on": date(2026, 12, 23)}, "一次委托最长 30 天，请提前结束日期。", "ends_on"),
    ],
)
def test_what_a_delegation_lacks(office, changed, sentence, field):
    with refused(by_the_office(sentence), field=field):
        delegate(**changed)


def test_to_oneself_or_to_who_is_no_leader(office):
    with refused("办公室设定：受托人不能是委托人本人，请另选一位领导。", field="delegate"):
        delegate(to="group_leader")
    with refused("办公室设定：王三现不任领导小组职务，不能受委托审定。", field="delegate"):
        delegate(to="director")


def test_who_may_not_approve_has_nothing_to_delegate(office):
    with refused("办公室设定：审定由组长、第一副组长作出，孙六现不任此职，没有可以委托的审定权。"):
        delegate(by="deputy", to="first_deputy")


def test_what_was_delegated_is_not_delegated_on(proposed):
    delegate()
    with refused("办公室设定：审定由组长、第一副组长作出，孙六现不任此职，没有可以委托的审定权。"):
        delegate(by="deputy", to="first_deputy")


def test_one_person_at_a_time(office):
    delegate()
    taken = "2026年11月23日至2026年11月27日已委托孙六"
    with refused(f"办公室设定：{taken}，同一天只能委托一人；要改委托他人，请先提前结束这次委托。", field="begins_on"):
        delegate(to="first_deputy", begins_on=FRIDAY, ends_on=FRIDAY + timedelta(days=3))
    assert delegate(to="first_deputy", begins_on=FRIDAY + timedelta(days=1), ends_on=FRIDAY + timedelta(days=3))


def test_the_office_sets_the_longest(office):
    change("delegation_longest_days", 0)
    assert delegate(ends_on=date(2027, 11, 22))


def test_the_office_may_forbid_it_altogether_and_at_once(proposed, deputy):
    delegate()
    change("delegation_allowed", False)
    with refused("办公室设定：审定由组长、第一副组长作出，孙六现不任此职，不能审定。"):
        take(Verb.APPROVE, proposed, by=deputy)
    with refused("办公室设定：不允许委托审定；确需委托的，请办公室主任先修改设定。"):
        delegate(by="first_deputy")
    with refused("“允许委托审定”须选“是”或者“否”。", field="value"):
        change("delegation_allowed", None)


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_delegator_who_must_stand_back_delegates_nothing(proposed, group_leader, deputy, town, verb):
    delegate()
    appoint(group_leader, town, PostKind.LIAISON, "联系领导")
    own = "办公室设定：审定由组长、第一副组长作出，孙六现不任此职，不能审定。"
    with refused(own, "办公室设定：委托人赵四现任被约谈单位棠下镇联系领导，应当回避，不得委托他人审定。"):
        take(verb, proposed, by=deputy)


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_delegate_who_must_stand_back_decides_nothing(proposed, deputy, town, verb):
    delegate()
    appoint(deputy, town, PostKind.LIAISON, "联系领导")
    interviewer = (
        "办公室设定：孙六现任被约谈单位联系领导，应当回避，不能作为约谈人；请退回修改，由拟稿人改选后重新报核。"
    )
    with refused(
        *([interviewer] if verb == Verb.APPROVE else []),
        "办公室设定：孙六现任被约谈单位棠下镇联系领导，应当回避，不得审定，请由其他有权办理的人办理。",
        "办公室设定：审定由组长、第一副组长作出，孙六现不任此职，不能审定。",
    ):
        take(verb, proposed, by=cast.person("deputy"))


def make_leader(person):
    """The first deputy leaves, and somebody of the office takes the post."""
    sysadmin = cast.person("sysadmin")
    end_post(cast.person("first_deputy").posts.get(), by=sysadmin, ended_on=clock.today())
    end_post(person.posts.get(), by=sysadmin, ended_on=clock.today())
    appoint(person, cast.unit(cast.GROUP), PostKind.FIRST_DEPUTY_LEADER, "第一副组长")
    return person.username


@pytest.mark.parametrize("who", ["officer", "director"])
def test_who_drafted_or_endorsed_neither_delegates_nor_decides_for_another(proposed, request, deputy, who):
    person = request.getfixturevalue(who)
    leader = make_leader(person)
    own = "办公室设定：审定由组长、第一副组长作出，孙六现不任此职，不能审定。"
    delegate(by=leader)
    with refused(own, f"办公室设定：委托人{person.name}已拟稿或核稿，不得委托他人审定同一建议。"):
        take(Verb.APPROVE, proposed, by=deputy)
    delegate(to=leader)
    with refused(f"办公室设定：{person.name}已拟稿或核稿，不得再审定同一建议，请由其他有权办理的人办理。"):
        take(Verb.APPROVE, proposed, by=cast.person(leader))


def test_it_ends_with_the_post_of_either(proposed, sysadmin, group_leader):
    delegate()
    end_post(group_leader.posts.get(), by=sysadmin, ended_on=clock.today())
    own = "办公室设定：审定由组长、第一副组长作出，孙六现不任此职，不能审定。"
    with refused(own, "办公室设定：审定由组长、第一副组长作出，委托人赵四现不任此职，委托不再有效，不能据此审定。"):
        take(Verb.APPROVE, proposed, by=cast.person("deputy"))
    end_post(cast.person("deputy").posts.get(), by=sysadmin, ended_on=clock.today())
    with not_theirs():
        take(Verb.APPROVE, proposed, by=cast.person("deputy"))


def signed_by_the_deputy(**changed):
    """What the office registers of a paper the deputy signed."""
    facts = {
        "method": ApprovalMethod.SIGNED_PAPER,
        "approver": cast.person("deputy"),
        "given_on": MONDAY,
        "meeting": "",
    }
    return facts | {"proof": pdf()} | changed


def test_the_office_registers_what_a_delegate_signed(proposed, director, deputy, group_leader):
    delegate()
    with later(days=6):
        take(Verb.REGISTER_DECISION, proposed, **signed_by_the_deputy())
        case = take(Verb.CONFIRM_APPROVAL, proposed)
    assert (case.approver, case.approved_for) == (deputy, group_leader)
    event = case.events.newest_first()[0]
    assert event.decision_marks == ["签批件，2026年11月23日", "受组长赵四委托", event.decided_text]


def test_what_was_signed_on_a_day_without_a_delegation_is_not_registered(proposed):
    begins = MONDAY + timedelta(days=1)
    delegate(begins_on=begins)
    for day in (MONDAY, FRIDAY + timedelta(days=1)):
        then = f"在审定当日（{chinese_date(day)}）"
        with later(days=6), refused(f"办公室设定：审定由组长、第一副组长作出，孙六{then}不任此职，不能审定。"):
            take(Verb.REGISTER_DECISION, proposed, **signed_by_the_deputy(given_on=day))


def test_the_delegate_is_notified_of_the_beginning_and_of_an_early_end(group_leader, deputy):
    end_delegation(delegate(), by=group_leader)
    span = "2026年11月23日至2026年11月27日"
    assert list(Alert.objects.filter(recipient=deputy).order_by("id").values_list("text", flat=True)) == [
        f"赵四委托您审定约谈建议：{span}。",
        f"赵四已提前结束对您的审定委托（{span}），您不再代为审定。",
    ]


def test_the_record_shows_each(group_leader):
    end_delegation(delegate(), by=group_leader)
    facts = {"delegate": "孙六", "span": "2026年11月23日至2026年11月27日"}
    assert list(Event.objects.filter(case=None).order_by("id").values_list("verb", "actor", "data")) == [
        ("delegate_approval", group_leader.pk, facts),
        ("end_delegation", group_leader.pk, facts),
    ]


@pytest.mark.parametrize(
    "changed", [{"ends_on": date(2026, 11, 22)}, {"delegate_id": "delegator"}, {"begins_on": FRIDAY, "ends_on": FRIDAY}]
)
def test_the_database_itself_holds_the_days(group_leader, deputy, changed):
    facts = {"delegator_id": group_leader.pk, "delegate_id": deputy.pk, "begins_on": MONDAY, "ends_on": FRIDAY}
    if changed == {"begins_on": FRIDAY, "ends_on": FRIDAY}:
        Delegation.objects.create(**facts)
    if "delegate_id" in changed:
        changed = {"delegate_id": group_leader.pk}
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(**facts | changed)


def test_what_was_delegated_is_kept_as_it_was(group_leader):
    made = delegate()
    for change_it in (
        lambda: Delegation.objects.update(ends_on=FRIDAY + timedelta(days=9)),
        lambda: made.delete(),
        lambda: Delegation.objects.filter(pk=end_delegation(made, by=group_leader).pk).update(ended_at=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change_it()
