"""The database into one file and back, by PostgreSQL's own programs; those of the embedded server serve for any."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from django.conf import settings
from django.db import connection

from yuetan import embedded_database
from yuetan.errors import BackupFailed

VARIABLES = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
NEWER_SETTING = b"SET transaction_timeout"  # of PostgreSQL 17, with its default, as pg_restore writes it for any
MAX_WORDS = 300  # of what a program says when it fails


@contextmanager
def dumped(snapshot: str) -> Iterator[IO[bytes]]:
    """The database as a transaction sees it that has exported its snapshot, to be read to its end.

    Raises BackupFailed if pg_dump fails, or is older than the server.
    """
    with _running("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}") as process:
        assert process.stdout is not None
        yield process.stdout


def restore_dump(file: IO[bytes]) -> None:
    """Write a dump into an empty database, all of it or nothing. Raises BackupFailed with what the programs say."""
    with tempfile.TemporaryFile(dir=settings.VAR) as script:
        with _running("pg_restore", "--no-owner", "--no-privileges", "--file=-", stdin=file) as process:
            assert process.stdout is not None
            copy_for_any_server(process.stdout, script)
        script.seek(0)
        whole = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--no-psqlrc", "--quiet", f"--output={os.devnull}")
        with _running("psql", *whole, stdin=script):
            pass


def copy_for_any_server(script: IO[bytes], to: IO[bytes]) -> None:
    """All but the one setting, before the first table, that a server older than the programs does not know."""
    for line in script:
        if line.startswith(NEWER_SETTING):
            break
        to.write(line)
        if line.startswith(b"CREATE "):
            break
    shutil.copyfileobj(script, to)


@contextmanager
def _running(program: str, *arguments: str, stdin: IO[bytes] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            [embedded_database.program_path(program), *arguments],
            stdin=stdin or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=words,
            env=_environment(),
        )
        try:
            yield process
        finally:
            assert process.stdout is not None
            process.stdout.close()  # whoever stops reading stops the program, too
            process.wait()
        if process.returncode:
            words.seek(0)
            raise BackupFailed(f"{program} 出错：{words.read().decode(errors='replace').strip()[:MAX_WORDS]}")


def _environment() -> Mapping[str, str]:
    known = connection.settings_dict
    where = {variable: str(known[key]) for key, variable in VARIABLES.items() if known.get(key)}
    options = {f"PG{key.upper()}": str(value) for key, value in known["OPTIONS"].items() if key.startswith("ssl")}
    return {"PATH": os.defpath, "LC_ALL": "C", "PGCONNECT_TIMEOUT": "10", **where, **options}
