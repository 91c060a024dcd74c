"""资格限制 and 考核: every address, by every role, about a unit's own things, sent and not yet, by GET and by POST."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests import cast
from tests.assessment import (
    RESULTS,
    assessment_of,
    corrected_assessment,
    correction_proposed,
    objected,
    presented,
    scored,
    sheet_of,
)
from tests.factories import later
from tests.refusals import appoint
from tests.restrictions import inquired, of_person, of_unit, restricting
from tests.test_access import logged_in
from tests.test_access_of_rooms import (
    ALL,
    DIRECTOR,
    EVERYBODY,
    FILES,
    HEAD,
    INNER,
    INSIDE,
    KEEPS,
    LEADER,
    NOBODY,
    OF_TOWN,
    OFFICE,
    OFFICER,
    RECUSED,
    STRANGERS,
    SUPERVISOR,
    assert_walked,
)
from yuetan.actions.assessment.corrections import CorrectedLine
from yuetan.actions.assessment.sheets import withdraw_assessment_sheets
from yuetan.models import Event
from yuetan.rules.dates import clock
from yuetan.urls import urlpatterns
from yuetan.vocabulary import PostKind

SCORES, OTHER_HEAD = (OFFICER, SUPERVISOR, RECUSED), STRANGERS[-1]
STEPS = {
    "revise_assessment_scheme": (KEEPS, ALL),
    "assessment_circular": (NOBODY, NOBODY),  # not before the results are published
    "score_assessment": (SCORES, ALL),
    "assessment_result_file": (NOBODY, NOBODY),  # not before the sheets are sent
    "present_assessment": (KEEPS, ALL),
    "withdraw_assessment_sheets": ((DIRECTOR,), ALL),
    "close_assessment": ((DIRECTOR, LEADER), ALL),
    "publish_assessment": ((DIRECTOR,), ALL),
}
# Of what, which address: who is answered; who reads that it is not theirs, or past; the rest finds nothing.
WALK = {
    ("of_unit", "restriction"): (INSIDE, NOBODY),
    ("of_head", "restriction"): ((*OFFICE, HEAD), NOBODY),
    ("of_unit", "end_restriction"): ((DIRECTOR,), INSIDE),
    ("of_head", "end_restriction"): ((DIRECTOR,), (*OFFICE, HEAD)),
    ("measure", "add_restricted_leader"): ((OFFICER, DIRECTOR), INSIDE),
    ("inquiry", "inquiry"): (OFFICE, NOBODY),
    ("inquiry", "inquiry_form"): (OFFICE, NOBODY),
    ("inquiry", "reply_restrictions"): ((OFFICER, DIRECTOR), OFFICE),
    ("running", "assessment"): (INNER, NOBODY),
    ("sent", "assessment"): ((*INSIDE, OTHER_HEAD), NOBODY),
    **{(of, name): who for of in ("running", "sent") for name, who in STEPS.items()},
    ("sent", "assessment_result_file"): ((*INSIDE, OTHER_HEAD), NOBODY),
    ("of_running", "assessed_unit"): (OFFICE, ALL),
    ("of_sent", "assessed_unit"): (OFFICE, ALL),
    ("score", "withdraw_score"): ((OFFICER, SUPERVISOR), ALL),
    ("sheet", "assessment_sheet"): (INSIDE, NOBODY),
    ("taken_back", "assessment_sheet"): (OFFICE, NOBODY),
    ("sheet", "raise_assessment_objection"): ((OFFICER, *OF_TOWN), INSIDE),  # the office enters what came on paper
    ("objection", "decide_assessment_objection"): ((DIRECTOR, LEADER), ALL),
    **{("proof_of_running", f"assessment_paper{what}"): (OFFICE, NOBODY) for what in FILES},
    **{("proof_of_sent", f"assessment_paper{what}"): (INSIDE, NOBODY) for what in FILES},
    **{("proof_of_objection", f"assessment_paper{what}"): (INSIDE, NOBODY) for what in FILES},
}
# The same of results that are published: one is put right, of another it is proposed.
CORRECTED = {
    ("sheet", "propose_assessment_correction"): ((OFFICER, DIRECTOR), ALL),
    ("waiting", "decide_assessment_correction"): ((DIRECTOR, LEADER), ALL),
    ("waiting", "assessment_correction_paper"): (NOBODY, NOBODY),  # not before it is granted
    ("granted", "assessment_correction_paper"): ((*INSIDE, OTHER_HEAD), NOBODY),
    **{("proof_of_waiting", f"assessment_paper{what}"): (OFFICE, NOBODY) for what in FILES},
    **{("proof_of_granted", f"assessment_paper{what}"): (INSIDE, NOBODY) for what in FILES},
}


@pytest.fixture
def registers(office):
    """The arguments of addresses, by what they are of: all about one town."""
    town, year, today = cast.unit(cast.TOWN), clock.today().year, clock.today()
    measure = restricting(on=town)
    running = assessment_of(year - 1, first_day=date(year - 1, 1, 1), last_day=date(year - 1, 12, 31))
    sent = assessment_of(year, first_day=date(year, 1, 1), last_day=today - timedelta(days=1))
    score, score_of_sent = scored(running), scored(sent)
    taken_back = sheet_of(presented(sent))
    sheet = sheet_of(presented(withdraw_assessment_sheets(sent, by=cast.person(DIRECTOR), reason="方案有误。")))
    objection = objected(sheet)
    things = {"measure": measure, "of_unit": of_unit(measure), "inquiry": inquired(measure)}
    things |= {"of_head": of_person(measure, cast.head(cast.TOWN).name)[0], "running": running, "sent": sent}
    things |= {"score": score, "sheet": sheet, "objection": objection, "proof_of_running": score.papers.get()}
    things |= {"proof_of_sent": score_of_sent.papers.get(), "proof_of_objection": objection.papers.get()}
    keys = {name: (thing.pk,) for name, thing in things.items()}
    keys |= {"of_running": (running.pk, town.pk), "of_sent": (sent.pk, town.pk), "taken_back": (taken_back.pk,)}
    appoint(cast.person(RECUSED), town, PostKind.LIAISON, "联络员")
    return keys


def test_who_comes_to_what_and_nobody_else_does_anything(registers):
    for who in EVERYBODY:
        client, before = logged_in(who), Event.objects.count()
        assert_walked(client, who, WALK, registers)
        assert Event.objects.count() == before, who


@pytest.fixture
def corrections(office):
    """The arguments of addresses of one correction that was granted, and one that waits."""
    granted = corrected_assessment()
    with later(days=20):
        waiting = correction_proposed(granted.sheet, lines=[CorrectedLine(RESULTS, Decimal(1))])
    appoint(cast.person(RECUSED), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    things = {"sheet": granted.sheet, "granted": granted, "waiting": waiting}
    things |= {"proof_of_waiting": waiting.papers.get(), "proof_of_granted": granted.papers.get()}
    return {name: (thing.pk,) for name, thing in things.items()}


def test_who_comes_to_what_of_a_correction(corrections):
    for who in EVERYBODY:
        assert_walked(logged_in(who), who, CORRECTED, corrections)


def test_every_address_of_these_registers_is_asked_for():
    of_rooms = {
        pattern.name for pattern in urlpatterns if str(pattern.pattern).startswith(("restrictions/<", "assessment/"))
    }
    of_one = {name for name in of_rooms if name not in ("assessment_list", "create_assessment", "assessment_ranking")}
    inquiries = {"inquiry", "inquiry_form", "reply_restrictions"}
    assert {name for _, name in (*WALK, *CORRECTED)} == of_one | inquiries | {"add_restricted_leader"}
