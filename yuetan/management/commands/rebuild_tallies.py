"""manage.py rebuild_tallies."""

from django.core.management.base import BaseCommand

from yuetan import report_sums, tallies
from yuetan.actions.received.repeats import rebuild_repeats


class Command(BaseCommand):
    """Count every case anew, some at a time, while the site goes on; which 三书一函 repeat an earlier one; and what the
    reports of each period come to."""

    help = "重建统计：按全部约谈事项现在的记录重新计数，重新比对三书一函的重复事项，重新汇总各期报表"

    def handle(self, *args: object, **options: object) -> None:
        """Say how many counters there are now."""
        rebuild_repeats()
        report_sums.rebuild()
        self.stdout.write(f"统计已重建，共 {tallies.rebuild()} 个计数。")
