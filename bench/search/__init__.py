"""How soon and how surely somebody, or something near them, is found by what was typed.

Each part is a module with `measure(argv) -> int`: 0 when it keeps what we promise, 1 when not.
`ownway bench search` runs them all; `ownway bench search people` runs one.
"""

PARTS = ("people", "directory")
