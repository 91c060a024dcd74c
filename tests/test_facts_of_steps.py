"""What a step leaves in the record of its case besides who and when: both states, the opinion, and its facts."""

from datetime import UTC

from tests.factories import case_in, later, letter_in, png, take
from yuetan.vocabulary import CaseState, LetterState, Verb

INSPECTORS = "、".join(
    f"{name}（江门市扫黑除恶专项斗争领导小组办公室{post}）" for name, post in (("周七", "督查员"), ("张一", "承办人"))
)
SIGNED = {"method": "online", "approver": "赵四（市扫黑除恶专项斗争领导小组组长）"}


def record(subject, *, since=0):
    """The record of a case or letter, from its event of this number on."""
    events = list(subject.events.order_by("id"))[since:]
    return [(each.verb, f"{each.from_state} → {each.to_state}", each.opinion, each.data) for each in events]


def performed(case, *verbs, **changed):
    """What these steps leave, one after the other."""
    before = case.events.count()
    for verb in verbs:
        take(verb, case, **changed)
    return record(case, since=before)


def notice(case, kind="interview_notice"):
    """What is kept of a notice that was served."""
    case.refresh_from_db()
    paper = case.documents.filter(kind=kind).latest("issued_at")
    return {
        "document": paper.number,
        "place": case.place,
        "scheduled_at": case.scheduled_at.astimezone(UTC).isoformat(),
    }


def test_a_case_from_its_draft_to_its_end(office):
    case = case_in(CaseState.CLOSED, prepare_submission={"files": [png()]})
    served = notice(case)
    assert record(case) == [
        ("draft", " → drafted", "", {}),
        ("submit", "drafted → in_review", "", {"version": 1}),
        ("endorse", "in_review → proposed", "同意，报审定。", {}),
        ("approve", "proposed → approved", "同意。", SIGNED | {"sha256": case.proposal_sha256}),
        ("serve_notice", "approved → notified", "", served),
        ("acknowledge_receipt", "notified → notified", "", {"document": served["document"]}),
        ("hand_in_submission", "notified → notified", "", {"version": 1}),
        ("hold_interview", "notified → interviewed", "", {}),
        ("confirm_minutes", "interviewed → interviewed", "", {}),
        ("send_minutes", "interviewed → interviewed", "", {}),
        ("answer_minutes", "interviewed → interviewed", "", {"answer": "agreed"}),
        ("issue_minutes", "interviewed → minuted", "", {"document": case.current_minutes.number}),
        ("assign", "minuted → rectifying", "", {}),
        ("hand_in_report", "rectifying → rectifying", "", {"late": [], "tasks": [1], "versions": [1]}),
        ("hand_in_report", "rectifying → rectifying", "", {"late": [], "tasks": [2], "versions": [1]}),
        ("accept_task", "rectifying → rectifying", "经核查，已落实，予以销号。", {"task": 1}),
        ("accept_task", "rectifying → rectifying", "经核查，已落实，予以销号。", {"task": 2}),
        ("begin_inspection", "rectifying → inspecting", "", {"inspectors": INSPECTORS, "planned_on": "2026-11-21"}),
        ("conclude_inspection", "inspecting → inspecting", "两项措施均已落实。",
         {"conclusion": "rectified", "inspection": 1}),
        ("close", "inspecting → closed", "同意办结销号。", {"revisit_on": "2027-02-21"}),
    ]  # fmt: skip


def test_proposals_returned_declined_and_withdrawn(office):
    case = case_in(CaseState.PROPOSED)
    assert performed(case, Verb.RETURN_FOR_CHANGES, Verb.REVISE_DRAFT, Verb.WITHDRAW) == [
        ("return_for_changes", "proposed → drafted", "事实部分请补充数据。", {}),
        ("revise_draft", "drafted → drafted", "", {}),
        ("withdraw", "drafted → withdrawn", "情况已有变化。", {"settled": []}),
    ]
    case = case_in(CaseState.DECLINED)
    facts = SIGNED | {"sha256": case.proposal_sha256}
    assert record(case)[-1] == ("decline", "proposed → declined", "已另行部署。", facts)


def test_what_happens_to_a_notice(office):
    case = case_in(CaseState.NOTIFIED)
    number, still = case.documents.get().number, "notified → notified"
    assert performed(case, Verb.ASK_LEAVE, Verb.DECIDE_LEAVE, Verb.REGISTER_RECEIPT) == [
        ("ask_leave", still, "参加省里的会议。", {"leave_of": "冯十"}),
        ("decide_leave", still, "同意，另定时间。", {"leave_of": "冯十", "outcome": "获准"}),
        ("register_receipt", still, "", {"document": number, "signer": "褚十二（棠下镇联络员）"}),
    ]
    moved = performed(case, Verb.RESCHEDULE)
    assert moved == [("reschedule", still, "会议冲突。", notice(case, "reschedule_notice") | {"settled": []})]
    cancelled = performed(case, Verb.WITHDRAW)
    number = case.documents.get(kind="cancellation").number
    assert cancelled == [("withdraw", "notified → withdrawn", "情况已有变化。", {"document": number, "settled": []})]


def test_minutes_corrected(office):
    case = case_in(CaseState.RECTIFYING)
    old, still = case.documents.get(kind="minutes").number, "rectifying → rectifying"
    with later(days=20):  # a paper of another kind is the last one now
        take(Verb.ISSUE_SUPERVISION_LETTER, case)
        corrected = performed(case, Verb.CORRECT_MINUTES, Verb.CONFIRM_CORRECTION)
    new = case.documents.filter(kind="minutes").latest("issued_at").number
    assert corrected == [
        ("correct_minutes", still, "漏列一项问题", {}),
        ("confirm_correction", still, "", {"document": new, "replaced": old, "reason": "漏列一项问题"}),
    ]


def test_what_happens_to_a_task_on_its_way(office):
    case, still = case_in(CaseState.RECTIFYING), "rectifying → rectifying"
    asked = {"task": 1, "new_due_on": "2026-12-13", "requested_late": False}
    assert performed(case, Verb.CHASE, Verb.ANSWER_CHASE, Verb.ASK_EXTENSION, Verb.DECIDE_EXTENSION,
                 Verb.PAUSE_TASK, Verb.RESUME_TASK, Verb.RECORD_SITE_CHECK) == [
        ("chase", still, "请尽快报告落实情况。", {"tasks": [1]}),
        ("answer_chase", still, "已完成大半，月底前报告。", {"task": 1}),
        ("ask_extension", still, "需会同有关单位核查。", asked),
        ("decide_extension", still, "同意延期。", asked | {"reason": "需会同有关单位核查。", "granted": True}),
        ("pause_task", still, "等待有关部门核查结果。",
         {"task": 1, "asked_by": "被约谈方申请", "planned_end_on": "2026-12-07"}),
        ("resume_task", still, "核查结果已出。", {"task": 1, "effective_due_on": "2026-12-13"}),
        ("record_site_check", still, "台账与现场一致。", {"task": 1}),
    ]  # fmt: skip


def test_what_happens_to_a_task_too_late(office):
    case, still = case_in(CaseState.RECTIFYING), "rectifying → rectifying"
    with later(days=50):
        papers = performed(case, Verb.ISSUE_SUPERVISION_LETTER, Verb.ACKNOWLEDGE_SUPERVISION, Verb.ANSWER_SUPERVISION)
        reports = performed(case, Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.RETURN_TASK)
    number = case.documents.get(kind="supervision_letter").number
    assert papers == [
        ("issue_supervision_letter", still, "请于一周内补报。", {"document": number, "grade": "red", "tasks": [1, 2]}),
        ("acknowledge_supervision", still, "", {"document": number}),
        ("answer_supervision", still, "已责成专人办理，月底前完成。", {"document": number}),
    ]
    assert reports == [
        ("hand_in_report", still, "", {"late": [1], "tasks": [1], "versions": [1]}),
        ("return_task", still, "台账缺少办理结果。", {"task": 1}),
    ]


def test_a_case_that_is_sent_back(office):
    case, still = case_in(CaseState.RECTIFYING), "inspecting → inspecting"
    with later(days=50):
        take(Verb.BEGIN_INSPECTION, case)
        take(Verb.CONCLUDE_INSPECTION, case, conclusion="not_rectified")
        asked = performed(case, Verb.REQUEST_SEND_BACK, Verb.REFUSE_REWORK, Verb.REQUEST_SEND_BACK, Verb.SEND_BACK)
    facts = {"tasks": [1, 2], "new_due_on": "2027-01-22"}
    assert asked == [
        ("request_send_back", still, "台账不全。", facts),
        ("refuse_rework", still, "先核实再提请。", {"tasks": [1, 2]}),
        ("request_send_back", still, "台账不全。", facts),
        ("send_back", "inspecting → rectifying", "同意退回。", facts | {"settled": [], "rework_reason": "台账不全。"}),
    ]


def test_what_is_decided_elsewhere_and_checked_here(office):
    case, still = case_in(CaseState.CLOSED), "closed → closed"
    recorded = performed(case, Verb.RECORD_CONSEQUENCE, Verb.CONFIRM_CONSEQUENCE)
    assert recorded == [
        ("record_consequence", still, "对主要负责人予以诫勉。", {"kind": "accountability"}),
        ("confirm_consequence", still, "已对照决定文书原件。", {"outcome": "核对无误"}),
    ]


def test_a_case_that_relapsed(office):
    case = case_in(CaseState.CLOSED)
    with later(days=80):
        visited = performed(case, Verb.RECORD_REVISIT)
        again = performed(case, Verb.REQUEST_REOPENING, Verb.REOPEN)
    facts = {"tasks": [1], "new_due_on": "2027-03-03"}
    assert visited == [
        ("record_revisit", "closed → closed", "台账停了更新。", {"outcome": "relapsed", "visited_on": "2027-02-11"})
    ]
    assert again == [
        ("request_reopening", "closed → closed", "摸排又停了。", facts),
        ("reopen", "closed → rectifying", "同意重启整改。", facts | {"settled": [], "rework_reason": "摸排又停了。"}),
    ]


def test_letters(office):
    drafted, issued = ("draft_letter", " → drafted", "", {}), letter_in(LetterState.ISSUED)
    number = {"document": issued.document.number}
    assert record(issued) == [drafted, ("approve_letter", "drafted → issued", "", number)]
    returned = ("return_letter", "drafted → returned", "问题写得不实，请核实后修改。", {})
    assert record(letter_in(LetterState.RETURNED)) == [drafted, returned]
    cancelled = ("cancel_letter", "drafted → cancelled", "与另一份重复。", {})
    assert record(letter_in(LetterState.CANCELLED)) == [drafted, cancelled]
