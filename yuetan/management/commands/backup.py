"""manage.py backup."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuetan.actions.backup.backup import configured_folder, folder_at, make_backup
from yuetan.errors import BackupFailed


class Command(BaseCommand):
    """Back up the database and all files while the site is in use, into a folder that keeps each content once."""

    help = "备份：数据库和全部文件（网站照常使用），增量保存，附清单和SHA-256；没有备份完整的，以非零状态退出"

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("folder", nargs="?", default="", help="备份目录；不写的，用 YUETAN_BACKUP")

    def handle(self, *args: object, folder: str, **options: object) -> None:
        """Say what was kept and where; raises CommandError if not all was."""
        try:
            run = make_backup(folder_at(folder) if folder else configured_folder())
        except BackupFailed as failed:
            raise CommandError(str(failed)) from failed
        secret = "已加密" if run.encrypted else "未加密"
        self.stdout.write(
            f"已备份到 {run.folder}（{secret}）：文件 {run.file_count} 个，共 {run.byte_count} 字节，"
            f"本次新增 {run.added_byte_count} 字节。SHA256SUMS 的核对值 {run.sums_sha256}"
        )
