"""The process as the office describes it, written down once more: small, literal, and blind to the product.

Nothing here asks the product anything. A case is a few words and flags; what a step asks and what it
changes stands beside its verb. `expected` foretells how an attempt ends; `happened` follows a success.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

# How an attempt ends. Where the papers do not say, an attempt may end as REFUSED or as DONE.
GONE, NOT_THEIRS, REFUSED, DONE, REFUSED_OR_DONE = "gone", "not theirs", "refused", "done", "refused or done"

MAIN_LINE = {
    ("drafted", "submit"): "in_review",
    ("drafted", "withdraw"): "withdrawn",
    ("in_review", "return_for_changes"): "drafted",
    ("in_review", "take_back"): "drafted",
    ("in_review", "endorse"): "proposed",
    ("in_review", "withdraw"): "withdrawn",
    ("proposed", "return_for_changes"): "drafted",
    ("proposed", "take_back"): "drafted",
    ("proposed", "withdraw"): "withdrawn",
    ("proposed", "approve"): "approved",
    ("proposed", "decline"): "declined",
    ("proposed", "confirm_approval"): "approved",
    ("proposed", "confirm_decline"): "declined",
    ("approved", "serve_notice"): "notified",
    ("approved", "withdraw"): "withdrawn",
    ("notified", "reschedule"): "notified",
    ("notified", "hold_interview"): "interviewed",
    ("notified", "withdraw"): "withdrawn",
    ("interviewed", "issue_minutes"): "minuted",
    ("minuted", "assign"): "rectifying",
    ("rectifying", "begin_inspection"): "inspecting",
    ("inspecting", "send_back"): "rectifying",
    ("inspecting", "close"): "closed",
    ("closed", "reopen"): "rectifying",
}
AT_WORK = {"rectifying", "inspecting"}
MEANWHILE = {
    "revise_draft": {"drafted"},
    "register_decision": {"proposed"},
    "return_registration": {"proposed"},
    "acknowledge_receipt": {"notified"},
    "register_receipt": {"notified"},
    "prepare_submission": {"notified", "interviewed"},
    "hand_in_submission": {"notified", "interviewed"},
    "ask_leave": {"notified"},
    "decide_leave": {"notified"},
    "revise_minutes": {"interviewed"},
    "confirm_minutes": {"interviewed"},
    "return_minutes": {"interviewed"},
    "send_minutes": {"interviewed"},
    "answer_minutes": {"interviewed"},
    "correct_minutes": {"minuted", *AT_WORK, "closed"},
    "confirm_correction": {"minuted", *AT_WORK, "closed"},
    "drop_correction": {"minuted", *AT_WORK, "closed"},
    "prepare_report": {"rectifying"},
    "hand_in_report": {"rectifying"},
    "prepare_progress": {"rectifying"},
    "hand_in_progress": {"rectifying"},
    "note_progress": AT_WORK,
    "accept_task": AT_WORK,
    "return_task": {"rectifying"},
    "ask_extension": {"rectifying"},
    "decide_extension": AT_WORK,
    "chase": {"rectifying"},
    "answer_chase": AT_WORK,
    "pause_task": {"rectifying"},
    "resume_task": {"rectifying"},
    "issue_supervision_letter": {"rectifying"},
    "acknowledge_supervision": AT_WORK,
    "answer_supervision": AT_WORK,
    "register_submission": {"notified", "interviewed"},
    "register_leave": {"notified"},
    "register_minutes_answer": {"interviewed"},
    "register_report": {"rectifying"},
    "register_progress": {"rectifying"},
    "register_extension": {"rectifying"},
    "register_chase_answer": AT_WORK,
    "register_supervision_receipt": AT_WORK,
    "register_supervision_answer": AT_WORK,
    "conclude_inspection": {"inspecting"},
    "record_consequence": {*AT_WORK, "closed"},
    "confirm_consequence": {*AT_WORK, "closed"},
    "record_site_check": AT_WORK,
    "record_revisit": {"closed"},
    "sign_inspection": {*AT_WORK, "closed"},
    "request_send_back": {"inspecting"},
    "request_reopening": {"closed"},
    "refuse_rework": {"inspecting", "closed"},
    "set_retention": {"closed"},
    "place_hold": {"closed"},
    "lift_hold": {"closed"},
    "set_readers": {*(state for state, _ in MAIN_LINE), *MAIN_LINE.values()},
}
# What the unit keeps to itself until its head hands it in: it leaves no line in the record.
UNRECORDED = {"prepare_submission", "prepare_report", "prepare_progress"}
PAPERS = {"serve_notice", "reschedule", "issue_minutes", "confirm_correction", "issue_supervision_letter"}

# Who interviews whom: kind of unit, rank of its head.
INTERVIEWERS = {
    ("member_unit", ""): "group_leader",
    ("county", "division_rank"): "group_leader",
    ("town", "division_rank"): "first_deputy_leader",
    ("town", "below_division_rank"): "deputy_leader",
}
LEADERS = {"group_leader", "first_deputy_leader", "deputy_leader"}
APPROVING = {"group_leader", "first_deputy_leader"}
INNER = {"case_officer", "office_director", "supervisor", *LEADERS}
NARROWED = {"case_officer", "supervisor"}  # 知悉范围 may leave these out, and nobody who is more besides
HEADS = {"party_secretary", "government_head", "unit_head"}


@dataclass
class Task:
    """One thing the unit has to do."""

    number: int
    due: date
    state: str = "assigned"
    drafted: bool = False
    underway: bool = False  # a progress report is prepared
    asked: date | None = None
    extended: int = 0
    paused: bool = False
    stretched: bool = False
    paused_before: bool = False

    @property
    def awaited(self) -> bool:
        """Whether the unit still has to report."""
        return self.state in ("assigned", "returned")

    def overdue(self, today: date) -> bool | None:
        """Whether the limit has passed; how far a pause has stretched it is not predicted."""
        if not self.awaited or self.paused or self.due >= today:
            return False
        return None if self.stretched else True


@dataclass
class Matter:
    """One case, as far as the process asks about it."""

    pk: object
    unit: str
    drafter: str
    interviewees: dict[int, str] = field(default_factory=dict)  # post: kind
    interviewer: tuple[int, str] | None = None  # post, kind
    handed_in_by: set[str] = field(default_factory=set)
    deciders: dict[str, set[str]] = field(default_factory=dict)  # who decided, and in whose stead: kinds of posts then
    whole: bool = False
    apart: set[object] = field(default_factory=set)
    state: str = "drafted"
    endorser: str | None = None
    approver: str | None = None
    registered: tuple[str, str, str, date] | None = None  # decision, who registered it, which leader, the day
    is_notified: bool = False
    scheduled_at: datetime | None = None
    signed: bool = False
    leave: str = ""
    submission: str = ""
    handed_in: bool = False
    confirmed: bool = False
    returned: bool = False
    sent: bool = False
    answered: bool = False
    answer_until: date | None = None
    correction: bool = False
    tasks: dict[int, Task] = field(default_factory=dict)
    unread: int = 0  # progress reports handed in
    conclusion: str = ""
    unconfirmed: int = 0  # consequences that wait for a second person
    chased: str = ""  # the last time
    unsigned: int = 0  # 督办单 nobody has signed for
    signed_for: int = 0  # 督办单 signed for and not answered
    voided: bool = False  # some paper of the case
    revisit: str = ""
    retention: str = ""
    holds: list[str] = field(default_factory=list)  # who placed each that is in force, the earliest first
    rework: tuple[str, frozenset[int], date] | None = None  # asked for by whom, which tasks, until when
    readers: set[str] | None = None  # 知悉范围: who of the office may know of it; None: all of it


@dataclass
class Delegation:
    """One leader decides in another's stead, from a day until a day."""

    delegator: str
    delegate: str
    begins: date
    ends: date


@dataclass
class People:
    """Who holds which posts today: account → {(post, unit, kind)}."""

    posts: dict[str, set[tuple[int, str, str]]]
    ended: dict[int, date] = field(default_factory=dict)
    delegations: list[Delegation] = field(default_factory=list)

    def lenders(self, delegate: str, day: date) -> list[str]:
        """Who lets somebody decide in their stead on a day."""
        return [one.delegator for one in self.delegations if one.delegate == delegate and one.begins <= day <= one.ends]

    def with_account(self) -> list[str]:
        """Who can log in: whoever holds a post; of some only the post is known."""
        return sorted(who for who, posts in self.posts.items() if posts and not who.startswith("·"))

    def holds(self, who: str, kinds: set[str], unit: str | None = None) -> bool:
        """Whether somebody holds a post of these kinds today (in this unit)."""
        return any(kind in kinds and unit in (None, where) for _, where, kind in self.posts.get(who, ()))

    def belongs(self, who: str, unit: str) -> bool:
        """Whether somebody holds any post in the unit: there a role counts for nothing."""
        return any(where == unit for _, where, _ in self.posts.get(who, ()))

    def left_out(self, who: str, matter: Matter) -> bool:
        """知悉范围: whether somebody of the office may not know of it."""
        return matter.readers is not None and who not in matter.readers and self.may_be_left_out(who)

    def may_be_left_out(self, who: str) -> bool:
        """Officers and supervisors, unless they are director or leader too."""
        return self.holds(who, NARROWED) and not self.holds(who, INNER - NARROWED)

    def serves(self, post: int, day: date | None = None) -> bool:
        """Whether this post is still held (was held on a day); the last day is no longer a day in it."""
        return post not in self.ended or (day is not None and day < self.ended[post])

    def side(self, who: str, matter: Matter) -> str:
        """Which side of this case somebody is on: inner, unit, or none at all."""
        if self.belongs(who, matter.unit):
            return "unit" if matter.is_notified else ""
        return "inner" if self.holds(who, INNER) and not self.left_out(who, matter) else ""


Asked = Callable[[People, str, Matter], bool]


def _role(*kinds: str) -> Asked:
    return lambda people, who, matter: (
        people.holds(who, set(kinds)) and not people.belongs(who, matter.unit) and not people.left_out(who, matter)
    )


_officer, _director, _supervisor = _role("case_officer"), _role("office_director"), _role("supervisor")


def _heads(people: People, who: str, matter: Matter) -> bool:
    return matter.is_notified and people.holds(who, HEADS, matter.unit)


def _unit(people: People, who: str, matter: Matter) -> bool:
    return matter.is_notified and people.holds(who, HEADS | {"liaison"}, matter.unit)


def _drafter(people: People, who: str, matter: Matter) -> bool:
    """Who drafted it; once they have left, any case officer."""
    return _officer(people, who, matter) and (who == matter.drafter or not _officer(people, matter.drafter, matter))


def _approver(people: People, who: str, matter: Matter) -> bool:
    """Who decided, and in whose stead; once none of them is a leader, who has their posts now."""
    leads = _role(*LEADERS)
    still = {one for one in matter.deciders if leads(people, one, matter)}
    then = {kind for kinds in matter.deciders.values() for kind in kinds}
    return who in still if still else _role(*then)(people, who, matter)


def _interviewer(people: People, who: str, matter: Matter) -> bool:
    """Who holds the interviewer's post now: of each leader's post the cast has one."""
    assert matter.interviewer is not None
    return _role(matter.interviewer[1])(people, who, matter)


def _drops_correction(people: People, who: str, matter: Matter) -> bool:
    return _director(people, who, matter) or _interviewer(people, who, matter)


def _returns(people: People, who: str, matter: Matter) -> bool:
    asked = _role("office_director") if matter.state == "in_review" else _role(*LEADERS)
    return asked(people, who, matter)


def _withdraws(people: People, who: str, matter: Matter) -> bool:
    early = matter.state in ("drafted", "in_review", "proposed")
    return _drafter(people, who, matter) if early else _approver(people, who, matter)


def _decides(people: People, who: str, matter: Matter) -> bool:
    # 回避 is told in a sentence.
    return people.holds(who, LEADERS)


def _registers(people: People, who: str, matter: Matter) -> bool:
    # So it is to who only registers.
    return people.holds(who, {"case_officer", "office_director"}) and not people.left_out(who, matter)


# What a unit hands in on paper is registered by an officer, under the conditions under which it hands it in itself.
ON_PAPER = {
    "register_submission": "prepare_submission",
    "register_leave": "ask_leave",
    "register_minutes_answer": "answer_minutes",
    "register_report": "prepare_report",
    "register_progress": "prepare_progress",
    "register_extension": "ask_extension",
    "register_chase_answer": "answer_chase",
    "register_supervision_receipt": "acknowledge_supervision",
    "register_supervision_answer": "answer_supervision",
}
WHOSE: dict[str, Asked] = {
    "revise_draft": _drafter,
    "submit": _drafter,
    "return_for_changes": _returns,
    "take_back": _drafter,
    "endorse": _director,
    "approve": _decides,
    "decline": _decides,
    "register_decision": _registers,
    "confirm_approval": _role("case_officer", "office_director"),
    "confirm_decline": _role("case_officer", "office_director"),
    "return_registration": _role("case_officer", "office_director"),
    "withdraw": _withdraws,
    "serve_notice": _officer,
    "reschedule": _officer,
    "acknowledge_receipt": _unit,
    "register_receipt": _role("case_officer", "office_director"),
    "ask_leave": _heads,
    "decide_leave": _interviewer,
    "prepare_submission": _unit,
    "hand_in_submission": _heads,
    "hold_interview": _officer,
    "revise_minutes": _role("case_officer", "office_director"),
    "confirm_minutes": _interviewer,
    "return_minutes": _interviewer,
    "send_minutes": _officer,
    "answer_minutes": _heads,
    "issue_minutes": _director,
    "correct_minutes": _director,
    "confirm_correction": _interviewer,
    "drop_correction": _drops_correction,
    "assign": _officer,
    "prepare_report": _unit,
    "hand_in_report": _heads,
    "prepare_progress": _unit,
    "hand_in_progress": _heads,
    "note_progress": _supervisor,
    "accept_task": _supervisor,
    "return_task": _supervisor,
    "ask_extension": _heads,
    "decide_extension": _director,
    "chase": _role("case_officer", "supervisor"),
    "answer_chase": _unit,
    "pause_task": _director,
    "resume_task": _director,
    "issue_supervision_letter": _director,
    "acknowledge_supervision": _unit,
    "answer_supervision": _heads,
    **dict.fromkeys(ON_PAPER, _officer),
    "begin_inspection": _supervisor,
    "conclude_inspection": _supervisor,
    "sign_inspection": _role("case_officer", "office_director", "supervisor"),
    "request_send_back": _supervisor,
    "send_back": _director,
    "record_consequence": _director,
    "confirm_consequence": _role("case_officer", "supervisor"),
    "record_site_check": _supervisor,
    "record_revisit": _supervisor,
    "request_reopening": _supervisor,
    "reopen": _director,
    "refuse_rework": _director,
    "close": _director,
    "set_retention": _director,
    "place_hold": _role("case_officer", "office_director", "supervisor"),
    "lift_hold": _role("office_director", *LEADERS),
    "set_readers": _director,
}


@dataclass
class Attempt:
    """One try: who does what, with what, when."""

    verb: str
    who: str
    people: People
    matter: Matter
    now: datetime
    words: dict[str, object]
    task: int | None = None
    alike: frozenset[object] = frozenset()  # other open cases of the unit

    @property
    def today(self) -> date:
        """The day in the office."""
        return self.now.date()

    @property
    def on(self) -> Task:
        """The task it is about."""
        assert self.task is not None
        return self.matter.tasks[self.task]


def _is_assigned(a: Attempt) -> bool | None:
    """Who is to interview and who is to come hold their posts still, and the interviewer none in the unit (回避).

    Whether somebody may still act for a leader who must keep away is not foretold.
    """
    matter = a.matter
    if matter.interviewer is None or not matter.interviewees:
        return False
    if not all(a.people.serves(post) for post in (matter.interviewer[0], *matter.interviewees)):
        return False
    if _serves_the_unit(a, matter.interviewer[0]):
        return False
    leaders = [who for who in a.people.posts if a.people.holds(who, LEADERS)]
    return None if any(a.people.belongs(who, matter.unit) for who in leaders) else True


def _serves_the_unit(a: Attempt, post: int) -> bool:
    """Whether who holds this post has one in the unit as well."""
    (held,) = [posts for posts in a.people.posts.values() if post in {pk for pk, _, _ in posts}] or [set()]
    return any(unit == a.matter.unit for _, unit, _ in held)


def _may_approve(a: Attempt) -> bool | None:
    """Three persons, 回避, a post that approves; nothing registered waits; somebody to interview and to come."""
    return _all_of([_may_decline(a), _is_assigned(a)])


def _may_decline(a: Attempt) -> bool:
    """The same, without the interview."""
    return a.matter.registered is None and _is_lawful(a, a.who)


def _is_lawful(a: Attempt, leader: str) -> bool:
    return _may_decide(a, leader) and (
        a.people.holds(leader, APPROVING) or any(_may_lend(a, one) for one in a.people.lenders(leader, a.today))
    )


def _may_register(a: Attempt) -> bool:
    """The office registers what a leader decided, one thing at a time."""
    leader = str(getattr(a.words.get("approver"), "username", ""))
    return a.matter.registered is None and not a.people.belongs(a.who, a.matter.unit) and _is_lawful(a, leader)


def _may_confirm(decision: str) -> Callable[[Attempt], bool | None]:
    def asked(a: Attempt) -> bool | None:
        if a.matter.registered is None:
            return False
        registered, by, leader, day = a.matter.registered
        if registered != decision or by == a.who:
            return False
        # Who held which post on an earlier day is not written down here.
        lawful = _is_lawful(a, leader) if day == a.today else None
        return _all_of([lawful, _is_assigned(a)]) if decision == "approved" else lawful

    return asked


def _may_decide(a: Attempt, leader: str) -> bool:
    third = leader not in (a.matter.drafter, a.matter.endorser, *a.matter.handed_in_by)
    return third and a.people.holds(leader, LEADERS) and not a.people.belongs(leader, a.matter.unit)


def _may_lend(a: Attempt, delegator: str) -> bool:
    """委托审定: nobody lends what they could not do themselves."""
    return _may_decide(a, delegator) and a.people.holds(delegator, APPROVING)


def _submits(a: Attempt) -> bool | None:
    """A whole proposal; its persons in office; told apart from other open cases that may be about the same."""
    return _all_of([a.matter.whole, _is_assigned(a), True if a.alike <= a.matter.apart else None])


def _may_issue(a: Attempt) -> bool | None:
    """Confirmed, sent, and answered or waited for; over New Year the calendar is not published: not predicted."""
    matter = a.matter
    if not (matter.confirmed and matter.sent):
        return False
    if matter.answered:
        return True
    assert matter.answer_until is not None
    if matter.answer_until >= date(2026, 12, 31):
        return None
    return a.today > matter.answer_until


def _all_of(answers: Iterable[bool | None]) -> bool | None:
    """Whether all hold; not predicted where it hangs on what is not."""
    known = list(answers)
    return False if False in known else None if None in known else True


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _has_begun(a: Attempt) -> bool:
    return a.matter.scheduled_at is not None and a.now >= a.matter.scheduled_at


def _may_be_held(a: Attempt) -> bool:
    """The time has come; on that day everybody held their posts; somebody is there to come."""
    matter = a.matter
    if not _has_begun(a):
        return False
    assert matter.scheduled_at is not None
    assert matter.interviewer is not None
    day = matter.scheduled_at.date()
    in_office = all(a.people.serves(post, day) for post in (matter.interviewer[0], *matter.interviewees))
    return in_office and matter.leave not in ("granted", "asked")


def _may_be_rescheduled(a: Attempt) -> bool:
    """Each post that was approved has its holder; an interviewer who left is replaced by who came.

    So would be one who has come to the unit meanwhile, for which these people offer nobody.
    """
    matter = a.matter
    heads = {kind for posts in a.people.posts.values() for _, unit, kind in posts if unit == matter.unit}
    assert matter.interviewer is not None
    replaced = a.words.get("interviewer") is not None
    if not replaced and _serves_the_unit(a, matter.interviewer[0]):
        return False
    return set(matter.interviewees.values()) <= heads and replaced != a.people.serves(matter.interviewer[0])


def _may_still_write(a: Attempt) -> bool:
    """Replaced only until the interview; what was never handed in may come late."""
    return not (_has_begun(a) and a.matter.handed_in)


def _may_close(a: Attempt) -> bool:
    accepted = all(task.state == "accepted" for task in a.matter.tasks.values())
    return accepted and a.matter.conclusion == "rectified" and _nothing_undecided(a)


def _nothing_undecided(a: Attempt) -> bool:
    """Leave, later dates, progress reports, a correction: each is decided before the case goes on."""
    return not (
        a.matter.unread
        or a.matter.correction
        or a.matter.rework
        or any(task.asked is not None for task in a.matter.tasks.values())
    )


def _concludes(a: Attempt) -> bool:
    if a.words["conclusion"] == "not_rectified":
        return True
    return all(task.state == "accepted" for task in a.matter.tasks.values())


def _begins_inspection(a: Attempt) -> bool | None:
    return _all_of(
        [_nothing_undecided(a), *(task.overdue(a.today) for task in a.matter.tasks.values() if task.awaited)]
    )


def _may_press(a: Attempt) -> bool | None:
    """Some task is past its date, or so near it that its 督办单 would be blue; three working days may be a week."""
    return _not(_all_of(_not(_pressed(task, a.today)) for task in a.matter.tasks.values()))


def _pressed(task: Task, today: date) -> bool | None:
    if not task.awaited or task.paused:
        return False
    left = (task.due - today).days
    if task.stretched:
        return None if left <= 14 else False
    return True if left <= 3 else (None if left <= 14 else False)


def _may_grant(a: Attempt) -> bool | None:
    """A request that a later date has overtaken cannot be granted any more."""
    if a.on.asked is None:
        return False
    later = a.on.asked > a.on.due
    return True if not a.words["granted"] else (None if a.on.stretched and later else later)


def _may_pause(a: Attempt) -> bool | None:
    """How much of the office's sixty days earlier pauses have used is not foretold."""
    if not a.on.awaited or a.on.paused:
        return False
    return False if a.on.overdue(a.today) else None if a.on.paused_before else _not(a.on.overdue(a.today))


def _asks_for_rework(a: Attempt) -> bool | None:
    """Tasks chosen, not struck off unless found untrue; which of those the last inspection doubted is not foretold."""
    tasks: list[Any] = a.words["tasks"]  # type: ignore[assignment]
    if a.matter.rework or not tasks:
        return False
    numbers = [task if isinstance(task, int) else task.number for task in tasks]
    chosen = [a.matter.tasks[number] for number in numbers if number in a.matter.tasks]
    return None if any(task.state == "accepted" or task.stretched or task.paused for task in chosen) else True


def _grants_rework(a: Attempt) -> bool | None:
    """Not one's own request; whether days that went by or a task struck off have overtaken it is not foretold."""
    if a.matter.rework is None or a.matter.rework[0] == a.who:
        return False
    return None


def _all_awaited(a: Attempt) -> bool:
    """A correction of the play rewords every measure, which nobody may once its task was reported."""
    return all(task.awaited for task in a.matter.tasks.values())


def _may_narrow(a: Attempt) -> bool | None:
    """Something changes; two at least, with who drafted it and somebody of each post; or all of the office."""
    people: list[Any] = a.words["people"]  # type: ignore[assignment]
    chosen = {one.username for one in people} or None
    if chosen == a.matter.readers or any(not a.people.holds(one, NARROWED) for one in chosen or ()):
        return False
    narrowed = replace(a.matter, readers=chosen)
    undecided = a.matter.state in ("drafted", "in_review", "proposed")
    if chosen and (len(chosen) < 2 or (undecided and a.people.left_out(a.matter.drafter, narrowed))):
        return False
    return _all_of(_goes_on(a, narrowed, kind) for kind in NARROWED)


def _goes_on(a: Attempt, matter: Matter, kind: str) -> bool | None:
    """Whether somebody in such a post may know of it; who acts where all of them must keep away is not foretold."""
    held = [who for who in a.people.posts if a.people.holds(who, {kind})]
    able = [who for who in held if not a.people.belongs(who, matter.unit)]
    return (None if held else True) if not able else not all(a.people.left_out(who, matter) for who in able)


# Beyond the right state, the right person and whole texts: what else the step asks.
ASKED: dict[str, Callable[[Attempt], bool | None]] = {
    "submit": _submits,
    "endorse": lambda a: _all_of([a.who not in (a.matter.drafter, *a.matter.handed_in_by), _is_assigned(a)]),
    "approve": _may_approve,
    "decline": _may_decline,
    "return_for_changes": lambda a: a.matter.state != "proposed" or a.matter.registered is None,
    "take_back": lambda a: a.matter.state != "proposed" or a.matter.registered is None,
    "withdraw": lambda a: a.matter.state != "proposed" or a.matter.registered is None,
    "register_decision": _may_register,
    "confirm_approval": _may_confirm("approved"),
    "confirm_decline": _may_confirm("declined"),
    "return_registration": lambda a: a.matter.registered is not None,
    "acknowledge_receipt": lambda a: not a.matter.signed,
    "register_receipt": lambda a: not a.matter.signed,
    "reschedule": _may_be_rescheduled,
    "prepare_submission": _may_still_write,
    "hand_in_submission": lambda a: _may_still_write(a) and a.matter.submission == "whole",
    "ask_leave": lambda a: not _has_begun(a) and a.matter.leave in ("", "refused"),
    "decide_leave": lambda a: a.matter.leave == "asked",
    "hold_interview": _may_be_held,
    "confirm_minutes": lambda a: not a.matter.confirmed and not a.matter.returned,
    "return_minutes": lambda a: not a.matter.confirmed and not a.matter.returned,
    "send_minutes": lambda a: a.matter.confirmed and not a.matter.sent,
    "answer_minutes": lambda a: a.matter.sent and not a.matter.answered,
    "issue_minutes": _may_issue,
    "correct_minutes": _all_awaited,
    "confirm_correction": lambda a: a.matter.correction and _all_awaited(a),
    "drop_correction": lambda a: a.matter.correction,
    "prepare_report": lambda a: a.on.awaited,
    "hand_in_report": lambda a: a.on.awaited and a.on.drafted,
    "prepare_progress": lambda a: a.on.awaited,
    "hand_in_progress": lambda a: a.on.awaited and a.on.underway,
    "note_progress": lambda a: a.matter.unread > 0,
    "accept_task": lambda a: a.on.state == "reported",
    "return_task": lambda a: a.on.state == "reported",
    "ask_extension": lambda a: a.on.awaited and a.on.asked is None and a.on.extended < 2,
    "decide_extension": _may_grant,
    "chase": lambda a: any(task.awaited and not task.paused for task in a.matter.tasks.values()),
    "answer_chase": lambda a: a.matter.chased == "unanswered",
    "pause_task": _may_pause,
    "resume_task": lambda a: a.on.paused,
    "issue_supervision_letter": _may_press,
    "acknowledge_supervision": lambda a: None if a.matter.voided else a.matter.unsigned > 0,
    "answer_supervision": lambda a: None if a.matter.voided else a.matter.signed_for > 0,
    "assign": lambda a: not a.matter.correction,
    "begin_inspection": _begins_inspection,
    "confirm_consequence": lambda a: a.matter.unconfirmed > 0,
    "conclude_inspection": lambda a: a.matter.rework is None and _concludes(a),
    "sign_inspection": lambda a: False,  # every sheet is signed by hand in this play
    "request_send_back": lambda a: _all_of([bool(a.matter.conclusion), _asks_for_rework(a)]),
    "send_back": lambda a: _all_of([bool(a.matter.conclusion), _grants_rework(a)]),
    "request_reopening": lambda a: _all_of([a.matter.revisit == "relapsed", _asks_for_rework(a)]),
    "refuse_rework": lambda a: a.matter.rework is not None and a.matter.rework[0] != a.who,
    "close": _may_close,
    "record_revisit": lambda a: a.matter.revisit == "ahead",
    "reopen": lambda a: _all_of([a.matter.revisit == "relapsed", _grants_rework(a)]),
    "set_retention": lambda a: a.words["retention"] != a.matter.retention,
    "set_readers": _may_narrow,
    "lift_hold": lambda a: bool(a.matter.holds) and a.matter.holds[0] != a.who,  # the earliest is chosen
}


ASKED |= {paper: ASKED[here] for paper, here in ON_PAPER.items()}


def expected(a: Attempt, *, spoilt: bool) -> str:
    """How the attempt must end; `spoilt` is one in which something needed was left out or is wrong."""
    known = a.verb in WHOSE
    if not known:
        return ""
    here = (a.matter.state, a.verb) in MAIN_LINE or a.matter.state in MEANWHILE.get(a.verb, ())
    if not here:
        return GONE
    if not WHOSE[a.verb](a.people, a.who, a.matter):
        return NOT_THEIRS
    met = ASKED.get(a.verb, lambda _: True)(a)
    if spoilt or met is False:
        return REFUSED
    return DONE if met else REFUSED_OR_DONE


def happened(a: Attempt) -> None:
    """Follow a step that was taken."""
    a.matter.state = MAIN_LINE.get((a.matter.state, a.verb), a.matter.state)
    CHANGES.get(a.verb, lambda _: None)(a)


def is_whole(words: dict[str, Any]) -> bool:
    """A matter, and grounds, each with facts and with files or a reference with its summary."""
    return bool(words["matter"] and words["grounds"]) and all(_is_grounded(row) for row in words["grounds"])


def _is_grounded(row: dict[str, Any]) -> bool:
    reference = bool(row["reference_number"]), bool(row["reference_summary"])
    return bool(row["facts"]) and (all(reference) or (not any(reference) and bool(row["files"])))


def _proposal(a: Attempt) -> None:
    a.matter.whole = is_whole(a.words)
    a.matter.apart = {case.pk for case in a.words["distinct_from"]}  # type: ignore[attr-defined]


def _returned(a: Attempt) -> None:
    a.matter.endorser = None


def _endorsed(a: Attempt) -> None:
    a.matter.endorser = a.who


def _decided(a: Attempt) -> None:
    a.matter.approver = a.who


def _registered(a: Attempt) -> None:
    leader, day = a.words["approver"], a.words["given_on"]
    assert isinstance(day, date)
    a.matter.registered = (str(a.words["decision"]), a.who, leader.username, day)  # type: ignore[attr-defined]


def _registration_confirmed(a: Attempt) -> None:
    assert a.matter.registered is not None
    a.matter.approver, a.matter.registered = a.matter.registered[2], None


def _registration_returned(a: Attempt) -> None:
    a.matter.registered = None


def _submitted(a: Attempt) -> None:
    a.matter.handed_in_by.add(a.who)


def _noticed(a: Attempt) -> None:
    a.matter.is_notified, a.matter.signed, a.matter.leave = True, False, ""
    when = a.words["scheduled_at"]
    assert isinstance(when, datetime)
    a.matter.scheduled_at = when


def _signed(a: Attempt) -> None:
    a.matter.signed = True


def _submission(a: Attempt) -> None:
    whole = all(str(a.words[part]).strip() for part in ("situation", "problems", "causes", "measures"))
    a.matter.submission = "whole" if whole else "begun"


def _handed_in(a: Attempt) -> None:
    a.matter.submission, a.matter.handed_in = "", True


def _unconfirmed(a: Attempt) -> None:
    a.matter.confirmed = a.matter.returned = a.matter.sent = a.matter.answered = False


def _confirmed(a: Attempt) -> None:
    a.matter.confirmed = True


def _minutes_returned(a: Attempt) -> None:
    a.matter.returned = True


def _sent(a: Attempt) -> None:
    a.matter.sent = True
    day, left = a.today, 3  # 办公室设定: three working days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    a.matter.answer_until = day


def _answered(a: Attempt) -> None:
    a.matter.answered = True


def _correction(a: Attempt) -> None:
    a.matter.correction = a.verb == "correct_minutes"


def _text(a: Attempt) -> bool:
    (row,) = a.words["reports"]  # type: ignore[misc]
    return bool(str(row["text"]).strip())


def _draft_report(a: Attempt) -> None:
    a.on.drafted = _text(a)


def _draft_progress(a: Attempt) -> None:
    a.on.underway = _text(a)


def _progressed(a: Attempt) -> None:
    a.on.underway = False
    a.matter.unread += 1


def _noted(a: Attempt) -> None:
    a.matter.unread -= 1


def _reported(a: Attempt) -> None:
    a.on.state, a.on.drafted = "reported", False
    _resumed(a)


def _paused(a: Attempt) -> None:
    a.on.paused = a.on.paused_before = True


def _chased(a: Attempt) -> None:
    a.matter.chased = "unanswered"


def _chase_answered(a: Attempt) -> None:
    a.matter.chased = "answered"


def _pressed_for(a: Attempt) -> None:
    a.matter.unsigned += 1


def _supervision_signed(a: Attempt) -> None:
    a.matter.unsigned, a.matter.signed_for = a.matter.unsigned - 1, a.matter.signed_for + 1


def _supervision_answered(a: Attempt) -> None:
    a.matter.signed_for -= 1


def _resumed(a: Attempt) -> None:
    a.on.stretched, a.on.paused = a.on.stretched or a.on.paused, False


def _leave_asked(a: Attempt) -> None:
    a.matter.leave = "asked"


def _leave_decided(a: Attempt) -> None:
    a.matter.leave = "granted" if a.words["granted"] else "refused"


def _accepted(a: Attempt) -> None:
    a.on.state = "accepted"


def _report_returned(a: Attempt) -> None:
    a.on.state = "returned"


def _asked(a: Attempt) -> None:
    until = a.words["new_due_on"]
    assert isinstance(until, date)
    a.on.asked = until


def _extended(a: Attempt) -> None:
    if a.words["granted"]:
        assert a.on.asked is not None
        a.on.due, a.on.stretched = a.on.asked, False
        a.on.extended += 1
    a.on.asked = None


def _inspection(a: Attempt) -> None:
    a.matter.conclusion = ""


def _concluded(a: Attempt) -> None:
    a.matter.conclusion = str(a.words["conclusion"])


def _rework_asked(a: Attempt) -> None:
    until, tasks = a.words["new_due_on"], a.words["tasks"]
    assert isinstance(until, date)
    a.matter.rework = (a.who, frozenset(task.number for task in tasks), until)  # type: ignore[attr-defined]


def _rework_refused(a: Attempt) -> None:
    a.matter.rework = None


def _begun_again(a: Attempt) -> None:
    assert a.matter.rework is not None
    _, numbers, until = a.matter.rework
    for number in numbers:
        task = a.matter.tasks[number]
        task.due, task.paused, task.stretched = until, False, False
        task.state = task.state if task.awaited else "returned"
    for task in a.matter.tasks.values():
        task.asked = None
    a.matter.rework = None


def _sent_back(a: Attempt) -> None:
    _begun_again(a)
    a.matter.conclusion = ""


def _consequence(a: Attempt) -> None:
    a.matter.unconfirmed += 1


def _consequence_confirmed(a: Attempt) -> None:
    a.matter.unconfirmed -= 1


def _closed(a: Attempt) -> None:
    a.matter.revisit, a.matter.retention = "ahead", "thirty"


def _kept_otherwise(a: Attempt) -> None:
    a.matter.retention = str(a.words["retention"])


def _held(a: Attempt) -> None:
    a.matter.holds.append(a.who)


def _released(a: Attempt) -> None:
    a.matter.holds.pop(0)


def _revisited(a: Attempt) -> None:
    a.matter.revisit = str(a.words["outcome"])


def _reopened(a: Attempt) -> None:
    _begun_again(a)
    a.matter.revisit = ""


def _submission_on_paper(a: Attempt) -> None:
    a.matter.handed_in = True  # what the unit had begun to write stays its own


def _report_on_paper(a: Attempt) -> None:
    a.on.state = "reported"
    _resumed(a)


def _progress_on_paper(a: Attempt) -> None:
    a.matter.unread += 1


def _narrowed(a: Attempt) -> None:
    people: list[Any] = a.words["people"]  # type: ignore[assignment]
    a.matter.readers = {one.username for one in people} or None


CHANGES: dict[str, Callable[[Attempt], None]] = {
    "set_readers": _narrowed,
    "register_submission": _submission_on_paper,
    "register_leave": _leave_asked,
    "register_minutes_answer": _answered,
    "register_report": _report_on_paper,
    "register_progress": _progress_on_paper,
    "register_extension": _asked,
    "register_chase_answer": _chase_answered,
    "register_supervision_receipt": _supervision_signed,
    "register_supervision_answer": _supervision_answered,
    "revise_draft": _proposal,
    "submit": _submitted,
    "return_for_changes": _returned,
    "take_back": _returned,
    "endorse": _endorsed,
    "approve": _decided,
    "decline": _decided,
    "register_decision": _registered,
    "confirm_approval": _registration_confirmed,
    "confirm_decline": _registration_confirmed,
    "return_registration": _registration_returned,
    "serve_notice": _noticed,
    "reschedule": _noticed,
    "acknowledge_receipt": _signed,
    "register_receipt": _signed,
    "ask_leave": _leave_asked,
    "decide_leave": _leave_decided,
    "chase": _chased,
    "answer_chase": _chase_answered,
    "issue_supervision_letter": _pressed_for,
    "acknowledge_supervision": _supervision_signed,
    "answer_supervision": _supervision_answered,
    "pause_task": _paused,
    "resume_task": _resumed,
    "prepare_submission": _submission,
    "hand_in_submission": _handed_in,
    "hold_interview": _unconfirmed,
    "revise_minutes": _unconfirmed,
    "confirm_minutes": _confirmed,
    "return_minutes": _minutes_returned,
    "send_minutes": _sent,
    "answer_minutes": _answered,
    "correct_minutes": _correction,
    "confirm_correction": _correction,
    "drop_correction": _correction,
    "prepare_report": _draft_report,
    "hand_in_report": _reported,
    "prepare_progress": _draft_progress,
    "hand_in_progress": _progressed,
    "note_progress": _noted,
    "accept_task": _accepted,
    "return_task": _report_returned,
    "ask_extension": _asked,
    "decide_extension": _extended,
    "begin_inspection": _inspection,
    "conclude_inspection": _concluded,
    "request_send_back": _rework_asked,
    "send_back": _sent_back,
    "request_reopening": _rework_asked,
    "refuse_rework": _rework_refused,
    "record_consequence": _consequence,
    "confirm_consequence": _consequence_confirmed,
    "close": _closed,
    "record_revisit": _revisited,
    "reopen": _reopened,
    "set_retention": _kept_otherwise,
    "place_hold": _held,
    "lift_hold": _released,
}
