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
`packs.load` raises `refusals.PackRefused`, as does `packs.read_file(path, on=day)` for a council's
own file. `replay.again(stored)` works a stored one out anew.

Facts, briefly; `ownway policy schema allocate` prints them all:

* allocation: `who` ("person" or "carer"), `called` (a name for the sentences), and one of
  `answers` (`{"eating": {"level": 2, "help": "all"}, …}` for all nine of `domains.KEYS`, or
  `domains.CARER_KEYS` with only `level`; or `points` and `help_points` in place of them) or
  `need_points` and `help_points`; where `ras_method` is "component", levels only. Where they change
  the sum here: `night`, `living`, `reason`, `two_people` in each answer; and `breaks_pence`, or
  `breaks_yearly_pence` by a table;
* eligibility: `facs-2010`: `who` ("adult" or "carer"), `risks` (keys of `pack.lists["risks"]`
  that hold); carer: `regular_and_substantial`, `areas` (a band for each). `careact-2014`:
  `needs_from_impairment`, `outcomes` (`{"hygiene": ["L2"], "toilet": []}`, all of them),
  `significant_impact`; carer: `necessary_care`, `health_at_risk`, `outcomes`,
  `significant_impact`;
* charging (`ownway policy schema charge`): `who`, `called`, `budget_pence` (budget, cost
  or fee), and under the plain method of alderbrook only `income_pence`. The means test adds, each
  asked for by name when it is needed: `setting` ("home", "care_home", "short_stay",
  "reablement"), `week`; `capital_pence`, `joint_capital_pence`; `income_pence` with
  `disability_benefit_pence`, or `income` line by line (keys of `pack.lists["income"]`, ending
  `_pence`; a line left out is nothing, null is unknown); `household`, `age` or `born_on`
  ("1948-05-31"), `premiums`, `lone_parent`, `children`; `housing_costs_pence`,
  `disability_expenses_pence`, `night_care` (2010). A care home adds `home_value_pence`,
  `home_debts_pence`, `living_at_home` (keys of `pack.lists["who_lives_at_home"]`),
  `home_not_counted`, `disregard_weeks_used`, `weeks_since_disregard`, `nursing_care`,
  `passed_to_partner_pence` (with `income.work_pension_pence`). Where they apply:
  `free_because` (keys of `pack.lists["never_charged"]`; equipment with `price_pence`),
  `light_touch` ("refuses_details", "small_charge", "passported"), `notional_capital_pence` with
  `notional_weeks`, `partner` (their side, to see if looking at two together leaves more),
  `direct_care_pence` (2010 reablement). `charging.is_pension_age(facts, pack)` is True, False,
  or None where it is not settled. The result has `charge_pence`, `council_pays_pence`,
  `budget_pence`, `because`, and where they were worked out `capital_pence`, `tariff_pence`,
  `available_pence`, `nhs_pays_pence`, `home_counts`, `home_counts_from_week`, `looked_at`,
  `notional_capital_pence`, `notional_falls_by_pence`.

`settings` in any facts gives numbers of the pack anew, for a what-if.

Beside the decisions, each with its own docstring: `calibration` finds a formula in a council's
history, `synthetic` invents a council to try it on, `equality` compares groups of people. For
everybody at once, from the same graphs: `compile` makes a population run, `whatif` asks what a
change would do to a caseload, `runs` goes from file to file.
"""
