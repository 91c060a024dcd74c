"""manage.py check_records."""

import re

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuetan.actions.record.check_records import disagreements
from yuetan.actions.record.disagreement import Findings
from yuetan.models import Case
from yuetan.rules.dates import clock


class Command(BaseCommand):
    """Compare all records with each other and name the first disagreement of each kind; writes nothing."""

    help = "核对记录：状态、操作日志、文书、文号、权限、日期、纪要、文件是否一致；有不一致的，以非零状态退出"

    def add_arguments(self, parser: CommandParser) -> None:
        """--case for one case."""
        parser.add_argument("--case", default="", help="只核对一件：序号（本年），或者“年度-序号”，如 2026-12")

    def handle(self, *args: object, case: str, **options: object) -> None:
        """Say what disagrees; raises CommandError if anything does, or if there is no such case."""
        findings = Findings.of(disagreements(_case(case) if case else None))
        for line in findings.lines():
            self.stderr.write(self.style.ERROR(line))
        if findings.counts:
            raise CommandError(f"共 {sum(findings.counts.values())} 处不一致。")
        self.stdout.write("记录一致。")


def _case(number: str) -> Case:
    match = re.fullmatch(r"(?:(\d{4})\D+)?(\d+)\D*", number.removeprefix("约谈〔"))
    year, serial = (match[1] or clock.today().year, match[2]) if match else (0, 0)
    case = Case.objects.filter(register_year=year, register_serial=serial).first()
    if case is None:
        raise CommandError(f"没有编号为“{number}”的约谈事项。")
    return case
