"""All faults of one kind at once, one line each: a test that stops at the first hides the rest."""

from collections.abc import Iterable

import pytest

SHOWN = 200


def assert_none(faults: Iterable[str]) -> None:
    lines = list(faults)
    if lines:
        more = [f"… and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        pytest.fail("\n".join([f"{len(lines)} faults", *lines[:SHOWN], *more]), pytrace=False)
