"""The modules of static/js/ by themselves, without a server: every exported function of js/*.test.js is a test."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

HERE = Path(__file__).parent / "js"
SCRIPTS = Path(__file__).resolve().parents[2] / "static/js"
SITE = "http://modules.test"
TESTS = [
    (path.name, name)
    for path in sorted(HERE.glob("*.test.js"))
    for name in re.findall(r"^export (?:async )?function (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.fixture(scope="session")
def modules_page(browser: Browser) -> Iterator[Page]:
    """An empty page beside the modules and their tests."""
    page = browser.new_page()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path == "/":
            route.fulfill(body="<!DOCTYPE html><title>modules</title>", content_type="text/html; charset=utf-8")
        else:
            own = path.removeprefix("/static/js/")
            file = HERE / path[1:] if own == path else SCRIPTS / own
            route.fulfill(path=file, content_type="text/javascript; charset=utf-8")

    page.route(f"{SITE}/**", answer)
    yield page
    page.close()


@pytest.mark.parametrize(("file", "name"), TESTS, ids=[f"{file}:{name}" for file, name in TESTS])
def test_module(modules_page: Page, file: str, name: str) -> None:
    modules_page.goto(f"{SITE}/")
    modules_page.evaluate("([file, name]) => import(`/${file}`).then(tests => tests[name]())", [file, name])


def test_every_test_of_a_module_is_found() -> None:
    assert len(TESTS) > 25
