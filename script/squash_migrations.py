"""Write the migration that makes a first database in one go, and the SQL of its functions and triggers.

    YUETAN_SECRET_KEY=x .venv/bin/python script/squash_migrations.py

The tables are those of the models as the last migration leaves them; functions and triggers are taken from the SQL of
the migrations themselves, the last word on each. What else they do by SQL stands in `tables.sql` and `rows.sql`, which
are written by hand: copy those of the last squash; tests/migrations/test_squash.py says what is missing there.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuetan.settings")

import django  # noqa: E402

django.setup()

from django.db import migrations  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django.db.migrations.operations.base import Operation  # noqa: E402
from django.db.migrations.state import ModelState  # noqa: E402
from django.db.migrations.writer import MigrationWriter  # noqa: E402
from django.db.models import Field  # noqa: E402

APP, FOLDER = "yuetan", ROOT / "yuetan/migrations"
DEPENDENCIES = [("auth", "0012_alter_user_first_name_max_length"), ("axes", "0010_accessattemptexpiration")]
# What indexes and columns are made of, so that it comes before the tables.
BEFORE_TABLES = ("search_words", "bigrams", "matter_grams", "search_grams", "key_by_time")
FUNCTION = (
    r"(?P<function>(?:--[^\n]*\n)*[ ]*CREATE (?:OR REPLACE )?FUNCTION yuetan_(?P<its_name>\w+)\s*\(.*?"
    r"(?:\$\$.*?\$\$|\n *RETURN .*?(?=;\s*(?:\n|$)|\Z)))"
)
TRIGGER = (
    r"(?P<trigger>CREATE (?:CONSTRAINT )?TRIGGER (?P<name>\w+)\s.*?\bON (?P<table>\w+)\b.*?"
    r"EXECUTE FUNCTION\s+\w+\s*\([^)]*\))"
)
GONE = r"DROP TRIGGER (?P<gone>\w+) ON (?P<of>\w+)"
ANY = re.compile(f"{FUNCTION}|{TRIGGER}|{GONE}", re.DOTALL)
MADE_BY_SQL = ("Sight",)  # tables of models that Django cannot make
# A renamed column keeps its place in the table, while Django counts the field as the last.
RENAMED = {("Task", "agreed_due_on"): "agreed_on"}  # the one that it stands before
LINE = 118
HEAD = "-- Written by script/squash_migrations.py; why each is there, the migrations say that are squashed.\n\n"


def main() -> None:
    """The last migration of the tree is the last that is squashed."""
    loader = MigrationLoader(None, replace_migrations=False)
    names = sorted(name for app, name in loader.graph.nodes if app == APP and "_squashed_" not in name)
    folder = FOLDER / f"squashed_{names[-1][:4]}"
    folder.mkdir(exist_ok=True)
    functions, triggers = _last_words(loader, names)
    before = [functions.pop(name) for name in BEFORE_TABLES]
    (folder / "before_tables.sql").write_text(HEAD + "\n\n".join(before) + "\n", encoding="utf-8")
    (folder / "functions.sql").write_text(HEAD + "\n\n".join(functions.values()) + "\n", encoding="utf-8")
    (folder / "triggers.sql").write_text(HEAD + _by_table(triggers), encoding="utf-8")
    (FOLDER / f"0001_squashed_{names[-1]}.py").write_text(_migration(loader, names), encoding="utf-8")


def _last_words(loader: MigrationLoader, names: list[str]) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    functions: dict[str, str] = {}
    triggers: dict[tuple[str, str], str] = {}
    for name in names:
        for text in _statements(loader.graph.nodes[APP, name].operations):
            for found in ANY.finditer(text):
                if found["function"]:
                    functions.pop(found["its_name"], None)  # in the order in which they were written last
                    functions[found["its_name"]] = _new(found["function"])
                elif found["trigger"]:
                    triggers[found["table"], found["name"]] = _wrapped(found["trigger"])
                else:
                    triggers.pop((found["of"], found["gone"]), None)
    return functions, triggers


def _statements(operations: Sequence[Operation]) -> Iterator[str]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _statements(operation.database_operations)
        elif isinstance(operation, migrations.RunSQL):
            yield from [operation.sql] if isinstance(operation.sql, str) else map(str, operation.sql)


def _new(function: str) -> str:
    return function.strip().replace("CREATE OR REPLACE FUNCTION", "CREATE FUNCTION") + ";"


def _wrapped(trigger: str) -> str:
    """In lines of one length, none of which ends within a text."""
    words = re.sub(r'\b(NEW|OLD)\."(\w+)"', r"\1.\2", " ".join(trigger.split()))
    if len(words) < LINE:
        return words + ";"
    kept = re.sub(r"'[^']*'", lambda text: text[0].replace(" ", "\0"), words)
    parts = re.split(r" (?=DEFERRABLE |FOR EACH |EXECUTE FUNCTION )", kept)
    lines = [
        line for part in parts for line in textwrap.wrap(part, LINE - 4, break_long_words=False, break_on_hyphens=False)
    ]
    return "\n    ".join(lines).replace("\0", " ") + ";"


def _lines(text: str) -> list[str]:
    return textwrap.wrap(text, LINE - 4, break_long_words=False, break_on_hyphens=False)


def _by_table(triggers: dict[tuple[str, str], str]) -> str:
    tables: dict[str, list[str]] = {}
    for (table, _), text in sorted(triggers.items()):
        tables.setdefault(table, []).append(text)
    return "\n\n".join("\n".join(texts) for texts in tables.values()) + "\n"


def _migration(loader: MigrationLoader, names: list[str]) -> str:
    state = loader.project_state((APP, names[-1]))
    made = sorted((model for (app, _), model in state.models.items() if app == APP), key=lambda model: model.name)
    operations = [_made(model) for model in made]
    facts = {"operations": operations, "dependencies": DEPENDENCIES, "initial": True}
    facts["replaces"] = [(APP, name) for name in names]
    written = MigrationWriter(type("Migration", (migrations.Migration,), facts)("", APP), include_header=False)
    return _in_one_operation(written.as_string(), names[-1])


def _made(model: ModelState) -> Operation:
    options = {key: value for key, value in model.options.items() if value or key == "default_permissions"}
    made = migrations.CreateModel(model.name, _fields(model), options, model.bases, model.managers)
    return migrations.SeparateDatabaseAndState(state_operations=[made]) if model.name in MADE_BY_SQL else made


def _fields(model: ModelState) -> list[tuple[str, Field]]:
    names = list(model.fields)
    for (of, name), following in RENAMED.items():
        if of == model.name:
            names.remove(name)
            names.insert(names.index(following), name)
    return [(name, model.fields[name]) for name in names]


def _in_one_operation(text: str, last: str) -> str:
    head, models = text.split("    operations = [\n")
    models = models.rstrip().removesuffix("]").rstrip()
    imported = "from django.db import migrations, models\n"
    head = head.replace(
        imported,
        f"from pathlib import Path\n\n{imported}\nfrom yuetan.database.create_tables import CreateTables\n\n"
        f'SQL = Path(__file__).parent / "squashed_{last[:4]}"\n\n\n'
        'def run(name):\n    """What one of the files says."""\n'
        '    return migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8"))\n',
    )
    doc = '"""All tables at once, for a database that is empty; written by script/squash_migrations.py."""\n\n'
    return (
        f"{doc}{head}    operations = [\n        run('before_tables'),\n        CreateTables([\n{models}\n        ]),\n"
        "        *(run(name) for name in ('tables', 'functions', 'triggers', 'rows')),\n    ]\n"
    )


if __name__ == "__main__":
    main()
