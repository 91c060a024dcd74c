"""补录 of many matters begins with one table; what is entered of each follows from its originals, as ever."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.factories import later
from tests.imports.tables import EARLIER, UNITS, excel
from tests.refusals import appoint, not_theirs, refused
from tests.web import Visitor, browser
from yuetan.actions.rectification.earlier_case import discard_earlier_case
from yuetan.errors import NotYours
from yuetan.imports import run
from yuetan.models import Case, TableImport
from yuetan.vocabulary import CaseState, EarlierState, ImportKind, ImportState, PostKind

ROW = ("蓬江区棠下镇", "2026年3月5日", "张一", "系统启用前已约谈；纸质卷宗2026年第3卷")
OTHER_ROW = ("440783001", "2026-04-07", "张一", "系统启用前已约谈；纸质卷宗2026年第4卷")


@pytest.fixture(autouse=True)
def _in_office_since_january(office):
    """The officer was in office on the days of then."""
    cast.person("officer").posts.update(began_on="2026-01-01")


def begin(*rows, by="officer"):
    return run.begin_import(by=cast.person(by), kind=ImportKind.EARLIER_CASES, file=excel(EARLIER, *rows))


def outcomes(table_import):
    return [outcome for _, outcome, _ in table_import.outcomes]


def faults(table_import):
    return [(head, sentence) for _, _, problems in table_import.outcomes for _, head, _, sentence in problems]


def test_each_row_begins_one(office):
    begun = begin(ROW, OTHER_ROW)
    assert outcomes(begun) == ["new", "new"]
    assert not Case.objects.exists()
    run.confirm_import(begun, by=cast.person("officer"))
    first, second = Case.objects.order_by("register_serial")
    assert (first.unit.full_name, first.earlier, first.state) == (ROW[0], EarlierState.RECORDING, CaseState.DRAFTED)
    assert (first.register_number, second.register_number) == ("约谈〔2026〕1号", "约谈〔2026〕2号")
    assert second.unit.code == OTHER_ROW[0]
    assert first.events.get().opinion == ROW[3]


def test_the_same_table_again_begins_none_and_a_discarded_one_anew(office):
    run.confirm_import(begin(ROW, OTHER_ROW), by=cast.person("officer"))
    assert outcomes(begin(ROW, OTHER_ROW)) == ["same", "same"]
    discarded = Case.objects.order_by("register_serial")[0]
    discard_earlier_case(discarded, by=cast.person("officer"), reason="单位选错了。")
    assert outcomes(begin(ROW, OTHER_ROW)) == ["new", "same"]


@pytest.mark.parametrize(
    ("changed", "head", "words"),
    [
        ({0: "没有镇"}, "单位", "没有登记“没有镇”这个单位"),
        ({1: "三月"}, "提出建议的日期", "不是日期"),
        ({1: "2027-03-05"}, "提出建议的日期", ""),
        ({2: "郑九"}, "拟稿人", "没有名叫郑九的承办人"),
        ({1: "2025-12-30"}, "拟稿人", "2025年12月30日"),
        ({1: "2018-01-05"}, "提出建议的日期", "约谈办法在2018年1月5日尚未施行"),
        ({3: ""}, "补录原因和原卷宗", "尚未填写"),
    ],
)
def test_what_is_amiss_stands_at_its_cell(office, changed, head, words):
    row = [changed.get(place, cell) for place, cell in enumerate(ROW)]
    begun = begin(row)
    ((found, sentence),) = faults(begun)
    assert found == head
    assert words in sentence
    assert not Case.objects.exists()


def test_only_officers_begin_them_and_they_bring_in_nothing_else(office):
    with pytest.raises(NotYours):
        begin(ROW, by="sysadmin")
    with pytest.raises(NotYours):
        run.begin_import(by=cast.person("officer"), kind=ImportKind.UNITS, file=excel(UNITS))
    officer = Visitor(cast.person("officer")).open("/imports/")
    assert "补录的约谈事项" in officer
    assert "人员和任职" not in officer.response.content.decode()
    assert "补录的约谈事项" not in Visitor(cast.person("sysadmin")).open("/imports/")
    assert browser("supervisor").get("/imports/").status_code == 403


def test_neither_side_sees_what_the_other_brought_in(office):
    begun = begin(ROW)
    units = run.begin_import(
        by=cast.person("sysadmin"), kind=ImportKind.UNITS, file=excel(UNITS, ("449901", "甲区", "市（区）", ""))
    )
    assert browser("officer").get(f"/imports/{begun.pk}/").status_code == 200
    assert browser("officer").get(f"/imports/{units.pk}/").status_code == 404
    assert browser("sysadmin").get(f"/imports/{begun.pk}/").status_code == 404
    assert list(browser("officer").get("/imports/").context["rows"]) == [begun]


def test_a_long_table_is_taken_in_by_the_worker(office):
    rows = [(ROW[0], "2026-03-05", "张一", f"纸质卷宗2026年第{number}卷") for number in range(1, 23)]
    waiting = begin(*rows)
    assert waiting.is_waiting
    run.import_next()
    run.confirm_import(TableImport.objects.get(), by=cast.person("officer"))
    later(minutes=1)
    run.import_next()
    assert Case.objects.count() == 22


def test_a_row_of_ones_own_unit_is_said_to_be_for_somebody_else(office):
    appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联系人")
    begun = begin(ROW, OTHER_ROW)
    assert outcomes(begun) == ["faulty", "new"]
    ((_, sentence),) = faults(begun)
    assert "与您任职的单位有关" in sentence


def test_nobody_reads_the_matters_that_somebody_else_brought_in(office):
    begun = begin(ROW)
    other = browser("second_officer")
    for page in ("", "confirm/", "drop/"):
        ask = other.post if page else other.get
        assert ask(f"/imports/{begun.pk}/{page}").status_code == 404, page
    assert list(other.get("/imports/").context["rows"]) == []
    with not_theirs():
        run.drop_import(begun, by=cast.person("second_officer"))
    assert TableImport.objects.get().status == ImportState.CHECKED


def test_a_quotation_mark_that_never_ends_makes_no_table(office):
    file = SimpleUploadedFile("补录.csv", f'单位,提出建议的日期\n"{"长" * 140_000}'.encode())
    with refused("不是可以读的表格，请传 XLSX 或者 CSV 文件。"):
        run.begin_import(by=cast.person("officer"), kind=ImportKind.EARLIER_CASES, file=file)
