"""manage.py process."""

import json

from django.core.management.base import BaseCommand, CommandParser

from yuetan.models.process import as_data, as_dot


class Command(BaseCommand):
    """Print the whole machine: states, transitions, permissions, conditions, and the acts beside the main line."""

    help = "打印全部流程：状态、步骤、权限、条件"

    def add_arguments(self, parser: CommandParser) -> None:
        """json for programs, dot for graphviz."""
        parser.add_argument("--format", choices=("json", "dot"), default="json")

    def handle(self, *args: object, **options: object) -> None:
        """Print in the asked format."""
        as_json = options["format"] == "json"
        self.stdout.write(json.dumps(as_data(), ensure_ascii=False, indent=2) if as_json else as_dot())
