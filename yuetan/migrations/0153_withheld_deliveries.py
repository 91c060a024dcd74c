"""不再投送: a message whose recipient may not know any more; choices alone change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more state of a delivery."""

    dependencies = [("yuetan", "0150_soonest_of_unit")]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "待投送"),
                    ("sending", "投送中"),
                    ("sent", "已投送"),
                    ("failed", "投送失败"),
                    ("uncertain", "结果不明"),
                    ("withheld", "不再投送"),
                ],
                default="waiting",
                max_length=10,
                verbose_name="状态",
            ),
        ),
    ]
