"""A watch that is killed at random moments, on a count that is often broken: nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

MANY = int(os.environ.get("TURNOUT_WATCH_KILLS", "15"))
SCRIPT = Path(__file__).with_name("kills.py")


@pytest.mark.skipif(sys.platform == "win32", reason="the killed process is a fork")
@pytest.mark.slow
@pytest.mark.parametrize("kills", [5, pytest.param(MANY, id="many")])
def test_kills_and_corrupted_counts_lose_nothing(kills: int, tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), str(tmp_path), str(kills), "1"]
    most = 60 + 60 * kills  # seconds, on a machine that is busy
    done = subprocess.run(command, capture_output=True, text=True, timeout=most, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["errors"] == ""
    assert told["faults"] == []  # no reader saw a part, or figures of two updates
    assert told["lost"] == []  # what was shown is in the history
    assert told["last"] == 640 + 500 + kills - 1
    assert told["twice"] == 0
    np.testing.assert_allclose(*told["median"], atol=1e-6)
