"""Notices of interviews and papers of measures for which the unit has not signed, and whom the office calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Subquery

from yuetan.models.case.case import Case, CaseQuerySet
from yuetan.models.case.current import NOTICES
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.papers.document import Document, DocumentQuerySet, Receipt
from yuetan.models.people.held_posts import PersonInPosts, by_person
from yuetan.models.people.unit import Post
from yuetan.vocabulary import CaseState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yuetan.models.people.user import User


def unsigned_notices(user: User) -> CaseQuerySet:
    """Cases whose notice in force nobody has signed for, the soonest limit first.

    For the inner side alone, and of no unit in which the person holds a post (回避).
    """
    in_force = Document.objects.filter(case=OuterRef("pk"), kind__in=NOTICES, replaced_by=None).order_by("-issued_at")
    cases = Case.objects.visible_to(user).exclude(unit__in=user.interviewed_units)
    cases = cases.filter(state=CaseState.NOTIFIED).alias(notice=Subquery(in_force.values("pk")[:1]))
    unsigned = cases.filter(~Exists(Receipt.objects.filter(document=OuterRef("notice"))))
    read_together = unsigned.for_lists().select_related("drafter").prefetch_related(_documents_in_brief())
    return read_together.order_by("receipt_due_on", "pk")


def unsigned_papers_of_measures(user: User) -> DocumentQuerySet:
    """Papers of measures, each unit's own, that wait to be signed for, the soonest limit first.

    For the inner side alone, and of no unit in which the person holds a post (回避).
    """
    measures = AccountabilityMeasure.objects.visible_to(user).unsigned().exclude(unit__in=user.interviewed_units)
    papers = Document.objects.of_measures_to_sign().filter(measure_laid__in=measures.order_by().values("pk"))
    related = ("measure_laid__unit__parent", "measure_laid__first_unit", "measure_laid__drafter", "entry")
    return papers.select_related(*related).defer("html", "facts").order_by("receipt_due_on", "pk")


def _documents_in_brief() -> Prefetch[str]:
    return Prefetch("documents", Document.objects.defer("html", "facts"))


def people_to_call(units: Iterable[int]) -> dict[int, list[PersonInPosts]]:
    """The heads and liaisons of each unit today, in the order in which they are named."""
    held = Post.objects.current().filter(unit__in=units).as_named().select_related("holder", "unit__parent")
    posts: dict[int, list[Post]] = {}
    for post in held:
        if post.party:
            posts.setdefault(post.unit_id, []).append(post)
    return {unit: by_person(own) for unit, own in posts.items()}
