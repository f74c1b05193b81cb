"""The access log: partitions by month, a chain of hashes, and no way to change a row."""

from django.db import migrations

UP = """
CREATE SEQUENCE record_accesslog_number;
CREATE TABLE record_accesslog (
    number bigint NOT NULL,
    at timestamptz NOT NULL,
    sign_in_id bigint NOT NULL,
    person_id bigint NOT NULL,
    seen_as varchar(60) NOT NULL,
    what varchar(120) NOT NULL,
    why varchar(300) NOT NULL,
    chain bytea NOT NULL,
    PRIMARY KEY (number, at)
) PARTITION BY RANGE (at);
CREATE TABLE record_accesslog_other PARTITION OF record_accesslog DEFAULT;
CREATE INDEX record_accesslog_person ON record_accesslog (person_id, number DESC);
CREATE TABLE record_accesslog_head (
    the_one boolean PRIMARY KEY DEFAULT true CHECK (the_one), chain bytea NOT NULL
);
INSERT INTO record_accesslog_head VALUES (true, ''::bytea);

CREATE FUNCTION record_look_hash(
    before bytea, number bigint, at timestamptz, sign_in_id bigint, person_id bigint,
    seen_as text, what text, why text
) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(before || convert_to(concat_ws(E'\\x1f', number, extract(epoch FROM at),
        sign_in_id, person_id, seen_as, what, why), 'UTF8'))
$$;

CREATE FUNCTION record_chain_look() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head bytea;
BEGIN
    SELECT chain INTO head FROM record_accesslog_head FOR UPDATE;
    NEW.number := nextval('record_accesslog_number');
    NEW.chain := record_look_hash(head, NEW.number, NEW.at, NEW.sign_in_id, NEW.person_id,
        NEW.seen_as, NEW.what, NEW.why);
    UPDATE record_accesslog_head SET chain = NEW.chain;
    RETURN NEW;
END $$;
CREATE TRIGGER record_chain_look BEFORE INSERT ON record_accesslog
    FOR EACH ROW EXECUTE FUNCTION record_chain_look();

CREATE FUNCTION record_looks_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the access log is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER record_looks_stay BEFORE UPDATE OR DELETE ON record_accesslog
    FOR EACH ROW EXECUTE FUNCTION record_looks_stay();

DO $$
DECLARE month date := date '2025-01-01';
BEGIN
    WHILE month < date '2029-01-01' LOOP
        EXECUTE format(
            'CREATE TABLE record_accesslog_%s PARTITION OF record_accesslog FOR VALUES FROM (%L) TO (%L)',
            to_char(month, 'YYYY_MM'), month, month + interval '1 month');
        month := month + interval '1 month';
    END LOOP;
END $$;
"""
DOWN = """
DROP TABLE record_accesslog;
DROP TABLE record_accesslog_head;
DROP SEQUENCE record_accesslog_number;
DROP FUNCTION record_chain_look();
DROP FUNCTION record_looks_stay();
DROP FUNCTION record_look_hash(bytea, bigint, timestamptz, bigint, bigint, text, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunSQL(UP, DOWN)]
