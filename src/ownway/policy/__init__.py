"""The rules, as plain functions over facts and a rule pack: no web, clock or database.

How to use it::

    from ownway.policy import allocation, charging, eligibility, packs

    pack = packs.load("facs-2010", profile="alderbrook", on=day)
    decision = allocation.decide(facts, pack)

Each `decide` takes facts (plain data, as from JSON; null is unknown) and a pack, and returns a
frozen `decision.Decision`:

* `result`: the answer as a dict; amounts end `_pence` and are weekly unless the name says so;
* `steps`: the sum line by line for people to read. Each `Step` has `label`, `sign` ("", "−",
  "×", "+", "÷", "="), `value` with its `unit`, `shown` ("£12.00", "40 points"), `figure` and
  `after` ("40" and "points"), `note`, `source`, `inputs`, and `rows`: the answers under it, each
  with `label`, `said`, `value`, `shown`, under a `caption`;
* `formula`: the sum in one line, "(40 − 25) × £12.00 × 0.95 = £171.00";
* `trace`: every node of the graph; `numbers`: every number of the pack that was used;
* `facts`, `pack`, `profile`, `pack_version`, `pack_hash`, `on`: to work it out again;
* `as_json()`: the whole as plain data.

It raises `refusals.FactsMissing` (`.names`, `.problems`) when facts are still unknown, and
`refusals.FactsRefused` (`.problems`, each with `place` and `reason`) when they cannot be right.
`packs.load` raises `refusals.PackRefused`. `replay.again(stored)` works a stored one out anew.

Facts, briefly; `ownway policy schema allocate` prints them all:

* allocation: `who` ("person" or "carer"), `called` (a name for the sentences), and one of
  `answers` (`{"eating": {"level": 2, "help": "all"}, …}` for all nine of `domains.KEYS`, or
  `domains.CARER_KEYS` with only `level`; or `points` and `help_points` in place of them) or
  `need_points` and `help_points`;
* eligibility: `facs-2010`: `who` ("adult" or "carer"), `risks` (keys of `pack.lists["risks"]`
  that hold); carer: `regular_and_substantial`, `areas` (a band for each). `careact-2014`:
  `needs_from_impairment`, `outcomes` (`{"hygiene": ["L2"], "toilet": []}`, all of them),
  `significant_impact`; carer: `necessary_care`, `health_at_risk`, `outcomes`,
  `significant_impact`;
* charging: `who`, `budget_pence`, `income_pence` under alderbrook; more under other methods.

`settings` in any facts gives numbers of the pack anew, for a what-if.
"""
