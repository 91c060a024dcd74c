"""Units and the dated posts people hold in them."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import connection, models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value

from yuetan import permissions
from yuetan.models.office.own_label_field import OwnLabelField
from yuetan.models.office.read_once import once
from yuetan.models.people.first_code_field import FirstCodeField
from yuetan.models.people.post_sides import POST_INDEXES, side_of
from yuetan.rules.dates import clock
from yuetan.rules.text.organ_names import addressed, organs_of_county, organs_of_town
from yuetan.vocabulary import (
    HEAD_POSTS,
    INTERVIEWED_UNIT_KINDS,
    INTERVIEWEE_NAMES,
    PARTY_OF_POST,
    SEPARATE_POSTS,
    SINGLE_POSTS,
    Party,
    PostKind,
    Rank,
    UnitKind,
)

# UNION, not UNION ALL: a unit that stands above itself is read once. Begins with SELECT, as what writes nothing does.
_WITHIN = """
SELECT id FROM (
    WITH RECURSIVE within (id) AS (
        SELECT %s::bigint UNION SELECT unit.id FROM yuetan_unit unit JOIN within ON unit.parent_id = within.id
    )
    SELECT id FROM within
) AS units ORDER BY id
"""


class UnitQuerySet(models.QuerySet["Unit"]):
    """Questions about many units."""

    def in_use(self) -> "UnitQuerySet":
        """Units not retired."""
        return self.filter(retired_on=None)

    def interviewed(self) -> "UnitQuerySet":
        """Units the 办法 lets the leading group interview."""
        return self.filter(kind__in=INTERVIEWED_UNIT_KINDS)

    def above_others(self) -> "UnitQuerySet":
        """The 市（区） with 镇（街） below them; nothing else that answers to the office has a unit below it.

        Each is asked for one: of whether any is below PostgreSQL asks all units, even where a page offers few.
        """
        below = Unit.objects.filter(parent=OuterRef("pk")).order_by()
        return (
            self.filter(kind=UnitKind.COUNTY).alias(below=Subquery(below.values("pk")[:1])).filter(below__isnull=False)
        )

    def keys_within(self, unit: "Unit") -> list[int]:
        """The key of a unit, and of all units below it."""
        return once(("units within", unit.pk), (Unit,), lambda: _keys_within(unit))

    def matching(self, words: str) -> "UnitQuerySet":
        """By part of a name it bears or has borne, the code, its pinyin from any sign on, or the initials of that."""
        renamed = Unit.objects.filter(changes__former_name__contains=words)
        known = Q(name__contains=words) | Q(code__startswith=words) | Q(initials__contains=words.lower())
        known |= Q(pinyin__contains=f" {words.lower()}")
        return self.filter(known | Q(pk__in=renamed.order_by().values("pk")))


def _keys_within(unit: "Unit") -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_WITHIN, [unit.pk])
        return [key for (key,) in cursor.fetchall()]


class Unit(models.Model):
    """A unit: the leading group, its office, a 成员单位, a 市（区） or a 镇（街）.

    `first_code` never changes: by it an approval names the unit, so that correcting a code or a name voids nothing.
    """

    code = models.CharField("代码", max_length=20, unique=True)
    first_code = FirstCodeField("首次登记的代码", max_length=30, unique=True, editable=False)
    name = models.CharField("名称", max_length=80)
    former_names = models.JSONField("曾用名", default=list, blank=True)  # [name, the day it ended], the oldest first
    initials = models.CharField("拼音首字母", max_length=80, blank=True)
    pinyin = models.TextField("拼音", blank=True)  # as pinyin_from_each_sign writes it
    kind = OwnLabelField("类别", max_length=20, choices=UnitKind.choices)
    addressee = models.CharField("主送机关", max_length=120, blank=True)  # empty: organs_addressed says the usual
    superior = models.CharField("上级主管单位", max_length=80, blank=True)  # of a unit of the state, province or city
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    began_on = models.DateField("设立日期", null=True, blank=True)  # empty: before the site was begun, or not on record
    retired_on = models.DateField("停用日期", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("unit")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def heads_name(self) -> str:
        """主要负责人 or 党政主要领导, as the 办法 calls this unit's heads."""
        return INTERVIEWEE_NAMES.get(UnitKind(self.kind), "")

    @property
    def full_name(self) -> str:
        """With the 市（区） in front of a 镇（街）, because names repeat between them."""
        return self._in_full(self.name)

    def full_name_on(self, day: date) -> str:
        """Its name of a day, with the 市（区） in front of a 镇（街）."""
        return self._in_full(self.name_on(day))

    def _in_full(self, name: str) -> str:
        return f"{self.parent.name}{name}" if self.parent and self.kind == UnitKind.TOWN else name

    @property
    def organs_addressed(self) -> str:
        """主送机关: the organs that papers to it are sent to, the usual ones where no others were named."""
        return self.addressee or self.usual_organs

    @property
    def usual_organs(self) -> str:
        """蓬江区棠下镇党委、镇政府; 江海区委、区政府; a department is itself an organ."""
        if self.kind == UnitKind.TOWN:
            return self._in_full(organs_of_town(self.name))
        return organs_of_county(self.name) if self.kind == UnitKind.COUNTY else self.name

    @property
    def addressed_as(self) -> str:
        """你镇 or the like, as the text of a paper addresses it."""
        is_place = self.kind in (UnitKind.TOWN, UnitKind.COUNTY)
        return addressed(self.name if is_place else "")

    def name_on(self, day: date) -> str:
        """The name it bore on a day."""
        return next((name for name, until in self.former_names if day < date.fromisoformat(until)), self.name)

    def names_since(self, day: date | None) -> list[str]:
        """Names it has borne since a day, without the present one."""
        return [name for name, until in self.former_names if day is None or day < date.fromisoformat(until)]

    @property
    def shown_name(self) -> str:
        """With the former names behind it: 新会区圣堂镇（原××镇）."""
        former = "、".join(self.names_since(None))
        return f"{self.full_name}（原{former}）" if former else self.full_name

    def heads(self, on: date | None = None) -> "PostQuerySet":
        """Posts of those who answer for the unit on a day (today), in the order in which they are named."""
        return self.posts.current(on).filter(kind__in=HEAD_POSTS).as_named().select_related("holder", "unit")

    def group_keys(self) -> dict[Party, list[int]]:
        """Keys of the groups of this unit's heads and liaisons, to which grants for the unit are given."""
        names = {party: self.group_name(party) for party in (Party.UNIT_HEAD, Party.UNIT_LIAISON)}
        keys = once(("groups", self.pk), (Group,), lambda: _group_keys_by_name(names.values()))
        return {party: [keys[name]] for party, name in names.items()}

    def group_name(self, party: Party) -> str:
        """The name of that group."""
        return f"unit:{self.pk}:{party.value}"


def _group_keys_by_name(names: Iterable[str]) -> dict[str, int]:
    return dict(Group.objects.filter(name__in=names).values_list("name", "pk"))


class PostQuerySet(models.QuerySet["Post"]):
    """Questions about many posts."""

    def current(self, on: date | None = None) -> "PostQuerySet":
        """Posts held on a day (today); the last day of a post is no longer a day in it."""
        day = on or clock.today()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), began_on__lte=day)

    def as_named(self) -> "PostQuerySet":
        """A unit's people in the order of `Post.precedence`."""
        places = [models.When(kind=kind, then=place) for place, kind in enumerate(PARTY_OF_POST)]
        return self.order_by(models.Case(*places, default=0), "-began_on", "pk")


# As an office names people: 书记 before 镇长, whatever the letters of their English names.
# One function of the database: the same as CASE … WHEN costs Django a tenth of every request to write down.
PRECEDENCE = Func(
    "kind",
    template=f"array_position('{{{','.join(PostKind.values)}}}'::varchar[], %(expressions)s)",
    output_field=models.IntegerField(),
)


class _HeldRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Post(models.Model):
    """A person's dated office in a unit; roles, parties and access follow from it and from nothing else."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    holder = models.ForeignKey("yuetan.User", models.PROTECT, related_name="posts")
    kind = OwnLabelField("职务类别", max_length=24, choices=PostKind.choices)
    title = models.CharField("职务名称", max_length=60)
    rank = models.CharField("职级", max_length=20, choices=Rank.choices, blank=True)
    began_on = models.DateField("任职日期")
    ended_on = models.DateField("离任日期", null=True, blank=True)

    holder_id: int
    unit_id: int
    objects = PostQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("unit", PRECEDENCE, "-began_on")
        indexes = POST_INDEXES
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="post_ends_after_it_begins"
            ),
            *(
                ExclusionConstraint(
                    name=f"one_{kind.value}_at_a_time",
                    expressions=[
                        (
                            Func("unit_id", "unit_id", Value("[]"), function="int8range"),
                            RangeOperators.OVERLAPS,
                        ),
                        (_HeldRange("began_on", "ended_on", RangeBoundary()), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(kind=kind.value),
                )
                for kind in SINGLE_POSTS
            ),
            *(
                ExclusionConstraint(
                    name=f"{kind.value}_holds_no_other_post",
                    expressions=[
                        (Func("holder_id", "holder_id", Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                        (_HeldRange("began_on", "ended_on", RangeBoundary()), RangeOperators.OVERLAPS),
                        (side_of(kind), RangeOperators.ADJACENT_TO),
                    ],
                )
                for kind in SEPARATE_POSTS
            ),
        )

    def __str__(self) -> str:
        return f"{self.full_title}{self.holder.name}"

    @property
    def full_title(self) -> str:
        """Unit and title, as an official paper names a person's post."""
        if self.unit.kind == UnitKind.LEADING_GROUP:
            return self.title
        unit = self.unit.full_name
        # 江海区 + 区委书记 is 江海区委书记; 江海区 + 区长 stays 江海区区长.
        doubled = self.title.startswith((f"{unit[-1]}委", f"{unit[-1]}工委"))
        return unit + (self.title[1:] if doubled else self.title)

    @property
    def is_current(self) -> bool:
        """Whether the post is held today."""
        return self.is_held_on(clock.today())

    def is_held_on(self, day: date) -> bool:
        """Whether the post is held on a day; its last day is no longer a day in it."""
        return self.began_on <= day and (self.ended_on is None or self.ended_on > day)

    def is_held_between(self, began_on: date, ended_on: date | None) -> bool:
        """Whether the post is held on a day of a term; one that was annulled is held on none."""
        return max(self.began_on, began_on) < min(self.ended_on or date.max, ended_on or date.max)

    @property
    def is_annulled(self) -> bool:
        """登记有误: registered by mistake; then it was held on no day at all."""
        return any(correction.is_annulment for correction in self.corrections.all())

    @property
    def precedence(self) -> int:
        """The order in which a unit's people are named: 书记 before 镇长, liaisons last."""
        return list(PARTY_OF_POST).index(PostKind(self.kind)) if self.party else 0

    @property
    def party(self) -> Party | None:
        """What the holder is to a case of the unit."""
        return PARTY_OF_POST.get(PostKind(self.kind))
