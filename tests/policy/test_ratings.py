"""A rating that is none."""

import pytest

from ownway.policy.ratings import is_held


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_there_are_one_to_five_stars(stars, dudley):
    with pytest.raises(ValueError, match="from 1 to 5 stars"):
        is_held(stars, pack=dudley)
