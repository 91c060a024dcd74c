"""The schema of a database as pg_dump writes it, to be compared with that of another."""

import re
import subprocess

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from yuetan import embedded_database

Schema = dict[tuple[str, str], str]
SQUASHED = max(key for key in MigrationLoader(None).disk_migrations if key[0] == "yuetan" and "_squashed_" in key[1])
OBJECT = re.compile(
    r"^-- Name: (?P<name>.*?); Type: (?P<kind>.*?); Schema: .*?; Owner: .*?\n--\n\n(?P<text>.*?)(?=^--\n-- |\Z)",
    re.DOTALL | re.MULTILINE,
)
OF_A_MONTH = re.compile(r"yuetan_sight_\d{4}_\d\d")
OTHERWISE = re.compile(r"(?:::(?:character varying|timestamp with time zone|\w+)(?:\[\])?|[()\s])+")
NAMED_NOT_NULL = re.compile(r" CONSTRAINT \w+ NOT NULL")  # the name follows a renamed column, before PostgreSQL 18 none

BEGINNING = re.compile(r"\n +START WITH \d+")  # of numbers that took over from others, behind the last of these


def schema() -> Schema:
    """Every object of the default connection's database and what may be done to it, by kind and name.

    Only the tables of single months of 查阅记录 are left out, for which there are depends on the day.
    """
    where = [f"--{key.lower()}={connection.settings_dict[key]}" for key in ("HOST", "PORT")]
    program = embedded_database.program_path("pg_dump")
    arguments = [*where, f"--username={embedded_database.NAME}", "--schema-only", connection.settings_dict["NAME"]]
    dump = subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
    return {
        (found["kind"], found["name"]): BEGINNING.sub("", NAMED_NOT_NULL.sub(" NOT NULL", found["text"]))
        for found in OBJECT.finditer(dump)
        if not OF_A_MONTH.search(found["name"])
    }


def as_read_again(of: Schema) -> set[tuple[str, str, str]]:
    """What is read from a dump and written once more has other brackets and casts than what a migration wrote."""
    return {(kind, name, OTHERWISE.sub("", text)) for (kind, name), text in of.items()}
