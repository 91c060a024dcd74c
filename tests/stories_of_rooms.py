"""What actions of the later rooms do one after another, for tests of what they leave in the log and whom they tell."""

from datetime import date, timedelta
from decimal import Decimal

import time_machine

from tests import cast
from tests.agenda_files import heard_meeting, with_file
from tests.assessment import (
    RESULTS,
    assessment_of,
    correction_decided,
    correction_proposed,
    decided,
    objected,
    presented,
    scored,
    sheet_of,
)
from tests.assessment import planned as planned_scheme
from tests.dossiers import awarded, entered
from tests.factories import later, pdf
from tests.meeting_corrections import drafted as drafted_correction
from tests.meeting_corrections import issued as issued_correction
from tests.meetings import AFTER, called, convened, invitation_of, minuted, with_item
from tests.meetings import planned as planned_meeting
from tests.opinion_corrections import afterwards, corrected_draft, reissued
from tests.received import closed, due_moved, received, replied, scanned_again
from tests.reporting import analysed, asked, at, filled, issued, marked, report_of, scheme_of, values
from tests.room_receipts import notice_on_paper, receipt_corrected, round_paper_on_paper
from tests.rounds import THERE, announced, concluded, found, informed, planned_round, signed_for, visit_of
from tests.rounds import planned as planned_plan
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.corrections import CorrectedLine
from yuetan.actions.assessment.schemes import revise_assessment_scheme
from yuetan.actions.assessment.scores import withdraw_score
from yuetan.actions.assessment.sheets import withdraw_assessment_sheets
from yuetan.actions.dossier.commendation import withdraw_commendation
from yuetan.actions.dossier.entry import confirm_dossier, read_dossier, return_dossier
from yuetan.actions.meeting.agenda import remove_agenda_item
from yuetan.actions.meeting.agenda_files import remove_agenda_file
from yuetan.actions.meeting.convening import receive_meeting_notice
from yuetan.actions.meeting.correction import withdraw_meeting_correction
from yuetan.actions.meeting.meetings import cancel_meeting, plan_shown, revise_meeting
from yuetan.actions.received.closing import record_received_recall, withdraw_received_closing
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.received.reply import return_received_reply
from yuetan.actions.reporting.acceptance import accept_report, return_report
from yuetan.actions.reporting.analyses import return_analysis, revise_analysis, withdraw_analysis, wording_shown
from yuetan.actions.reporting.confirmation import confirm_report, send_back_report
from yuetan.actions.reporting.marks import chase_reports, mark_concealed, withdraw_report_mark
from yuetan.actions.reporting.paper_returns import register_paper_report
from yuetan.actions.reporting.periods import open_periods
from yuetan.actions.reporting.release import end_scheme, excuse_reports
from yuetan.actions.reporting.schemes import revise_scheme
from yuetan.actions.rounds.announcing import announce_round
from yuetan.actions.rounds.closing import cancel_round, drop_visit, end_round
from yuetan.actions.rounds.findings import withdraw_round_finding
from yuetan.actions.rounds.opinion_correction import withdraw_opinion_correction
from yuetan.actions.rounds.planning import revise_round, round_shown
from yuetan.actions.rounds.reschedule import move_visit
from yuetan.actions.rounds.team import adjust_team, team_shown
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReportingRhythm

OFFICER, DIRECTOR = "officer", "director"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
TEXTS = {"situation": "总体平稳。", "problems": "一镇未报。", "proposals": "逐镇补报。", "reason": ""}


def by(username):
    return {"by": cast.person(username)}


def an_assessment():
    assessment = assessment_of()
    revised = planned_scheme(excellent_from=98)
    revise_assessment_scheme(assessment, **by(OFFICER), planned=revised, reason="优秀线过低。", after=1)
    withdraw_score(scored(assessment), **by(OFFICER), reason="评错了单位。")
    assessment = presented(assessment)
    withdraw_assessment_sheets(assessment, **by(DIRECTOR), reason="方案有误。")
    assessment = presented(type(assessment).objects.get())
    decided(objected(sheet_of(assessment)))
    with later(days=10):
        close_assessment(assessment, **by(DIRECTOR))
        publish_assessment(assessment, **by(DIRECTOR))
        correction_decided(correction_proposed(sheet_of(assessment), lines=[CorrectedLine(RESULTS, Decimal(20))]))


def a_scheme_with_its_reports():
    scheme = scheme_of()
    facts = asked(first_day=date(2026, 12, 1), open_days=5)
    revise_scheme(scheme, **by(DIRECTOR), asked=facts, reason="提前一天。", after=1)
    report = report_of(scheme)
    send_back_report(filled(report), **by(HEAD), reason="请核对场所数。")
    version = filled(report, places=4)
    confirm_report(version, **by(HEAD))
    return_report(version, **by(OFFICER), reason="数字偏小。", again_by=clock.today() + timedelta(days=5))
    accept_report(filled(report, by="head", places=5, reason="漏报一处。"), **by(OFFICER))
    other = report_of(scheme, cast.DIVISION_TOWN)
    withdraw_report_mark(marked(other), **by(DIRECTOR), reason="核查有误。")
    with time_machine.travel(at(4, 9, month=12), tick=False):
        open_periods(clock.today())
        chase_reports(scheme, **by(OFFICER), unit=cast.unit(cast.TOWN))


def reports_that_are_settled():
    scheme, incidents = scheme_of(), scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    report = report_of(scheme)
    paper = {"signer": cast.person(HEAD).posts.get(), "brought_by": "褚十二", "brought_by_title": "联络员"}
    paper |= {"received_at": clock.now(), "scan": pdf()}
    facts = {"values": values(), "files": {}, "reason": "", "after": 0}
    register_paper_report(report, **by(OFFICER), **facts, **paper)
    street = cast.unit(cast.DIVISION_TOWN)
    excuse_reports(report.period, **by(DIRECTOR), everybody=False, units=[street], reason="台风防御。")
    what = {"unit": cast.unit(cast.TOWN), "occurred_on": clock.today(), "words": "发生一起事件，没有报送。"}
    mark_concealed(incidents, **by(OFFICER), **what, proof=[pdf("核查记录.pdf")])
    end_scheme(scheme, **by(DIRECTOR), at_once=False, from_day=date(2026, 12, 4), reason="并入月报。")


def an_analysis():
    period = scheme_of().periods.get()
    with time_machine.travel(at(27, 9), tick=False):
        analysis = analysed(period)
        analysis = revise_analysis(analysis, **by(OFFICER), seen=wording_shown(analysis), **TEXTS)
        return_analysis(analysis, **by("supervisor"), reason="缺下一步工作。")
        issued(analysis)
        withdraw_analysis(analysed(period, reason="漏计一镇。"), **by(OFFICER), reason="不再更正。")


def meetings():
    meeting = called()
    plan = planned_meeting(place="302会议室")
    with_item(revise_meeting(meeting, **by(OFFICER), planned=plan, seen=plan_shown(meeting)))
    item = heard_meeting()
    remove_agenda_file(with_file(item, name="补充材料.pdf").files.order_by("-uploaded_at")[0], **by(OFFICER))
    with_item(item.meeting)
    remove_agenda_item(item, **by(OFFICER))
    meeting = convened()
    receive_meeting_notice(invitation_of(meeting, LIAISON), **by(LIAISON))
    notice_on_paper(meeting, "deputy", **by(OFFICER))
    receipt_corrected(invitation_of(meeting, "deputy"), signer_name="冯十")
    cancel_meeting(meeting, **by(OFFICER), reason="领导另有安排。")


def minutes_and_their_correction():
    meeting = minuted().meeting
    with time_machine.travel(AFTER + timedelta(hours=1), tick=False):
        drafted_correction(meeting)
        withdraw_meeting_correction(meeting, **by("second_officer"), reason="另行更正。")
        drafted_correction(meeting)
        issued_correction(meeting)


def rounds():
    cancel_round(announced(title="另一次督导"), **by(OFFICER), reason="改为联合督查。")
    of_round = planned_round()
    plan = planned_plan(partners="市公安局")
    announce_round(revise_round(of_round, **by(OFFICER), planned=plan, seen=round_shown(of_round)), **by(OFFICER))
    signed_for(visit_of(of_round), **by(LIAISON))
    round_paper_on_paper(visit_of(of_round, cast.COUNTY), **by(OFFICER))
    never = {"signer_name": "", "signer_title": "", "signed_on": None, "never_signed": True}
    receipt_corrected(visit_of(of_round, cast.COUNTY).documents.get(), **never)
    move_visit(visit_of(of_round, cast.COUNTY), **by(OFFICER), day=date(2026, 11, 27))
    team = [cast.person(name) for name in ("officer", "director", "supervisor")]
    facts = {"members": team, "leader": team[0], "seen": team_shown(of_round)}
    adjust_team(of_round, **by(OFFICER), reason="主任外出。", **facts)
    with time_machine.travel(THERE, tick=False):
        withdraw_round_finding(found(visit_of(of_round)), **by(OFFICER), reason="登记到了别的单位。")
        found(visit_of(of_round))
        informed(concluded(visit_of(of_round)))
        drop_visit(visit_of(of_round, cast.COUNTY), **by(OFFICER), reason="已由上级督导。")
    corrected_opinion(visit_of(of_round))
    with time_machine.travel(THERE + timedelta(hours=1), tick=False):
        end_round(of_round, **by(OFFICER))


def corrected_opinion(of_visit):
    corrected_draft(of_visit)
    with time_machine.travel(afterwards(), tick=False):
        withdraw_opinion_correction(of_visit, **by("supervisor"), reason="另行更正。")
    corrected_draft(of_visit)
    reissued(of_visit)


def letters():
    withdraw_received_letter(received(number="江检建〔2026〕4号"), **by(OFFICER), reason="误登。")
    reply = replied(received())
    return_received_reply(reply, **by(OFFICER), reason="没有责任人。", again_by=date(2026, 12, 4))
    withdraw_received_closing(closed(replied(reply.letter, words="已明确责任人。")), **by(DIRECTOR), reason="有反复。")
    replied(received(number="江检建〔2026〕5号"), by=OFFICER)
    again = received(number="江检建〔2026〕6号")
    due_moved(again)
    scanned_again(again)
    record_received_recall(again, **by(OFFICER), reason="已另行发函。", scan=[pdf("撤回函.pdf")])


def dossiers():
    head, liaison = cast.head(cast.TOWN), cast.liaison(cast.TOWN)
    return_dossier(entered(head, by=liaison), **by(HEAD), reason="数字有误。")
    entry = entered(head, by=liaison, main_work="全年组织排查4次。", reason="补计一次。")
    confirm_dossier(entry, **by(HEAD))
    read_dossier(entry, **by(DIRECTOR), note="内容翔实。")
    withdraw_commendation(awarded(cast.unit(cast.TOWN)), **by(DIRECTOR), reason="误登。")
