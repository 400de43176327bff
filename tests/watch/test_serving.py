"""The page is served read-only, to this machine, and says when there is nothing new."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from turnout import Election
from turnout.errors import TurnoutError
from turnout.watch.night import Standing
from turnout.watch.serving import LOOPBACK, Board, served

ELECTION = Election("2024-11-27", "pilkada")


@pytest.fixture
def board() -> Board:
    board = Board(ELECTION, "en")
    board.put(Standing(troubles=({"en": "<b>broken</b>", "id": "<b>rusak</b>"},)))
    return board


@pytest.fixture
def address(board: Board) -> Iterator[str]:
    with served(board, LOOPBACK, 0) as address:
        yield address


def asked(address: str, **given: Any) -> Any:
    return urllib.request.urlopen(urllib.request.Request(address, **given), timeout=10)


def refused(address: str, **given: Any) -> int:
    with pytest.raises(urllib.error.HTTPError) as error:
        asked(address, **given)
    with error.value:
        return error.value.code


def test_the_page_is_there_in_both_languages(address: str) -> None:
    with asked(address) as page:
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        english = page.read().decode()
    assert '<html lang="en">' in english
    assert "&lt;b&gt;broken&lt;/b&gt;" in english
    with asked(f"{address}?lang=id") as page:
        assert "&lt;b&gt;rusak&lt;/b&gt;" in page.read().decode()
    for name in ("night.css", "night.js"):
        with asked(address + name) as page:
            assert page.read()


def test_nothing_new_is_no_page(address: str, board: Board) -> None:
    with asked(f"{address}live") as part:
        tag = part.headers["ETag"].strip('"')
    with asked(f"{address}live?seen={tag}") as part:
        assert part.status == 204
    board.put(Standing())
    with asked(f"{address}live?seen={tag}") as part:
        assert part.status == 200


def test_it_is_read_only_and_holds_nothing_else(address: str) -> None:
    assert refused(address, method="POST", data=b"x") == 405
    assert refused(address, method="DELETE") == 405
    assert refused(f"{address}../../etc/passwd") == 404
    assert refused(f"{address}night.html") == 404


def test_a_page_of_another_name_cannot_ask_for_it(address: str) -> None:
    assert refused(address, headers={"Host": "evil.example:8765"}) == 403


def test_a_board_for_others_answers_to_every_name() -> None:
    board = Board(ELECTION, "id", local=False)
    board.put(Standing())
    with (
        served(board, LOOPBACK, 0) as address,
        asked(address, headers={"Host": "kpu.example"}) as page,
    ):
        assert '<html lang="id">' in page.read().decode()


def test_a_port_in_use_is_told(address: str, board: Board) -> None:
    port = int(address.rstrip("/").rpartition(":")[2])
    with (
        pytest.raises(TurnoutError, match="another port with --port"),
        served(board, LOOPBACK, port),
    ):
        pass


@pytest.mark.parametrize("host", ["no such host", "256.1.1.1"])
def test_a_place_where_nobody_can_listen_is_told(board: Board, host: str) -> None:
    with pytest.raises(TurnoutError, match="cannot be served"), served(board, host, 0):
        pass


def test_the_server_ends_with_its_context(board: Board) -> None:
    with served(board, LOOPBACK, 0) as address:
        pass
    with pytest.raises(urllib.error.URLError):
        asked(address)
