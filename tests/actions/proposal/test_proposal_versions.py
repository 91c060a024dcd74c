"""What was proposed is kept each time it is handed in, and its digest says whether it is still what it was."""

import pytest
from django.db import DatabaseError, transaction

from tests import cast
from tests.factories import case_after, case_in, pdf, png, take
from tests.steps import proposal, stated
from yuetan.actions.people.unit import add_unit, change_unit
from yuetan.models import Ground, Post
from yuetan.models.case.proposal import bound_digest
from yuetan.vocabulary import CaseState, PostKind, Rank, UnitKind, Verb


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def second(unit):
    return next(each for each in Ground.objects.filter(number=2) if each.fits(unit.kind))


def handed_in_again(case, **changed):
    """Sent back, revised and handed in once more."""
    take(Verb.RETURN_FOR_CHANGES, case)
    take(Verb.REVISE_DRAFT, case, **proposal(case.unit, distinct_from=[], **changed))
    return take(Verb.SUBMIT, case)


def test_each_handing_in_is_kept(officer):
    case = case_in(CaseState.IN_REVIEW)
    (first,) = case.proposal_versions.all()
    assert (first.number, first.submitted_by) == (1, officer)
    assert first.sha256 == bound_digest(first.text) == case.proposal_sha256
    handed_in_again(case, facts="另一番事实。")
    first_again, then = case.proposal_versions.all()
    assert first_again.text == first.text
    assert (then.number, then.text["bound"]["grounds"][0]["facts"]) == (2, "另一番事实。")
    assert then.sha256 == case.proposal_sha256 != first.sha256


def test_a_version_says_everything_that_was_proposed():
    evidence = {"evidence": [pdf("台账.pdf")]}
    case = case_in(CaseState.IN_REVIEW, draft=evidence)
    text, file = case.proposal_versions.get().text, case.attachments.get()
    (ground,) = text["bound"]["grounds"]
    assert text["bound"] | {"grounds": []} == {
        "regulation": ["jiangmen", "校对稿"],
        "unit": cast.TOWN,
        "matter": "涉黑涉恶线索摸排不深入",
        "other_words": "",
        "grounds": [],
        "interviewees": [[cast.TOWN, PostKind.PARTY_SECRETARY, Rank.BELOW_DIVISION]],
        "interviewer": PostKind.DEPUTY_LEADER,
    }
    assert (ground["citation"], ground["facts"]) == ("第五条第2项", case.case_grounds.get().facts)
    assert (ground["article"], ground["number"], ground["law"]) == (5, 2, case.grounds.get().text)
    assert (ground["reference_number"], ground["files"]) == ("线索编号XS-2026-018", [file.sha256])
    assert text["shown"] == {
        "unit": "蓬江区棠下镇",
        "interviewees": ["蓬江区棠下镇党委书记冯十（处级以下）"],
        "interviewer": "市扫黑除恶专项斗争领导小组副组长孙六",
        "files": [[{"name": "台账.pdf", "sha256": file.sha256}]],
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"matter": "另一事由"},
        {"facts": "另一番事实。"},
        {"reference_number": "另一编号"},
        {"reference_summary": "另一摘要"},
        {"other_words": "另一情形"},
        {"evidence": [png()]},
        {"grounds": []},
    ],
)
def test_whatever_is_proposed_otherwise_has_another_digest(changed):
    case = case_in(CaseState.DRAFTED)
    before = case.proposal_sha256
    case = take(Verb.REVISE_DRAFT, case, **proposal(case.unit, distinct_from=[], **changed))
    assert case.proposal_sha256 != before
    case = take(Verb.REVISE_DRAFT, case, grounds=[stated(second(case.unit), removed=list(case.attachments.all()))])
    assert case.proposal_sha256 == before


def test_a_successor_in_the_same_post_with_the_same_rank_changes_nothing(town):
    case = case_in(CaseState.PROPOSED)
    before = case.proposal_sha256
    old = case.interviewees.get()
    successor = cast.engage("吕二十", None, cast.unit(cast.COUNTY), PostKind.LIAISON, "联络员").posts.get()
    Post.objects.filter(pk=old.pk).update(ended_on=old.began_on)
    same_post = {"unit": town, "kind": old.kind, "title": "党委书记、一级主任科员", "began_on": old.began_on}
    Post.objects.filter(pk=successor.pk).update(**same_post, rank=old.rank)
    case.interviewees.set([successor])
    assert case.proposal_sha256 == before
    Post.objects.filter(pk=successor.pk).update(rank=Rank.DIVISION)
    assert case.proposal_sha256 != before


def test_a_corrected_code_or_spelling_of_the_unit_voids_nothing(sysadmin, town, county):
    case = case_in(CaseState.APPROVED)
    before = case.proposal_sha256
    change_unit(town, by=sysadmin, code="440703199", name="棠下鎮", parent=town.parent)
    case = take(Verb.SERVE_NOTICE, case)
    assert case.state == CaseState.NOTIFIED
    assert case.proposal_sha256 == before
    # Another unit with the code that was given up is another unit all the same.
    other = add_unit(by=sysadmin, code=cast.TOWN, name="新镇", kind=UnitKind.TOWN, parent=county)
    assert other.first_code != town.first_code
    case.unit = other
    assert case.proposal_sha256 != before


def test_no_version_is_ever_rewritten():
    version = case_in(CaseState.IN_REVIEW).proposal_versions.get()
    for change in (version.delete, lambda: version.case.proposal_versions.update(sha256="0" * 64)):
        with pytest.raises(DatabaseError, match=r"kept as written|permission denied"), transaction.atomic():
            change()


def test_both_heads_of_a_unit_go_through_every_step_and_paper_together(town):
    """党政主要领导 both: one notice, one record of who came, one set of minutes."""
    case = case_after(Verb.CLOSE, draft={"interviewees": list(town.heads())})
    assert case.state == CaseState.CLOSED
    assert {one.post.holder.name for one in case.interview.attendances.all()} == {"冯十", "陈十一"}
    assert case.documents.exists()
    for paper in case.documents.all():
        words = "".join(paper.html.split())
        assert all(name in words for name in ("冯十", "陈十一")), paper.title
