"""经由 on the form of a proposal: asked where the text has such a door, kept, judged, shown to who may know of it."""

import pytest
from django.urls import reverse

from tests.cast import TOWN, person, unit
from tests.factories import case_in, later, take
from tests.ladder import carry_out, measure_in
from tests.ladder import take as take_of_measure
from tests.refusals import nothing_stored
from tests.views.ladder.test_line_of_rungs import line
from tests.web import Visitor, browser
from yuetan.models import Case, Door
from yuetan.models.case.gravity import gravity_doors
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, DoorKind, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")
KEEP, HAND_IN = "保存草稿", "保存并报核"
GRAVITY = "具有本办法第二十六条所列情形且危害严重或者影响重大"
WHY = "线索逾期期间又发生两起聚众斗殴，被媒体连续报道，影响重大。"


def proposing() -> Visitor:
    visitor = Visitor(person("officer"))
    visitor.open(f"/cases/new/?unit={unit(TOWN).pk}")
    return visitor


def whole(visitor: Visitor, **changed: object) -> dict[str, object]:
    ground = {"ticked": "on", "facts": "甲\n乙", "reference_number": "XS-18", "reference_summary": "逾期未答复。"}
    rows = {f"grounds-5_2-{name}": value for name, value in ground.items()}
    return {"matter": "线索摸排不深入", "interviewees": visitor.pick("interviewees", "冯十"), **rows} | changed


def by_gravity() -> dict[str, object]:
    (door,) = gravity_doors(clock.today())
    return {"door": door, "door_words": WHY}


def shown(case: Case, who: str) -> str:
    return browser(who).get(reverse("case", args=[case.pk])).content.decode()


def test_an_office_without_such_a_text_is_asked_nothing() -> None:
    assert "经由" not in proposing().page
    carry_out()
    assert f"{GRAVITY}（《株洲县健全落实社会治安综合治理领导责任制实施办法》第二十八条）" in proposing().page


def test_it_is_chosen_with_its_reasons_and_shown_to_who_checks_and_decides() -> None:
    carry_out()
    visitor = proposing()
    page = visitor.press(HAND_IN, **whole(visitor, door=visitor.pick("door", GRAVITY), door_words=WHY))
    assert "已报核，等待办公室主任核稿。" in page
    case = Case.objects.get()
    assert (case.door.kind, case.door_words) == (DoorKind.GRAVITY, WHY)
    case = take(Verb.ENDORSE, case)
    for who in ("director", "deputy"):
        page = shown(case, who)
        assert f"第二十八条“{GRAVITY}”" in page
        assert WHY in page
    decision = browser("deputy").get(f"/cases/{case.pk}/steps/{Verb.APPROVE}/").content.decode()
    assert GRAVITY in decision
    assert WHY in decision


def test_nothing_chosen_is_an_ordinary_interview() -> None:
    carry_out()
    visitor = proposing()
    visitor.press(HAND_IN, **whole(visitor))
    assert (Case.objects.get().door, Case.objects.get().door_words) == (None, "")


@pytest.mark.parametrize("button", [KEEP, HAND_IN])
def test_what_does_not_go_together_comes_back_as_typed_with_both_fields_marked(button: str) -> None:
    carry_out()
    visitor = proposing()
    door = visitor.pick("door", GRAVITY)
    with nothing_stored():
        page = visitor.press(button, expect=422, **whole(visitor, door=door))
    assert "须写明具有哪项情形，以及危害、影响的具体情况，不能只选条件。" in page
    assert page.forms[-1].values["door"] == door
    with nothing_stored():
        page = visitor.press(button, expect=422, **whole(visitor, door=[""], door_words=WHY))
    assert "写了符合条件的说明，但没有选择条件" in page
    assert page.forms[-1].values["door_words"] == [WHY]
    assert page.response.content.decode().count('aria-invalid="true"') >= 2


def test_a_draft_is_changed_with_what_it_says_and_a_later_version_says_what_changed() -> None:
    carry_out()
    visitor = proposing()
    visitor.press(HAND_IN, **whole(visitor, door=visitor.pick("door", GRAVITY), door_words=WHY))
    case = take(Verb.RETURN_FOR_CHANGES, Case.objects.get())
    visitor.open(reverse("revise_draft", args=[case.pk]))
    assert visitor.page.forms[-1].values["door"] == [str(case.door_id)]
    assert visitor.page.forms[-1].values["door_words"] == [WHY]
    visitor.press(KEEP, door=[""], door_words="")
    assert Case.objects.get().door is None
    compared = browser("officer").get(reverse("proposal_versions", args=[case.pk])).content.decode()
    for words in ("经由", GRAVITY, "符合条件的说明", WHY):
        assert words in compared


def test_a_door_of_a_text_that_is_no_longer_carried_out_stays_on_the_form_and_is_refused_in_words() -> None:
    carry_out()
    visitor = proposing()
    other = Door.objects.get(rung__kind="listed_supervision", kind=DoorKind.GRAVITY)
    with nothing_stored():
        page = visitor.press(HAND_IN, expect=422, **whole(visitor, door=[str(other.pk)], door_words=WHY))
    assert "不是因危害、影响约谈的条件，请重新选择。" in page
    assert page.forms[-1].values["door"] == [str(other.pk)]


def test_what_a_measure_led_to_says_by_which_door_and_asks_for_none() -> None:
    circular = take_of_measure(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED))
    with later(days=61):
        case = take_of_measure(Verb.OPEN_INTERVIEW, circular).interviews.get()
        page = browser("officer").get(reverse("revise_draft", args=[case.pk])).content.decode()
    assert "第二十八条“受到通报后仍未按期完成整改目标”的规定" in page
    assert 'name="door"' not in page


def test_the_unit_reads_the_article_from_the_notice_on_and_never_the_reasons() -> None:
    carry_out()
    case = case_in(CaseState.NOTIFIED, draft=by_gravity())
    for who in (f"head_{TOWN}", f"liaison_{TOWN}"):
        page = shown(case, who)
        assert f"第二十八条“{GRAVITY}”" in page
        assert WHY not in page
    assert WHY in shown(case, "officer")


def test_the_line_of_rungs_begins_with_it() -> None:
    carry_out()
    case = case_in(CaseState.RECTIFYING, draft=by_gravity())
    assert "约谈（本项）" in line(shown(case, "officer"))
    assert f"经由第二十八条“{GRAVITY}”" in line(shown(case, "officer"))
    assert WHY not in line(shown(case, "officer"))
    assert line(shown(case_in(CaseState.RECTIFYING), "officer")) == ""
