"""A table is taken in whole or not at all, by the rules of the pages; each fault is named at its cell."""

import io

import pytest
from django.db import connection, transaction
from django.urls import reverse
from openpyxl import load_workbook

from tests import cast
from tests.factories import later
from tests.imports.tables import ACCOUNTS, CONTACTS, POSTS, UNITS, csv, excel
from tests.refusals import not_theirs
from tests.web import Visitor, browser
from yuetan.actions.files.table_imports import purge_imports
from yuetan.errors import NotYours, Refused
from yuetan.imports import run
from yuetan.models import Event, Post, TableImport, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.text.table_cells import FORMULA_TO_BE_SAVED, FORMULA_WITHOUT_RESULT
from yuetan.vocabulary import ImportKind, ImportState, PostKind, Rank, UnitKind

TOWN = "蓬江区棠下镇"


def begin(kind, file, by="sysadmin"):
    return run.begin_import(by=cast.person(by), kind=kind, file=file)


def take(kind, file):
    begun = begin(kind, file)
    assert not begun.has_faulty_rows, begun.outcomes
    return run.confirm_import(begun, by=cast.person("sysadmin"))


def problems(table_import):
    """(cell, sentence) of each fault."""
    return [
        (f"{letter}{number}", sentence)
        for number, _, faults in table_import.outcomes
        for letter, _, _, sentence in faults
    ]


def outcomes(table_import):
    return [outcome for _, outcome, _ in table_import.outcomes]


def test_units_are_checked_first_and_taken_in_when_confirmed(office):
    file = excel(
        UNITS,
        ("449901", "甲区", "市（区）", ""),
        ("449901001", "乙镇", "镇（街）", "甲区"),
        ("LS-1", "市某局", "成员单位"),
    )
    begun = begin(ImportKind.UNITS, file)
    assert outcomes(begun) == ["new", "new", "new"]
    assert begun.status == ImportState.CHECKED
    assert not Unit.objects.filter(code="449901").exists()
    run.confirm_import(begun, by=cast.person("sysadmin"))
    town = Unit.objects.get(code="449901001")
    assert (town.full_name, town.kind) == ("甲区乙镇", UnitKind.TOWN)
    logged = Event.objects.filter(verb__in=("add_unit", "import_table")).order_by("id").values_list("verb", flat=True)
    assert list(logged) == ["add_unit", "add_unit", "add_unit", "import_table"]


def test_the_same_file_again_changes_nothing(office):
    lines = (UNITS, ("449901", "甲区", "市（区）", ""), ("449901001", "乙镇", "镇（街）", "甲区"))
    take(ImportKind.UNITS, excel(*lines))
    count = Event.objects.count()
    again = begin(ImportKind.UNITS, excel(*lines))
    assert outcomes(again) == ["same", "same"]
    run.confirm_import(again, by=cast.person("sysadmin"))
    assert Event.objects.exclude(verb="import_table").count() == count - 1


def test_one_wrong_row_and_nothing_is_taken_in(office):
    begun = begin(
        ImportKind.UNITS,
        excel(
            UNITS,
            ("449901", "甲区", "市（区）", ""),
            ("449901001", "乙镇", "镇（街）", "无此区"),
            ("", "丙镇", "镇", "甲区"),
        ),
    )
    assert outcomes(begun) == ["new", "faulty", "faulty"]
    assert problems(begun) == [
        ("D3", "没有登记“无此区”这个单位，请核对，或者先导入单位。"),
        ("A4", "尚未填写。"),
    ]
    with pytest.raises(Refused, match="还有 2 行有误"):
        run.confirm_import(begun, by=cast.person("sysadmin"))
    assert not Unit.objects.filter(code="449901").exists()


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        (("440703101", "棠下街道", "镇（街）", "蓬江区"), "B2", "单位更名"),
        (("440703101", "棠下镇", "成员单位", ""), "C2", "单位的类别不能改"),
        (("449901", "甲区", "甲类", ""), "C2", "类别写成“成员单位”、“市（区）”、“镇（街）”"),
        (("449901001", "乙镇", "镇（街）", ""), "D2", "尚未填写单位。"),
    ],
)
def test_a_unit_that_is_otherwise_known_is_named_at_its_cell(office, line, cell, words):
    ((where, sentence),) = problems(begin(ImportKind.UNITS, excel(UNITS, line)))
    assert where == cell
    assert words in sentence


def test_the_table_of_units_that_the_site_begins_with_can_be_brought_in_again(office):
    lines = [("code", "name", "kind", "parent_code")]
    lines += [
        (unit.code, unit.name, unit.kind, unit.parent.code if unit.parent else "4407")
        for unit in Unit.objects.interviewed().in_use().select_related("parent")
    ]
    begun = begin(ImportKind.UNITS, csv(*lines))
    assert set(outcomes(begun)) == {"same"}


def post_line(name="褚某某", unit=TOWN, kind="联络员", title="", rank="", began="2026-03-05", same=""):
    return (unit, name, kind, title, rank, began, same)


def test_posts_are_begun_as_on_the_page(office):
    take(ImportKind.POSTS, excel(POSTS, post_line(), post_line("卫一", "开平市三埠街道", "联络员", "联络员")))
    post = Post.objects.get(holder__name="褚某某")
    assert (post.unit.full_name, post.kind, post.title) == (TOWN, PostKind.LIAISON, "联络员")
    assert post.began_on.isoformat() == "2026-03-05"
    assert post.holder.username is None
    assert outcomes(begin(ImportKind.POSTS, excel(POSTS, post_line()))) == ["same"]


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        (post_line(unit="无此镇"), "A2", "没有登记“无此镇”"),
        (post_line(name="褚某某、卫某某"), "B2", "一个人的全名"),
        (post_line(name="褚某某\n卫某某"), "B2", "一个人的全名"),
        (post_line(name="褚某某 卫某某"), "B2", "一个人的全名"),
        (post_line(title="#N/A"), "D2", "算不出结果"),
        (post_line(kind="处长"), "C2", "职务类别写成"),
        (post_line(kind="承办人"), "C2", "职务类别写成"),
        (post_line(kind="党委书记", rank="处级"), "C2", "请先登记其离任"),
        (post_line(began="去年"), "F2", "“去年”不是日期"),
        (post_line(began="2099-01-01"), "F2", "不得晚于今天"),
        (post_line(began="2999-01-01"), "F2", "请核对年份"),
        (post_line(rank="科级"), "E2", "职级写成“处级”、“处级以下”"),
        (post_line(name="张一"), "B2", "请在“同名”一列写“同一人”或者“另一人”"),
        (post_line(same="是"), "G2", "同名的写"),
        (post_line(name="13800138000"), "B2", ""),
    ],
)
def test_each_fault_of_a_post_is_named_at_its_cell(office, line, cell, words):
    found = problems(begin(ImportKind.POSTS, excel(POSTS, line)))
    assert found
    assert found[0][0] == cell
    assert words in found[0][1]


@pytest.mark.parametrize(
    ("kind", "line", "cells"),
    [
        (ImportKind.UNITS, (UNITS, ("449901001", "", "甲类", "")), "B2 C2"),
        (ImportKind.UNITS, (UNITS, ("440703101", "棠下街道", "成员单位", "无此区")), "C2 B2"),
        (ImportKind.UNITS, (UNITS, ("", "13800138000", "镇（街）", "无此区")), "A2 D2 B2"),
        (
            ImportKind.POSTS,
            (POSTS, post_line("冯十、陈十一", "无此镇", "", "", "科级", "去年", "是")),
            "C2 A2 F2 B2 E2 G2",
        ),
        (ImportKind.POSTS, (POSTS, post_line("张一", title="13800138000", began="#N/A", rank="科级")), "F2 E2 B2 D2"),
        (ImportKind.ACCOUNTS, (ACCOUNTS, ("无此镇", "冯十、陈十一", "chu chu")), "A2 B2 C2"),
        (ImportKind.CONTACTS, (CONTACTS, ("", "无", "电话", "邮箱")), "A2 B2 C2 D2"),
    ],
)
def test_all_faults_of_a_row_are_named_at_once_each_at_its_cell(office, kind, line, cells):
    found = problems(begin(kind, excel(*line)))
    assert " ".join(where for where, _ in found) == cells


def test_a_post_otherwise_than_registered_is_named_in_title_and_rank(office):
    head = cast.person(f"head_{cast.TOWN}")
    post = head.current_posts[0]
    rank = next(rank.label for rank in Rank if rank != post.rank)
    other = post_line(head.name, kind=PostKind(post.kind).label, title="另一个职务", rank=rank)
    assert [where for where, _ in problems(begin(ImportKind.POSTS, excel(POSTS, other)))] == ["D2", "E2"]


def test_a_formula_whose_result_the_file_does_not_hold_is_named_at_its_cell(office):
    begun = begin(ImportKind.POSTS, excel(POSTS, post_line(title='=A2&"联络员"')))
    assert problems(begun) == [("D2", FORMULA_TO_BE_SAVED)]
    assert begun.outcomes[0][2][0][2] == FORMULA_WITHOUT_RESULT


def test_a_name_that_is_known_is_the_same_person_or_another(office):
    people = User.objects.filter(name="冯十").count()
    take(ImportKind.POSTS, excel(POSTS, post_line("冯十", "开平市三埠街道", same="同一人")))
    assert User.objects.filter(name="冯十").count() == people
    take(ImportKind.POSTS, excel(POSTS, post_line("陈十一", "开平市三埠街道", same="另一人")))
    assert User.objects.filter(name="陈十一").count() == 2


def test_accounts_get_initial_passwords_that_are_shown_to_who_asked_until_they_are_handed_out(office):
    take(ImportKind.POSTS, excel(POSTS, post_line()))
    done = take(ImportKind.ACCOUNTS, excel(ACCOUNTS, (TOWN, "褚某某", "chu")))
    ((account, name, password),) = done.initial_passwords
    assert (account, name) == ("chu", "褚某某")
    assert User.objects.get(username="chu").check_password(password)
    assert password in Visitor(cast.person("sysadmin")).open(f"/imports/{done.pk}/")
    assert password not in str(list(Event.objects.values_list("data", flat=True)))
    browser("sysadmin").post(reverse("forget_passwords", args=[done.pk]))
    assert password not in Visitor(cast.person("sysadmin")).open(f"/imports/{done.pk}/")


def test_the_passwords_are_forgotten_by_who_brought_the_table_in_and_by_nobody_else(office):
    take(ImportKind.POSTS, excel(POSTS, post_line()))
    done = take(ImportKind.ACCOUNTS, excel(ACCOUNTS, (TOWN, "褚某某", "chu")))
    TableImport.objects.filter(pk=done.pk).update(asked_by=cast.person("officer"))
    with not_theirs():
        run.forget_passwords(done, by=cast.person("sysadmin"))


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        ((TOWN, "无此人", "wu"), "B2", "现任人员里没有无此人"),
        ((TOWN, "褚某某", "officer"), "C2", "已被使用"),
        ((TOWN, "褚某某", "chu chu"), "C2", "中间不能有空格"),
        ((TOWN, "褚十二", "other"), "C2", "已有账号"),
    ],
)
def test_each_fault_of_an_account_is_named_at_its_cell(office, line, cell, words):
    take(ImportKind.POSTS, excel(POSTS, post_line()))
    ((where, sentence),) = problems(begin(ImportKind.ACCOUNTS, excel(ACCOUNTS, line)))
    assert where == cell
    assert words in sentence


def test_one_account_for_two_people_of_a_file_is_wrong(office):
    take(ImportKind.POSTS, excel(POSTS, post_line(), post_line("卫某某")))
    begun = begin(ImportKind.ACCOUNTS, excel(ACCOUNTS, (TOWN, "褚某某", "chu"), (TOWN, "卫某某", "chu")))
    assert outcomes(begun) == ["new", "faulty"]


def test_contacts_are_changed_and_a_mobile_number_has_its_own_column(office):
    begun = begin(
        ImportKind.CONTACTS,
        excel(
            CONTACTS,
            (TOWN, "陈十一", "０７５０－３２７００００", "c@example.gov.cn"),
            (TOWN, cast.person(f"head_{cast.TOWN}").name, "13800138000", ""),
        ),
    )
    assert outcomes(begun) == ["changed", "faulty"]
    assert problems(begun)[0][0] == "C3"
    assert "“手机”一栏" in problems(begun)[0][1]
    take(ImportKind.CONTACTS, excel((*CONTACTS, "手机号码"), (TOWN, "褚十二", "0750-3270000", "", "13800138000")))
    liaison = cast.person(f"liaison_{cast.TOWN}")
    assert (liaison.telephone, liaison.mobile) == ("0750-3270000", "13800138000")


def test_what_has_become_wrong_since_the_check_is_not_taken_in(office):
    begun = begin(ImportKind.UNITS, excel(UNITS, ("449901", "甲区", "市（区）", "")))
    take(ImportKind.UNITS, excel(UNITS, ("449901", "乙区", "市（区）", "")))
    after = run.confirm_import(begun, by=cast.person("sysadmin"))
    assert after.status == ImportState.CHECKED
    assert "单位更名" in problems(after)[0][1]
    assert Unit.objects.get(code="449901").name == "乙区"


def test_a_table_that_is_taken_in_at_once_is_no_worker_s(office, monkeypatch):
    """Not even for a moment: taken in twice, the initial passwords of the first time would be lost."""
    seen = []
    real = run._run

    def looked_at(*arguments, **keywords):
        with transaction.atomic():
            seen.append(len(connection.savepoint_ids) > 1)
        return real(*arguments, **keywords)

    monkeypatch.setattr(run, "_run", looked_at)
    take(ImportKind.UNITS, excel(UNITS, ("449901", "甲区", "市（区）", "")))
    assert seen == [True, True]


def test_a_table_dropped_while_it_is_checked_stays_dropped(office, monkeypatch):
    begun = begin(ImportKind.UNITS, excel(UNITS, *[(f"LS-{n}", f"市某{n}局", "成员单位", "") for n in range(201)]))
    real = run._run

    def dropped_meanwhile(table_import, **keywords):
        run.drop_import(begun, by=cast.person("sysadmin"))
        return real(table_import, **keywords)

    monkeypatch.setattr(run, "_run", dropped_meanwhile)
    run.import_next()
    begun.refresh_from_db()
    assert (begun.status, begun.rows, begun.outcomes) == (ImportState.DROPPED, [], [])


def test_what_a_worker_has_still_to_take_in_is_not_purged(office):
    lines = [(f"LS-{n}", f"市某{n}局", "成员单位", "") for n in range(201)]
    begun = begin(ImportKind.UNITS, excel(UNITS, *lines))
    run.import_next()
    begun.refresh_from_db()
    run.confirm_import(begun, by=cast.person("sysadmin"))
    with later(days=8):
        purge_imports(clock.today())
        run.import_next()
    assert Unit.objects.filter(code__startswith="LS-").count() == 201


def test_a_title_that_is_left_blank_says_nothing_against_the_one_that_is_registered(office):
    head = cast.person(f"head_{cast.TOWN}")
    post = head.current_posts[0]
    line = post_line(head.name, kind=PostKind(post.kind).label, title="", began=post.began_on.isoformat())
    assert outcomes(begin(ImportKind.POSTS, excel(POSTS, line))) == ["same"]
    other = post_line(head.name, kind=PostKind(post.kind).label, title="另一个职务", began=post.began_on.isoformat())
    assert problems(begin(ImportKind.POSTS, excel(POSTS, other)))[0][0] == "D2"


def test_a_long_table_is_checked_and_taken_in_by_the_worker(office, monkeypatch):
    lines = [(f"LS-{number}", f"市某{number}局", "成员单位", "") for number in range(201)]
    begun = begin(ImportKind.UNITS, excel(UNITS, *lines))
    assert begun.status == ImportState.WAITING
    assert run.import_next() is not None
    begun.refresh_from_db()
    assert begun.status == ImportState.CHECKED
    assert begun.counts["new"] == 201
    run.confirm_import(begun, by=cast.person("sysadmin"))
    assert not Unit.objects.filter(code="LS-0").exists()
    assert run.import_next() is not None
    begun.refresh_from_db()
    assert begun.status == ImportState.IMPORTED
    assert Unit.objects.filter(code__startswith="LS-").count() == 201
    assert begun.rows == []
    assert run.import_next() is None


def test_a_worker_that_dies_three_times_gives_up(office):
    begun = begin(ImportKind.UNITS, excel(UNITS, *[(f"LS-{n}", f"市某{n}局", "成员单位", "") for n in range(201)]))
    TableImport.objects.filter(pk=begun.pk).update(attempts=run.MAX_ATTEMPTS)
    run.import_next()
    begun.refresh_from_db()
    assert begun.status == ImportState.FAILED


@pytest.mark.parametrize("who", ["officer", "director", "auditor", f"head_{cast.TOWN}"])
def test_nobody_but_the_administrator_brings_in(office, who):
    begun = begin(ImportKind.UNITS, excel(UNITS, ("449901", "甲区", "市（区）", "")))
    with pytest.raises(NotYours):
        begin(ImportKind.UNITS, excel(UNITS, ("449902", "乙区", "市（区）", "")), by=who)
    with pytest.raises(NotYours):
        run.confirm_import(begun, by=cast.person(who))
    hidden = 404 if who == "officer" else 403  # officers bring in tables, but not this one
    assert browser(who).get("/imports/").status_code == (200 if who == "officer" else 403)
    assert browser(who).get("/imports/templates/units.xlsx").status_code == 403
    assert browser(who).get(f"/imports/{begun.pk}/").status_code == hidden
    for name in ("confirm_import", "drop_import", "forget_passwords"):
        assert browser(who).post(reverse(name, args=[begun.pk])).status_code == hidden


def test_through_the_pages(office):
    client = browser("sysadmin")
    answer = client.post("/imports/", {"kind": "units", "table": excel(UNITS, ("449901", "甲区", "市（区）", ""))})
    assert answer.status_code == 302
    page = Visitor(cast.person("sysadmin")).open(answer.url)
    assert "新增 1 行" in page
    assert "甲区" in page
    client.post(f"{answer.url}confirm/")
    assert Unit.objects.filter(name="甲区").exists()
    assert client.post(f"{answer.url}confirm/", follow=True).content.decode().count("不能再办理") == 1
    assert "已导入" in Visitor(cast.person("sysadmin")).open("/imports/")


def test_a_file_that_is_none_keeps_the_choice(office):
    answer = browser("sysadmin").post("/imports/", {"kind": "posts", "table": csv(("甲", "乙"))})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "没有找到表头" in html
    assert 'value="posts"' in html
    assert "尚未选择文件" in browser("sysadmin").post("/imports/", {"kind": "posts"}).content.decode()


def test_one_gives_up_and_nothing_is_left(office):
    begun = begin(ImportKind.UNITS, excel(UNITS, ("449901", "甲区", "市（区）", "")))
    browser("sysadmin").post(reverse("drop_import", args=[begun.pk]))
    begun.refresh_from_db()
    assert (begun.status, begun.rows, begun.outcomes) == (ImportState.DROPPED, [], [])


def test_what_stood_in_a_table_goes_after_a_week(office):
    begun = begin(ImportKind.UNITS, excel(UNITS, ("449901", "甲区", "市（区）", "")))
    with later(days=8):
        assert purge_imports(clock.today()) == {"dropped": 1, "imports": 1}
        begun.refresh_from_db()
        assert (begun.status, begun.rows) == (ImportState.DROPPED, [])
        assert purge_imports(clock.today()) == {"dropped": 0, "imports": 0}


@pytest.mark.parametrize("kind", ImportKind.values)
def test_each_template_is_a_table_of_its_kind(office, kind):
    who = "officer" if kind == ImportKind.EARLIER_CASES else "sysadmin"
    answer = browser(who).get(f"/imports/templates/{kind}.xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    columns = run.KINDS[ImportKind(kind)].columns
    assert [cell.value.rstrip("*") for cell in book.worksheets[0][1]] == [column.head for column in columns]
    assert book.sheetnames[1] == "填写说明"
    assert browser("sysadmin").get("/imports/templates/nothing.xlsx").status_code == 404


def test_a_table_of_units_names_the_organs_that_papers_go_to(office):
    head = (*UNITS, "主送机关")
    take(
        ImportKind.UNITS,
        excel(head, ("449901", "甲区", "市（区）", "", ""), ("LS-1", "市某局", "成员单位", "", "某党组")),
    )
    assert Unit.objects.get(code="449901").organs_addressed == "甲区委、区政府"
    assert Unit.objects.get(code="LS-1").organs_addressed == "某党组"
    again = begin(ImportKind.UNITS, excel(UNITS, ("LS-1", "市某局", "成员单位", "")))
    assert outcomes(again) == ["same"]
    changed = excel(head, ("449901", "甲区", "市（区）", "", "中共甲区委员会"))
    begun = take(ImportKind.UNITS, changed)
    assert outcomes(begun) == ["changed"]
    assert Unit.objects.get(code="449901").organs_addressed == "中共甲区委员会"
