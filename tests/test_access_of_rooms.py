"""The later rooms: every address, by every role, about a unit's own things, served and not yet, by GET and by POST.

Who is refused a thing, or finds none, is answered alike by both methods, and nothing is written. Who
must not know of a thing is answered as about one that was never there. An address that no row asks for fails the test.
"""

import re
import uuid

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.agenda_files import heard_meeting, signed_item, with_file
from tests.assignments import given
from tests.dossiers import awarded, entered
from tests.factories import later, pdf
from tests.ladder import measure_in, take
from tests.meeting_corrections import drafted as drafted_correction
from tests.meetings import called, convened, invitation_of, minuted, with_item, written
from tests.opinion_corrections import corrected_draft
from tests.received import closed, received, replied
from tests.refusals import appoint
from tests.reporting import FIELDS, FILE, analysed, marked, report_of, scheme_of
from tests.room_receipts import notice_on_paper, other_scan, receipt_corrected, round_paper_on_paper
from tests.rounds import announced, covert_round, informed_visit, planned_round, visit_of
from tests.test_access import OF_ROOMS, OF_THIS_ANSWER, logged_in
from tests.vetoes import veto_in
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.models import Event
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.vocabulary import MeasureState, PostKind, ReportingRhythm, Verb

OFFICER, DIRECTOR, LEADER, SUPERVISOR = OFFICE = ("officer", "director", "group_leader", "supervisor")
RECUSED = "second_officer"  # of the office, and liaison of the town as well (回避)
TOWN = HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
STRANGERS = ("sysadmin", "auditor", f"head_{cast.DIVISION_TOWN}")
INNER, OF_TOWN = (*OFFICE, RECUSED), (RECUSED, *TOWN)
INSIDE, EVERYBODY = (*OFFICE, *OF_TOWN), (*OFFICE, *OF_TOWN, *STRANGERS)
KEEPS, DECIDES = (OFFICER, RECUSED, DIRECTOR), (OFFICER, DIRECTOR, SUPERVISOR)
NOBODY, ALL = (), EVERYBODY
FILES = ("", "_preview", "_page")

# Of what, which address: who is answered; who reads that it is not theirs, or past; the rest finds nothing.
WALK = {
    ("planned", "meeting"): (INNER, NOBODY),
    ("sent", "meeting"): (INSIDE, NOBODY),
    ("record", "meeting"): (INSIDE, NOBODY),
    ("planned", "meeting_notice"): (NOBODY, NOBODY),
    ("sent", "meeting_notice"): (INSIDE, NOBODY),
    ("planned", "revise_meeting"): (KEEPS, ALL),
    ("planned", "cancel_meeting"): (KEEPS, ALL),
    ("planned", "add_agenda_item"): (KEEPS, ALL),
    ("planned", "order_agenda"): (KEEPS, ALL),
    ("planned", "convene_meeting"): (KEEPS, ALL),
    ("sent", "record_attendance"): (KEEPS, ALL),
    ("record", "record_resolutions"): (KEEPS, ALL),
    ("record", "meeting_minutes"): ((OFFICER, DIRECTOR), ALL),
    ("item", "conclude_agenda_item"): (KEEPS, ALL),
    ("heard_item", "add_agenda_files"): (KEEPS, (*OFFICE, *OF_TOWN, *STRANGERS)),
    ("planned_item", "revise_agenda_item"): (KEEPS, ALL),
    **{("heard_file", f"item_file{what}"): (INSIDE, NOBODY) for what in FILES},
    **{("item_file", f"item_file{what}"): (INNER, NOBODY) for what in FILES},
    **{("signed_sheet", f"item_file{what}"): (INNER, NOBODY) for what in FILES},
    ("sent_notice", "register_meeting_receipt"): ((OFFICER, DIRECTOR), ALL),
    ("signed_invitation", "correct_meeting_receipt"): ((OFFICER, DIRECTOR), ALL),
    ("signed_paper", "correct_round_receipt"): ((OFFICER, DIRECTOR), (LEADER, SUPERVISOR, *OF_TOWN)),
    **{("former_notice", f"receipt_scan{what}"): (OFFICE, NOBODY) for what in FILES},
    **{("former_opinion", f"receipt_scan{what}"): (OFFICE, NOBODY) for what in FILES},
    **{("signed_notice", f"receipt_scan{what}"): (INSIDE, NOBODY) for what in FILES},
    **{("signed_opinion", f"receipt_scan{what}"): (INSIDE, NOBODY) for what in FILES},
    ("minuted", "correct_meeting_minutes"): ((OFFICER, DIRECTOR), ALL),
    ("minuted", "issue_meeting_correction"): ((OFFICER, DIRECTOR), ALL),
    ("minuted", "withdraw_meeting_correction"): ((OFFICER, DIRECTOR), ALL),
    ("letter", "received_letter"): (INSIDE, NOBODY),
    ("gone", "received_letter"): (OFFICE, NOBODY),
    ("letter", "reply_received_letter"): ((*DECIDES, *OF_TOWN), (LEADER,)),
    ("gone", "reply_received_letter"): (DECIDES, (LEADER,)),
    ("letter", "withdraw_received_letter"): (DECIDES, INSIDE),
    ("gone", "withdraw_received_letter"): (DECIDES, OFFICE),
    ("letter", "record_received_recall"): (DECIDES, INSIDE),
    ("gone", "record_received_recall"): (DECIDES, OFFICE),
    ("letter", "add_received_scan"): ((*DECIDES, *OF_TOWN), (LEADER,)),
    ("gone", "add_received_scan"): (DECIDES, (LEADER,)),
    ("letter", "set_received_due"): (DECIDES, INSIDE),
    ("gone", "set_received_due"): (DECIDES, OFFICE),
    ("letter", "close_unanswered"): (DECIDES, INSIDE),
    ("gone", "close_unanswered"): (DECIDES, OFFICE),
    ("reply", "return_received_reply"): (DECIDES, INSIDE),
    ("reply", "close_received_letter"): (DECIDES, INSIDE),
    ("closing", "withdraw_received_closing"): ((DIRECTOR,), INSIDE),
    ("head", "person_dossier"): (INSIDE, NOBODY),
    ("head", "person_dossier_pdf"): (INSIDE, NOBODY),
    ("town", "unit_dossier"): (INSIDE, NOBODY),
    ("town", "unit_dossier_pdf"): (INSIDE, NOBODY),
    ("town", "record_commendation"): ((OFFICER, DIRECTOR), ALL),
    ("award", "withdraw_commendation"): ((DIRECTOR,), INSIDE),
    ("post", "enter_dossier"): (OF_TOWN, ALL),
    ("confirmed", "dossier_entry"): (INSIDE, NOBODY),
    ("unconfirmed", "dossier_entry"): (OF_TOWN, NOBODY),
    ("scheme", "report_scheme"): (INNER, ALL),
    ("scheme", "missed_units"): (INNER, ALL),
    ("scheme", "revise_scheme"): (KEEPS, ALL),
    ("scheme", "end_scheme"): (KEEPS, ALL),
    ("incidents", "register_paper_incident"): ((OFFICER, RECUSED), ALL),
    ("incidents", "mark_concealed"): (KEEPS, ALL),
    ("period", "excuse_reports"): ((DIRECTOR,), ALL),
    ("past", "chase_period"): ((*DECIDES, RECUSED), ALL),
    ("any_time", "report_any_time"): (OF_TOWN, ALL),
    ("period", "report_summary"): (INNER, ALL),
    ("period", "report_summary_file"): (INNER, ALL),
    ("period", "report_returns_file"): (INNER, ALL),
    ("past", "draft_analysis"): ((OFFICER, RECUSED), ALL),
    ("analysis", "report_analysis"): (INNER, NOBODY),
    ("analysis", "revise_analysis"): ((OFFICER, RECUSED), ALL),
    ("analysis", "endorse_analysis"): ((DIRECTOR, SUPERVISOR), ALL),
    ("analysis", "return_analysis"): ((DIRECTOR, SUPERVISOR), ALL),
    ("analysis", "issue_analysis"): ((DIRECTOR,), ALL),
    ("analysis", "withdraw_analysis"): ((OFFICER, RECUSED), ALL),
    ("report", "report"): (INSIDE, NOBODY),
    ("report", "fill_report"): (OF_TOWN, INSIDE),
    ("report", "mark_report"): ((OFFICER, DIRECTOR), ALL),
    ("report", "register_paper_report"): ((OFFICER,), ALL),
    ("mark", "withdraw_report_mark"): ((DIRECTOR,), ALL),
    ("decided", "measure_laid"): (OFFICE, NOBODY),
    ("served", "measure_laid"): (INSIDE, NOBODY),
    ("decided", "measure_form"): (OFFICE, NOBODY),
    ("served", "measure_form"): (OFFICE, NOBODY),
    ("to_departments", "consultation_form"): (OFFICE, NOBODY),
    ("decided", "revise_measure"): (NOBODY, OFFICE),
    ("served", "autosave_measure_revision"): (NOBODY, INSIDE),
    ("decided", "measure_step", "serve_measure"): ((OFFICER,), OFFICE),
    ("decided", "measure_step", "acknowledge_measure"): (NOBODY, OFFICE),
    ("served", "measure_step", "acknowledge_measure"): (OF_TOWN, INSIDE),
    ("decided", "take_task_step_of_measure_laid", "prepare_report"): (NOBODY, OFFICE),
    ("served", "take_task_step_of_measure_laid", "prepare_report"): (OF_TOWN, INSIDE),
    ("served", "take_task_step_of_measure_laid", "hand_in_report"): ((HEAD,), INSIDE),
    ("served", "take_task_step_of_measure_laid", "accept_task"): ((SUPERVISOR,), INSIDE),
    ("served", "autosave_task_step_of_measure_laid", "prepare_report"): (OF_TOWN, INSIDE),
    ("letter", "hand_out_received"): (DECIDES, INSIDE),
    ("gone", "hand_out_received"): (DECIDES, OFFICE),
    ("assignment", "assignment"): (INSIDE, NOBODY),
    ("assignment", "assignment_step", "revoke_assignment"): ((DIRECTOR,), INSIDE),
    ("assignment", "take_task_step_of_assignment", "prepare_report"): (OF_TOWN, INSIDE),
    ("assignment", "take_task_step_of_assignment", "accept_task"): ((SUPERVISOR,), INSIDE),
    ("assignment", "autosave_task_step_of_assignment", "prepare_report"): (OF_TOWN, INSIDE),
    ("open_round", "supervision_round"): (INNER, NOBODY),
    ("secret_round", "supervision_round"): (OFFICE, NOBODY),
    **dict.fromkeys(
        [("open_round", name) for name in ("revise_round", "end_round", "cancel_round", "adjust_team")],
        (DECIDES, (LEADER, RECUSED)),
    ),
    ("open_round", "announce_round"): ((OFFICER, DIRECTOR), (LEADER, SUPERVISOR, RECUSED)),
    ("open_visit", "round_visit"): (OFFICE, NOBODY),
    ("secret_visit", "round_visit"): (OFFICE, NOBODY),
    ("sent_visit", "round_visit"): (INSIDE, NOBODY),
    ("informed_visit", "round_visit"): (INSIDE, NOBODY),
    **{
        ("secret_visit", name): (DECIDES, (LEADER,))
        for name in ("record_round_finding", "conclude_visit", "move_visit", "drop_visit")
    },
    ("sent_visit", "record_round_finding"): (DECIDES, (LEADER, *OF_TOWN)),
    ("sent_visit", "register_round_receipt"): ((OFFICER, DIRECTOR), (LEADER, SUPERVISOR, *OF_TOWN)),
    ("sent_visit", "issue_round_opinion"): ((OFFICER, DIRECTOR), (LEADER, SUPERVISOR, *OF_TOWN)),
    ("informed_visit", "hand_out_round"): (DECIDES, (LEADER, *OF_TOWN)),
    ("informed_visit", "correct_round_opinion"): (DECIDES, (LEADER, *OF_TOWN)),
    ("corrected_visit", "reissue_round_opinion"): ((OFFICER, DIRECTOR), (LEADER, SUPERVISOR, *OF_TOWN)),
    ("corrected_visit", "withdraw_opinion_correction"): (DECIDES, (LEADER, *OF_TOWN)),
    ("finding", "withdraw_round_finding"): (DECIDES, (LEADER,)),
    **{("found_file", f"round_file{what}"): (OFFICE, NOBODY) for what in FILES},
    ("", "draft_measure"): ((OFFICER, RECUSED), ALL),
    ("", "autosave_measure"): ((OFFICER, RECUSED), ALL),
    **{("letter_paper", f"received_paper{what}"): (INSIDE, NOBODY) for what in FILES},
    **{("gone_paper", f"received_paper{what}"): (OFFICE, NOBODY) for what in FILES},
    **{("award_paper", f"dossier_paper{what}"): (INSIDE, NOBODY) for what in FILES},
    **{("unconfirmed_paper", f"dossier_paper{what}"): (OF_TOWN, NOBODY) for what in FILES},
    **{("reported_file", f"report_file{what}"): (INSIDE, NOBODY) for what in FILES},
    **{("proof_file", f"report_file{what}"): (OFFICE, NOBODY) for what in FILES},
}
# Sent by a button alone: who may, and who reads that it is not theirs.
POSTED = {
    ("planned_item", "remove_agenda_item"): (KEEPS, ALL),
    ("heard_file", "remove_agenda_file"): (KEEPS, ALL),
    ("minuted", "take_meeting_file"): (KEEPS, INSIDE),
    ("invitation", "receive_meeting_notice"): (OF_TOWN, NOBODY),
    ("open_round", "take_round_file"): (KEEPS, INNER),
    ("secret_round", "take_round_file"): ((OFFICER, DIRECTOR), OFFICE),
    ("sent_visit", "receive_round_paper"): (OF_TOWN, OFFICE),
    ("secret_visit", "receive_round_paper"): (NOBODY, OFFICE),
    ("missed", "chase_missed"): (DECIDES, ALL),
    ("", "accept_selected_reports"): (KEEPS, ALL),
    ("report", "report_zero"): (OF_TOWN, INSIDE),
    ("decided", "follow_measure"): (OFFICE, NOBODY),
    ("served", "follow_measure"): (INSIDE, NOBODY),
    ("assignment", "follow_assignment"): (INSIDE, NOBODY),
    ("served", "take_measure_file"): (KEEPS, INSIDE),
}


@pytest.fixture
def rooms(office):
    """The arguments of addresses, by what they are of: all about one town."""
    head, town = cast.head(cast.TOWN), cast.unit(cast.TOWN)
    planned, sent, record = called(topic="还没有印发"), convened(topic="已经印发"), written()
    letter, done, gone = (received(number=f"江检建〔2026〕{number}号") for number in (3, 4, 5))
    withdraw_received_letter(gone, by=cast.person("officer"), reason="误登。")
    unconfirmed = entered(head, by=cast.person(LIAISON), year=2025)
    award = awarded(town)
    scheme = scheme_of(fields=(*FIELDS, FieldRow("明细", FILE, needed=False)))
    mark = marked(report_of(scheme))
    things = {"planned": planned, "sent": sent, "record": record, "letter": letter, "gone": gone, "head": head}
    things |= {"town": town, "award": award, "confirmed": entered(head), "unconfirmed": unconfirmed, "scheme": scheme}
    things |= {"mark": mark, "period": mark.report.period, "closing": closed(replied(done)), "reply": replied(letter)}
    heard = heard_meeting()
    things |= {"heard_item": heard, "heard_file": heard.files.get()}
    things["item_file"] = with_file(with_item(heard.meeting)).files.get()
    things["signed_sheet"] = signed_item().files.get(is_signed=True)
    things["minuted"] = minuted().meeting
    drafted_correction(things["minuted"])
    things |= {"item": record.items.get(), "planned_item": with_item(planned)}
    things |= {"letter_paper": letter.papers.get(), "gone_paper": gone.papers.get(), "award_paper": award.papers.get()}
    things |= {"unconfirmed_paper": unconfirmed.papers.get(), "proof_file": mark.files.get()}
    things |= {"reported_file": mark.version.files.get()}
    things |= {state.value: measure_in(state, on=town) for state in (MeasureState.DECIDED, MeasureState.SERVED)}
    with later(days=9):
        things["analysis"] = analysed(mark.report.period)
    things["past"] = mark.report.period
    things["assignment"] = given(received(number="江检建〔2026〕9号"))
    open_round, secret = planned_round(), covert_round()
    of_visit = informed_visit(proof=[pdf("照片.pdf")])
    things |= {"open_round": open_round, "secret_round": secret, "informed_visit": of_visit}
    things["corrected_visit"] = corrected_draft(informed_visit(of_round=announced(title="另一次督导"))).visit
    things |= {
        "open_visit": visit_of(open_round),
        "secret_visit": visit_of(secret),
        "sent_visit": visit_of(announced()),
    }
    things |= {"finding": of_visit.findings.get(), "found_file": of_visit.findings.get().files.get()}
    things["signed_notice"] = notice_on_paper(convened(topic="纸质回执"), HEAD, by=cast.person("officer"))
    with time_machine.travel(of_visit.informed_at, tick=False):
        things["signed_opinion"] = round_paper_on_paper(of_visit, by=cast.person("officer"))
    things["signed_paper"] = things["signed_opinion"].document
    any_time = scheme_of("突发情况", rhythm=ReportingRhythm.ANY_TIME)
    keys = {name: (thing.pk,) for name, thing in things.items()}
    asked = take(Verb.ASK_CONSULTATION, take(Verb.ENDORSE_MEASURE, veto_in(MeasureState.IN_REVIEW, on=town)))
    keys["to_departments"] = (asked.pk, asked.consultations.all()[0].document_id)
    keys |= {"any_time": (any_time.pk, town.pk), "missed": (scheme.pk, town.pk), "": ()}
    keys["incidents"] = (any_time.pk,)
    keys |= {"post": (head.posts.get().pk, 2026), "report": (mark.report.public_id,)}
    signed = things["signed_notice"].invitation
    keys["signed_invitation"] = (signed.public_id,)
    keys |= former_receipts()
    keys["invitation"] = keys["sent_notice"] = (invitation_of(sent, HEAD).public_id,)
    appoint(cast.person(RECUSED), town, PostKind.LIAISON, "联络员")
    return keys


def former_receipts():
    """Scans that a correction set aside, of a notice and of an opinion."""
    notice = notice_on_paper(convened(topic="更正回执"), HEAD, by=cast.person("officer"))
    other = informed_visit(of_round=announced(title="第三次督导"))
    with time_machine.travel(other.informed_at, tick=False):
        opinion = round_paper_on_paper(other, by=cast.person("officer"))
        for thing in (notice.invitation, opinion.document):
            receipt_corrected(thing, signed_on=clock.today(), scan=other_scan())
    return {"former_notice": (notice.pk,), "former_opinion": (opinion.pk,)}


def address(rooms, of, name, *more):
    return reverse(name, args=[*rooms[of], *more, *([1] if name.endswith("_page") else [])])


def nowhere(url):
    """The same address of a thing that never was."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(uuid.UUID(int=7)), re.sub(r"/\d{3,}/(?!pages)", f"/{10**17}/", url))


def answer(client, method, url):
    response = getattr(client, method)(url)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, OF_THIS_ANSWER.sub(b"", body)


def expected(who, may, refused):
    return "open" if who in may else "refused" if who in refused else "hidden"


KIND = {200: "open", 302: "open", 303: "open", 422: "open", 403: "refused", 409: "refused", 404: "hidden"}


def assert_walked(client, who, walk, keys):
    """Each row of the walk is answered as it says, by GET and by POST; what is hidden, as what never was."""
    for (of, name, *more), (may, refused) in walk.items():
        url, due = address(keys, of, name, *more), expected(who, may, refused)
        status, body = answer(client, "get", url)
        assert KIND[status] == due, (who, url, name)
        if due != "open":
            by_post = answer(client, "post", url)[0]
            assert by_post in (status, 405), (who, url, name)
        if due == "hidden":
            assert (status, body) == answer(client, "get", nowhere(url)), (who, url, name)


def test_who_comes_to_what_and_nobody_else_does_anything(rooms):
    for who in EVERYBODY:
        client, before = logged_in(who), Event.objects.count()
        assert_walked(client, who, WALK, rooms)
        for (of, name, *more), (may, refused) in POSTED.items():
            url, due = address(rooms, of, name, *more), expected(who, may, refused)
            assert client.get(url).status_code == 405, (who, url)
            if due != "open":
                assert KIND[client.post(url).status_code] == due, (who, url, name)
        assert Event.objects.count() == before, who


def test_every_address_of_these_rooms_is_asked_for():
    of_their_own = {"add_restricted_leader"}  # tests/test_access_of_registers.py
    assert {row[1] for row in (*WALK, *POSTED)} == OF_ROOMS - of_their_own
