"""帮助: a page for each topic, of those that concern the reader; one's own part first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.actions.files.prepared_file import KEPT_DAYS
from yuetan.models import Accountability, User
from yuetan.permissions import UNIT_SIDE
from yuetan.rules.dates import clock
from yuetan.views.frame.navigation import openable_pages
from yuetan.views.frame.request import Request
from yuetan.views.law import process_overview
from yuetan.vocabulary import PARTY_OF_POST, ROLE_OF_POST, InterviewPart, PostKind, Role, Verb


@dataclass(frozen=True)
class Topic:
    """One page of help: its address, its heading, the template of its text and what that shows.

    A template names other pages by `page_link`: who may not open one reads its name alone.
    """

    slug: str
    title: str
    template: str
    context: dict[str, object] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it is read."""
        return reverse("help_topic", args=[self.slug])

    @property
    def text(self) -> SafeString:
        """What it says."""
        return render_to_string(self.template, self.context)

    def read_by(self, openable: dict[str, bool]) -> Topic:
        """The topic as somebody reads it who may open these pages."""
        return replace(self, context=self.context | {"openable_pages": openable})


def _guide(slug: str, whose: str) -> Topic:
    return Topic(slug.replace("_", "-"), f"{whose}怎么办", f"help/{slug}.html")


GUIDE_OF_ROLE = {role: _guide(role.value, role.label) for role in Role}
GUIDE_OF_UNITS = _guide("unit", "被约谈单位")
ALL_GUIDES = (*GUIDE_OF_ROLE.values(), GUIDE_OF_UNITS)
FINDING, TYPING, RECORDING, LADDER = "finding", "typing", "interview-record", "ladder"
# The topic of a page by the name of its address, where one's own guide is not the nearest.
TOPIC_OF_PAGE = {
    **dict.fromkeys(("agenda", "statistics", "search", "case_list", "task_list", "done_list"), FINDING),
    **dict.fromkeys(("followed_list", "prepared_file_list", "prepared_file", "todo_list"), FINDING),
    **dict.fromkeys(("measure_list", "measure_laid", "draft_measure", "revise_measure", "measure_step"), LADDER),
    **dict.fromkeys(("supervision_list", "archive_list", "document_list", "number_book", "print_log"), FINDING),
}


@require_safe
def help_index(request: Request) -> HttpResponse:
    """The topics that concern the reader; with `?whole`, all of them on one page, to be printed."""
    shown: dict[str, object] = {"topics": list(topics(request.user)), "whole": "whole" in request.GET}
    shown["manuals"] = [guide for guide in own_guides(request.user) if _manual_of(guide).is_file()]
    return render(request, "help/index.html", shown)


@require_safe
def help_topic(request: Request, slug: str) -> HttpResponse:
    """One topic. Raises Http404 for one that does not concern the reader."""
    all_topics = list(topics(request.user))
    topic = next((topic for topic in all_topics if topic.slug == slug), None)
    if topic is None:
        raise Http404
    return render(request, "help/topic.html", {"topic": topic, "topics": all_topics})


@require_safe
def manual(request: Request, slug: str) -> HttpResponseBase:
    """操作手册 of one's own post, as `script/manual` made it. Raises Http404 for another's, and before it was made."""
    guide = next((guide for guide in own_guides(request.user) if guide.slug == slug), None)
    if guide is None or not _manual_of(guide).is_file():
        raise Http404
    name = f"操作手册（{guide.title.removesuffix('怎么办')}）.pdf"
    return FileResponse(_manual_of(guide).open("rb"), filename=name, content_type="application/pdf")


def _manual_of(guide: Topic) -> Path:
    return Path(settings.VAR) / "manual" / f"{guide.slug}.pdf"


def topics(user: User) -> Iterator[Topic]:
    """What concerns the reader: one's own guides, then what all of one's side do, then the guides of others."""
    openable = openable_pages(user)
    return (topic.read_by(openable) for topic in _concerning(user))


def _concerning(user: User) -> Iterator[Topic]:
    own, inner = own_guides(user), user.has_perm(permissions.name("see_inner_case"))
    yield from own
    if user.has_perm(permissions.name(Verb.HOLD_INTERVIEW)):
        parts: dict[str, object] = {"parts": InterviewPart.labels}
        yield Topic(RECORDING, "记录人怎样用约谈记录台", "help/interview_record.html", parts)
    if inner or GUIDE_OF_UNITS in own:
        yield from _of_a_side(inner=inner)
    if own:
        yield Topic("sides", "被约谈方看得到什么", "help/sides.html")
    if inner:
        yield Topic("permissions", "谁可以办什么", "help/permissions.html", {"matrix": process_overview.matrix()})
        yield from (guide for guide in ALL_GUIDES if guide not in own)


def _of_a_side(*, inner: bool) -> Iterator[Topic]:
    """What whoever works on cases asks: how to find, how typing is kept, and how it all goes."""
    kept: dict[str, object] = {"inner": inner, "kept_days": KEPT_DAYS}
    yield Topic(FINDING, "怎样查找、看日程、统计、导出", "help/finding.html", kept)
    yield Topic(
        TYPING, "填写的内容怎样自动保存", "help/typing.html", {**process_overview.typing(inner=inner), "inner": inner}
    )
    stages = process_overview.stages(of_parties=() if inner else UNIT_SIDE)
    title = "七步流程" if inner else "七步流程中由本单位办理的"
    yield Topic("process", title, "help/process.html", {"stages": stages})
    tasks: dict[str, object] = {"task_transitions": process_overview.task_transitions()}
    yield Topic("task", "一项整改任务怎样走完", "help/task.html", tasks)
    if text := _accountability():
        ladder: dict[str, object] = {"text": text, "rungs": process_overview.rungs(text), "inner": inner}
        ladder["steps"] = process_overview.steps_of_measure(of_parties=() if inner else UNIT_SIDE)
        yield Topic(LADDER, "责任制的措施怎样一档一档用", "help/ladder.html", ladder)


def _accountability() -> Accountability | None:
    return Accountability.objects.carried_out(clock.today())


def own_guides(user: User) -> list[Topic]:
    """The guides of the posts that the person holds today."""
    kinds = [PostKind(post.kind) for post in user.current_posts]
    own = {GUIDE_OF_ROLE[ROLE_OF_POST[kind]].slug for kind in kinds if kind in ROLE_OF_POST}
    own |= {GUIDE_OF_UNITS.slug for kind in kinds if kind in PARTY_OF_POST}
    return [guide for guide in ALL_GUIDES if guide.slug in own]


def page_help(request: HttpRequest) -> dict[str, str]:
    """For base.html: where the page that is read is explained, for who has logged in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"help_url": ""}
    own = own_guides(user)
    if not own:
        return {"help_url": reverse("help")}
    return {"help_url": reverse("help_topic", args=[_topic_of_page(request, user, own)])}


def _topic_of_page(request: HttpRequest, user: User, own: list[Topic]) -> str:
    match = request.resolver_match
    if match is None:
        return own[0].slug
    if match.kwargs.get("verb") == Verb.HOLD_INTERVIEW and user.has_perm(permissions.name(Verb.HOLD_INTERVIEW)):
        return RECORDING
    of_a_side = GUIDE_OF_UNITS in own or user.has_perm(permissions.name("see_inner_case"))
    slug = TOPIC_OF_PAGE.get(match.url_name or "", own[0].slug) if of_a_side else own[0].slug
    return own[0].slug if slug == LADDER and _accountability() is None else slug
