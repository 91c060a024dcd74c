"""manage.py rebuild_tallies."""

from django.core.management.base import BaseCommand

from yuetan import tallies


class Command(BaseCommand):
    """Count every case anew, some at a time, while the site goes on."""

    help = "重建统计：按全部约谈事项现在的记录重新计数"

    def handle(self, *args: object, **options: object) -> None:
        """Say how many counters there are now."""
        self.stdout.write(f"统计已重建，共 {tallies.rebuild()} 个计数。")
