"""A 责任制 as rows, and the setting that says which one the office carries out; what is loaded is kept as it is."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("accountability", "rung", "door", "effect", "circumstance", "articlenote")


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0075_pinyin'),
    ]

    operations = [
        migrations.AlterField(
            model_name='officesetting',
            name='kind',
            field=models.CharField(choices=[('number', '数字'), ('text', '文字'), ('posts', '职务'), ('flag', '是否'), ('law', '责任制文本')], max_length=10),
        ),
        migrations.CreateModel(
            name='Accountability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('grounds_article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.article')),
                ('regulation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='accountability', to='yuetan.regulation')),
            ],
            options={
                'ordering': ('regulation',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ArticleNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('other_bodies', '由其他机关决定'), ('no_step', '不产生步骤')], max_length=20)),
                ('words', models.TextField()),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='note', to='yuetan.article')),
            ],
            options={
                'ordering': ('article',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Rung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('circular', '通报'), ('interview', '约谈'), ('listed_supervision', '挂牌督办（黄牌警告）'), ('veto', '一票否决'), ('referral', '移送')], max_length=20)),
                ('words', models.TextField()),
                ('decided_by', models.CharField(blank=True, choices=[('leading_group', '领导小组'), ('office', '领导小组办公室'), ('member_unit', '成员单位'), ('county', '市（区）'), ('town', '镇（街）')], max_length=20)),
                ('has_time_limit', models.BooleanField()),
                ('accountability', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rungs', to='yuetan.accountability')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rungs', to='yuetan.article')),
            ],
            options={
                'ordering': ('accountability', 'number'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('unit', '地区、单位'), ('main_leader', '主要领导干部'), ('supervising_leader', '主管领导干部'), ('leader_in_charge', '分管领导干部')], max_length=20)),
                ('closed', models.CharField(choices=[('selection', '综合性评选'), ('commendation', '评先受奖'), ('promotion', '晋职晋级')], max_length=20)),
                ('words', models.TextField()),
                ('period', models.CharField(max_length=10)),
                ('months', models.PositiveSmallIntegerField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.article')),
                ('rung', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='effects', to='yuetan.rung')),
            ],
            options={
                'ordering': ('rung', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Door',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ground', '具有所列情形'), ('not_in_time', '上一档逾期未完成'), ('gravity', '危害、影响'), ('responsibility', '需要追究责任')], max_length=20)),
                ('words', models.TextField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.article')),
                ('after', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.rung')),
                ('rung', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='doors', to='yuetan.rung')),
            ],
            options={
                'ordering': ('rung', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Circumstance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('heavier', '从重'), ('lighter', '从轻')], max_length=10)),
                ('text', models.TextField()),
                ('accountability', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circumstances', to='yuetan.accountability')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.article')),
            ],
            options={
                'ordering': ('article', 'number'),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('article', 'number'), name='one_circumstance_per_number')],
            },
        ),
        migrations.AddConstraint(
            model_name='rung',
            constraint=models.UniqueConstraint(fields=('accountability', 'kind'), name='one_rung_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.UniqueConstraint(fields=('rung', 'subject', 'closed'), name='one_period_of_an_effect'),
        ),
        migrations.AddConstraint(
            model_name='door',
            constraint=models.UniqueConstraint(fields=('rung', 'kind'), name='one_door_of_a_kind'),
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_{table} "
                "FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change()",
                f"DROP TRIGGER kept ON yuetan_{table}",
            )
            for table in TABLES
        ),
    ]
