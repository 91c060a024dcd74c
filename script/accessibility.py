"""What axe finds on the pages of the running demonstration: each address of `urls.py`, each account, both widths.

`accessibility.py SITE ACCOUNTS [ACCOUNT …]`: ACCOUNTS is the list of the demonstration's accounts with their password.
An address with a key in it is opened for a few things that it shows, not for each; so is one with other questions.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from urllib.parse import parse_qsl, urlsplit

import django
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Browser, Error, Page, sync_playwright

WIDTHS = {1366: 768, 390: 844}
OF_A_KIND, OF_CASES = 2, 30  # cases stand at every state, so there are more of them
BEGINNINGS = ("/", "/todos/", "/search/?q=约谈", "/search/?q=10号", "/search/?q=没有这样的字")  # the rest is linked
LINKS = "[...document.querySelectorAll('a[href]')].map(each => each.href)"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
VIOLATIONS = """axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(
    each => each.id + " " + each.nodes.map(node => node.target.join(" ")).slice(0, 3).join(", ")))"""
NO_PAGES = {"logout", "attachment", "attachment_original", "scan", "download_document", "fetch_prepared_file"}
PICTURES = os.environ.get("YUETAN_PICTURES")


@dataclass
class Walk:
    """What one account met: how often each kind of page was opened, and what is amiss."""

    account: str
    opened: Counter[tuple[str, str]] = field(default_factory=Counter)
    runs: int = 0
    faults: list[str] = field(default_factory=list)


def main(site: str, accounts: Path, wanted: list[str]) -> bool:
    """Walk as each account and say what was met; whether nothing is amiss."""
    text = accounts.read_text(encoding="utf-8")
    password = re.search(r"密码：(\S+)", text)
    assert password, f"no password in {accounts}"
    names = wanted or re.findall(r"^([a-z_]+[\w-]*) {2,}", text, re.MULTILINE)
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        walks = [_walked(browser, site, name, password[1]) for name in names]
        browser.close()
    _say_what_nobody_opened(walks)
    return not any(walk.faults for walk in walks)


def _walked(browser: Browser, site: str, account: str, password: str) -> Walk:
    walk, page = Walk(account), _logged_in(browser, site, account, password)
    waiting, known, began = list(BEGINNINGS), set(BEGINNINGS), perf_counter()
    while waiting:
        address = waiting.pop(0)
        kind = _kind_of(address)
        if kind is None or walk.opened[kind] >= _most_of(kind):
            continue
        walk.opened[kind] += 1
        for link in _links_of(walk, page, site, address):
            if link not in known:
                known.add(link)
                waiting.append(link)
    page.context.close()
    figures = (
        f"{len(walk.opened)} kinds, {sum(walk.opened.values())} pages, {walk.runs} runs, {len(walk.faults)} faults"
    )
    _say(f"{account}: {perf_counter() - began:.0f} s, {figures}", *walk.faults)
    return walk


def _logged_in(browser: Browser, site: str, account: str, password: str) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
    page.goto(f"{site}/login/")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_selector(".site-user")
    return page


def _kind_of(address: str) -> tuple[str, str] | None:
    """The name of an address, of a step its verb too, and which questions it asks; None for what is no page."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if match.url_name in NO_PAGES or "." in parts.path:
        return None
    asked = sorted(name for name, value in parse_qsl(parts.query) if value)
    verb = match.kwargs.get("verb") or match.kwargs.get("slug") or ""
    return " ".join(filter(None, (match.url_name, verb))), ",".join(asked)


def _most_of(kind: tuple[str, str]) -> int:
    if kind == ("case", ""):
        return OF_CASES
    return 1 if kind[1] else OF_A_KIND


def _links_of(walk: Walk, page: Page, site: str, address: str) -> Iterator[str]:
    try:
        answer = page.goto(f"{site}{address}")
    except Error as error:
        if "Download is starting" in error.message:
            return
        raise
    assert answer is not None, address
    if not answer.ok:
        walk.faults.append(f"{address}: {answer.status}")
    elif "html" in answer.headers.get("content-type", ""):
        _examine(walk, page, address)
        links = page.evaluate(LINKS)
        yield from (link.removeprefix(site).partition("#")[0] for link in links if link.startswith(f"{site}/"))


def _examine(walk: Walk, page: Page, address: str) -> None:
    page.evaluate(AXE_SCRIPT)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        found = page.evaluate(VIOLATIONS)
        found += ["sideways"] if page.evaluate(SIDEWAYS) else []
        walk.faults += [f"{address} at {width}: {each}" for each in found]
        walk.runs += 1
        if PICTURES:
            name = re.sub(r"\W+", "_", f"{walk.account} {' '.join(_kind_of(address) or ())} {walk.runs}")
            page.screenshot(path=Path(PICTURES) / f"{name}_{width}.png", full_page=True)


def _say_what_nobody_opened(walks: list[Walk]) -> None:
    opened = {name.split(" ")[0] for walk in walks for name, _ in walk.opened}
    names = sorted({str(name) for name in get_resolver().reverse_dict if isinstance(name, str)})
    _say(f"opened by nobody: {' '.join(name for name in names if name not in opened)}")


def _say(*lines: str) -> None:
    sys.stdout.write("\n    ".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuetan.settings")
    django.setup()
    sys.exit(0 if main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]) else 1)
