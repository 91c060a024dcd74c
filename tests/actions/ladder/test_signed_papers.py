"""签批件 of a measure: one person of the office registers it with a scan that can be read, another compares it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.cast import COUNTY, TOWN, head, person, unit
from tests.consistency import check_all
from tests.factories import later, pdf, picture
from tests.ladder import listed_in, measure_anew, measure_in, take
from tests.meetings import post_of
from tests.refusals import appoint, not_theirs, nothing_stored, refused
from tests.vetoes import veto_in
from tests.web import Visitor
from yuetan.actions.people.unit import end_post
from yuetan.documents.office_form_pdf import internal_content
from yuetan.errors import Refused, StateChanged
from yuetan.models import AccountabilityMeasure, Attachment, DecisionRegistration, Event, PendingStep
from yuetan.models.ladder.restricted import decided_on
from yuetan.models.meeting.agenda_item import measures_to_decide
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    ApprovalMethod,
    DecisionKind,
    DocumentKind,
    FilePurpose,
    MeasureState,
    PostKind,
    Verb,
)

pytestmark = pytest.mark.usefixtures("office")
MONDAY = date(2026, 11, 23)
CONFIRMS = {
    DecisionKind.APPROVED: Verb.CONFIRM_MEASURE_DECISION,
    DecisionKind.DECLINED: Verb.CONFIRM_MEASURE_DECLINED,
}


@pytest.fixture
def proposed() -> AccountabilityMeasure:
    """A 挂牌督办 endorsed on this Monday and waiting for a leader."""
    return listed_in(MeasureState.PROPOSED)


def registered(proposed: AccountabilityMeasure, **changed) -> AccountabilityMeasure:
    return take(Verb.REGISTER_MEASURE_PAPER, proposed, **changed)


def awaited(measure: AccountabilityMeasure) -> set[str]:
    return set(PendingStep.objects.filter(measure_laid=measure).values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("decision", "words", "end"),
    [
        (DecisionKind.APPROVED, "审定同意", MeasureState.DECIDED),
        (DecisionKind.DECLINED, "不予实施", MeasureState.DECLINED),
    ],
)
def test_one_registers_and_another_compares(proposed, decision, words, end) -> None:
    waiting = registered(proposed, decision=decision, proof=pdf())
    assert (waiting.state, waiting.decider) == (MeasureState.PROPOSED, None)
    proof = waiting.attachments.get()
    assert (proof.purpose, proof.name, proof.uploaded_by) == (FilePurpose.APPROVAL, "扫描件.pdf", person("officer"))
    assert CONFIRMS[decision] in awaited(waiting)
    done = take(CONFIRMS[decision], waiting)
    leader = person("group_leader")
    assert (done.state, done.confirmed_by) == (end, person("director"))
    assert done.decider == (leader if end == MeasureState.DECIDED else None)
    row = DecisionRegistration.objects.get(measure_laid=done)
    assert (row.registered_by, row.reviewed_by, row.accepted) == (person("officer"), person("director"), True)
    event = Event.objects.get(measure_laid=done, verb=CONFIRMS[decision])
    assert (event.opinion, event.data) == (
        "同意。",
        {
            "decision": words,
            "method": ApprovalMethod.SIGNED_PAPER,
            "approver": f"赵四（{leader.title}）",
            "given_on": "2026-11-23",
            "sha256": proposed.digest,
            "registered_by": "张一",
        },
    )
    check_all()


def test_what_it_decided_is_served_like_any_other() -> None:
    decided = take(Verb.CONFIRM_MEASURE_DECISION, registered(measure_anew(MeasureState.PROPOSED)))
    served = take(Verb.SERVE_MEASURE, decided)
    assert (served.state, served.decided_sha256) == (MeasureState.SERVED, served.digest)
    check_all()


def test_article_30_a_veto_is_decided_by_no_paper() -> None:
    sentence = (
        "依据第三十条，一票否决须商有关部门、由会议研究决定，不能由领导个人审定；"
        "请列入会议议程，会后办理“登记会议审定”。"
    )
    waiting = veto_in(MeasureState.PROPOSED)
    with refused(sentence):
        registered(waiting)
    assert not Attachment.objects.filter(purpose=FilePurpose.APPROVAL).exists()


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"decision": ""}, "尚未选择审定结果（同意，或者不予实施）。", "decision"),
        ({"approver": None}, "尚未选择作出审定的领导。", "approver"),
        ({"given_on": None}, "登记签批件的，须写明审定日期。", "given_on"),
        ({"given_on": date(2026, 11, 24)}, "审定日期不得晚于今天。", "given_on"),
        (
            {"given_on": date(2026, 11, 22)},
            "办公室设定：审定日期不得早于报审定之日（2026年11月23日），此前还没有这份文本可供审定。",
            "given_on",
        ),
        ({"opinion": " "}, "尚未填写意见。", "opinion"),
        ({"proof": None}, "以签批件方式审定的，须上传会议记录或签批件的扫描件。", "proof"),
    ],
)
def test_what_a_registration_lacks(proposed, changed, sentence, field) -> None:
    with refused(sentence, field=field):
        registered(proposed, **changed)


def test_a_scan_too_small_to_be_read_proves_nothing(proposed) -> None:
    with pytest.raises(Refused, match="看不清"), nothing_stored():
        registered(proposed, proof=picture("签批件.png", 599, 900))


def test_it_is_bound_to_the_text_that_was_shown(proposed) -> None:
    with nothing_stored(), pytest.raises(StateChanged):
        registered(proposed, seen="0" * 64)
    decided = take(Verb.CONFIRM_MEASURE_DECISION, registered(proposed))
    assert decided.decided_sha256 == DecisionRegistration.objects.get().sha256 == proposed.digest


def test_who_drafted_or_endorsed_it_did_not_decide_it(proposed) -> None:
    end_post(post_of("first_deputy"), by=person("sysadmin"), ended_on=clock.today())
    group = person("group_leader").posts.current().select_related("unit").get().unit
    appoint(person("director"), group, PostKind.FIRST_DEPUTY_LEADER, "第一副组长")
    with refused("办公室设定：王三已拟稿或核稿，不得再审定同一责任措施，请由其他有权办理的人办理。"):
        registered(proposed, approver=person("director"))


def test_who_led_nothing_that_day_did_not_decide_it(proposed) -> None:
    sentence = "办公室设定：{}现不任领导小组职务，不能审定责任措施；请核对签批件和审定日期。"
    with refused(sentence.format(person("supervisor").name), field="approver"):
        registered(proposed, approver=person("supervisor"))


def test_a_leader_who_left_since_did_decide_it(proposed) -> None:
    with later(days=3):
        end_post(post_of("group_leader"), by=person("sysadmin"), ended_on=clock.today())
        sentence = "办公室设定：赵四现不任领导小组职务，不能审定责任措施；请核对签批件和审定日期。"
        with refused(sentence, field="approver"):
            registered(proposed, approver=person("group_leader"), given_on=clock.today())
        waiting = registered(proposed, approver=person("group_leader"), given_on=MONDAY)
        decided = take(Verb.CONFIRM_MEASURE_DECISION, waiting)
    assert decided.decider == person("group_leader")
    assert decided_on(decided) == MONDAY  # whose posts of that day are restricted, whenever it was compared


def test_a_post_of_the_unit_that_day_recuses_who_left_it_since(proposed) -> None:
    of_town = appoint(person("group_leader"), unit(TOWN), PostKind.LEADER_IN_CHARGE, "分管领导")
    with refused_recused("现任"):
        registered(proposed)
    with later(days=2):
        end_post(of_town, by=person("sysadmin"), ended_on=clock.today())
        with refused_recused("在审定当日任"):
            registered(proposed, given_on=MONDAY)
        registered(proposed, given_on=clock.today())


def refused_recused(words: str):
    return pytest.raises(Refused, match=f"{words}.*应当回避")


def test_who_registered_does_not_compare_and_may_take_it_back(proposed) -> None:
    waiting = registered(proposed)
    sentence = "办公室设定：张一是登记人，须由办公室另一人打开签批件扫描件复核；登记有误的，可以退回重新登记。"
    with refused(sentence):
        take(Verb.CONFIRM_MEASURE_DECISION, waiting, by=person("officer"))
    returned = take(Verb.RETURN_MEASURE_REGISTRATION, waiting, by=person("officer"))
    assert (returned.registered_by, returned.paper_registration) == (None, None)
    row = DecisionRegistration.objects.get()
    assert (row.accepted, row.return_reason) == (False, "审定日期与签批件不符。")
    assert registered(returned).paper_registration != row
    assert DecisionRegistration.objects.count() == 2


def test_it_is_compared_and_as_it_was_shown(proposed) -> None:
    waiting = registered(proposed)
    with refused("尚未勾选已打开扫描件或者会议记录、与登记内容逐项核对一致，不能复核。", field="compared"):
        take(Verb.CONFIRM_MEASURE_DECISION, waiting, compared=False)
    with refused("审定登记在您打开本页以后已有变动，请看过现在的登记再复核。"):
        take(Verb.CONFIRM_MEASURE_DECISION, waiting, seen=str(waiting.paper_registration.pk))
    with refused("登记的审定结果是“审定同意”，请办理“复核登记的责任措施审定”。"):
        take(Verb.CONFIRM_MEASURE_DECLINED, waiting)


def test_while_it_waits_nothing_else_is_decided(proposed) -> None:
    waiting = registered(proposed)
    assert not measures_to_decide(person("officer")).exists()
    for verb in (Verb.DECIDE_MEASURE, Verb.DECLINE_MEASURE, Verb.RETURN_MEASURE, Verb.REGISTER_MEASURE_PAPER):
        with pytest.raises(Refused, match="签批件已经登记，等待另一人复核"):
            take(verb, waiting)
    assert measures_to_decide(person("officer")).exists() is False


def test_nothing_is_compared_before_anything_is_registered(proposed) -> None:
    with refused("还没有登记会议审定或者签批件，请先办理“登记会议审定”或者“登记签批件”。"):
        take(Verb.CONFIRM_MEASURE_DECISION, proposed)


def test_a_limit_that_passed_meanwhile_keeps_it_from_counting(proposed) -> None:
    waiting = registered(proposed)
    day = f"{waiting.limit.year}年{waiting.limit.month}月{waiting.limit.day}日"
    with later(days=(waiting.limit - MONDAY).days), refused(f"依据第二十八条，整改期限{day}不在今天以后，请另定期限。"):
        take(Verb.CONFIRM_MEASURE_DECISION, waiting)


@pytest.mark.parametrize("name", ["supervisor", "group_leader"])
def test_only_the_office_registers_and_compares(proposed, name) -> None:
    with not_theirs():
        take(Verb.REGISTER_MEASURE_PAPER, proposed, by=person(name))
    waiting = registered(proposed)
    with not_theirs():
        take(Verb.CONFIRM_MEASURE_DECISION, waiting, by=person(name))


def test_one_paper_for_several_units_is_registered_once() -> None:
    several = measure_in(MeasureState.PROPOSED, further_units=[unit(COUNTY)])
    served = take(Verb.SERVE_MEASURE, take(Verb.CONFIRM_MEASURE_DECISION, registered(several)))
    other = served.copies.get()
    assert (other.confirmed_by, other.paper_registration) == (served.confirmed_by, served.paper_registration)
    assert decided_on(other) == MONDAY
    check_all()


def test_the_form_of_approval_names_the_paper_and_who_signed(proposed) -> None:
    with later(days=1):
        decided = take(Verb.CONFIRM_MEASURE_DECISION, registered(proposed, given_on=MONDAY, opinion="同意挂牌。"))
        opinion = internal_content(DocumentKind.MEASURE_FORM, decided)["opinions"][0]
    assert opinion.words == ["审定同意（签批件）。", "同意挂牌。"]
    assert opinion.signed.startswith("赵四")
    assert opinion.dated == "2026年11月23日"


def test_pages_register_and_compare_it_and_the_unit_reads_nothing_of_it(proposed) -> None:
    officer, director = Visitor(person("officer")), Visitor(person("director"))
    url = f"/measures/{proposed.pk}/steps/"
    page = officer.open(f"{url}register_measure_paper/").words
    assert "在报审定之日（2026年11月23日）到今天之间。" in page
    page = officer.press("登记签批件", expect=422).words
    for words in ("尚未选择审定结果", "尚未选择作出审定的领导", "须写明审定日期", "须上传"):
        assert words in page
    registered(proposed, opinion="同意挂牌，尽快送达。")
    assert "已打开签批件扫描件" in director.open(f"{url}confirm_measure_decision/").words
    inner = director.open(f"/measures/{proposed.pk}/").words
    for words in ("签批件", "2026年11月23日赵四：审定同意", "同意挂牌，尽快送达。", "等待另一人复核", "签批件.png"):
        assert words in inner
    served = take(Verb.SERVE_MEASURE, take(Verb.CONFIRM_MEASURE_DECISION, proposed))
    outer = Visitor(head(TOWN)).open(f"/measures/{served.pk}/").words
    for words in ("签批件", "尽快送达", "赵四"):
        assert words not in outer
    assert not Attachment.objects.visible_to(head(TOWN)).exists()
    assert Attachment.objects.visible_to(person("director")).exists()


def test_the_database_keeps_it_to_one_matter_and_one_that_waits(proposed) -> None:
    waiting = registered(proposed)
    row = waiting.paper_registration
    for changed in ({"method": ApprovalMethod.MEETING}, {"measure_laid": None}):
        values = {name: getattr(row, name) for name in ("decision", "method", "approver", "given_on", "opinion")}
        values |= {"sha256": row.sha256, "registered_by": person("officer"), "measure_laid": None, "proof": None}
        with pytest.raises(IntegrityError), transaction.atomic():
            DecisionRegistration.objects.create(**values | changed)
    again = {"measure_laid": waiting, "registered_by": person("officer"), "approver": row.approver}
    again |= {"decision": row.decision, "method": row.method, "given_on": row.given_on, "sha256": row.sha256}
    with pytest.raises(IntegrityError, match="one_open_registration_per_measure"), transaction.atomic():
        DecisionRegistration.objects.create(proof=copy_of(row.proof), **again)


def copy_of(file: Attachment) -> Attachment:
    file.pk = None
    file.save()
    return file
