"""据此办理的事项: one table for what was drafted on the facts of any room. What followed a visit moves into it, and so do
the measures that were found by the scheme that their matter names."""

from functools import reduce
from operator import or_

import django.db.models.deletion
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

SOURCES = ("visit", "report", "scheme", "received_letter", "sheet")
FOLLOWING = ("case", "letter", "measure_laid")
MOVED = """
    INSERT INTO yuetan_followup (id, visit_id, case_id, letter_id, measure_laid_id, linked_by_id, linked_at)
    SELECT id, visit_id, case_id, letter_id, measure_laid_id, linked_by_id, linked_at FROM yuetan_roundfollowup;
    SELECT setval(pg_get_serial_sequence('yuetan_followup', 'id'), max(id)) FROM yuetan_followup HAVING max(id) > 0;
    INSERT INTO yuetan_followup (scheme_id, measure_laid_id, linked_by_id, linked_at)
    SELECT scheme.id, measure.id, measure.drafter_id, measure.created_at
    FROM yuetan_accountabilitymeasure AS measure
    JOIN yuetan_reportscheme AS scheme ON position('“' || scheme.title || '”' IN measure.matter) > 0
    ORDER BY measure.created_at, measure.id, scheme.id;
"""
MOVED_BACK = """
    INSERT INTO yuetan_roundfollowup (id, visit_id, case_id, letter_id, measure_laid_id, linked_by_id, linked_at)
    SELECT id, visit_id, case_id, letter_id, measure_laid_id, linked_by_id, linked_at FROM yuetan_followup
    WHERE visit_id IS NOT NULL;
"""
KEPT = """
    CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_followup
    FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
"""


def of_exactly_one(names):
    """The condition that one of the keys leads somewhere, and no other."""
    return reduce(or_, (models.Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names))


def key(to, related_name):
    """One of the keys, of which most lead nowhere."""
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to
    )


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0147_indexes_of_what_is_counted'),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('linked_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('case', key('yuetan.case', 'source_links')),
                ('letter', key('yuetan.letter', 'source_links')),
                ('measure_laid', key('yuetan.accountabilitymeasure', 'source_links')),
                ('visit', key('yuetan.roundvisit', '+')),
                ('report', key('yuetan.periodicreport', 'follow_ups')),
                ('scheme', key('yuetan.reportscheme', 'follow_ups')),
                ('received_letter', key('yuetan.receivedletter', 'follow_ups')),
                ('sheet', key('yuetan.assessmentsheet', 'follow_ups')),
                (
                    'linked_by',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={'ordering': ('pk',), 'default_permissions': ()},
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=of_exactly_one(SOURCES), name='follow_up_of_one_source'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=of_exactly_one(FOLLOWING), name='follow_up_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(
                fields=(*SOURCES, *FOLLOWING), name='follows_once', nulls_distinct=False
            ),
        ),
        migrations.RunSQL(MOVED, MOVED_BACK),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.DeleteModel(name='RoundFollowUp'),
        migrations.AlterField(
            model_name='followup', name='visit', field=key('yuetan.roundvisit', 'follow_ups')
        ),
    ]
