"""Fixtures that several test modules share."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the public figures to test against, which lies beside the project."""
    folder = Path(__file__).resolve().parents[1].parent / "shared" / "data"
    if not folder.is_dir():
        reason = "the public figures of ../shared/data are not here"
        if os.environ.get("CI") == "true":
            pytest.fail(reason + ", and in CI every test must run")
        pytest.skip(reason)
    return folder
