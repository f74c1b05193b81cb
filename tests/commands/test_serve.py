"""`ownway serve` refuses what would be unsafe, every reason at once."""

from ownway.commands.serve import unsafe

SAFE = {
    "OWNWAY_SECRET_KEY": "x" * 50,
    "OWNWAY_HOSTS": "care.example.org",
    "OWNWAY_TLS": "1",
    "DATABASE_URL": "postgresql://ownway@db/ownway",
}


def test_a_safe_environment_has_no_faults() -> None:
    assert unsafe(SAFE) == []


def test_an_empty_environment_is_told_everything_that_is_missing() -> None:
    faults = " ".join(unsafe({}))

    for name in ("OWNWAY_SECRET_KEY", "OWNWAY_HOSTS", "OWNWAY_TLS"):
        assert name in faults


def test_the_embedded_database_is_for_demonstration_only() -> None:
    faults = unsafe(SAFE | {"DATABASE_URL": "postgresql://ownway@/ownway?host=/var/lib/x/run"})

    assert any("demonstration" in fault for fault in faults)


def test_a_real_council_has_no_settable_clock() -> None:
    assert any("clock" in fault for fault in unsafe(SAFE | {"OWNWAY_DEMO": "1"}))
