"""The home of one person who offers support stands on the map to the nearest kilometre only."""

from django.db import migrations

PLACES = """
UPDATE directory_place SET latitude = NULL, longitude = NULL,
    easting = round(easting / 1000.0) * 1000, northing = round(northing / 1000.0) * 1000
WHERE id IN (
    SELECT at.place_id FROM directory_entryplace AS at
    JOIN directory_entry AS entry ON entry.id = at.entry_id WHERE entry.kind = 'person'
)"""
ENTRIES = """
UPDATE directory_entry AS entry SET
    easting = round(entry.easting / 1000.0) * 1000,
    northing = round(entry.northing / 1000.0) * 1000,
    found_by = array_to_string(ARRAY(
        SELECT line FROM unnest(string_to_array(entry.found_by, E'\\n')) AS line
        WHERE line NOT IN (
            SELECT btrim(place.name || ' ' || place.town || ' ' || place.postcode)
            FROM directory_entryplace AS at JOIN directory_place AS place
            ON place.id = at.place_id WHERE at.entry_id = entry.id
        )
    ), E'\\n'),
    narrowed_by = ARRAY(
        SELECT tag FROM unnest(entry.narrowed_by) AS tag WHERE tag !~ '^[sl][0-9]+:'
        UNION SELECT size || place.easting / side || ':' || place.northing / side
        FROM unnest('{s,l}'::text[], '{2000,10000}'::int[]) AS square (size, side),
        directory_entryplace AS at JOIN directory_place AS place ON place.id = at.place_id
        WHERE at.entry_id = entry.id AND place.easting IS NOT NULL
    )
WHERE entry.kind = 'person'"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_keeping")]

    operations = [
        migrations.RunSQL([PLACES, ENTRIES], reverse_sql=migrations.RunSQL.noop),
    ]
