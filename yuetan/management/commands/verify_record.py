"""manage.py verify_record."""

from django.core.management.base import BaseCommand, CommandError

from yuetan.actions.record.verify_record import verify_record


class Command(BaseCommand):
    """Compute every chain anew and compare every row of the record with its seal; what was found is kept."""

    help = "查验记录：逐条核对封存链、每一行记录和每日存证；有不符的，说出第一处，以非零状态退出"

    def handle(self, *args: object, **options: object) -> None:
        """Say how much was verified; raises CommandError, which names the first fault, if there is any."""
        result = verify_record()
        if result.faults:
            raise CommandError(f"记录被改动，共 {result.faults} 处，第一处是：{result.first_fault}")
        self.stdout.write(f"记录完好：封存链 {result.entries} 条、记录 {result.rows} 行均与封存时一致。")
