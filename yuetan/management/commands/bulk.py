"""manage.py bulk."""

import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuetan.errors import Refused
from yuetan.scenarios.bulk.load import load_bulk


class Command(BaseCommand):
    """Write any number of lawful cases, to measure with."""

    help = "成批生成处于各种合法状态的虚构事项，供测速用；不得用于办公的数据库"

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and by which lot."""
        parser.add_argument("--cases", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: object, **options: object) -> None:
        """Say how far it is."""
        begun = time.monotonic()

        def progress(written: int) -> None:
            self.stdout.write(f"{written} 件，{time.monotonic() - begun:.0f} 秒")

        try:
            load_bulk(int(str(options["cases"])), int(str(options["seed"])), progress=progress)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
