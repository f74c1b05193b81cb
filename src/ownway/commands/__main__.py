"""`python -m ownway.commands COMMAND`."""

import sys

from ownway.commands import main

sys.exit(main())
