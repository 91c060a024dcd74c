"""Every row names itself: what a list of rows, a log or an error shows of it is never empty and never `Object (1)`."""

from django.apps import apps

from tests.factories import case_in, letter_in, png, take
from yuetan.actions.messages.daily import daily
from yuetan.vocabulary import CaseState, LetterState, Verb


def test_every_row_of_a_whole_story_names_itself(office, town):
    case = case_in(CaseState.CLOSED, prepare_submission={"files": [png()]})
    rectifying = case_in(CaseState.RECTIFYING)
    for verb in (Verb.CHASE, Verb.PAUSE_TASK, Verb.RECORD_SITE_CHECK):
        take(verb, rectifying)
    take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, case_in(CaseState.NOTIFIED)))
    letter_in(LetterState.ISSUED)
    daily()
    rows = [row for model in apps.get_app_config("yuetan").get_models() if (row := model.objects.first())]
    unnamed = [type(row).__name__ for row in rows if not str(row).strip() or "object (" in str(row)]
    assert len(rows) > 40
    assert unnamed == []
    assert str(case) == case.title
