"""manage.py permissions."""

import json

from django.core.management.base import BaseCommand, CommandParser

from yuetan.permissions import matrix


class Command(BaseCommand):
    """Print the whole table of permissions: who may do what."""

    help = "打印全部权限：角色和当事人各能做什么"

    def add_arguments(self, parser: CommandParser) -> None:
        """One format so far."""
        parser.add_argument("--format", choices=("json",), default="json")

    def handle(self, *args: object, **options: object) -> None:
        """Print as JSON."""
        self.stdout.write(json.dumps(matrix(), ensure_ascii=False, indent=2))
