"""补录 in the browser: entered by an officer, checked by the director, read by the unit on a telephone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import TITLE, on_disk
from yuetan.models import Case
from yuetan.scenarios.earlier import enter
from yuetan.vocabulary import Verb

ComeIn = Callable[..., Person]
BEFORE_THE_NOTICE = ((Verb.REVISE_DRAFT, 1), (Verb.SUBMIT, 1), (Verb.ENDORSE, 2), (Verb.REGISTER_DECISION, 3))
AFTER_IT = (
    *((Verb.REGISTER_RECEIPT, 5), (Verb.REGISTER_SUBMISSION, 7), (Verb.HOLD_INTERVIEW, 11)),
    *((Verb.CONFIRM_MINUTES, 14), (Verb.SEND_MINUTES, 15), (Verb.REGISTER_MINUTES_ANSWER, 16)),
)


def test_a_matter_of_before_is_entered_checked_and_goes_on(
    it_is: Callable[..., None], come_in: ComeIn, tmp_path: Path
) -> None:
    it_is(11, 23, 10)
    officer = come_in("officer")
    it_is_begun(officer)
    case = entered(Case.objects.get(), BEFORE_THE_NOTICE)
    enter(Verb.CONFIRM_APPROVAL, case, date(2026, 9, 3), by=cast.person("second_officer"))
    the_notice_is_entered(officer, case, on_disk(tmp_path, "通知书.pdf"))
    case = entered(case, AFTER_IT)
    case = enter(Verb.ISSUE_MINUTES, case, date(2026, 9, 18), number="江扫黑办〔2026〕915号")
    enter(Verb.ASSIGN, case, date(2026, 9, 21))
    officer.goes_to(f"/cases/{case.pk}/")
    officer.meets_no_barrier()
    officer.follow("补录完毕，送复核")
    officer.press("补录完毕，送复核")
    it_is_confirmed(come_in("director"))
    unit = come_in(f"head_{cast.TOWN}", width=PHONE)
    unit.follow(TITLE)
    unit.reads("本事项较早的步骤是市扫黑办照纸质原件补录的", "书面通知（补录）")
    unit.meets_no_barrier()


def entered(case: Case, steps: tuple[tuple[Verb, int], ...]) -> Case:
    for verb, day in steps:
        case = enter(verb, case, date(2026, 9, day))
    return case


def it_is_begun(officer: Person) -> None:
    officer.goes_to("/cases/earlier/new/")
    officer.meets_no_barrier()
    officer.page.select_option("[name=unit]", str(cast.unit(cast.TOWN).pk))
    officer.page.select_option("[name=drafter]", str(cast.person("officer").pk))
    officer.type(drafted_on="2026-09-01", reason="系统启用前已约谈，整改中；纸质卷宗2026年第3卷。")
    officer.press("开始补录")
    officer.reads("补录中", "正在照原件逐步补录")


def the_notice_is_entered(officer: Person, case: Case, files: list[Path]) -> None:
    officer.goes_to(f"/cases/{case.pk}/")
    officer.follow("书面通知")
    officer.type(day="2026-09-04")
    officer.press("下一步")
    officer.page.select_option("[name=person]", str(cast.person("officer").pk))
    officer.press("下一步")
    officer.meets_no_barrier()
    officer.type(entry__number="江扫黑办[2026]912号", scheduled_at="2026-09-11T10:00")
    officer.offer("entry-original", *files)
    officer.press("补录这一步")
    officer.reads("已补录：书面通知。")


def it_is_confirmed(director: Person) -> None:
    director.follow(TITLE)
    director.reads("补录的步骤和原件")
    director.follow("复核补录")
    director.meets_no_barrier()
    director.page.check("[name=compared]")
    director.press("下一步：核对")
    director.press("复核补录")
    director.reads("补录", "整改中")
