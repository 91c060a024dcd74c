"""Tables as people keep them, made by the tests."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

UNITS = ("代码", "名称", "类别", "所属市（区）")
POSTS = ("单位", "姓名", "职务类别", "职务名称", "职级", "任职日期", "同名")
ACCOUNTS = ("单位", "姓名", "账号")
EARLIER = ("单位", "提出建议的日期", "拟稿人", "补录原因和原卷宗")
CONTACTS = ("单位", "姓名", "办公电话", "邮箱")


def excel(*lines, sheets=(), title="表", name="表.xlsx"):
    """An Excel file of one sheet, and others after it: (title, lines)."""
    book = Workbook()
    book.active.title = title
    for each in lines:
        book.active.append(list(each))
    for other, rows in sheets:
        sheet = book.create_sheet(other)
        for each in rows:
            sheet.append(list(each))
    written = io.BytesIO()
    book.save(written)
    return SimpleUploadedFile(name, written.getvalue())


def csv(*lines, encoding="utf-8", delimiter=",", name="表.csv"):
    text = "\r\n".join(delimiter.join(map(str, line)) for line in lines)
    return SimpleUploadedFile(name, text.encode(encoding))
