"""An invented council with a known truth: people, their answers, unpaid help, and what it cost.

Nobody in it is real. What each plan would cost by need alone is known, so the best accuracy any
formula could reach, and any unfairness planted in it, are known too. The same seed gives the same
person at the same place, however many people are asked for::

    council = synthetic.Council(synthetic.PRESETS["dudley-2012"], seed=1)
    columns = council.people(14_745)             # name -> array
    synthetic.write(council, Path("history.parquet"), people=14_745)

Marginals with a source and assumptions without one are told apart in `presets`.
"""

from __future__ import annotations

from ownway.policy.synthetic.council import Council, Knobs
from ownway.policy.synthetic.planting import Gap, read_gap
from ownway.policy.synthetic.presets import PRESETS, Preset
from ownway.policy.synthetic.writing import write

__all__ = ["PRESETS", "Council", "Gap", "Knobs", "Preset", "read_gap", "write"]
