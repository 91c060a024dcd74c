"""Who takes a step: people found by their account in the office, and by their post in a unit."""

from __future__ import annotations

from yuetan.models import Case, Post, Unit, User
from yuetan.vocabulary import PostKind


def in_office(username: str) -> User:
    """Who has this account, read anew; raises User.DoesNotExist if nobody has it."""
    return User.objects.get(username=username)


def head(unit: Unit) -> User:
    """The first of those who answer for the unit today; raises Post.DoesNotExist if nobody does."""
    post = unit.heads().first()
    if post is None:
        raise Post.DoesNotExist(f"nobody answers for {unit}")
    return post.holder


def liaison(unit: Unit) -> User:
    """Who has been the unit's liaison longest; raises Post.DoesNotExist if it has none."""
    posts = unit.posts.current().filter(kind=PostKind.LIAISON).select_related("holder")
    return posts.earliest("began_on", "pk").holder


def interviewer(case: Case) -> User:
    """Who leads the interview; raises AssertionError while nobody is named for it."""
    assert case.interviewer is not None
    return case.interviewer.holder
