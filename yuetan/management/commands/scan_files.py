"""manage.py scan_files."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuetan.actions.files.rescan_files import NoScanner, scan_files


class Command(BaseCommand):
    """Scan the files that wait; exits with an error as long as one could not be scanned."""

    help = "查毒：扫描所有待查毒的文件；可重复运行，中断后再运行即可"

    def add_arguments(self, parser: CommandParser) -> None:
        """How old a clean verdict may be."""
        parser.add_argument("--again-after-days", type=int, metavar="天数", help="查过毒超过这些天的，再查一次")

    def handle(self, *args: object, **options: object) -> None:
        """Say what was found."""
        days = options["again_after_days"]
        try:
            outcome = scan_files(again_after=None if days is None else timedelta(days=int(str(days))))
        except NoScanner as none:
            raise CommandError("没有配置查毒：先设 YUETAN_CLAMD。") from none
        self.stdout.write(f"无异常 {outcome.clean} 个，隔离 {outcome.quarantined} 个，没有查成 {len(outcome.left)} 个")
        if outcome.left:
            raise CommandError("仍待查毒：\n" + "\n".join(outcome.left))
