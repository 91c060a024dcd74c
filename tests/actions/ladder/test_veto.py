"""一票否决, article by article: departments asked first, a meeting that decides, two more persons, and its paper."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import COUNTY, TOWN, head, liaison, person, unit
from tests.consistency import check_all
from tests.factories import later, pdf, set_setting, succeed
from tests.ladder import measure_in
from tests.meetings import post_of
from tests.refusals import appoint, nothing_stored, refused
from tests.vetoes import AFTER, conclude, decide, held_on, people_of, take, veto_in
from tests.web import Visitor
from yuetan.actions.papers.document import void_document
from yuetan.actions.people.unit import end_post
from yuetan.documents.office_form_pdf import internal_content
from yuetan.errors import NotYours, Refused, StateChanged
from yuetan.models import AccountabilityMeasure, Attachment, Consultation, Document, PendingStep
from yuetan.models.meeting.agenda_item import measures_to_decide
from yuetan.models.meeting.presence_rules import COLLECTIVE
from yuetan.rules.dates import clock
from yuetan.scenarios.measure_drivers import GRAVITY, draft, listed_supervision, veto
from yuetan.vocabulary import DecisionKind, DocumentKind, MeasureState, PostKind, Verb

pytestmark = pytest.mark.usefixtures("office")
TITLE = "领导小组2026年第1次会议"


@pytest.fixture
def endorsed() -> AccountabilityMeasure:
    """Endorsed, no department asked yet."""
    return take(Verb.ENDORSE_MEASURE, veto_in(MeasureState.IN_REVIEW))


@pytest.fixture
def proposed() -> AccountabilityMeasure:
    """Every department has answered; it waits for a meeting."""
    return veto_in(MeasureState.PROPOSED)


def awaited(measure: AccountabilityMeasure) -> set[tuple[str, str]]:
    return set(PendingStep.objects.filter(measure_laid=measure).values_list("verb", "role"))


def test_it_goes_from_the_departments_and_the_meeting_to_the_receipt() -> None:
    served = veto_in(MeasureState.SERVED)
    assert (served.drafter, served.endorser, served.decider) == tuple(
        map(person, ("officer", "director", "group_leader"))
    )
    assert (served.registered_by, served.confirmed_by) == (person("officer"), person("director"))
    paper = Document.objects.get(kind=DocumentKind.VETO_DECISION)
    assert (served.paper, paper.number) == (paper, "江扫黑否〔2026〕1号")
    assert paper.title == "关于治安重点地区整治推进缓慢的一票否决决定书"
    assert paper.receipt.signed_by == liaison(TOWN)
    with time_machine.travel(AFTER, tick=False):
        check_all()


def test_article_31_the_paper_says_what_is_closed_to_whom_for_how_long() -> None:
    text = re.sub(r"<[^>]*>|\s", "", veto_in(MeasureState.SERVED).paper.html)
    for words in (
        "第三十条、第三十一条规定，经商有关部门，",
        "符合“具有本办法第二十六条所列情形且危害特别严重或者影响特别重大”的条件",
        "（一）自本文书印发之日起一年内，取消你镇综合性评选的资格。",
        "（二）自本文书印发之日起一年内，取消你镇主要领导干部、主管领导干部、分管领导干部评先受奖、晋职晋级的资格。",
        "由组织人事部门按照干部管理权限和程序办理",
    ):
        assert words in text, words
    assert "连续发生三起恶性案件" not in text  # why its door stands is the office's own


# 第三十条，商有关部门


def test_article_30_no_department_asked_no_meeting_decides(endorsed) -> None:
    assert ("ask_consultation", "case_officer") in awaited(endorsed)
    item = held_on(endorsed)
    words = "依据第三十条，一票否决须商有关部门，还没有商过任何部门；请先办理“商有关部门”。"
    with refused(words):
        conclude(item)


def test_article_30_who_has_not_answered_is_waited_for_or_excused_by_a_leader(endorsed) -> None:
    asked = take(Verb.ASK_CONSULTATION, endorsed)
    item = held_on(asked)
    with refused("依据第三十条，还有部门没有答复：市委组织部、市纪委监委机关；请登记其意见，不答复的由领导记录原因。"):
        conclude(item)
    one = take(Verb.RECORD_CONSULTATION, asked)
    with refused("依据第三十条，还有部门没有答复：市纪委监委机关；请登记其意见，不答复的由领导记录原因。"):
        take(Verb.REGISTER_MEASURE_DECISION, one)
    with nothing_stored(), pytest.raises(NotYours):
        take(Verb.EXCUSE_CONSULTATION, one, by=person("director"))
    excused = take(Verb.EXCUSE_CONSULTATION, one)
    assert awaited(excused) == {("register_measure_decision", role) for role in ("case_officer", "office_director")}


def test_article_30_the_departments_are_asked_by_one_letter_that_the_unit_never_sees(endorsed) -> None:
    asked = take(Verb.ASK_CONSULTATION, endorsed)
    paper = Document.objects.get(kind=DocumentKind.CONSULTATION_LETTER)
    assert (paper.number, paper.addressee, paper.open_to) == ("江扫黑商〔2026〕1号", "市委组织部、市纪委监委机关", None)
    assert {(one.document, one.due_on) for one in asked.consultations.all()} == {(paper, date(2026, 11, 30))}
    text = re.sub(r"<[^>]*>|\s", "", paper.html)
    for words in (
        "第三十条规定，江门市扫黑除恶专项斗争领导小组办公室（以下简称市扫黑办）拟提请",
        "符合“具有本办法第二十六条所列情形且危害特别严重或者影响特别重大”的条件",
        "二、危害和影响",
        GRAVITY,
        "请研究后于2026年11月30日前，将同意或者不同意的意见及理由加盖公章函复市扫黑办。",
    ):
        assert words in text, words
    assert not Document.objects.visible_to(head(TOWN)).exists()
    assert not Document.objects.without_scan().exists()  # it leaves the house stamped and comes back from nobody
    with pytest.raises(StateChanged):  # it lies with other bodies
        void_document(paper, by=person("director"), reason="写错。")
    row = PendingStep.objects.get(measure_laid=asked, verb=Verb.RECORD_CONSULTATION)
    assert row.due_on == date(2026, 11, 30)
    check_all()


def test_article_30_who_is_asked_later_gets_a_letter_of_their_own_and_reads_the_text_of_then(endorsed) -> None:
    first = take(Verb.ASK_CONSULTATION, endorsed, departments="市委组织部")
    take(Verb.ASK_CONSULTATION, first, departments="市公安局\n市公安局", due_on=date(2026, 12, 4))
    asked = Consultation.objects.order_by("pk").values_list("department", "document__serial", "due_on")
    assert list(asked) == [("市委组织部", 1, date(2026, 11, 30)), ("市公安局", 2, date(2026, 12, 4))]
    page = Visitor(person("officer")).open(f"/measures/{endorsed.pk}/").words
    assert "商请（江扫黑商〔2026〕2号），请于2026年12月4日前答复，等待答复" in page


def test_article_30_no_letter_goes_out_before_the_director_has_read_the_text() -> None:
    handed_in = veto_in(MeasureState.IN_REVIEW)
    with nothing_stored(), pytest.raises(StateChanged):
        take(Verb.ASK_CONSULTATION, handed_in)


@pytest.mark.parametrize(
    ("due_on", "sentence"),
    [
        (None, "尚未写明请部门在哪天以前答复。"),
        (date(2026, 11, 23), "办公室设定：请部门答复的期限应在今天（2026年11月23日）以后，请改。"),
    ],
)
def test_article_30_departments_are_given_a_day_ahead(endorsed, due_on, sentence) -> None:
    with refused(sentence, field="due_on"):
        take(Verb.ASK_CONSULTATION, endorsed, due_on=due_on)
    assert not Document.objects.exists()


def test_article_30_the_letter_is_read_before_it_goes_out_and_bad_input_comes_back_as_typed(endorsed) -> None:
    address = f"/measures/{endorsed.pk}/steps/ask_consultation/"
    officer = Visitor(person("officer"))
    officer.open(address)
    assert officer.page.forms[-1].values["due_on"] == ["2026-11-30"]  # five working days
    page = officer.press("下一步：核对", expect=422, departments="市委组织部\n蓬江区棠下镇")
    assert "蓬江区棠下镇就是所涉单位" in page.words
    assert "市委组织部" in page.words
    officer.open(address)
    page = officer.press("下一步：核对", departments="市委组织部")
    assert "江扫黑商〔2026〕1号" in page.words
    assert not Document.objects.exists()
    officer.press("商有关部门")
    assert Document.objects.get().addressee == "市委组织部"


@pytest.mark.parametrize(
    ("departments", "sentence"),
    [
        (" \n", "尚未写明商哪些部门，一行写一个。"),
        ("市委组织部", "已经商过市委组织部，不必重复。"),
        ("蓬江区棠下镇", "办公室设定：蓬江区棠下镇就是所涉单位，不能作为有关部门。"),
    ],
)
def test_article_30_which_departments_cannot_be_asked(endorsed, departments, sentence) -> None:
    asked = take(Verb.ASK_CONSULTATION, endorsed, departments="市委组织部")
    with refused(sentence, field="departments"):
        take(Verb.ASK_CONSULTATION, asked, departments=departments)


def test_article_30_an_answer_has_words_a_name_a_day_and_a_scan(endorsed) -> None:
    asked = take(Verb.ASK_CONSULTATION, endorsed)
    with refused("部门意见还缺：部门意见、答复人及职务、答复日期、扫描件。"):
        take(Verb.RECORD_CONSULTATION, asked, opinion="", answered_by=" ", answered_on=None, scan=None)
    yesterday = clock.today() - timedelta(days=1)
    with refused("办公室设定：答复日期应在商请之日（2026年11月23日）以后、今天以前，请核对。", field="answered_on"):
        take(Verb.RECORD_CONSULTATION, asked, answered_on=yesterday)
    take(Verb.RECORD_CONSULTATION, asked, scan=pdf())
    answered = Consultation.objects.exclude(answered_on=None).get()
    with refused("尚未选择是哪个部门。", field="consultation"):
        take(Verb.RECORD_CONSULTATION, asked, consultation=answered)
    tomorrow = clock.today() + timedelta(days=1)
    with refused("尚未选择是哪个部门。"):  # and nothing of a day on which nobody was asked
        take(Verb.RECORD_CONSULTATION, asked, consultation=None, answered_on=tomorrow)
    assert not Attachment.objects.visible_to(head(TOWN)).exists()


def test_article_30_other_rungs_need_no_department() -> None:
    circular = measure_in(MeasureState.PROPOSED)
    with refused("依据第二十八条，通报不须商有关部门。"):
        take(Verb.ASK_CONSULTATION, circular)


# 第三十条，研究决定


def test_article_30_nobody_decides_it_in_person(proposed) -> None:
    sentence = (
        "依据第三十条，一票否决须商有关部门、由会议研究决定，不能由领导个人审定；"
        "请列入会议议程，会后办理“登记会议审定”。"
    )
    with refused(sentence):
        take(Verb.DECIDE_MEASURE, proposed)
    in_review = veto_in(MeasureState.IN_REVIEW, matter="校园周边治安乱点整治不力")
    with pytest.raises(Refused, match="由领导小组作出"):
        take(Verb.DECIDE_MEASURE, in_review)


def test_article_30_a_conclusion_bears_three_names_and_a_leader_who_was_there(proposed) -> None:
    item = held_on(proposed)
    with refused("办公室设定：集体结论须有至少3人参加讨论并列名，现有2人，请补齐。", field="people"):
        conclude(item, people=people_of(item.meeting)[:2])
    with refused(
        f"办公室设定：钱五没有本人出席{TITLE}，不能在会上作出审定；请选本人出席的有权审定的领导。", field="decided_by"
    ):
        conclude(item, decided_by=person("first_deputy"))
    set_setting(COLLECTIVE, "4")
    with pytest.raises(Refused, match="至少"):
        conclude(item)


def test_article_30_three_persons_at_least(proposed) -> None:
    item = held_on(proposed)
    end_post(post_of("first_deputy"), by=person("sysadmin"), ended_on=clock.today())
    group = person("group_leader").posts.current().select_related("unit").get().unit
    appoint(person("director"), group, PostKind.FIRST_DEPUTY_LEADER, "第一副组长")
    with refused("办公室设定：王三已拟稿或核稿，不得再审定同一责任措施，请由其他有权办理的人办理。"):
        conclude(item, decided_by=person("director"))


def test_article_30_an_item_that_decided_nothing_proves_nothing(proposed) -> None:
    item = held_on(proposed)
    with time_machine.travel(AFTER, tick=False):
        sentence = "尚未选择会议记录；会议对这项责任措施作出审定、登记结论以后，才能登记。"
        with refused(sentence, field="item"):
            take(Verb.REGISTER_MEASURE_DECISION, proposed, item=item)
        with refused(sentence, field="item"):
            take(Verb.REGISTER_MEASURE_DECISION, proposed, item=None)


def test_article_30_a_meeting_that_had_another_text_before_it_proves_nothing(proposed) -> None:
    decide(proposed)
    with time_machine.travel(AFTER, tick=False):
        measure = take(Verb.RETURN_MEASURE, proposed)
        measure = take(Verb.SUBMIT_MEASURE, measure)
        measure = take(Verb.ENDORSE_MEASURE, measure)
        sentence = f"{TITLE}开始时，现在这份文本还没有核稿报审定，不能据以登记；请重新列入会议议程。"
        with refused(f"办公室设定：{sentence}", field="item"):
            take(Verb.REGISTER_MEASURE_DECISION, measure)


def test_a_second_person_compares_and_a_return_takes_the_citation_out(proposed) -> None:
    item = decide(proposed)
    assert not measures_to_decide(person("officer")).exclude(pk=proposed.pk).exists()
    with time_machine.travel(AFTER, tick=False):
        registered = take(Verb.REGISTER_MEASURE_DECISION, proposed)
        assert not measures_to_decide(person("officer")).exists()
        with refused("办公室设定：张一是登记人，须由办公室另一人对照会议记录复核。"):
            take(Verb.CONFIRM_MEASURE_DECISION, registered, by=person("officer"))
        with refused("登记的审定结果是“审定同意”，请办理“复核登记的责任措施审定”。"):
            take(Verb.CONFIRM_MEASURE_DECLINED, registered)
        with pytest.raises(Refused, match="会议审定已经登记"):
            take(Verb.RETURN_MEASURE, registered)
        with refused("这一议题的结论已作为审定凭据登记，不能再改；请先退回审定登记。"):
            conclude(item)
        returned = take(Verb.RETURN_MEASURE_REGISTRATION, registered)
        assert (returned.decision_item, returned.registered_by, returned.state) == (None, None, MeasureState.PROPOSED)
        conclude(item, conclusion="会议同意，从速办理。")


def test_a_meeting_may_decide_not_to_lay_it(proposed) -> None:
    decide(proposed, decision=DecisionKind.DECLINED, conclusion="会议认为整改已有成效，不予实施。")
    with time_machine.travel(AFTER, tick=False):
        registered = take(Verb.REGISTER_MEASURE_DECISION, proposed)
        declined = take(Verb.CONFIRM_MEASURE_DECLINED, registered)
        assert declined.state == MeasureState.DECLINED
        opinion = internal_content(DocumentKind.MEASURE_FORM, declined)["opinions"][0]
        assert opinion.words[0] == f"不予实施（会议审定：{TITLE}）。"
        check_all()


def test_another_rung_may_be_decided_by_a_meeting_too() -> None:
    measure = measure_in(MeasureState.PROPOSED)
    decide(measure, people=[])
    with time_machine.travel(AFTER, tick=False):
        decided = take(Verb.CONFIRM_MEASURE_DECISION, take(Verb.REGISTER_MEASURE_DECISION, measure))
    assert (decided.decider, decided.state) == (person("group_leader"), MeasureState.DECIDED)


# 第三十条、第三十一条，no target and a year


def test_article_30_it_sets_no_limit() -> None:
    limit = clock.today() + timedelta(days=30)
    drafted = veto_in(MeasureState.DRAFTED, limit=limit)
    with refused("依据第三十条，一票否决不限期整改，请不要填写整改期限。", field="limit"):
        take(Verb.SUBMIT_MEASURE, drafted)


def test_article_31_it_ends_after_a_year_and_waits_for_the_director_then() -> None:
    served = veto_in(MeasureState.SERVED)
    assert served.served_on == date(2026, 11, 25)
    with later(days=300), refused("依据第三十条，一票否决的限制到2027年11月25日期满，期满以前不能办结。"):
        take(Verb.CONCLUDE_MEASURE, served)
    with later(days=368):
        assert take(Verb.CONCLUDE_MEASURE, served).state == MeasureState.ENDED


# 呈批表, and who sees what


def test_the_form_of_approval_shows_departments_meeting_and_names() -> None:
    decided = veto_in(MeasureState.DECIDED)
    facts = internal_content(DocumentKind.MEASURE_FORM, decided)
    rows = {row.label: row.paragraphs for row in facts["rows"]}
    assert [each.partition("：")[0].partition("（")[0] for each in rows["有关部门意见"]] == [
        "市委组织部",
        "市纪委监委机关",
    ]
    assert len(rows["集体结论"]) == 3
    assert not {"整改要求", "整改期限", "有关要求"} & set(rows)  # it sets no limit, and nothing was demanded
    opinion = facts["opinions"][0]
    assert opinion.words[0] == f"审定同意（会议审定：{TITLE}）。"
    assert opinion.signed.startswith("赵四")
    assert opinion.dated == "2026年11月25日"


def test_article_31_it_binds_who_held_the_post_on_the_day_of_the_meeting_whenever_that_is_compared(proposed) -> None:
    decide(proposed)
    leaving = head(TOWN)
    with time_machine.travel(AFTER + timedelta(days=1), tick=False):
        succeed(leaving, "金卅九")
    with time_machine.travel(AFTER + timedelta(days=2), tick=False):
        measure = proposed
        for verb in (Verb.REGISTER_MEASURE_DECISION, Verb.CONFIRM_MEASURE_DECISION, Verb.SERVE_MEASURE):
            measure = take(verb, measure)
        bound = set(measure.restrictions.exclude(person=None).values_list("person_name", flat=True))
    assert leaving.name in bound
    assert "金卅九" not in bound


def test_article_30_departments_asked_about_one_unit_are_not_asked_about_another(proposed) -> None:
    returned = take(Verb.RETURN_MEASURE, proposed, by=person("group_leader"), reason="事实再核一遍。")
    sentence = (
        "依据第三十条，已就对蓬江区棠下镇实施一票否决商请有关部门，不能改为其他单位、其他措施；"
        "请撤回本件，另行起草并重新商请。"
    )
    with refused(sentence, field="unit"):
        draft.revise_measure(returned, by=person("officer"), **veto(unit(COUNTY)))
    with refused(sentence, field="unit"):
        draft.revise_measure(returned, by=person("officer"), **listed_supervision(unit(TOWN)))
    draft.revise_measure(returned, by=person("officer"), **veto(unit(TOWN), facts="三起案件均已核实。"))
