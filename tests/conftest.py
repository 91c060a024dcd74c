"""The cast: the office as it stands on a Monday in November, and everybody who takes part in a case.

A test that asks for anybody here gets the loaded law, the units and the whole cast, and the clock at
`cast.MONDAY`. The rows are written once and copied for every session; a test's own changes are rolled back. Bring a
case to any point with `tests.factories.case_in` and `case_after`; move on in time with
`factories.later(days=…)`.
"""

import gc
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import hypothesis
import pytest
import time_machine
from django.db import connection
from django.http import FileResponse
from django.template import engines
from django.test import TransactionTestCase, client
from pytest_django.plugin import blocking_manager_key

from tests import cast, nothing_sent_twice, office_database, printed_once
from yuetan.actions.files import examination
from yuetan.database.base import DatabaseWrapper
from yuetan.documents import pdf
from yuetan.models import Regulation, Unit, User
from yuetan.rules.files import examiner

# What takes longest, the longest first: begun last, one of them would run on alone while the other workers stand idle.
LONG = (
    "test_naughty_strings.py",
    "test_two_roles.py",
    "test_access.py",
    "test_walks_of_outsiders.py",
    "test_bulk.py",
    "test_draft_forms.py",
    "test_every_ledger.py",
    "test_demo.py",
    "test_statistics.py",
    "test_hostile_input.py",
    "test_random_people.py",
    "test_upgrade.py",
    "test_other_office.py",
    "test_no_dead_ends.py",
    "test_check_records.py",
    "test_lists.py",
    "test_subject_filters.py",
    "test_secrecy.py",
    "test_measures.py",
    "test_number_race.py",
    "test_pagination.py",
    "test_daily.py",
    "test_approval_queue.py",
    "test_pdf.py",
    "test_check_mark.py",
    "test_earlier_pages.py",
    "test_help.py",
    "test_proposals.py",
    "test_notice_pages.py",
    "test_tasks.py",
    "test_fonts.py",
    "test_story.py",
    "test_batch.py",
)
APART = ("test_examination.py", "test_examine_command.py", "test_as_people_have_them.py")
# A busy machine is no failure.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")
_LOCK = re.compile(r" FOR (NO KEY )?UPDATE(?! OF )")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, files with real transactions last, because each of their tests needs a copy of its own."""
    items.sort(key=lambda item: (_commits(item), LONG.index(item.path.name) if item.path.name in LONG else len(LONG)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is imported by now stays for good: without it the garbage collector took a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 10, 10)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    marked = bool(marker and marker.kwargs.get("transaction"))
    return marked or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A new copy after each test with real transactions, a quarter of the work of filling emptied tables."""
    yield
    if nextitem and _commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            office_database.copy_again()


_store_template = client.store_rendered_templates


def _store_page(store: dict[str, Any], *signal: Any, **rendered: Any) -> None:
    """What a page was rendered with; of the hundred templates of its parts nobody asks, and each took a copy."""
    if not store:
        _store_template(store, *signal, **rendered)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: object
) -> Iterator[None]:
    """The tables, and in them what `manage.py load` writes and the cast."""
    with django_db_blocker.unblock():
        before = office_database.copy()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: None)  # nothing is emptied that is dropped
        patch.setattr(client, "store_rendered_templates", _store_page)
        patch.setattr(DatabaseWrapper, "check_constraints", office_database.check_constraints)
        yield
    with django_db_blocker.unblock():
        office_database.give_back(before)


QUICK_PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _quick_passwords(settings: object) -> None:
    """The hash that protects real passwords is slow on purpose; what is tested here is not the hash."""
    settings.PASSWORD_HASHERS = QUICK_PASSWORDS


@pytest.fixture(autouse=True)
def _examined_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the same function, without the process of its own: that one has tests of its own, and takes 0.3 s a file."""
    if request.path.name in APART or request.node.get_closest_marker("browser"):
        return
    monkeypatch.setattr(examination, "_run_examiner", examined_here)


def examined_here(question: Any, stream: BinaryIO, drawn: BinaryIO) -> dict[str, Any]:
    stream.seek(0)
    return dict(examiner.outcome(**question, stream=stream, kept=drawn, allow_seconds=lambda seconds: None))


@pytest.fixture(scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """For the files of every test a folder of its own, which is not there before it has any."""
    root = tmp_path_factory.mktemp("files")
    return (root / str(number) for number in count())


@pytest.fixture(scope="session")
def _no_static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """WhiteNoise warns of a folder that is not there."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def _own_files(
    request: pytest.FixtureRequest, settings: object, _folders: Iterator[Path], _no_static_files: Path
) -> None:
    settings.MEDIA_ROOT = next(_folders)
    settings.ANCHORS = settings.MEDIA_ROOT.with_suffix(".anchors")
    settings.STATIC_ROOT = _no_static_files
    # Every new client of a test reads all static files anew, and none asks for one.
    settings.WHITENOISE_USE_FINDERS = "live_server" in request.fixturenames


@pytest.fixture(autouse=True)
def _printed_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "documents" not in request.path.parts:
        monkeypatch.setattr(pdf, "_pages", printed_once.LaidOutOnce)


@pytest.fixture(autouse=True)
def _files_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server closes the file it has sent; a test need not read it to its end."""
    answers: list[FileResponse] = []
    made = FileResponse.__init__

    def make(answer: FileResponse, *args: Any, **keywords: Any) -> None:
        made(answer, *args, **keywords)
        answers.append(answer)

    monkeypatch.setattr(FileResponse, "__init__", make)
    yield
    for answer in answers:
        for close in answer._resource_closers:  # what Django would call; it forgets the file itself
            close()


class _Unknown(str):
    """Stands for a variable that a template names and nobody gave; printing it fails the test."""

    __slots__ = ()

    def __mod__(self, variable: object) -> str:
        raise AssertionError(f"a template names what nobody gave it: {variable}")


@pytest.fixture(autouse=True)
def _no_unknown_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _Unknown("%s"))


def _locks_what_it_names(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """A lock on rows of several tables at once would keep others waiting who have no business with the step."""
    if sql.startswith("SELECT") and " FOR " in sql and " JOIN " in sql.partition(" WHERE ")[0]:
        assert _LOCK.search(sql) is None, f"a lock on joined rows must name its table: {sql}"
    return execute(sql, params, many, context)


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Regulation]:
    """The 办法 in force, with everything the site stands on; it is Monday, ten o'clock."""
    with (
        time_machine.travel(cast.MONDAY),
        connection.execute_wrapper(_locks_what_it_names),
        nothing_sent_twice.watching(monkeypatch),
    ):
        yield Regulation.objects.get(key="jiangmen")


def _person(username: str) -> object:
    @pytest.fixture(name=username)
    def person(office: Regulation) -> User:
        return cast.person(username)

    return person


# The office and its leading group.
officer = _person("officer")  # 承办人: drafts every case of the factories
second_officer = _person("second_officer")
director = _person("director")
group_leader = _person("group_leader")  # approves every case of the factories
first_deputy = _person("first_deputy")
deputy = _person("deputy")  # interviews the town's heads
supervisor = _person("supervisor")
sysadmin = _person("sysadmin")
guardian = _person("guardian")  # 安全管理员
auditor = _person("auditor")


@pytest.fixture
def town(office: Regulation) -> Unit:
    """棠下镇 of 蓬江区, whose heads rank below 处级: the unit of the factories' cases."""
    return cast.unit(cast.TOWN)


@pytest.fixture
def division_town(office: Regulation) -> Unit:
    """三埠街道 of 开平市, whose head is of 处级."""
    return cast.unit(cast.DIVISION_TOWN)


@pytest.fixture
def county(office: Regulation) -> Unit:
    """新会区."""
    return cast.unit(cast.COUNTY)


@pytest.fixture
def member_unit(office: Regulation) -> Unit:
    """市公安局."""
    return cast.unit(cast.MEMBER_UNIT)


@pytest.fixture
def head(office: Regulation) -> User:
    """The party secretary of the town."""
    return cast.head(cast.TOWN)


@pytest.fixture
def liaison(office: Regulation) -> User:
    """The liaison of the town."""
    return cast.liaison(cast.TOWN)


@pytest.fixture
def county_head(office: Regulation) -> User:
    """The party secretary of the county."""
    return cast.head(cast.COUNTY)


@pytest.fixture
def member_head(office: Regulation) -> User:
    """The head of the member unit."""
    return cast.head(cast.MEMBER_UNIT)


@pytest.fixture
def member_liaison(office: Regulation) -> User:
    """The liaison of the member unit."""
    return cast.liaison(cast.MEMBER_UNIT)


@pytest.fixture
def other_head(office: Regulation) -> User:
    """The head of another town, who has no business with the town's cases."""
    return cast.head(cast.DIVISION_TOWN)


@pytest.fixture
def other_liaison(office: Regulation) -> User:
    """The liaison of that other town."""
    return cast.liaison(cast.DIVISION_TOWN)
