"""The one way a step is taken: all of it happens, or nothing; of a step that fails no row and no file stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import MEMBER_UNIT, TOWN, head, person, unit
from tests.factories import case_after, case_in, later, letter_in, pdf, png, take
from tests.steps import proposal, task_words
from yuetan import search_index
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import answer_letter, prepare_letter_answer
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.proposal.proposal import propose
from yuetan.actions.submit import posted_form
from yuetan.models import Attachment, Case, DraftKey, Letter, Scan
from yuetan.vocabulary import CaseState, LetterState, Verb


def _evidence() -> Callable[[], object]:
    case = case_in(CaseState.DRAFTED)
    changed = proposal(case.unit, evidence=[pdf()])
    return lambda: take(Verb.REVISE_DRAFT, case, **changed)


def _proof() -> Callable[[], object]:
    case = case_in(CaseState.PROPOSED)
    return lambda: take(Verb.REGISTER_DECISION, case, proof=pdf())


def _material() -> Callable[[], object]:
    case = case_in(CaseState.NOTIFIED)
    return lambda: take(Verb.PREPARE_SUBMISSION, case, situation_files=[pdf()], files=[pdf()])


def _report() -> Callable[[], object]:
    case = case_in(CaseState.RECTIFYING)
    return lambda: take(Verb.PREPARE_REPORT, case, reports=task_words(case, files=[pdf()])["reports"])


def _site_check() -> Callable[[], object]:
    case = case_in(CaseState.RECTIFYING)
    return lambda: take(Verb.RECORD_SITE_CHECK, case, photos=[png()])


def _receipt() -> Callable[[], object]:
    case = case_after(Verb.SERVE_NOTICE)
    return lambda: take(Verb.REGISTER_RECEIPT, case)


def _scan() -> Callable[[], object]:
    notice = case_in(CaseState.NOTIFIED).current_notice
    return lambda: upload_scan(notice, by=person("officer"), file=pdf())


def _answer(action: Callable[..., Letter]) -> Callable[[], Callable[[], object]]:
    def prepare() -> Callable[[], object]:
        letter = letter_in(LetterState.ISSUED)
        leader = head(MEMBER_UNIT)
        acknowledge_letter(letter, by=leader)
        return lambda: action(letter, by=leader, answer="已整改。", files=[pdf()])

    return prepare


STEPS_WITH_FILES = {
    "evidence": _evidence,
    "proof of a decision": _proof,
    "written material": _material,
    "report": _report,
    "site check": _site_check,
    "paper receipt": _receipt,
    "scan": _scan,
    "prepared answer": _answer(prepare_letter_answer),
    "answer": _answer(answer_letter),
}


@pytest.mark.parametrize("prepare", STEPS_WITH_FILES.values(), ids=STEPS_WITH_FILES)
def test_a_step_that_fails_leaves_no_file(office, prepare, settings, monkeypatch):
    """What comes last in a step fails: whatever it had stored before goes again, bytes and rows."""
    step = prepare()
    stored, rows = _files(settings), _rows()

    def fails(subject: Case | Letter, before: object) -> None:
        assert _files(settings) > stored  # the file had been stored by then
        raise ConnectionError

    monkeypatch.setattr(search_index, "follow_step", fails)
    with pytest.raises(ConnectionError):
        step()
    assert _files(settings) == stored
    assert _rows() == rows


@pytest.mark.parametrize("hand_in", [True, False])
def test_a_form_that_fails_after_its_step_leaves_no_file(office, settings, hand_in):
    """Drafting and handing in are two steps of one form: the files of the first go with both."""
    officer, town = person("officer"), unit(TOWN)
    key, keywords = DraftKey.of_proposal(town, by=officer), proposal(town, evidence=[pdf()])

    def fails() -> None:
        with posted_form(None, by=officer) as posted:
            posted.take(propose, None, draft=key, by=officer, hand_in=hand_in, **keywords)
            assert len(_files(settings)) == 1
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fails()
    assert _files(settings) == set()
    assert _rows() == (0, 0)


def _files(settings) -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def _rows() -> tuple[int, int]:
    return Attachment.objects.count(), Scan.objects.count()


def test_what_begins_does_so_at_one_moment(office):
    """However the clock jumps between a row and its first event."""
    town = unit(TOWN)
    with later(seconds=1):  # and going on
        begun = propose(None, by=person("officer"), hand_in=False, **proposal(town))
    assert begun.events.get().created_at == begun.created_at
