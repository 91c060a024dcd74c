"""督办单: what a unit has not reported on (第十条), the grade, and what is required."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, lines, section, sentence
from yuetan.documents.content.phrases import Place, based_on, body_name, by_day, cited, contact, paper_cited, standard
from yuetan.models import Assignment, CalendarDay, Case, Document, Task
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.dates.provisional import provisional_note
from yuetan.rules.dates.working_days import unpublished_years, working_days_between
from yuetan.rules.text.official_text import chinese_date, heading
from yuetan.vocabulary import DocumentKind, SupervisionGrade, UnitKind, Verb

REQUIREMENTS = {
    SupervisionGrade.BLUE: "requirement_blue",
    SupervisionGrade.YELLOW: "requirement",
    SupervisionGrade.RED: "requirement_red",
}


def supervision_letter(
    origin: HandsOutTasks,
    *,
    dated: date,
    reason: str,
    replaced_number: str,
    grade: str,
    tasks: Sequence[Task],
    answer_until: date | None,
) -> PaperFacts:
    """The 督办单: its tasks on the day of the paper, and in `reason` what the office requires.

    Raises ValueError without any task.
    """
    if not tasks:
        raise ValueError("a 督办单 is about tasks")
    office, letter_tasks, given = body_name(UnitKind.OFFICE), SupervisionGrade(grade), _given(origin)
    overdue = [task for task in tasks if task.effective_due_on and task.effective_due_on < dated]
    words = _variables(origin, given, office, dated) | _counted(letter_tasks, tasks, overdue) | _answering(answer_until)
    keys = f"opening{'' if overdue else '_due'}{given.slots}", _requirement(letter_tasks, overdue), "closing"
    opening, requirement, closing = (standard(DocumentKind.SUPERVISION_LETTER, key, words) for key in keys)
    return {
        "title": _title(origin, given, letter_tasks),
        "addressee": origin.unit.organs_addressed,
        "organ": office,
        "mark": office,
        "grade": letter_tasks.value,
        "grade_words": letter_tasks.head,
        "body": [
            opening,
            *section(1, f"督办的{words['督办事项']}", "", *_task_paragraphs(tasks, dated)),
            *section(2, "督办要求", reason, *([] if reason else [requirement])),
            closing,
            *contact(origin),
        ],
    }


def _requirement(grade: SupervisionGrade, overdue: Sequence[Task]) -> str:
    """Which requirement it bears: what is overdue can neither be reported in time nor put off any more."""
    late_too = grade == SupervisionGrade.BLUE and overdue
    return REQUIREMENTS[SupervisionGrade.YELLOW if late_too else grade]


@dataclass(frozen=True)
class _Given:
    """By what the tasks were given: in a word, the paper, the places of the law, and which openings speak of it."""

    by: str
    paper: tuple[str, str]  # its title, its number
    places: list[Place]
    slots: str = ""


def _given(origin: HandsOutTasks) -> _Given:
    if isinstance(origin, Assignment):
        return _Given(origin.of_what, origin.source_paper, [], "_given" if origin.meeting_id else "_received")
    if isinstance(origin, Case):
        return _Given(
            "约谈",
            _as_cited(origin.current_minutes),
            [*cited(origin, Verb.HAND_IN_REPORT, Verb.BEGIN_INSPECTION)],
        )
    numbers = dict.fromkeys((origin.rung.article.number, origin.door.article.number))
    places: list[Place] = [(number, None) for number in numbers]
    return _Given(origin.rung.get_kind_display(), _as_cited(origin.issued_paper), places, "_laid")


def _as_cited(paper: Document) -> tuple[str, str]:
    return paper.title, paper.number


def _title(origin: HandsOutTasks, given: _Given, grade: SupervisionGrade) -> str:
    what = origin.title.removeprefix("落实") if isinstance(origin, Assignment) else f"{origin.matter}{given.by}整改任务"
    return f"关于落实{what}的督办通知（{grade.colour}色）"


def _variables(origin: HandsOutTasks, given: _Given, office: str, dated: date) -> dict[str, str]:
    return {
        "依据": based_on(origin.regulation, given.places) if given.places else "",
        "办公室": office,
        "单位": origin.unit.full_name,
        "主送机关": origin.unit.organs_addressed,
        "你单位": origin.unit.addressed_as,
        "事由": origin.matter,
        "原纪要": paper_cited(*given.paper),
        "纪要文号": f"（{given.paper[1]}）",
        "督办事项": "事项" if isinstance(origin, Assignment) else "整改任务",
        "日期": chinese_date(dated),
    }


def _counted(grade: SupervisionGrade, tasks: Sequence[Task], overdue: Sequence[Task]) -> dict[str, str]:
    numbers = {"项数": str(len(tasks)), "逾期项数": str(len(overdue))}
    return {"等级": f"{grade.colour}色", **numbers, "逾期说明": "，并说明逾期的原因" if overdue else ""}


def _answering(answer_until: date | None) -> dict[str, str]:
    until = by_day(answer_until)
    return {"回复期限": until, "回复要求": f"请由主要领导{until}回复办理情况。"}


def _task_paragraphs(tasks: Sequence[Task], dated: date) -> Iterator[Paragraph]:
    for number, task in enumerate(tasks, start=1):
        content = sentence("".join(lines(task.content)))
        due_on = task.effective_due_on or task.agreed_due_on
        yield Paragraph(
            f"{heading(3, number)}{content}责任人：{task.responsible_person}；"
            f"时限：{chinese_date(due_on)}；{_deadline_phrase(due_on, dated)}。"
        )


def _deadline_phrase(due_on: date, dated: date) -> str:
    if due_on < dated:
        return f"已逾期{(dated - due_on).days}日"
    if due_on == dated:
        return "于本通知印发当日到期"
    calendar = CalendarDay.objects.calendar()
    note = provisional_note(unpublished_years(dated, due_on, calendar))
    return f"距时限还有{working_days_between(dated, due_on, calendar)}个工作日{f'（{note}）' if note else ''}"
