"""manage.py examine."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from django.core.files.uploadedfile import UploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuetan.actions.files.attachment import ExaminedFile, examine_each


class Outcome(TypedDict):
    """What an upload of one file would be answered."""

    name: str
    accepted: bool
    kind: str
    kept_as: str
    reason: str


class Command(BaseCommand):
    """Say what would come of uploading files, as an upload does; exits with 1 if one is refused."""

    help = "检查文件：告诉上传这些文件会怎样（收不收、什么类型、存成什么名字、为什么不收）；不上传，不保存"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which files, and how to say it."""
        parser.add_argument("files", nargs="+", metavar="文件", type=Path)
        parser.add_argument("--format", choices=["text", "json"], default="text", help="json：供其他程序读取")

    def handle(self, *args: object, **options: object) -> None:
        """Say it of each file; raises CommandError for a file that cannot be read."""
        paths: list[Path] = options["files"]  # type: ignore[assignment]
        outcomes = list(_outcomes(paths))
        if options["format"] == "json":
            self.stdout.write(json.dumps(outcomes, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(map(_in_words, outcomes)))
        if not all(outcome["accepted"] for outcome in outcomes):
            sys.exit(1)


def _outcomes(paths: list[Path]) -> Iterator[Outcome]:
    for path in paths:
        try:
            with path.open("rb") as content:
                yield _outcome(UploadedFile(content, path.name, size=path.stat().st_size))
        except OSError as problem:
            raise CommandError(f"读不了“{path}”：{problem.strerror}。") from problem


def _outcome(file: UploadedFile) -> Outcome:
    name = file.name or ""
    (examined,) = examine_each([file]).values()
    if isinstance(examined, ExaminedFile):
        return {"name": name, "accepted": True, "kind": examined.kind.value, "kept_as": examined.name, "reason": ""}
    return {"name": name, "accepted": False, "kind": "", "kept_as": "", "reason": f"{examined}。"}


def _in_words(outcome: Outcome) -> str:
    if not outcome["accepted"]:
        return f"不收  {outcome['name']}：{outcome['reason']}"
    kept = "" if outcome["kept_as"] == outcome["name"] else f"，保存为 {outcome['kept_as']}"
    return f"收    {outcome['name']}：{outcome['kind'].upper()}{kept}"
