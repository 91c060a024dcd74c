"""manage.py worker."""

import time

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from yuetan.actions.files.file_preview import make_next_preview
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.actions.papers.printing import PaperPrinter
from yuetan.imports.run import import_next
from yuetan.ledgers.export import BUILDERS

SECONDS = 1  # between two looks while there is nothing to do


class Command(BaseCommand):
    """Print papers, make the files that people have asked for, take in long tables, show Office files: in turn."""

    help = (
        "后台：依次印出已印发文书的PDF，生成已提出的导出和打包文件，核对、导入较长的表格，"
        "生成 Word、Excel 文件的预览；"
        "可以同时运行几个；按 Ctrl-C 停止"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """--once to end when nothing waits."""
        parser.add_argument("--once", action="store_true", help="做完等待中的就结束")

    def handle(self, *args: object, **options: object) -> None:
        """File by file until stopped."""
        printer = PaperPrinter()
        while True:
            done = printer.print_next() or prepare_next(BUILDERS) or import_next() or make_next_preview()
            if done is not None:
                self.stdout.write(str(done))
            elif options["once"]:
                return
            else:
                time.sleep(SECONDS)
                close_old_connections()  # those that broke while nothing was to be done
