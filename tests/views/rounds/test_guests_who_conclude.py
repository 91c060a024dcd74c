"""A guest among those who stand for a 集体结论: pages of its correction and the 卷宗 bear one without a key."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.case_files import made, sealed, titles, unpacked
from tests.factories import pdf
from tests.opinion_corrections import BETTER, afterwards, corrected_draft, forgotten, reissued
from tests.refusals import by_the_office, refused
from tests.rounds import announced, concluded, found, informed, there, visit, visit_of
from tests.web import Visitor
from yuetan.actions.rounds.closing import end_round
from yuetan.actions.rounds.conclusion import Concluded, names_of
from yuetan.actions.rounds.findings import record_round_finding
from yuetan.actions.rounds.guests import Guest, guests_of
from yuetan.actions.rounds.opinion_correction import withdraw_opinion_correction
from yuetan.actions.rounds.team import adjust_team, team_shown
from yuetan.documents.content.corrected_opinion import changed_in_opinion, concluded_words
from yuetan.models import Event, OpinionCorrection, SupervisionRound
from yuetan.models.rounds.opinion_correction import opinion_text
from yuetan.rules.dates import clock
from yuetan.vocabulary import RoundKind

pytestmark = pytest.mark.usefixtures("office")
GUESTS = (Guest("吴十五", "市公安局", "治安支队副支队长"), Guest("郑十六", "市纪委监委", "案管室副主任"))
NAMED = "吴十五（市公安局治安支队副支队长）"
LABEL = "参加集体研究的人员"
ALONE = "现场督导不能只有其他部门的成员，须有市扫黑办、领导小组的督导组成员参加，请补选。"


def people(*names):
    return [cast.person(name) for name in names]


def informed_with_guests():
    """A unit of which two of the office and two of other departments concluded together."""
    of_round = announced(kind=RoundKind.JOINT, guests=GUESTS, visits=[visit()])
    of_visit = visit_of(of_round)
    found(of_visit)
    informed(concluded(of_visit, people=people("officer", "director"), guests=guests_of(of_round)))
    return visit_of(of_round)


def opened(url, of_visit, *, by="officer"):
    with time_machine.travel(afterwards(), tick=False):
        return Visitor(cast.person(by)).open(reverse(url, args=[of_visit.pk]))


def test_the_page_of_the_visit_shows_a_correction():
    of_visit = informed_with_guests()
    corrected_draft(of_visit, conclusion=BETTER)
    reissued(of_visit)
    assert NAMED in opened("round_visit", of_visit)


@pytest.mark.parametrize("url", ["reissue_round_opinion", "withdraw_opinion_correction"])
def test_the_pages_on_which_a_correction_is_issued_or_given_up(url):
    of_visit = informed_with_guests()
    corrected_draft(of_visit, conclusion=BETTER)
    assert NAMED in opened(url, of_visit, by="director")


def test_the_case_file_of_a_round(tmp_path: Path):
    of_visit = informed_with_guests()
    draft = corrected_draft(of_visit, conclusion=BETTER)
    with time_machine.travel(afterwards(), tick=False):
        withdraw_opinion_correction(draft.visit, by=cast.person("officer"), reason="另行核实。")
    corrected_draft(of_visit, conclusion=BETTER)
    reissued(of_visit)
    with time_machine.travel(afterwards(), tick=False):
        of_round = end_round(of_visit.round, by=cast.person("officer"))
        sealed()
        listed = titles(unpacked(made(of_round), tmp_path))
    assert "蓬江区棠下镇督导意见书第1次更正" in listed
    assert "蓬江区棠下镇放弃的督导意见书更正稿" in listed
    assert "蓬江区棠下镇集体结论" in listed


def test_the_same_people_in_another_order_are_no_change():
    stood = opinion_text(informed_with_guests())
    turned = {**stood, "visit": {**stood["visit"], "concluded_by": stood["visit"]["concluded_by"][::-1]}}
    assert changed_in_opinion(stood, turned, inner=True) == []
    assert concluded_words(turned, inner=True)[LABEL].startswith("张一（承办人）、王三（主任）、")


def keys(*names):
    return [str(cast.person(name).pk) for name in names]


def test_a_draft_that_is_revised_keeps_the_guests_who_were_there():
    of_visit = informed_with_guests()
    guests = guests_of(of_visit.round)
    added = {"forgotten": [forgotten()], "witnesses": people("officer"), "guests": guests[:1]}
    corrected_draft(of_visit, conclusion=BETTER, **added)
    with time_machine.travel(afterwards(), tick=False):
        officer = Visitor(cast.person("officer"))
        officer.open(reverse("correct_round_opinion", args=[of_visit.pk]))
        values = officer.page.forms[-1].values
        assert (values["witnesses"], values["other_witnesses"]) == (keys("officer"), [str(guests[0].pk)])
        officer.press("更正督导意见书", reason="另漏一处", scan=[pdf()])
    (draft,) = OpinionCorrection.objects.filter(visit=of_visit)
    assert (draft.reason, draft.text["findings"][-1]["seen_by"][-1][1]) == ("另漏一处", "吴十五")


PROMOTED = "吴十五（市公安局治安支队支队长）"


def promoted(of_round):
    """The post of the first guest is another from the second day on."""
    put_right = [replace(GUESTS[0], title="治安支队支队长"), GUESTS[1]]
    team = {"members": people("director", "officer", "supervisor"), "leader": cast.person("director")}
    with time_machine.travel(there() + timedelta(days=1), tick=False):
        adjust_team(
            of_round, by=cast.person("officer"), guests=put_right, seen=team_shown(of_round), reason="任职。", **team
        )
    return SupervisionRound.objects.with_people().get(pk=of_round.pk)


def rows_of(of_round, name=GUESTS[0].name):
    return [one for one in guests_of(of_round) if one.name == name]


def test_a_guest_whose_post_changed_is_one_person_and_neither_joined_nor_left():
    of_round = announced(kind=RoundKind.JOINT, guests=GUESTS, visits=[visit()])
    seen, first = team_shown(of_round), there().date()
    of_round = promoted(of_round)
    assert team_shown(of_round) != seen
    counted = Event.objects.filter(verb="adjust_team").latest("pk").data
    assert (counted["joined"], counted["left"]) == (0, 0)
    both = rows_of(of_round)
    of_visit = visit_of(of_round)
    assert len(both) == 2
    with time_machine.travel(there() + timedelta(days=2), tick=False):
        seen_on = clock.today()
        facts = {"seen_on": seen_on, "place": "", "words": "没有明确责任人。", "is_problem": True, "proof": []}
        with refused(by_the_office(ALONE), by_the_office("现场督导须有督导组成员至少2人在场，现选1人，请补齐。")):
            record_round_finding(of_visit, by=cast.person("officer"), people=[], guests=both, **facts)
        found_now = record_round_finding(
            of_visit, by=cast.person("officer"), people=people("officer"), guests=both, **facts
        )
        assert found_now.names_seen == f"张一（承办人）、{PROMOTED}"
        earlier = record_round_finding(
            of_visit,
            by=cast.person("officer"),
            people=people("officer"),
            guests=both[1:],
            **facts | {"seen_on": first},
        )
        assert earlier.names_seen == f"张一（承办人）、{NAMED}"
        agreed = Concluded("结论", "", "讨论", seen_on, people("officer"), both)
        assert names_of(agreed)[1:] == [[None, "吴十五", "市公安局治安支队支队长"]]
        agreed = Concluded("结论", "", "讨论", first, people("officer"), both[1:])
        assert names_of(agreed)[1:] == [[None, "吴十五", "市公安局治安支队副支队长"]]


def test_a_guest_whose_post_changed_is_offered_once_and_ticked_by_the_post_of_the_day():
    of_round = announced(kind=RoundKind.JOINT, guests=GUESTS, visits=[visit()])
    of_visit = visit_of(of_round)
    found(of_visit, people=people("officer"), guests=rows_of(of_round))
    concluded(of_visit, people=people("officer", "director"), guests=rows_of(of_round))
    of_round = promoted(of_round)
    last = rows_of(of_round)[-1]
    with time_machine.travel(there() + timedelta(days=2), tick=False):
        for url in ("record_round_finding", "conclude_visit"):
            officer = Visitor(cast.person("officer"))
            page = officer.open(reverse(url, args=[of_visit.pk]))
            assert PROMOTED in page
            assert NAMED not in page
        assert officer.page.forms[-1].values["guests"] == [str(last.pk)]
