"""manage.py watch."""

import time
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuetan.actions.messages.watch import SECONDS, RecurringJob, recurring_jobs


class Command(BaseCommand):
    """Keep the clock beside the site: the daily run, and beside it messages out and files scanned as they come."""

    help = "值守：每天运行一次每日任务，随时投送消息、给待查毒的文件查毒；出错的隔一会再试；按 Ctrl-C 停止"

    def add_arguments(self, parser: CommandParser) -> None:
        """--once for one round."""
        parser.add_argument("--once", action="store_true", help="只做一轮；有出错的，以非零状态退出")

    def handle(self, *args: object, **options: object) -> None:
        """Round by round until stopped; raises CommandError after a single round in which something failed."""
        watched = recurring_jobs()
        if options["once"]:
            _one_round(watched)
            return
        while True:
            for job in watched:
                job.begin_if_its_turn()
            time.sleep(SECONDS)


def _one_round(watched: Sequence[RecurringJob]) -> None:
    """One job after another, so that all are done at the end."""
    for job in watched:
        job.run_if_its_turn()
    failed = [job.name for job in watched if job.failures]
    if failed:
        raise CommandError(f"出错：{'、'.join(failed)}。")
