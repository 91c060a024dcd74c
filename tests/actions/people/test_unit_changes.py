"""Units live on: renamed, merged or dissolved with running cases, which go on at the successor by one decision."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests import cast
from tests.factories import case_in, later, letter_in, pdf, picture, take
from tests.ladder import measure_in
from tests.mergers import OPINION, PAPER, merge, merged_and_decided
from tests.refusals import appoint, not_theirs, refused, too_small
from yuetan.actions.people.succession import carry_over
from yuetan.actions.people.unit import begin_post, end_post, retire_unit
from yuetan.actions.people.unit_change import end_unit, rename_unit
from yuetan.models import Alert, Case, Document, Event, Letter, Post, Unit, UnitChange, UnitPaper, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, MeasureState, Party, PostKind, Rank, UnitChangeKind, Verb


@pytest.fixture
def neighbour(office):
    """Another town of the same county, with its own secretary and liaison."""
    unit = Unit.objects.filter(parent__code="440703").exclude(code=cast.TOWN).select_related("parent").first()
    cast.engage("许廿一", "head_neighbour", unit, PostKind.PARTY_SECRETARY, "党委书记", Rank.BELOW_DIVISION)
    cast.engage("何廿二", "liaison_neighbour", unit, PostKind.LIAISON, "联络员")
    return unit


def rename(unit, name="棠下街道", **changed):
    keywords = {"name": name, "effective_on": clock.today(), "paper_number": PAPER, "paper": pdf("批复.pdf")}
    return rename_unit(unit, by=cast.person("sysadmin"), **keywords | changed)


def test_a_renamed_unit_is_the_same_unit_and_past_papers_keep_their_name(town):
    case = case_in(CaseState.RECTIFYING)
    papers = {paper.pk: (paper.addressee, paper.html) for paper in case.documents.all()}
    rename(town)
    case = Case.objects.get(pk=case.pk)
    assert case.unit.full_name == "蓬江区棠下街道"
    assert case.unit_label == "蓬江区棠下街道（原棠下镇）"
    assert {paper.pk: (paper.addressee, paper.html) for paper in case.documents.all()} == papers
    take(Verb.CHASE, case)
    assert take(Verb.ASK_EXTENSION, case).state == CaseState.RECTIFYING
    for words in ("棠下镇", "棠下街道"):
        assert town in Unit.objects.matching(words)


def test_an_approval_outlives_a_new_name_and_the_next_paper_bears_it(town):
    case = case_in(CaseState.APPROVED)
    rename(town)
    case = take(Verb.SERVE_NOTICE, case)
    assert case.current_notice.addressee == "蓬江区棠下街道党工委、办事处"
    with later(days=1):
        assert case_in(CaseState.DRAFTED, draft={"matter": "另一件事"}).unit_label == "蓬江区棠下街道"


@pytest.mark.parametrize("is_open", [False, True])
def test_what_went_over_before_the_unit_knew_of_it_it_does_not_read_afterwards(neighbour, town, is_open):
    case_in(CaseState.NOTIFIED if is_open else CaseState.DRAFTED)
    measure_in(MeasureState.SERVED if is_open else MeasureState.DECIDED)
    merged_and_decided(town, neighbour)
    went_over = Event.objects.filter(verb__startswith="carry_over")
    assert went_over.count() == 2
    assert set(went_over.values_list("is_outer", flat=True)) == {is_open}


def test_a_notice_after_a_handover_and_a_new_name_quotes_the_old_one_by_whom_it_named(sysadmin, town):
    case = case_in(CaseState.NOTIFIED)
    old = case.current_notice
    end_post(Post.objects.current().get(unit=town, kind=PostKind.PARTY_SECRETARY), by=sysadmin, ended_on=clock.today())
    post = begin_post(
        by=sysadmin,
        unit=town,
        kind=PostKind.PARTY_SECRETARY,
        title="党工委书记",
        rank=Rank.BELOW_DIVISION,
        began_on=clock.today(),
        holder=None,
        name="吕二十",
        username="",
        password="",
    )
    rename(town)
    case = take(Verb.RESCHEDULE, case, interviewees=[post])
    words = "".join(re.sub("<[^>]*>", "", case.current_notice.html).split())
    assert f"《{old.title}》（{old.number}）所定约谈" in words
    assert "蓬江区棠下街道党工委书记吕二十" in words


def test_what_a_new_name_lacks(sysadmin, town):
    nothing = {"name": "", "effective_on": None, "paper_number": " ", "paper": None}
    with refused("单位更名还缺：新名称、生效日期、文号、依据文件。"):
        rename(town, **nothing)
    with refused("新名称与现名称“棠下镇”相同，不必更名。", field="name"):
        rename(town, "棠下镇")
    tomorrow = clock.today() + timedelta(days=1)
    with refused("生效日期不得晚于今天：单位变动在生效以后登记。", field="effective_on"):
        rename(town, effective_on=tomorrow)
    rename(town, effective_on=date(2026, 11, 20))
    with refused("生效日期不得早于上一次更名的日期（2026年11月20日）。", field="effective_on"):
        rename(town, "棠下新城", effective_on=date(2026, 11, 1))
    town.refresh_from_db()
    assert (town.name_on(date(2026, 11, 19)), town.name_on(date(2026, 11, 20))) == ("棠下镇", "棠下街道")
    assert Event.objects.get(verb="rename_unit").data["unit"] == "棠下镇"


def test_the_same_day_the_one_units_people_lose_and_the_others_gain(town, neighbour, head, liaison):
    case = case_in(CaseState.RECTIFYING)
    letter = letter_in(LetterState.ISSUED, to=town)
    change = merge(town, neighbour)
    for before in (cast.head(cast.TOWN), cast.liaison(cast.TOWN)):
        assert not Case.objects.visible_to(before).exists()
        assert not Document.objects.visible_to(before).exists()
        assert not before.current_posts
    carry_over(change, by=cast.person("director"), opinion=OPINION)
    for username in ("head_neighbour", "liaison_neighbour"):
        after = cast.person(username)
        assert Case.objects.visible_to(after).get() == case
        assert Letter.objects.visible_to(after).get() == letter
        assert [alert.text for alert in Alert.objects.visible_to(after).order_by("pk")][-1].endswith(
            "转由承接单位办理。"
        )
    case, letter = Case.objects.get(pk=case.pk), Letter.objects.get(pk=letter.pk)
    assert case.unit == letter.unit == neighbour
    assert case.unit_label == letter.unit_label == f"{neighbour.full_name}（原棠下镇）"
    event = case.events.newest_first()[0]
    assert (event.verb, event.opinion, event.data["successor"]) == (Verb.CARRY_OVER, OPINION, neighbour.full_name)
    assert PAPER in event.data["change"]


def test_a_case_goes_on_to_its_end_at_the_successor(town, neighbour):
    case = case_in(CaseState.RECTIFYING)
    before = case.proposal_sha256
    merged_and_decided(town, neighbour)
    secretary = cast.person("head_neighbour")
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT):
        case = take(verb, case, by=secretary)
    for verb in (Verb.ACCEPT_TASK, Verb.ACCEPT_TASK, Verb.BEGIN_INSPECTION, Verb.CONCLUDE_INSPECTION, Verb.CLOSE):
        case = take(verb, case)
    assert case.state == CaseState.CLOSED
    assert case.proposal_sha256 == before


def test_the_minutes_of_an_interview_held_before_go_on_too(town, neighbour):
    case = case_in(CaseState.INTERVIEWED)
    merged_and_decided(town, neighbour)
    for verb in (Verb.CONFIRM_MINUTES, Verb.SEND_MINUTES):
        case = take(verb, case)
    case = take(Verb.ANSWER_MINUTES, case, by=cast.person("head_neighbour"))
    case = take(Verb.ISSUE_MINUTES, case)
    assert take(Verb.ASSIGN, case).state == CaseState.RECTIFYING
    minutes = case.current_minutes
    assert minutes.addressee == neighbour.organs_addressed
    assert "约谈了蓬江区棠下镇党委书记" in "".join(re.sub("<[^>]*>", "", minutes.html).split())


@pytest.mark.parametrize(
    ("state", "verb", "remedy", "healed"),
    [
        (CaseState.IN_REVIEW, Verb.ENDORSE, "请退回修改，由拟稿人重新选定约谈对象后报核", Verb.RETURN_FOR_CHANGES),
        (CaseState.PROPOSED, Verb.APPROVE, "请退回修改，由拟稿人重新选定约谈对象后报核", Verb.RETURN_FOR_CHANGES),
        (CaseState.APPROVED, Verb.SERVE_NOTICE, "请审定领导撤回，另行提出建议、报审定", Verb.WITHDRAW),
        (CaseState.NOTIFIED, Verb.RESCHEDULE, "请审定领导撤回，另行提出建议、报审定", Verb.WITHDRAW),
    ],
)
def test_before_the_interview_nothing_decided_about_one_unit_is_done_to_another(
    town, neighbour, state, verb, remedy, healed
):
    case = case_in(state)
    change = merge(town, neighbour)
    waits = f"办公室设定：棠下镇已撤并，须先由办公室主任将其事项转由承接单位{neighbour.full_name}办理。"
    with refused(waits):
        take(verb, case)
    carry_over(change, by=cast.person("director"), opinion=OPINION)
    sentence = f"办公室设定：本事项是就蓬江区棠下镇提出的，现由{neighbour.full_name}承接，不能按原建议继续：{remedy}。"
    with refused(sentence):
        take(verb, case)
    case = take(healed, case)
    assert case.state in (CaseState.DRAFTED, CaseState.WITHDRAWN)


def test_a_draft_is_proposed_anew_about_the_successor(town, neighbour):
    case = case_in(CaseState.PROPOSED)
    merged_and_decided(town, neighbour)
    case = take(Verb.RETURN_FOR_CHANGES, case)
    case = take(Verb.REVISE_DRAFT, case, interviewees=list(neighbour.heads()))
    assert case.first_unit is None
    for verb in (Verb.SUBMIT, Verb.ENDORSE, Verb.APPROVE):
        case = take(verb, case)
    assert case.state == CaseState.APPROVED


def test_what_was_held_before_the_end_of_the_unit_may_still_be_recorded(town, neighbour):
    case = case_in(CaseState.NOTIFIED)
    with later(days=30):
        merged_and_decided(town, neighbour)
        assert take(Verb.HOLD_INTERVIEW, case).state == CaseState.INTERVIEWED


def test_a_successor_may_itself_go_on_in_another(town, neighbour, sysadmin):
    case = case_in(CaseState.RECTIFYING)
    last = Unit.objects.filter(parent=town.parent).exclude(pk__in=[town.pk, neighbour.pk]).first()
    first = merge(town, neighbour)
    second = merge(neighbour, last)
    carry_over(first, by=cast.person("director"), opinion=OPINION)
    assert Case.objects.get(pk=case.pk).unit == last
    carry_over(second, by=cast.person("director"), opinion=OPINION)
    assert Case.objects.get(pk=case.pk).first_unit == town


def test_a_unit_with_anything_unfinished_does_not_end_without_a_successor(town, sysadmin):
    case_in(CaseState.RECTIFYING)
    sentence = "办公室设定：棠下镇还有未了结的事务，不能没有承接单位：请在“单位撤并”中选择承接单位，写明日期和文号。"
    with refused(sentence, field="successor"):
        merge(town, None, kind=UnitChangeKind.DISSOLVED)
    Post.objects.filter(unit=town).update(ended_on=clock.today())
    with refused(sentence):
        retire_unit(town, by=sysadmin)


def test_a_unit_without_anything_unfinished_may(town):
    change = merge(town, None, kind=UnitChangeKind.DISSOLVED)
    town.refresh_from_db()
    assert town.retired_on == clock.today()
    assert change.words == f"2026年11月23日撤销，无承接单位（{PAPER}）"


def test_what_an_end_lacks(town, county, member_unit, neighbour):
    nothing = {"kind": "", "effective_on": None, "paper_number": "", "paper": None}
    with refused("单位撤并还缺：撤并方式、生效日期、文号、依据文件。"):
        merge(town, None, **nothing)
    with refused("单位撤并还缺：承接单位。"):
        merge(town, None)
    for unfit in (member_unit, county, town):
        sentence = f"{unfit.full_name}不能承接蓬江区棠下镇：承接单位须为在用的同类单位，或者镇（街）所属的市（区）。"
        with refused(f"办公室设定：{sentence}", field="successor"):
            merge(town, unfit)
    with refused("新会区还有在用的下级单位，不能撤并；请先变更下级单位的隶属。"):
        merge(county, Unit.objects.get(code="440703"))
    merge(town, town.parent)
    with refused("棠下镇已停用，不能再办理。"):
        merge(town, neighbour)


def test_it_takes_two_persons_and_is_decided_once(town, neighbour, director):
    case_in(CaseState.RECTIFYING)
    change = merge(town, neighbour)
    with refused("尚未填写意见。", field="opinion"):
        carry_over(change, by=director, opinion=" ")
    with refused(
        "所填的“无”看不出内容，请写明具体情况（尚未填写意见）。",
        field="opinion",
    ):
        carry_over(change, by=director, opinion="无")
    for who in ("sysadmin", "officer", "group_leader", "supervisor", "head_neighbour"):
        with not_theirs():
            carry_over(change, by=cast.person(who), opinion=OPINION)
    carry_over(change, by=director, opinion=OPINION)
    with refused("棠下镇没有待转办的撤并，不必转办。"):
        carry_over(change, by=director, opinion=OPINION)


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "supervisor", "auditor", "head"])
def test_nobody_but_the_administrator_registers_it(request, town, who):
    by = request.getfixturevalue(who)
    with not_theirs():
        rename_unit(town, by=by, name="新镇", effective_on=clock.today(), paper_number=PAPER, paper=pdf())
    with not_theirs():
        end_unit(
            town,
            by=by,
            kind=UnitChangeKind.DISSOLVED,
            successor=None,
            effective_on=clock.today(),
            paper_number=PAPER,
            paper=pdf(),
        )


def test_who_moves_to_the_successor_stands_back_and_only_its_groups_are_granted(town, neighbour, second_officer):
    case = case_in(CaseState.RECTIFYING)
    merged_and_decided(town, neighbour)
    appoint(second_officer, neighbour, PostKind.LIAISON, "联络员")
    with not_theirs():
        take(Verb.CHASE, case, by=User.objects.get(pk=second_officer.pk))
    case = Case.objects.get(pk=case.pk)
    groups = set(case.group_grants.values_list("group__name", flat=True))
    assert groups == {neighbour.group_name(party) for party in (Party.UNIT_HEAD, Party.UNIT_LIAISON)}


def test_what_was_registered_is_kept_as_it_was(town, neighbour):
    change = merged_and_decided(town, neighbour)
    paper = UnitPaper.objects.get(change=change)
    tries = (
        paper.delete,
        lambda: UnitChange.objects.filter(pk=change.pk).update(paper_number="改"),
        lambda: UnitChange.objects.filter(pk=change.pk).update(opinion="改"),
        lambda: Unit.objects.filter(pk=town.pk).update(first_code="改"),
    )
    for deed in tries:
        with pytest.raises(DatabaseError, match=r"kept as written|permission denied"), transaction.atomic():
            deed()


def test_the_paper_of_a_change_can_be_read(town):
    with refused(too_small("批复.png"), field="paper"):
        rename(town, paper=picture("批复.png", 8, 8))
    assert not UnitChange.objects.exists()


def test_the_organs_named_for_papers_bear_the_new_name_too(town):
    Unit.objects.filter(pk=town.pk).update(addressee="中共蓬江区棠下镇委员会")
    rename(Unit.objects.get(pk=town.pk), name="棠西镇")
    assert Unit.objects.get(pk=town.pk).organs_addressed == "中共蓬江区棠西镇委员会"
