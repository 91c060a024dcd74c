"""From proposal to notice in a Chromium that runs no scripts."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests import cast
from tests.e2e.person import Person
from tests.e2e.steps import TITLE, approve, endorse, on_disk, propose, serve_notice


def test_from_proposal_to_notice(come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path) -> None:
    it_is(11, 23)
    come = partial(come_in, scripts=False)
    propose(come("officer"), on_disk(tmp_path, "现场.png"))
    endorse(come("director"))
    approve(come("group_leader"))
    serve_notice(come("officer"))
    head = come(f"head_{cast.TOWN}")
    head.follow(TITLE)
    head.follow("签收通知")
    head.checks_and_does("签收通知")
    head.reads("冯十于2026年11月23日")
