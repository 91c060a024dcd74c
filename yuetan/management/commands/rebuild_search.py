"""manage.py rebuild_search."""

from django.core.management.base import BaseCommand

from yuetan import search_index


class Command(BaseCommand):
    """Write every row of the search index anew, in one transaction."""

    help = "重建检索：按事项和提醒函现在的文字重写全部检索行"

    def handle(self, *args: object, **options: object) -> None:
        """Say how many rows there are now."""
        self.stdout.write(f"检索已重建，共 {search_index.rebuild()} 行。")
