"""A person: everyone who holds a post, with or without an account."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission, PermissionsMixin
from django.db import models
from django.db.models import Q, QuerySet
from guardian.mixins import GuardianUserMixin

from yuetan.models.office.fixed_query import NO_KEY, FixedQuery
from yuetan.models.office.kept_rules import know_version, version_column
from yuetan.models.office.office import OfficeSetting
from yuetan.models.people.delegation import Delegation
from yuetan.models.people.unit import Post, PostQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.pinyin import person_initials, person_pinyin
from yuetan.rules.text.person_names import person_name
from yuetan.vocabulary import (
    ALWAYS_READERS,
    INTERVIEWED_UNIT_KINDS,
    NARROWED_POSTS,
    DisabledFor,
    PostKind,
    Role,
    UnitKind,
)

MAX_USERNAME_LENGTH = 60


class UserQuerySet(models.QuerySet["User"]):
    """Questions about many people."""

    def matching(self, words: str) -> UserQuerySet:
        """By part of the name, or by the beginning of its pinyin or of the initials of that."""
        if not words.isascii():
            return self.filter(name__contains=person_name(words))
        letters = words.lower()
        return self.filter(Q(initials__startswith=letters) | Q(pinyin__startswith=letters))

    def in_roles(self, *roles: Role) -> UserQuerySet:
        """Who has one of these roles today and may log in, in a fixed order."""
        names = [role_group_name(role) for role in roles]
        return self.filter(groups__name__in=names, is_active=True).distinct().order_by("pk")


class UserManager(BaseUserManager["User"]):
    """Makes people; there is no superuser, because nobody here may do everything."""

    def create_person(self, name: str, *, username: str | None = None, password: str | None = None) -> User:
        """A person, with an account if a user name is given."""
        user = self.unsaved_person(name, username=username)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def unsaved_person(self, name: str, *, username: str | None = None) -> User:
        """A person who is not saved yet, for who makes many at once; they can log in by no password."""
        name = person_name(name)
        spelled = {"initials": person_initials(name), "pinyin": person_pinyin(name)}
        return self.model(name=name, username=username or None, password="!", **spelled)

    def matching(self, words: str) -> UserQuerySet:
        """By part of the name, or by the beginning of its pinyin or of the initials of that."""
        return UserQuerySet(self.model, using=self._db).matching(words)

    def in_roles(self, *roles: Role) -> UserQuerySet:
        """Who has one of these roles today and may log in, in a fixed order."""
        return UserQuerySet(self.model, using=self._db).in_roles(*roles)


def _posts_of(holder: int, day: date) -> PostQuerySet:
    held = Post.objects.current(day).filter(holder=holder).select_related("unit__parent")
    return held.annotate(rule_version=version_column())


_POSTS_OF = FixedQuery[Any](_posts_of, NO_KEY, date.min)


def _rights_of(holder: int) -> QuerySet[Permission, tuple[str, str]]:
    held = Permission.objects.filter(group__user=holder)
    return held.order_by().values_list("content_type__app_label", "codename")


_RIGHTS_OF = FixedQuery[Any](_rights_of, NO_KEY)


class User(AbstractBaseUser, PermissionsMixin, GuardianUserMixin):
    """A person; what they may do follows from their current posts."""

    username = models.CharField("账号", max_length=MAX_USERNAME_LENGTH, unique=True, null=True, blank=True)
    name = models.CharField("姓名", max_length=40)
    initials = models.CharField("拼音首字母", max_length=40, blank=True)
    pinyin = models.CharField("拼音", max_length=240, blank=True)
    email = models.EmailField("邮箱", blank=True)
    telephone = models.CharField("办公电话", max_length=60, blank=True)  # this one stands on papers
    mobile = models.CharField("手机", max_length=11, blank=True)  # for the inner side to call, and nowhere else
    is_active = models.BooleanField("可登录", default=True)
    disabled_for = models.CharField("停用原因", max_length=16, choices=DisabledFor.choices, blank=True)
    password_set_at = models.DateTimeField("设密码的时间", null=True, blank=True)
    password_is_initial = models.BooleanField("初始密码", default=False)

    USERNAME_FIELD = "username"
    _user_perm_cache: frozenset[str] = frozenset()  # Django asks no more: nobody is given a right but by a group
    objects = UserManager()

    class Meta:
        default_permissions = ()
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def _group_perm_cache(self) -> set[str]:
        """Where Django keeps what a person's groups may do, read once a request: by a query that is planned once."""
        return {f"{label}.{codename}" for label, codename in _RIGHTS_OF.rows(self.pk)}

    @cached_property
    def current_posts(self) -> list[Post]:
        """The posts held today, read once a request, and with them the version of the rules."""
        posts = list(_POSTS_OF.rows(self.pk, clock.today()))
        for post in posts:
            post.holder = self
            know_version(post.rule_version)
        return posts

    @cached_property
    def approving_posts(self) -> list[PostKind]:
        """The posts to which the office has given approval, read once a request."""
        return OfficeSetting.objects.posts("approving_posts")

    @cached_property
    def delegations_in_force(self) -> list[Delegation]:
        """What other leaders let the person decide in their stead today, read once a request."""
        return Delegation.held_now_by(self)

    @property
    def title(self) -> str:
        """The current posts in one phrase."""
        return "、".join(post.full_title for post in self.current_posts)

    @property
    def short_title(self) -> str:
        """As title, without the name of the office or of the leading group itself."""
        inner = (UnitKind.OFFICE, UnitKind.LEADING_GROUP)
        return "、".join(post.title if post.unit.kind in inner else post.full_title for post in self.current_posts)

    @property
    def telephones(self) -> str:
        """All by which the inner side calls the person, the office first; never printed on a paper."""
        return "、".join(filter(None, (self.telephone, self.mobile)))

    def holds(self, *kinds: PostKind | str) -> bool:
        """Whether the person holds one of these posts today."""
        return any(post.kind in kinds for post in self.current_posts)

    @property
    def interviewed_units(self) -> list[int]:
        """Keys of the units that may be interviewed and in which the person holds a post today."""
        return [post.unit_id for post in self.current_posts if post.unit.kind in INTERVIEWED_UNIT_KINDS]

    def is_recused_from(self, unit_id: int) -> bool:
        """回避: whether the person holds a post today in the unit that a matter is about."""
        return bool(self.posts_in(unit_id))

    @property
    def may_be_left_out(self) -> bool:
        """知悉范围: whether a case may be narrowed so that the person, who is of the office, knows nothing of it."""
        return self.holds(*NARROWED_POSTS) and not self.holds(*ALWAYS_READERS)

    def posts_in(self, unit_id: int) -> list[Post]:
        """The posts held in one unit today."""
        return [post for post in self.current_posts if post.unit_id == unit_id]


def role_group_name(role: Role) -> str:
    """The name of the Django group of a role."""
    return f"role:{role.value}"
