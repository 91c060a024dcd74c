"""manage.py load."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from yuetan.errors import Refused
from yuetan.loading.fixtures import load_fixtures
from yuetan.loading.pack import check_pack
from yuetan.loading.privileges import privilege_warnings
from yuetan.loading.regulations import check_regulations, texts_in, uncited
from yuetan.pending_steps import follow_stale
from yuetan.tallies import fill_missing
from yuetan.vocabulary.names import FILE


class Command(BaseCommand):
    """Load roles, the law, units, settings and calendar where they lack; follow what a release may have left behind.

    Stale rows of 待办 are made equal, and cases that 统计 has not counted are counted. With --check nothing is written:
    texts of the law are checked, and every fault is named with its file and place.
    """

    help = "装入角色、办法、单位、办公室设定和节假日；已装入的保持不变，可重复运行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The texts to check."""
        parser.add_argument(
            "--check", action="store_true", help="只核对办法、责任制的文本，什么也不写入；有错的退出码为 1"
        )
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="文件",
            help="要核对的 .json 文件、文本的文件夹或者单位资料的文件夹；不写的，核对现在所用的全部",
        )

    def handle(self, *args: object, check: bool, paths: list[str], **options: object) -> None:
        """Say what was written, and loudly what somebody should look at."""
        if check:
            self._check_texts([Path(path) for path in paths] or [settings.PACK, settings.OWN_REGULATIONS])
        elif paths:
            raise CommandError("文件只用于 --check；装入的是随系统的文本和 YUETAN_VAR/regulations 里的文本。")
        else:
            self._load()

    def _check_texts(self, places: list[Path]) -> None:
        """Name every fault. Raises CommandError, so exits with 1, if there is one or nothing to check."""
        packs = [place for place in places if (place / FILE).is_file()]
        folders = [place / "regulations" if place in packs else place for place in places]
        texts = [path for place in folders for path in (texts_in(place) if place.suffix != ".json" else [place])]
        if missing := [path for path in texts if not path.is_file()]:
            raise CommandError("\n".join(f"{path}：没有这个文件。" for path in missing))
        if not texts:
            raise CommandError("没有可以核对的文本：每个文本是一个 .json 文件，旁边有同名的 .md 正文。")
        of_packs = [problem for pack in packs for problem in check_pack(pack)]
        if problems := [*of_packs, *check_regulations(texts)]:
            each = "\n".join(map(str, problems))
            raise CommandError(f"{each}\n共 {len(problems)} 处不合格，什么也没有写入。")
        for path in texts:
            self.stdout.write(f"{path.name}：合格")
            if silent := uncited(path):
                self.stdout.write(f"　　有 {silent} 项步骤、不予办理没有列入依据表，视为条文没有规定（办公室设定）")

    def _load(self) -> None:
        try:
            loaded = load_fixtures()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for name, count in loaded.written.items():
            self.stdout.write(f"{name}：写入 {count} 行")
        if followed := follow_stale():
            self.stdout.write(f"待办：更新 {followed} 件")
        if counted := fill_missing():
            self.stdout.write(f"统计：计入 {counted} 件")
        for warning in (*loaded.warnings, *privilege_warnings()):
            self.stderr.write(self.style.WARNING(f"！！ {warning}"))
