"""manage.py rebuild_pending."""

from django.core.management.base import BaseCommand

from yuetan.pending_steps import rebuild


class Command(BaseCommand):
    """Derive all rows of 待办 anew from the table of steps; what is right stays as it is."""

    help = "按步骤表重新推算全部待办；已经一致的保持不变，可重复运行"

    def handle(self, *args: object, **options: object) -> None:
        """Say how many rows there are."""
        self.stdout.write(f"待办共 {rebuild()} 行。")
