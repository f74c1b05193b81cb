"""`python -m ownway.commands.policy`, as `ownway policy`."""

import sys

from ownway.commands.policy import main

sys.exit(main())
