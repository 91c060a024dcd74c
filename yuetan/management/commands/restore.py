"""manage.py restore."""

from pathlib import Path

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuetan.actions.backup.restore import Backup, backup_at, check_backup, check_sums, refuse_if_in_use, restore
from yuetan.actions.people.second_factor import accounts_of_another_key
from yuetan.errors import BackupDamaged, BackupFailed

ANOTHER_KEY = (
    "YUETAN_SECRET_KEY 不是备份时的那一把，下列账号的动态口令和备用码都已失效：{accounts}。"
    "请换回原来的密钥；没有了的，先用 reset_account 让安全管理员登录，再由安全管理员在账号页逐个清除第二重验证。"
)
CHECKS = ("check_records", "verify_record")


class Command(BaseCommand):
    """Restore a backup into an empty installation, bring it up to this version, and check all records."""

    help = (
        "恢复：把一份备份恢复到空的数据库和空的目录，逐个核对SHA-256，升级到本版本，再核对全部记录；已有数据的，不恢复"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The backup, the private key for it, and whether it is only to be read."""
        parser.add_argument("backup", type=Path, help="备份目录中带时间的那个目录")
        parser.add_argument("--key", type=Path, help="加密的备份：存放 age 私钥的文件")
        parser.add_argument("--check-only", action="store_true", help="只逐个核对备份里的内容，什么都不恢复")

    def handle(self, *args: object, **options: object) -> None:
        """Say how it went; raises CommandError with what stands against it, or what the checks have found."""
        try:
            backup = backup_at(Path(str(options["backup"])), Path(str(options["key"])) if options["key"] else None)
            self.stdout.write(f"SHA256SUMS 的核对值 {check_sums(backup)}，请与备份时记下的比较。")
            if options["check_only"]:
                self.stdout.write(f"备份完好：数据库，文件 {check_backup(backup)} 个。")
                return
            self._restore(backup)
        except (BackupDamaged, BackupFailed) as failed:
            raise CommandError(str(failed)) from failed
        except OSError as error:
            raise CommandError(f"写不进去或者读不出来：{error}") from error

    def _restore(self, backup: Backup) -> None:
        refuse_if_in_use()
        head = restore(backup)
        self.stdout.write(f"已恢复 {head.made_at} 的备份，正在升级和核对。")
        call_command("migrate", verbosity=0)
        call_command("load", verbosity=0)
        for command in CHECKS:
            if command in get_commands():
                call_command(command, stdout=self.stdout, stderr=self.stderr)
        if accounts := accounts_of_another_key():
            self.stdout.write(ANOTHER_KEY.format(accounts="、".join(accounts)))
