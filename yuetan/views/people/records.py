"""履历: what a unit or a leader had to do with, as far as a person may see it, counted and listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import reverse

from yuetan import permissions
from yuetan.forms.rectification.task_filter import OPEN
from yuetan.ledgers.case.cases import CaseLedger
from yuetan.ledgers.ladder.measures import MeasureLedger
from yuetan.ledgers.ladder.restrictions import RestrictionLedger
from yuetan.ledgers.ledger import Ledger, Line
from yuetan.ledgers.letter.letters import LetterLedger
from yuetan.ledgers.rectification.supervisions import SupervisionLedger
from yuetan.ledgers.rectification.tasks import TaskLedger
from yuetan.ledgers.subjects import subject_url
from yuetan.models import (
    Accountability,
    AccountabilityMeasure,
    Case,
    Document,
    Letter,
    Restriction,
    Subject,
    Task,
    Unit,
    User,
)
from yuetan.models.ladder.queries import SEE_MEASURE
from yuetan.models.ladder.standing_doors import standing_doors
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.rules.dates import clock
from yuetan.rules.open_doors import OpenDoor
from yuetan.rules.text.official_text import article_name
from yuetan.templatetags.official import day
from yuetan.views.frame.pagination import capped_count, capped_words
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS

SHOWN = 10  # of each list; the others are counted and linked
Entry = dict[str, str]
CASES, TASKS, LETTERS, SUPERVISIONS = CaseLedger(), TaskLedger(), LetterLedger(), SupervisionLedger()
MEASURES, RESTRICTIONS = MeasureLedger(), RestrictionLedger()
COUNTED = {"earlier": "counted"}


@dataclass(frozen=True)
class Figure:
    """One number and the ledger that lists what was counted."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Part:
    """One list: its first entries, how many there are, and where all of them are listed."""

    title: str
    entries: list[Entry]
    words: str
    url: str


@dataclass(frozen=True)
class Record:
    """The numbers and the lists of one unit or one leader; of a unit which rungs may be laid next, and why."""

    figures: list[Figure]
    parts: list[Part]
    doors: Sequence[Entry] = ()
    doors_are_all: bool = True


def unit_record(unit: Unit, user: User) -> Record | None:
    """Of a unit with all below it; none for the office itself, and for who may see no cases."""
    if unit.kind not in INTERVIEWED_UNIT_KINDS or not _may_see_cases(user):
        return None
    area = {"area": unit.code}
    figures: list[tuple[str, Ledger, dict[str, str]]] = [
        ("已约谈", CASES, {**area, **COUNTED, "dated": "interviewed"}),
        ("办结（销号）", CASES, {**area, **COUNTED, "dated": "closed"}),
        ("未销号的整改任务", TASKS, {**area, "state": OPEN}),
        ("逾期未报告的", TASKS, {**area, "light": "red"}),
        ("逾期报送过的", TASKS, {**area, **COUNTED, "dated": "late"}),
        ("报告被退回过的", TASKS, {**area, **COUNTED, "dated": "returned"}),
        ("同意延期过的", TASKS, {**area, **COUNTED, "dated": "extended"}),
        ("重新整改过的", TASKS, {**area, **COUNTED, "dated": "rework"}),
        ("逾期未答复的提醒函", LETTERS, {**area, "answer": "overdue"}),
    ]
    parts = [
        _part(user, "约谈事项", CASES, area, _case_entry),
        _part(user, "未销号的整改任务", TASKS, {**area, "state": OPEN}, _task_entry),
        _part(user, "提醒函", LETTERS, area, _letter),
        _part(user, "督办单", SUPERVISIONS, area, _supervision),
    ]
    laid, doors, are_all = _ladder(unit, user, area)
    return Record([_figure(user, *each) for each in figures], [*parts, *laid], doors, are_all)


def person_record(person: User, user: User) -> Record | None:
    """Of somebody, in whatever posts; none for who may see no cases.

    A ledger finds people by their name: what it lists may be about others of the same name, too.
    """
    if not _may_see_cases(user):
        return None
    about = Case.objects.visible_to(user).of_interviewee(person)
    of_cases = Task.objects.unfinished().filter(case__in=about.order_by().values("pk")).order_by()
    tasks = TASKS.visible(user).filter(pk__in=of_cases.values("pk"))
    named = CASES.url_of({"person": person.name})
    parts = [
        _list_of("列为约谈对象的约谈事项", CASES, about.for_lists(), named, user, _case_entry),
        _list_of("上述事项未销号的整改任务", TASKS, tasks, "", user, _task_entry),
        _part(user, "列为责任人的整改任务（按姓名）", TASKS, {"person": person.name}, _task_entry),
    ]
    restricted = Restriction.objects.visible_to(user).filter(person=person).order_by("-first_day", "-pk")
    if restricted.exists():
        parts.append(_list_of("资格限制", RESTRICTIONS, restricted, "", user, _restriction_entry))
    if person.posts.filter(kind__in=LEADING_POSTS).exists():
        parts.insert(0, _part(user, "主持的约谈", CASES, {"led_by": str(person.pk)}, _case_entry))
    return Record([], parts)


def _ladder(unit: Unit, user: User, area: dict[str, str]) -> tuple[list[Part], list[Entry], bool]:
    """The measures laid on the unit and the doors that stand open; nothing where no 责任制 is carried out."""
    text = Accountability.objects.carried_out(clock.today())
    if text is None or not user.has_perm(permissions.name(SEE_MEASURE)):
        return [], [], True
    laid = _part(user, "责任措施", MEASURES, area, _measure_entry)
    restricted = _part(user, "资格限制", RESTRICTIONS, area, _restriction_entry)
    return [laid, restricted], *(([], True) if user.is_recused_from(unit.pk) else _doors(text, unit, user))


def _doors(text: Accountability, unit: Unit, user: User) -> tuple[list[Entry], bool]:
    """The rungs whose doors stand open, each leading to the rung before, if the person may see that."""
    standing, are_all = standing_doors(text, unit.pk, user)
    keys = [one.before.key for one in standing]
    visible: dict[str, Subject] = {}
    for model in (Case, AccountabilityMeasure) if keys else ():
        visible |= {str(each.pk): each for each in model.objects.visible_to(user).filter(pk__in=keys)}
    entries = [_door_entry(one, visible[one.before.key]) for one in standing if one.before.key in visible]
    return entries, are_all


def _door_entry(standing: OpenDoor, before: Subject) -> Entry:
    door = standing.door
    label = f"可以{door.rung.label}（{article_name(door.article)}：{door.words}）"
    return {"label": label, "url": subject_url(before), "meta": standing.facts}


def _may_see_cases(user: User) -> bool:
    return user.has_perm(permissions.name("see_inner_case"))


def _figure(user: User, label: str, ledger: Ledger, asked: dict[str, str]) -> Figure:
    words = capped_words(capped_count(ledger.filtered(user, asked).qs))
    return Figure(label, words, ledger.url_of(asked))


def _part(user: User, title: str, ledger: Ledger, asked: dict[str, str], entry: Callable[[Line], Entry]) -> Part:
    rows = ledger.filtered(user, asked).qs
    return _list_of(title, ledger, rows, ledger.url_of(asked), user, entry)


def _list_of(
    title: str, ledger: Ledger, rows: QuerySet[Model], url: str, user: User, entry: Callable[[Line], Entry]
) -> Part:
    first = list(ledger.with_relations(rows)[: SHOWN + 1])
    count = len(first) if len(first) <= SHOWN else capped_count(rows)
    return Part(title, [entry(line) for line in ledger.lines(first[:SHOWN], user)], capped_words(count), url)


def _case_entry(line: Line) -> Entry:
    case: Case = line["case"]
    held = f"，{day(case.interviewed_on)}约谈" if case.interviewed_on else ""
    light = f"，{line['deadline'].words}" if line["deadline"] else ""
    number = f"{case.register_number}，" if line["inner"] else ""
    url = reverse("case", args=[case.pk])
    return {"label": case.title, "url": url, "meta": f"{number}{case.unit_label}，{line['state']}{held}{light}"}


def _task_entry(line: Line) -> Entry:
    task: Task = line["task"]
    light = f"，{line['deadline'].words}" if line["deadline"] else ""
    meta = f"{task.origin.unit_label}，{task.get_state_display()}{light}"
    return {"label": f"第 {task.number} 项　{task.content}", "url": line["url"], "meta": meta}


def _letter(line: Line) -> Entry:
    letter: Letter = line["letter"]
    light = f"，{line['deadline'].words}" if line["deadline"] else ""
    issued = f"{line['number']}，{day(line['issued_on'])}，" if line["number"] else ""
    url = reverse("letter", args=[letter.pk])
    return {"label": letter.matter, "url": url, "meta": f"{issued}{letter.unit_label}，{line['state']}{light}"}


def _measure_entry(line: Line) -> Entry:
    measure: AccountabilityMeasure = line["measure"]
    light = f"，{line['deadline'].words}" if line["deadline"] else ""
    number = f"{line['number']}，" if line["number"] else ""
    served = f"{day(measure.served_on)}送达，" if measure.served_on else ""
    meta = f"{number}{served}{measure.unit_label}，{line['state']}{light}"
    return {"label": measure.title, "url": subject_url(measure), "meta": meta}


def _restriction_entry(line: Line) -> Entry:
    one: Restriction = line["row"]
    label, url = f"{one.who}：{one.effect.get_closed_display()}", reverse("restriction", args=[one.pk])
    return {"label": label, "url": url, "meta": f"{day(one.first_day)}至{day(one.last_day)}，{line['words']}"}


def _supervision(line: Line) -> Entry:
    paper: Document = line["document"]
    url = reverse("document", args=[paper.pk])
    meta = f"{paper.number}，{day(paper.issued_at)}，{line['subject'].unit_label}，{line['state']}"
    return {"label": paper.title, "url": url, "meta": meta}
