"""The manual of each role: the help of the site with pictures of its pages, laid out as a PDF.

`manual.py ADDRESS ACCOUNTS FOLDER`: ACCOUNTS is the list of the demonstration's accounts with their password.
"""

from __future__ import annotations

import base64
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright
from weasyprint import HTML

STYLE = """
@page { size: A4; margin: 25mm 22mm; @bottom-center { content: counter(page); font-size: 9pt } }
body { font: 11pt/1.7 "Noto Serif CJK SC", serif }
h1 { margin: 60mm 0 10mm; font: 700 26pt/1.4 "Noto Sans CJK SC", sans-serif; text-align: center }
.of { text-align: center; break-after: page }
h2 { font: 700 15pt/1.4 "Noto Sans CJK SC", sans-serif; break-after: avoid }
h3, figcaption { font: 700 11pt/1.4 "Noto Sans CJK SC", sans-serif }
figure { margin: 6mm 0; break-inside: avoid }
figure img { width: 145mm; border: .3pt solid #999 }
.muted { color: #555; font-size: 10pt }
table { width: 100%; border-collapse: collapse; font-size: 9pt }
td, th { padding: 1mm 2mm; border: .3pt solid #999; text-align: left; vertical-align: top }
a { color: inherit; text-decoration: none }
.rows, .summary, dl { margin: 0 }
"""


class Picture(NamedTuple):
    """One page: what is said under it, its address, and what is followed from there, by the words of links."""

    caption: str
    address: str
    follow: tuple[str, ...] = ()


class Manual(NamedTuple):
    """One manual: whose, of which account of the demonstration its pages are, and the pages."""

    slug: str
    whose: str
    account: str
    pictures: tuple[Picture, ...]


MARKET = "关于打击整治农贸市场欺行霸市问题不力的约谈"
HOME, CASES, TASKS = Picture("待办事项", "/"), Picture("约谈台账", "/cases/"), Picture("整改台账", "/tasks/")
SUPERVISIONS = Picture("督办单台账", "/supervision-letters/")
MANUALS = (
    Manual(
        "case-officer",
        "承办人",
        "officer",
        (
            HOME,
            Picture("提出约谈建议：先选单位", "/cases/new/"),
            CASES,
            Picture("事项页：您现在可以办什么、由谁在办", "/cases/", (MARKET,)),
            TASKS,
            Picture("督办单台账", "/supervision-letters/"),
            Picture("归档台账：卷宗保管到哪一天", "/archive/"),
            Picture("文书", "/documents/"),
            Picture("日程", "/agenda/"),
            Picture("已办事项：现在由谁办、从哪天起", "/done/"),
            Picture("我的关注", "/followed/"),
            Picture("实绩档案", "/dossiers/"),
        ),
    ),
    Manual(
        "office-director",
        "办公室主任",
        "director",
        (
            *(HOME, CASES, TASKS, SUPERVISIONS),
            Picture("设定知悉范围", "/cases/", (MARKET, "设定知悉范围")),
            *(Picture("归档台账", "/archive/"), Picture("统计", "/statistics/")),
            *(Picture("实绩档案", "/dossiers/"), Picture("办公室设定", "/settings/")),
        ),
    ),
    Manual(
        "leading-group",
        "领导小组领导",
        "group_leader",
        (
            HOME,
            Picture("待审定", "/approvals/"),
            Picture("审定：呈批表在下面", "/approvals/", ("关于货运市场日常监管缺位的约谈",)),
            CASES,
        ),
    ),
    Manual(
        "supervisor",
        "督查员",
        "supervisor",
        (HOME, TASKS, SUPERVISIONS, Picture("提醒函", "/letters/"), Picture("统计", "/statistics/")),
    ),
    Manual(
        "system-administrator",
        "系统管理员",
        "sysadmin",
        (
            HOME,
            Picture("单位与领导", "/units/"),
            Picture("单位台账：哪些单位还没有登记领导", "/units/?lacking=head"),
            Picture("导入", "/imports/"),
            Picture("消息投送", "/alerts/deliveries/"),
        ),
    ),
    Manual(
        "security-administrator",
        "安全管理员",
        "security_keeper",
        (HOME, Picture("账号", "/accounts/")),
    ),
    Manual(
        "security-auditor",
        "安全审计员",
        "auditor",
        (
            *(HOME, Picture("操作日志", "/log/"), Picture("登录记录", "/log/logins/")),
            *(Picture("查阅记录", "/log/sights/"), Picture("记录查验和每日存证", "/log/record/")),
        ),
    ),
    Manual(
        "unit",
        "被约谈单位",
        "head_440705102",
        (
            HOME,
            Picture("事项页", "/cases/", (MARKET,)),
            *(TASKS, SUPERVISIONS),
            *(Picture("提醒函", "/letters/"), Picture("已办事项", "/done/"), Picture("实绩档案", "/dossiers/")),
        ),
    ),
)


def main(address: str, accounts: Path, folder: Path) -> None:
    """Write every manual; raises where a page or a link is not there any more."""
    password = re.search(r"密码：(\S+)", accounts.read_text(encoding="utf-8"))
    assert password, f"no password in {accounts}"
    folder.mkdir(parents=True, exist_ok=True)
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        for manual in MANUALS:
            page = _logged_in(browser, address, manual.account, password[1])
            _write(_html(manual, page, address), folder / f"{manual.slug}.pdf")
            page.context.close()
            sys.stdout.write(f"{folder / manual.slug}.pdf\n")
        browser.close()


def _logged_in(browser: Browser, address: str, account: str, password: str) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
    page.goto(f"{address}/login/")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_selector(".site-user")
    return page


def _html(manual: Manual, page: Page, address: str) -> str:
    site = page.inner_text(".site-name")
    pictures = "".join(_figures(manual, page, address))
    page.goto(f"{address}/help/?whole")
    text = re.sub(r"<a [^>]*>|</a>", "", "".join(each.inner_html() for each in page.query_selector_all("main .card")))
    today = date.today()  # noqa: DTZ011 - the day on the cover
    cover = f"<h1>{site}<br>操作手册</h1><p class='of'>{manual.whose}用　{today.year}年{today.month}月{today.day}日</p>"
    return f"<meta charset='utf-8'><style>{STYLE}</style>{cover}{text}<h2>页面</h2>{pictures}"


def _figures(manual: Manual, page: Page, address: str) -> Iterator[str]:
    for picture in manual.pictures:
        answer = page.goto(f"{address}{picture.address}")
        assert answer is not None, picture
        assert answer.ok, f"{answer.status} at {picture.address} for {manual.account}"
        for words in picture.follow:
            page.get_by_role("link", name=words, exact=True).first.click()
            page.wait_for_load_state()
        shot = page.screenshot(clip={"x": 0, "y": 0, "width": 1366, "height": 1000}, full_page=True)
        coded = base64.b64encode(shot).decode()
        yield f"<figure><img src='data:image/png;base64,{coded}'><figcaption>{picture.caption}</figcaption></figure>"


def _write(html: str, target: Path) -> None:
    HTML(string=html).write_pdf(target, optimize_images=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
