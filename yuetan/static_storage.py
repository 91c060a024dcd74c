"""Static files under names that change with their content, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_SCRIPTS = "js/*.js"  # those of Django packages import what they do not bring along
IMPORT = (r"""(?P<matched>\bfrom "(?P<url>\.[^"]+)";)""", 'from "%(url)s";')


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Files under hashed names, modules too: where one imports another, it asks for it by its hashed name."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, (OWN_SCRIPTS, (IMPORT,)))
