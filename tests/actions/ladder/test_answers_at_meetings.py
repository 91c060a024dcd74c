"""商有关部门 answered at a meeting: convened, present and signed for, else refused; and what the record then keeps."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from tests.cast import COUNTY, MEMBER_UNIT, TOWN, head, person, unit
from tests.factories import pdf
from tests.meetings import AFTER, attended, called, fresh, post_of, with_item
from tests.past_triggers import past_triggers
from tests.refusals import by_the_office, refused, refused_among
from tests.vetoes import conclude, take, veto_in
from tests.web import Visitor
from yuetan.actions.meeting.agenda import add_agenda_item
from yuetan.actions.meeting.attendance import Came
from yuetan.actions.meeting.convening import convene_meeting
from yuetan.documents.case_file.measure_pieces import pieces_of_measure
from yuetan.documents.office_form_pdf import internal_content
from yuetan.models import AgendaItem, Attachment, Consultation, Invitation, Post
from yuetan.vocabulary import DocumentKind, MeasureState, Presence, Verb

pytestmark = pytest.mark.usefixtures("office")
TITLE = "领导小组2026年第1次会议"
OPINION = "同意实行一票否决权制。"
SPOKE = Came(Presence.SAT_IN, "吴廿七", "副主任")


def department():
    return str(unit(MEMBER_UNIT).full_name)


@pytest.fixture
def asked():
    """One department was asked, which is a unit here."""
    endorsed = take(Verb.ENDORSE_MEASURE, veto_in(MeasureState.IN_REVIEW))
    return take(Verb.ASK_CONSULTATION, endorsed, departments=department())


def heard(measure, *, came=SPOKE, codes=(MEMBER_UNIT,), more=(), is_about=True):
    """An item of a meeting that was held, to which units were convened."""
    meeting, officer = called(), person("officer")
    about = measure if is_about else None
    title = "" if is_about else "研究年度工作安排"
    item = add_agenda_item(meeting, by=officer, title=title, case=None, measure=about, presenter="")
    posts = [post_of("director"), post_of("deputy"), *more]
    convene_meeting(meeting, by=officer, units=[unit(code) for code in codes], posts=posts)
    with time_machine.travel(AFTER, tick=False):
        attended(fresh(meeting), **{f"unit_{code}": came for code in codes})
    return AgendaItem.objects.select_related("meeting").get(pk=item.pk)


def undecided(item):
    """Its conclusion without a decision, signed by those at the table."""
    people = [one for one in Invitation.objects.of_meeting(item.meeting) if one.post]
    return conclude(item, decision="", decided_by=None, people=people)


def answered(measure, item, **changed):
    with time_machine.travel(AFTER, tick=False):
        none = {"opinion": OPINION, "answered_by": "", "answered_on": None, "scan": None}
        return take(Verb.RECORD_CONSULTATION, measure, **none | {"item": item} | changed)


def test_a_department_answers_at_the_meeting_that_then_decides(asked):
    item = undecided(heard(asked))
    measure = answered(asked, item)
    (one,) = measure.consultations.all()
    assert (one.opinion, one.answered_by, str(one.answered_on)) == (OPINION, "副主任吴廿七", "2026-11-25")
    assert (one.item, one.scan, one.recorded_by) == (item, None, person("officer"))
    assert not Attachment.objects.filter(consultation__isnull=False).exists()
    conclude(item, people=[one for one in Invitation.objects.of_meeting(item.meeting) if one.post])
    with time_machine.travel(AFTER, tick=False):
        measure = take(Verb.REGISTER_MEASURE_DECISION, measure)
        measure = take(Verb.CONFIRM_MEASURE_DECISION, measure)
        assert measure.state == MeasureState.DECIDED
        page = Visitor(person("officer")).open(f"/measures/{measure.pk}/")
        assert f"2026年11月25日在{TITLE}上副主任吴廿七答复" in page
        assert len([url for _, url in page.links if url.startswith("/meetings/files/")]) >= 2  # of both wordings
        form = re.sub(r"<[^>]*>|\s", "", str(internal_content(DocumentKind.MEASURE_FORM, measure)))
        assert f"{department()}（副主任吴廿七，2026年11月25日，{TITLE}）：{OPINION}" in form
        pieces = {piece.title: piece for piece in pieces_of_measure(measure, person("director"))}
        assert [part.role for part in pieces[f"商请{department()}意见"].parts] == ["正文", "签名页", "签名页"]


def test_who_was_not_convened_or_not_there_did_not_answer(asked):
    item = undecided(heard(asked, codes=(COUNTY,)))
    words = "请登记其书面答复，或者通知其参加另一次会议。"
    with refused(by_the_office(f"{department()}没有收到{TITLE}的通知，不能作为在会上答复；{words}"), field="item"):
        answered(asked, item)


def test_who_stayed_away_did_not_answer(asked):
    item = undecided(heard(asked, came=Came(Presence.ON_LEAVE)))
    words = f"{department()}的到会情况是“请假”，没有在{TITLE}上答复；请登记其书面答复，或者通知其参加另一次会议。"
    with refused(by_the_office(words), field="item"):
        answered(asked, item)


def test_what_nobody_signed_proves_no_answer(asked):
    item = heard(asked)
    words = "研究这项责任措施的议题还没有签名页，会议纪要也没有印发，不能作为答复的凭据；"
    words = f"{TITLE}{words}请先登记这一议题的结论、上传签名页（会上还没有审定的选“会上没有审定”）。"
    with refused(by_the_office(words), field="item"):
        answered(asked, item)


def test_the_record_of_another_item_or_beside_one_typed_is_refused(asked):
    other = heard(asked, is_about=False)
    with refused(by_the_office(f"“{other.title}”不是研究这项责任措施、已登记到会情况的会议议题，请选别的会议。")):
        answered(asked, other)


def test_nothing_is_typed_beside_the_record(asked):
    item = undecided(heard(asked))
    beside = by_the_office(f"已引用{TITLE}的会议记录，答复人、答复日期和扫描件都取自记录，请不要另外填写。")
    for typed in ({"answered_by": "主任某人"}, {"answered_on": AFTER.date()}, {"scan": pdf()}):
        with refused(beside, field="item"):
            answered(asked, item, **typed)
    with refused("部门意见还缺：部门意见。", field="opinion"):
        answered(asked, item, opinion=" ")
    with refused("尚未选择是哪个部门。"):
        answered(asked, item, consultation=None)


def test_who_is_of_the_unit_itself_speaks_for_no_department(asked):
    item = undecided(heard(asked))
    Invitation.objects.filter(meeting=item.meeting, unit__code=MEMBER_UNIT).update(attended_by=head(TOWN))
    words = f"代表{department()}到会的冯十任职于{unit(TOWN).full_name}，应当回避，不能代表部门答复；请登记其书面答复。"
    with refused(by_the_office(words), field="item"):
        answered(asked, item)


def test_who_spoke_for_a_department_stays_there(asked):
    item = undecided(heard(asked))
    answered(asked, item)
    rest = "该部门的到会人不能改为他人或者没有到会；只是职务有误的，请保留姓名、改正职务。"
    words = by_the_office(f"副主任吴廿七已代表{department()}在第1项议题上答复商请，{rest}")
    with time_machine.travel(AFTER, tick=False):
        for came in (Came(Presence.ABSENT), Came(Presence.SAT_IN, "另一人", "副主任")):
            with refused(words):
                attended(fresh(item.meeting), **{f"unit_{MEMBER_UNIT}": came})


def test_the_title_of_who_spoke_is_put_right_and_nobody_else_of_that_name_stands_in(asked):
    item = undecided(heard(asked, codes=(MEMBER_UNIT, COUNTY)))
    answered(asked, item)
    key, other = f"unit_{MEMBER_UNIT}", f"unit_{COUNTY}"
    with time_machine.travel(AFTER, tick=False):
        attended(fresh(item.meeting), **{key: Came(Presence.SAT_IN, "吴廿七", "二级调研员"), other: SPOKE})
        assert Invitation.objects.get(meeting=item.meeting, unit__code=MEMBER_UNIT).attended_title == "二级调研员"
        for name in ("另一人", "廿七"):
            with refused_among("已代表"):
                attended(fresh(item.meeting), **{key: Came(Presence.SAT_IN, name, "副主任"), other: SPOKE})


def test_who_spoke_for_a_department_may_have_a_long_title(asked):
    title = "副主任" * 33
    measure = answered(asked, undecided(heard(asked, came=Came(Presence.SAT_IN, "吴廿七", title))))
    assert measure.consultations.get().answered_by == f"{title}吴廿七"


def test_a_department_whose_head_was_convened_by_a_post_answers(asked):
    post = Post.objects.filter(unit__code=MEMBER_UNIT).first()
    item = undecided(heard(asked, codes=(), more=[post]))
    (one,) = answered(asked, item).consultations.all()
    assert one.answered_by == Invitation.objects.get(meeting=item.meeting, post=post).spoke_as
    with time_machine.travel(AFTER, tick=False), refused_among("已代表"):
        attended(fresh(item.meeting), **{post.holder.username: Came(Presence.ABSENT)})


def test_a_meeting_before_the_department_was_asked_is_no_answer(asked):
    item = undecided(heard(asked))
    with past_triggers():
        Consultation.objects.update(asked_at=AFTER + timedelta(days=1))
    words = f"{TITLE}早于商请{department()}之日（2026年11月26日），不能作为答复；"
    words = by_the_office(f"{words}请登记其书面答复，或者通知其参加另一次会议。")
    with refused(words, field="item"):
        answered(asked, item)


def test_the_database_keeps_what_proves_an_answer(asked):
    item = undecided(heard(asked))
    measure = answered(asked, item)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consultation.objects.filter(measure_laid=measure).update(item=None, answered_on=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consultation.objects.filter(measure_laid=measure).update(item=with_item(called()))


def test_the_form_offers_the_meeting(asked):
    undecided(heard(asked))
    with time_machine.travel(AFTER, tick=False):
        officer = Visitor(person("officer"))
        officer.open(f"/measures/{asked.pk}/steps/record_consultation/")
        picked = {
            "consultation": officer.pick("consultation", department()),
            "item": officer.pick("item", f"{TITLE}，2026年11月25日"),
            "opinion": OPINION,
        }
        assert "已登记部门意见。" in officer.press("登记部门意见", confirmed="1", **picked)
