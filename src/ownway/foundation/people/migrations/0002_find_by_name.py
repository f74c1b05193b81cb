"""An index of names by word, by sound and by what one slip of the hand makes of each word.

Plain SQL: it needs no extension, so it runs on every PostgreSQL from 15 on.
"""

from collections.abc import Iterable

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models.functions import Collate

# How a word sounds, coarsely: silent letters out, letters taken for each other on the telephone
# alike, vowels only at the beginning. Catherine and Kathryn are ktrn both; Philip and Filip flp.
SPOKEN = (
    ("ph", "f"), ("sch", "s"), ("tch", "j"), ("dg", "j"), ("sh", "j"), ("mps", "ms"), ("gh", ""),
    ("x", "ks"), ("chl", "kl"), ("chr", "kr"), ("cho", "ko"), ("chae", "kae"), ("ch", "j"),
    ("ge", "je"), ("gi", "ji"), ("gy", "jy"), ("ce", "se"), ("ci", "si"), ("cy", "sy"),
)  # fmt: skip


def _replaced(expression: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        expression = f"replace({expression}, '{old}', '{new}')"
    return expression


SOUND = f"""
CREATE FUNCTION people_sound(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    said text := CASE WHEN left(word, 2) IN ('kn', 'gn', 'pn', 'wr', 'ps') OR left(word, 1) = 'h'
                      THEN substr(word, 2) ELSE word END;
    coded text := translate({_replaced("said", SPOKEN)}, 'bdvgcqzm', 'ptfkkksn');
BEGIN
    coded := translate(left(coded, 1), 'eiouy', 'aaaaa')
        || translate(substr(coded, 2), 'aeiouyhw', '');
    RETURN {_replaced("coded", ((letter * n, letter) for letter in "ptfksnjlraw" for n in (3, 2)))};
END
$$
"""
# What stands in the index for a filed name: each word; after "-" each word with one letter left
# out; after "~" its sound; and the whole name run together, either name first.
LEXEMES = """
CREATE FUNCTION people_lexemes(name text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 SET search_path FROM CURRENT AS $$
DECLARE
    words text[] := string_to_array(name, ' ');
    word text;
    found text[] := ARRAY[array_to_string(words, '')];
BEGIN
    IF cardinality(words) = 0 THEN
        RETURN '';
    END IF;
    found := found || (words[cardinality(words)] || array_to_string(trim_array(words, 1), ''));
    FOREACH word IN ARRAY words LOOP
        found := found || word || ('~' || people_sound(word));
        IF length(word) > 2 THEN
            FOR at IN 1..length(word) LOOP
                found := found || ('-' || left(word, at - 1) || substr(word, at + 1));
            END LOOP;
        END IF;
    END LOOP;
    RETURN array_to_tsvector(array_remove(array_remove(found, ''), NULL));
END
$$
"""
# Who is meant by a question to that index. How many rows it finds is beyond the planner's guess:
# without these settings it reads the whole table by name, and works out each row's lexemes anew.
NAMED = """
CREATE FUNCTION people_named(asked tsquery) RETURNS SETOF bigint
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 200
SET enable_seqscan = off SET enable_indexscan = off SET search_path FROM CURRENT AS $$
    SELECT id FROM people_person WHERE people_lexemes(sort_name) @@ asked
$$
"""
# A telephone number as it is dialled at home, whatever stands between its digits.
DIGITS = r"""
CREATE FUNCTION people_digits(phone text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(phone, '\D', '', 'g'), '^44(?=\d{10}$)', '0')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(SOUND, "DROP FUNCTION people_sound(text)"),
        migrations.RunSQL(LEXEMES, "DROP FUNCTION people_lexemes(text)"),
        migrations.RunSQL(DIGITS, "DROP FUNCTION people_digits(text)"),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(models.F("sort_name"), function="people_lexemes"),
                name="people_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                Collate(models.Func(models.F("phone"), function="people_digits"), "C"),
                name="people_by_phone",
            ),
        ),
        migrations.RunSQL(NAMED, "DROP FUNCTION people_named(tsquery)"),
    ]
