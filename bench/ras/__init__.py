"""One invented policy and one load of people, for every engine the allocation bench compares."""
