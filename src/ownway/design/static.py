"""Static files under hashed names, so that browsers keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites the names that scripts import."""

    support_js_module_import_aggregation = True
