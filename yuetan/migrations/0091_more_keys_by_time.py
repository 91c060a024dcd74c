"""Keys of what units come to since 0056, and of what people keep for themselves, are made of the time and chance too."""

from importlib import import_module

from django.db import migrations

by_time = import_module("yuetan.migrations.0056_keys_by_time").by_time
TABLES = (
    *("reportscheme", "schemeversion", "reportperiod", "periodicreport", "reportversion", "reportmark"),
    *("dossierentry", "commendation", "invitation", "agendaitem", "resolution"),
    *("receivedreply", "receivedclosing", "measureground", "circumstanceanswer", "paperfiling"),
    *("passkey", "totpdevice", "savedfilter", "follow", "draftfield"),
)


class Migration(migrations.Migration):

    dependencies = [
        ("yuetan", "0090_received_letters"),
    ]

    operations = [migrations.RunSQL(by_time(table)) for table in TABLES]
