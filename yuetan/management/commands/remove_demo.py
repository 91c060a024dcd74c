"""manage.py remove_demo."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuetan.errors import Refused
from yuetan.scenarios.demo.remove import remove_demo


class Command(BaseCommand):
    """Empty a database that holds nothing but the demonstration."""

    help = "清除演示数据：人员、事项、文书、文件全部删去，只留办法、单位、办公室设定；已有自己的账号的，不清除"

    def add_arguments(self, parser: CommandParser) -> None:
        """The confirmation."""
        parser.add_argument("--yes", action="store_true", help="确认清除，不能恢复")

    def handle(self, *args: object, **options: object) -> None:
        """Say that it is done; raises CommandError if it is not confirmed, or there is more than the demonstration."""
        if not options["yes"]:
            raise CommandError("清除后不能恢复：确认要清除的，请加 --yes 再运行。")
        try:
            remove_demo()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("演示数据已清除。请用 manage.py appoint 设立第一个系统管理员。")
