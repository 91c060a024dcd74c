"""约谈工作统计表: the figures of a quarter or a year as the office handed them up, frozen with their paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from yuetan import permissions
from yuetan.models.office.office import OfficeSetting
from yuetan.models.people.unit import Post
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS, Party, PostKind

if TYPE_CHECKING:
    from yuetan.models.papers.document import Document
    from yuetan.models.people.user import User

KINDS = ((PeriodKind.QUARTER.value, "季度"), (PeriodKind.YEAR.value, "年度"))


class StatisticsSheet(models.Model):
    """One edition of the figures of a period; a later edition replaces its paper and says why."""

    kind = models.CharField("期间", max_length=8, choices=KINDS)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("第几季度", default=1)
    edition = models.PositiveSmallIntegerField("第几次印发")
    figures = models.JSONField("各表的数字")
    reason = models.CharField("更正原因", max_length=300, blank=True)

    document: Document
    ISSUER: ClassVar[str] = "issue_statistics"

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("kind", "year", "number", "edition"), name="one_edition_of_a_sheet"),
            models.CheckConstraint(
                condition=models.Q(edition=1, reason="") | (models.Q(edition__gt=1) & ~models.Q(reason="")),
                name="later_editions_say_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.period.label}约谈工作统计表"

    @property
    def period(self) -> Period:
        """The quarter or the year."""
        return Period(PeriodKind(self.kind), self.year, self.number)


def issues_statistics(user: User) -> bool:
    """Whether it is a person's to issue the sheet: the director's, or whoever's who acts for the director.

    Somebody acts only where every director must keep away from a unit, by the office's own rule (办公室设定). A
    director who must is told so.
    """
    if user.has_perm(permissions.name(StatisticsSheet.ISSUER)):
        return True
    return not user.interviewed_units and user.pk in {post.holder_id for post in _acting_posts()}


def issuers_named() -> str:
    """Who may issue the sheet where a director may not: by name, or which post is to be filled."""
    free = [
        post for post in _posts_of_kinds([PostKind.OFFICE_DIRECTOR]) if post.holder_id not in _recused_people()
    ] or _acting_posts()
    return joined([post.holder.name for post in free]) or "没有在被约谈单位任职的办公室主任"


def _acting_posts() -> list[Post]:
    directors, barred = _posts_of_kinds([PostKind.OFFICE_DIRECTOR]), _recused_people()
    if not directors or any(post.holder_id not in barred for post in directors):
        return []
    by_rule = OfficeSetting.objects.posts(Party.ACTING_DIRECTOR.value)
    serving = ([post for post in _posts_of_kinds([kind]) if post.holder_id not in barred] for kind in by_rule)
    return next(filter(None, serving), [])


def _posts_of_kinds(kinds: list[PostKind]) -> list[Post]:
    return list(Post.objects.current().filter(kind__in=kinds).select_related("holder").order_by("pk"))


def _recused_people() -> set[int]:
    """Keys of the people who hold a post in a unit that may be interviewed."""
    held = Post.objects.current().filter(unit__kind__in=INTERVIEWED_UNIT_KINDS)
    return set(held.values_list("holder", flat=True))
