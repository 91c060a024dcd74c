"""A table is found in the file as people keep it, or the refusal says what to do."""

import io
import re
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from tests.imports.tables import UNITS, csv, excel
from tests.rules.files.small_files import docx_members, ofd_members, zipped
from yuetan.errors import Refused
from yuetan.imports.kinds import KINDS
from yuetan.imports.table import MAX_LINES, MAX_ROWS, read_table
from yuetan.rules.text.table_cells import FORMULA_WITHOUT_RESULT, cell_day, cell_text
from yuetan.vocabulary import ImportKind

COLUMNS = KINDS[ImportKind.UNITS].columns
LINE = ("440703101", "棠下镇", "镇（街）", "蓬江区")


def rows_of(file):
    return [(row.number, *row.cells.values()) for row in read_table(file.read(), COLUMNS).rows]


def refusal(content):
    with pytest.raises(Refused) as refused:
        read_table(content, COLUMNS)
    return refused.value.reasons[0].text


@pytest.mark.parametrize(
    "file",
    [
        excel(UNITS, LINE),
        csv(UNITS, LINE),
        csv(UNITS, LINE, encoding="utf-8-sig"),
        csv(UNITS, LINE, encoding="gb18030"),
        csv(UNITS, LINE, delimiter="\t"),
        csv(UNITS, LINE, delimiter=";"),
        excel(("单位代码*", "单位名称", "单位类别（必填）", "上级单位"), LINE),
        excel(UNITS, ("４４０７０３１０１", "　棠下镇 ", "镇（街）", "蓬江区\u00a0")),
        excel(UNITS, (440703101.0, "棠下镇", "镇（街）", "蓬江区")),
    ],
)
def test_one_table_in_many_dresses(file):
    assert rows_of(file) == [(2, *LINE)]


def test_titles_stand_above_the_heads_and_blank_rows_between():
    file = excel(("江门市单位一览表",), (), UNITS, (), LINE, ("", "", "", ""), LINE)
    assert rows_of(file) == [(5, *LINE), (7, *LINE)]


def test_a_title_may_be_merged_over_the_columns():
    book = Workbook()
    book.active["A1"] = "单位一览表"
    book.active.merge_cells("A1:D1")
    for place, head in enumerate(UNITS, start=1):
        book.active.cell(2, place, head)
    for place, value in enumerate(LINE, start=1):
        book.active.cell(3, place, value)
    written = io.BytesIO()
    book.save(written)
    table = read_table(written.getvalue(), COLUMNS)
    assert [row.number for row in table.rows] == [3]


def joined(lines, *ranges):
    book = Workbook()
    for line in lines:
        book.active.append(list(line))
    for each in ranges:
        book.active.merge_cells(each)
    written = io.BytesIO()
    book.save(written)
    return io.BytesIO(written.getvalue())


def test_heads_may_stand_over_two_rows():
    title, heads = ("江门市单位一览表", "", "", "", ""), ("代码", "单位情况", "", "", "备注")
    under = ("", "名称", "类别", "所属市（区）", "")
    file = joined([title, heads, under, (*LINE, "甲")], "A1:E1", "A2:A3", "B2:D2", "E2:E3")
    assert rows_of(file) == [(4, *LINE)]


def test_what_is_joined_beside_several_rows_holds_for_each():
    lines = [("440703101", name, "镇（街）", "蓬江区" if name == "棠下镇" else "") for name in ("棠下镇", "荷塘镇")]
    file = joined([UNITS, *lines, ("", "", "", ""), ("440704", "江海区", "市（区）", "")], "D2:D4", "C2:C3")
    assert rows_of(file) == [
        (2, *LINE),
        (3, "440703101", "荷塘镇", "镇（街）", "蓬江区"),
        (5, "440704", "江海区", "市（区）", ""),
    ]


def test_columns_stand_in_any_order_and_strange_ones_are_named():
    table = read_table(
        excel(("备注", "名称", "代码", "类别"), ("甲", "棠下镇", "440703101", "镇（街）")).read(), COLUMNS
    )
    assert table.letters == {"name": "B", "code": "C", "kind": "D"}
    assert table.unused == ["备注"]
    assert table.rows[0].cells == {"name": "棠下镇", "code": "440703101", "kind": "镇（街）"}


def test_the_sheet_with_the_heads_is_read_and_the_notes_are_not():
    assert rows_of(excel(("列", "怎样填"), ("代码", "必填"), sheets=[("数据", [UNITS, LINE])])) == [(2, *LINE)]


def test_a_hidden_sheet_is_not_read():
    book = Workbook()
    book.active.append(list(UNITS))
    book.active.append(list(LINE))
    hidden = book.create_sheet("旧表")
    hidden.append(list(UNITS))
    hidden.append(list(LINE))
    hidden.sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    assert len(read_table(written.getvalue(), COLUMNS).rows) == 1


def test_two_sheets_with_the_heads_are_named():
    assert "（表、数据）" in refusal(excel(UNITS, LINE, sheets=[("数据", [UNITS, LINE])]).read())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "“另存为”新版（XLSX）"),
        (b"PK\x03\x04 nonsense", "不是可以读的表格"),
        (zipped(docx_members()), "不是可以读的表格"),
        (zipped(ofd_members()), "不是可以读的表格"),
        (b"\x00\x01\x02", "不是可以读的表格"),
        ("甲,乙\n1,2".encode(), "没有找到表头“代码”、“名称”、“类别”"),
        ("代码,名称\n1,2".encode(), "没有找到表头“类别”"),
        (",".join(UNITS).encode(), "表头下面没有内容"),
    ],
)
def test_what_is_no_table_says_what_to_do(content, words):
    assert words in refusal(content)


def test_a_table_too_long_is_refused():
    lines = [LINE] * (MAX_ROWS + 1)
    assert f"表里有 {MAX_ROWS + 1} 行" in refusal(csv(UNITS, *lines).read())


@pytest.mark.parametrize("stated", [b"A1", b"A1:D2"])
def test_a_sheet_is_read_whole_whatever_size_it_states(stated):
    whole = excel(UNITS, LINE, LINE).read()
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as book, zipfile.ZipFile(written, "w") as other:
        for name in book.namelist():
            other.writestr(
                name, book.read(name).replace(b'<dimension ref="A1:D3"', b'<dimension ref="' + stated + b'"')
            )
    assert [row.number for row in read_table(written.getvalue(), COLUMNS).rows] == [2, 3]


@pytest.mark.parametrize("made", [excel, csv])
def test_a_row_far_below_blank_ones_is_not_lost(made):
    lines = [UNITS, LINE, *[()] * MAX_LINES, LINE]
    assert f"表里有 {len(lines)} 行" in refusal(made(*lines).read())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (b'<c r="D2"><f>B2</f></c>', FORMULA_WITHOUT_RESULT),
        (b'<c r="D2" s="3"><f>B2</f><v/></c>', FORMULA_WITHOUT_RESULT),
        (b'<c s="3" r=\'D2\'>\n<f t="shared" si="0"/><v></v></c>', FORMULA_WITHOUT_RESULT),
        (b'<c r="D2" t="str"><f>IF(B2="","",B2)</f><v></v></c>', ""),
        (b'<c r="D2" t="str"><f>B2</f><v>\xe8\x93\xac</v></c>', "蓬"),
        (b'<c r="D2"><f>1+1</f><v>2</v></c>', "2"),
        (b'<c r="D2" s="3"/>', ""),
    ],
)
def test_a_formula_is_read_by_its_result_and_one_without_says_so(cell, text):
    written = io.BytesIO()
    with zipfile.ZipFile(excel(UNITS, (*LINE[:3], 7))) as book, zipfile.ZipFile(written, "w") as other:
        for name in book.namelist():
            content = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(rb'<c r="D2".*?</c>', lambda _: cell, content)
                assert cell in content
            other.writestr(name, content)
    assert rows_of(io.BytesIO(written.getvalue())) == [(2, *LINE[:3], text)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026年3月5日",
        "2026.3.5",
        "2026/3/5",
        "20260305",
        "46086",
        cell_text(datetime(2026, 3, 5)),  # noqa: DTZ001 - as openpyxl reads it
    ],
)
def test_a_day_is_read_however_it_is_written(text):
    assert cell_day(text) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["", "去年", "2026-13-01", "2026-02-30", "3月5日", "460", "99999999"])
def test_what_is_no_day_is_none(text):
    assert cell_day(text) is None
