"""manage.py watch."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from yuetan.actions.files.rescan_files import scan_waiting_files
from yuetan.actions.messages.daily import daily, is_due
from yuetan.actions.messages.delivery import deliver

SECONDS = 30


class Command(BaseCommand):
    """Keep the clock beside the site: the daily run each day, messages out and files scanned as they come."""

    help = "值守：每天运行一次每日任务，随时投送消息、给待查毒的文件查毒；按 Ctrl-C 停止"

    def add_arguments(self, parser: CommandParser) -> None:
        """--once for one round."""
        parser.add_argument("--once", action="store_true", help="只做一轮")

    def handle(self, *args: Any, **options: Any) -> None:
        """Round by round until stopped."""
        while True:
            close_old_connections()
            if is_due():
                daily()
            deliver()
            scan_waiting_files()
            if options["once"]:
                return
            time.sleep(SECONDS)
