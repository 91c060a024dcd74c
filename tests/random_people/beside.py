"""What happens beside the cases: people come and go, letters are sent, numbers reserved, papers voided and scanned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests import cast
from tests.factories import pdf
from tests.random_people.attempts import posted
from tests.random_people.expected import (
    APPROVING,
    DONE,
    GONE,
    HEADS,
    INNER,
    LEADERS,
    NOT_THEIRS,
    REFUSED,
    Delegation,
)
from tests.random_people.words import UNIT
from tests.random_people.world import HIDDEN, Note, World
from yuetan.actions.letter.letter import acknowledge_letter, approve_letter, draft_letter
from yuetan.actions.letter.letter_answer import answer_letter, register_letter_answer, register_letter_receipt
from yuetan.actions.papers.document import void_document
from yuetan.actions.papers.number_register import reserve_number, use_number, void_number
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.people.delegation import delegate_approval
from yuetan.actions.people.unit import begin_post, end_post
from yuetan.models import Case, Document, Letter, NumberEntry, Post, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_number
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import DocumentKind, LetterCapacity, NumberState

PASSWORD = "demo-pass-1234"


def replace(world: World, post: int) -> str:
    """Somebody leaves a post and somebody new comes, on the same day; returns the new account."""
    old = Post.objects.select_related("holder", "unit").get(pk=post)
    keeper = cast.person("sysadmin")
    end_post(old, by=keeper, ended_on=clock.today())
    _leaves(world, old.pk)
    world.newcomers += 1
    account = f"newcomer_{world.newcomers}"
    facts = {"unit": old.unit, "kind": old.kind, "title": old.title, "rank": old.rank, "began_on": clock.today()}
    name = f"施{chinese_number(world.newcomers)}"
    new = begin_post(by=keeper, holder=None, name=name, username=account, password=PASSWORD, **facts)
    world.people.posts[account] = {(new.pk, old.unit.code, new.kind)}
    return account


def _leaves(world: World, post: int) -> None:
    world.people.ended[post] = clock.today()
    for who, posts in world.people.posts.items():
        world.people.posts[who] = {one for one in posts if one[0] != post}


def delegate(world: World, who: str, to: str, *, days: int) -> None:
    """委托审定: who may decide lets another leader do it from today on; one at a time."""
    people, today = world.people, clock.today()
    ends = today + timedelta(days=days)
    may = people.holds(who, LEADERS)
    free = not any(one.delegator == who and one.ends >= today for one in people.delegations)
    lawful = people.holds(who, APPROVING) and people.holds(to, LEADERS) and who != to and free and days < 30
    hits = {"delegate": cast.person(to), "begins_on": today, "ends_on": ends, "reason": "外出开会。"}
    came = world.attempt(who, lambda user: delegate_approval(by=user, **hits), ("", "", {}), by_browser=False)
    assert came == (NOT_THEIRS if not may else DONE if lawful else REFUSED), f"{who} delegates to {to}: {came}"
    if came == DONE:
        people.delegations.append(Delegation(who, to, today, ends))


def second_post(world: World, who: str, unit: str) -> None:
    """Somebody of the office becomes liaison of a unit as well: of its cases they see the unit's half."""
    facts = {"kind": "liaison", "title": "联系人", "rank": "", "began_on": clock.today()}
    none = {"name": "", "username": "", "password": ""}
    post = begin_post(by=cast.person("sysadmin"), unit=cast.unit(unit), holder=cast.person(who), **facts, **none)
    world.people.posts[who].add((post.pk, unit, "liaison"))


def _letter(world: World, unit: str, case: Case | None) -> dict[str, Any]:
    to = cast.unit(unit)
    is_member = to.kind == "member_unit"
    return {
        "unit": to,
        "capacity": LetterCapacity.MEMBER_UNIT if is_member else LetterCapacity.LEAD_UNIT,
        "lead_matter": "" if is_member else "砂石行业乱象",
        "case": case,
        "matter": "行业乱象整治进展缓慢",
        "problems": "三项整治任务均未按期启动。",
        "requirements": "请抓紧部署，并书面反馈。",
    }


def letter(world: World, who: str, unit: str, *, blank: str, by_browser: bool) -> None:
    """Somebody drafts a reminder letter; `blank` is a text left out."""
    case = Case.objects.filter(unit__code=unit).exclude(state__in=("closed", "declined", "withdrawn")).first()
    visible = case is not None and Case.objects.visible_to(cast.person(who)).filter(pk=case.pk).exists()
    hits, planted = world.words.plant(_letter(world, unit, case if visible else None) | ({blank: ""} if blank else {}))
    predicted = NOT_THEIRS
    if world.people.holds(who, {"supervisor"}):
        predicted = REFUSED if blank or world.people.belongs(who, unit) else DONE

    def by_action(user: User) -> Letter:
        return draft_letter(by=user, **hits)

    came = world.attempt(who, by_action, ("/letters/new/", "/letters/new/", posted(hits)), by_browser)
    assert came == predicted, f"letter by {who}: {came}, not {predicted}: {world.why}"
    if came == DONE:
        pk = Letter.objects.order_by("created_at").last().pk
        about = next((one for one in world.matters if visible and case is not None and one.pk == case.pk), None)
        world.notes.append(Note(pk, unit, drafter=who, about=about))
        world.words.entered(planted, hits, matter=pk, verb="draft_letter", task=None)


def sign_letter(world: World, note: Note, who: str, *, by_browser: bool) -> None:
    """A leader signs a letter, and it goes out."""
    is_leader, own = world.people.holds(who, LEADERS), world.people.belongs(who, note.unit)
    predicted = GONE if note.state != "drafted" else NOT_THEIRS if not is_leader else REFUSED if own else DONE
    shown = Letter.objects.get(pk=note.pk).digest
    came = _about_letter(world, note, who, "approve", approve_letter, by_browser, seen=shown)
    if by_browser and predicted == GONE and not is_leader:
        predicted = NOT_THEIRS
    _as_predicted(world, note, who, came, predicted, by_browser)
    if came == DONE:
        note.state, note.is_notified = "issued", True
        for word in world.words.of(note.pk, "draft_letter"):
            word.readers = UNIT


def take_letter(world: World, note: Note, who: str, *, by_browser: bool) -> None:
    """The unit signs for a letter, once."""
    theirs = note.is_notified and world.people.holds(who, HEADS | {"liaison"}, note.unit)
    predicted = NOT_THEIRS if not theirs else REFUSED if note.signed or note.voided else DONE
    predicted = GONE if note.state != "issued" and not by_browser else predicted
    came = _about_letter(world, note, who, "acknowledge", acknowledge_letter, by_browser)
    _as_predicted(world, note, who, came, predicted, by_browser)
    note.signed = note.signed or came == DONE


def register_letter_paper(world: World, note: Note, who: str, *, answer: bool, blank: bool, by_browser: bool) -> None:
    """The office registers that the unit signed for a letter on paper, or answered it so."""
    theirs = world.people.holds(who, {"case_officer", "supervisor"}) and not world.people.belongs(who, note.unit)
    theirs = theirs and not world.people.left_out(who, note)  # type: ignore[arg-type]
    hits, planted = world.words.plant(_letter_paper(note, answer=answer, blank=blank))
    verb, action = ("paper-answer", register_letter_answer) if answer else ("receipt", register_letter_receipt)
    may = note.signed and not note.answered if answer else not note.signed
    predicted = NOT_THEIRS if not theirs else DONE if may and not note.voided and not blank else REFUSED
    if note.state != "issued":
        predicted = NOT_THEIRS if by_browser and not theirs else GONE
    came = _about_letter(world, note, who, verb, action, by_browser, **hits)
    _as_predicted(world, note, who, came, predicted, by_browser)
    if came == DONE:
        note.signed, note.answered = True, note.answered or answer
        name = "register_letter_answer" if answer else "register_letter_receipt"
        world.words.entered(planted, hits, matter=note.pk, verb=name, task=None)


def _letter_paper(note: Note, *, answer: bool, blank: bool) -> dict[str, Any]:
    if not answer:
        signed = {"signer_name": "" if blank else "褚十二", "signer_title": "联络员", "signed_on": clock.today()}
        return {**signed, "scan": blank_scan("回执")}
    brought = {"brought_by": "褚十二", "brought_by_title": "联络员", "received_at": clock.now()}
    signer = cast.unit(note.unit).heads().first()
    return {"signer": signer, **brought, "answer": "" if blank else "均已启动。", "scan": blank_scan("答复")}


def answer_a_letter(world: World, note: Note, who: str, *, blank: bool, by_browser: bool) -> None:
    """The head of the unit says what was done, once, after the letter was signed for."""
    theirs = note.is_notified and world.people.holds(who, HEADS, note.unit)
    may = note.signed and not note.voided and not note.answered and not blank
    hits, planted = world.words.plant({"answer": "" if blank else "已重新部署，三项整治均已启动。"})
    came = _about_letter(world, note, who, "answer", answer_letter, by_browser, **hits)
    predicted = NOT_THEIRS if not theirs else DONE if may else REFUSED
    predicted = GONE if note.state != "issued" and not by_browser else predicted
    _as_predicted(world, note, who, came, predicted, by_browser)
    if came == DONE:
        note.answered = True
        world.words.entered(planted, hits, matter=note.pk, verb="answer_letter", task=None)


def _about_letter(
    world: World, note: Note, who: str, verb: str, action: Callable[..., Letter], by_browser: bool, **hits: Any
) -> str:
    url = f"/letters/{note.pk}/{verb}/"
    subject = Letter.objects.get(pk=note.pk)
    sent = (url, url, {"confirmed": "1", **posted(hits)})
    return world.attempt(who, lambda user: action(subject, by=user, **hits), sent, by_browser)


def _as_predicted(world: World, note: Note, who: str, came: str, predicted: str, by_browser: bool) -> None:
    if by_browser and not world.people.side(who, note):  # type: ignore[arg-type]
        predicted = HIDDEN
    assert came == predicted, f"letter {note.state}, {who}: {came}, not {predicted}"


def number(world: World, who: str, *, which: int, by_browser: bool) -> None:
    """Somebody reserves a number, registers what it was used for, or voids it."""
    entry = NumberEntry.objects.filter(case=None).order_by("pk").last()
    deed = ("reserve", "use", "void")[which % 3] if entry else "reserve"
    key = {"reserve": "purpose", "use": "used_for", "void": "reason"}[deed]
    hits, planted = world.words.plant({key: "" if which % 5 == 0 else "另行印发的文件"})
    whose = {"office_director"} if deed == "void" else {"case_officer", "office_director"}
    reserved = deed == "reserve" or entry.state == NumberState.RESERVED
    predicted = NOT_THEIRS if not world.people.holds(who, whose) else DONE if reserved and hits[key] else REFUSED
    if deed == "reserve":
        hits |= {"kind": DocumentKind.INTERVIEW_NOTICE, "case": None}
    action: Callable[..., Any] = {"reserve": reserve_number, "use": use_number, "void": void_number}[deed]
    url = "/documents/numbers/new/" if deed == "reserve" else f"/documents/numbers/{entry.pk}/{deed}/"
    subject = [] if deed == "reserve" else [entry]
    came = world.attempt(who, lambda user: action(*subject, by=user, **hits), (url, url, posted(hits)), by_browser)
    assert came == predicted, f"{deed} by {who}: {came}, not {predicted}"
    if came == DONE:
        world.words.entered(planted, hits, matter=None, verb=f"{deed}_number", task=None)


def void(world: World, who: str, *, which: int, by_browser: bool) -> None:
    """Somebody voids a paper: the director alone, and never one on which the running case rests."""
    papers = list(Document.objects.filter(is_earlier=False).order_by("issued_at", "pk"))
    paper = papers[which % len(papers)]
    hits, planted = world.words.plant({"reason": "文号重复使用。"})
    url = f"/documents/{paper.pk}/void/"
    subject = world.subject(paper.case_id or paper.letter_id)
    own = world.people.belongs(who, subject.unit)
    may = world.people.holds(who, {"office_director"}) and not own
    came = world.attempt(who, lambda user: void_document(paper, by=user, **hits), (url, url, posted(hits)), by_browser)
    hidden = by_browser and not world.people.side(who, subject)  # type: ignore[arg-type]
    directors = [one for one in world.people.posts if world.people.holds(one, {"office_director"})]
    keeps_away = any(world.people.belongs(one, subject.unit) for one in directors)  # who acts then is not foretold
    acts = (DONE, REFUSED) if keeps_away and not own and world.people.holds(who, INNER) else ()
    lawful = (DONE, REFUSED) if may else (HIDDEN,) if hidden else (NOT_THEIRS, *acts)
    assert came in lawful, f"void by {who}: {came}"
    if came == DONE:
        world.words.entered(planted, hits, matter=subject.pk, verb="void_document", task=None)
        subject.voided = True


def scan(world: World, who: str, *, which: int, by_browser: bool) -> None:
    """Somebody uploads the stamped scan of a paper: a case officer."""
    papers = list(Document.objects.filter(is_earlier=False).order_by("issued_at", "pk"))
    paper = papers[which % len(papers)]
    subject = world.subject(paper.case_id or paper.letter_id)
    may = world.people.holds(who, {"case_officer"}) and not world.people.belongs(who, subject.unit)
    may = may and not world.people.left_out(who, subject)  # type: ignore[arg-type]
    url = f"/documents/{paper.pk}/"
    came = world.attempt(
        who,
        lambda user: upload_scan(paper, by=user, file=pdf()),
        (url, url, {"file": pdf()}),
        by_browser,
        same_page=True,
    )
    hidden = by_browser and not world.people.side(who, subject)  # type: ignore[arg-type]
    assert came == (DONE if may else HIDDEN if hidden else NOT_THEIRS), f"scan by {who}: {came}"


def anybody_inside(world: World) -> list[str]:
    """Accounts of the office and its leading group."""
    return [who for who in world.people.with_account() if world.people.holds(who, INNER)]
