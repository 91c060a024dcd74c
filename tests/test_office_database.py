"""The copy every run gets of the office's database is whole and of today."""

from django.core.management import call_command

from tests import cast
from yuetan.loading.fixtures import load_fixtures
from yuetan.models import User


def test_the_copy_has_every_migration_everything_loaded_and_the_cast(office: object) -> None:
    call_command("migrate", check_unapplied=True, verbosity=0)  # leaves with an error code when something is missing
    assert load_fixtures().written == {}
    assert set(User.objects.values_list("name", flat=True)) == {name for name, *_ in cast.CAST}
