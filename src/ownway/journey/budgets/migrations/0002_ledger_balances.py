"""The ledger's promise, kept at commit: each transaction balances, in each book, for each person.

Written in SQL, for a trigger made by pgtrigger grows quadratically with the rows of one commit.
The check on the header catches a transaction without entries; the check on the entries catches
one that is added to later.
"""

from django.db import migrations

UP = """
CREATE FUNCTION budgets_balances(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(entries) >= 2 AND bool_and(pence = 0), false) FROM (
        SELECT sum(entry.pence) AS pence, count(*) AS entries
        FROM budgets_entry AS entry JOIN budgets_account AS account ON account.id = entry.account_id
        WHERE entry.transaction_id = which
        GROUP BY CASE WHEN account.kind IN ('granted', 'left', 'promised', 'spent')
            THEN account.person_id END
    ) AS books
$$;

CREATE FUNCTION budgets_refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE which bigint;
BEGIN
    IF TG_TABLE_NAME = 'budgets_entry' THEN which := NEW.transaction_id;
    ELSE which := NEW.id;
    END IF;
    IF NOT budgets_balances(which) THEN
        RAISE EXCEPTION 'transaction % does not balance', which USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER budgets_entries_balance AFTER INSERT ON budgets_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budgets_refuse_unbalanced();
CREATE CONSTRAINT TRIGGER budgets_transactions_balance AFTER INSERT ON budgets_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budgets_refuse_unbalanced();
"""
DOWN = """
DROP TRIGGER budgets_transactions_balance ON budgets_transaction;
DROP TRIGGER budgets_entries_balance ON budgets_entry;
DROP FUNCTION budgets_refuse_unbalanced();
DROP FUNCTION budgets_balances(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]
    operations = [migrations.RunSQL(UP, DOWN)]
