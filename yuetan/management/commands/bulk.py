"""manage.py bulk."""

import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuetan.errors import Refused
from yuetan.models.record.sealed_tables import SEALED_TABLES
from yuetan.scenarios.bulk.assessments import load_assessments
from yuetan.scenarios.bulk.load import load_bulk
from yuetan.scenarios.bulk.returns import load_returns


class Command(BaseCommand):
    """Write any number of lawful cases with the rooms around them, to measure with."""

    help = "成批生成处于各种合法状态的虚构事项，供测速用；不得用于办公的数据库"

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and by which lot."""
        parser.add_argument("--cases", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--units", type=int, default=0, help="另有这么多个镇（街）每周报送")
        parser.add_argument("--periods", type=int, default=60, help="报送的期数")

    def handle(self, *args: object, **options: object) -> None:
        """Say how far it is."""
        begun = time.monotonic()

        def progress(name: str, written: int) -> None:
            label = SEALED_TABLES[name].label if name in SEALED_TABLES else "报表"
            self.stdout.write(f"{label}：{written} 件，{time.monotonic() - begun:.0f} 秒")

        try:
            seed, units = int(str(options["seed"])), int(str(options["units"]))
            load_bulk(int(str(options["cases"])), seed, progress=progress)
            if units:
                load_returns(units, int(str(options["periods"])), seed, progress=progress)
            load_assessments(progress=progress)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
