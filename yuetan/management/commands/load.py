"""manage.py load."""

from django.core.management.base import BaseCommand, CommandError

from yuetan.errors import Refused
from yuetan.loading.fixtures import load_fixtures
from yuetan.loading.privileges import privilege_warnings
from yuetan.pending_steps import follow_stale
from yuetan.tallies import fill_missing


class Command(BaseCommand):
    """Load roles, the law, units, settings and calendar where they lack; follow what a release may have left behind.

    Stale rows of 待办 are made equal, and cases that 统计 has not counted are counted.
    """

    help = "装入角色、办法、单位、办公室设定和节假日；已装入的保持不变，可重复运行"

    def handle(self, *args: object, **options: object) -> None:
        """Say what was written, and loudly what somebody should look at."""
        try:
            loaded = load_fixtures()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for name, count in loaded.written.items():
            self.stdout.write(f"{name}：写入 {count} 行")
        if followed := follow_stale():
            self.stdout.write(f"待办：更新 {followed} 件")
        if counted := fill_missing():
            self.stdout.write(f"统计：计入 {counted} 件")
        for warning in (*loaded.warnings, *privilege_warnings()):
            self.stderr.write(self.style.WARNING(f"！！ {warning}"))
