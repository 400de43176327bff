"""The page of the night, served: read-only, to this machine alone unless asked otherwise."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.language import LANGUAGES, Language, Text
from turnout.output.reasons import reason_of
from turnout.watch.night import Standing
from turnout.watch.page.page import live_part, served_page, static_file

LOOPBACK = "127.0.0.1"

_THREADS = 4
# No script, style or picture but the page's own; nobody frames it, nothing is sent anywhere.
_HEADERS = (
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
)
_LOCAL_NAMES = {"localhost", "127.0.0.1", "[::1]"}

Answer = tuple[str, str, bytes, str]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]


@dataclass
class Board:
    """What visitors see: pages made when something is new, so that a visit costs nothing.

    Parameters
    ----------
    election
        The election.
    lang
        Language of the page where a visitor chooses none.
    local
        Whether only this machine may ask; a page elsewhere cannot then read it by another name.
    """

    election: Election
    lang: Language
    local: bool = True
    _pages: dict[tuple[str, Language], str] = field(default_factory=dict, init=False)
    _number: int = field(default=0, init=False)

    def put(self, standing: Standing) -> None:
        """Show where the night stands."""
        pages = {("page", lang): served_page(standing, lang, self.election) for lang in LANGUAGES}
        pages |= {("live", lang): live_part(standing, lang, self.election) for lang in LANGUAGES}
        # One assignment each: a visitor finds the old pages or the new ones.
        self._pages = pages
        self._number += 1

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """Answer a request, as a WSGI application."""
        status, kind, body, tag = self._answer(environ)
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), *_HEADERS]
        if tag:
            headers.append(("ETag", f'"{tag}"'))
        if status.startswith("405"):
            headers.append(("Allow", "GET, HEAD"))
        start(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _plain("405 Method Not Allowed")
        name = str(environ.get("HTTP_HOST", "")).rpartition(":")
        host = name[0] if name[1] and not name[2].endswith("]") else name[2]
        if self.local and host.lower() not in _LOCAL_NAMES:
            return _plain("403 Forbidden")
        asked = parse_qs(str(environ.get("QUERY_STRING", "")))
        lang = next((one for one in LANGUAGES if [one] == asked.get("lang")), self.lang)
        path = environ.get("PATH_INFO") or "/"
        number = str(self._number)
        if path == "/":
            return "200 OK", "text/html; charset=utf-8", self._page("page", lang), number
        if path == "/live":
            if [number] == asked.get("seen"):
                return "204 No Content", "text/plain", b"", number
            return "200 OK", "text/html; charset=utf-8", self._page("live", lang), number
        if path in _STATIC:
            name_of, kind = _STATIC[path]
            return "200 OK", kind, static_file(name_of).encode(), ""
        return _plain("404 Not Found")

    def _page(self, part: str, lang: Language) -> bytes:
        return self._pages[part, lang].encode("utf-8", errors="replace")


@contextmanager
def served(board: Board, host: str, port: int) -> Iterator[str]:
    """Serve a board for as long as the context lasts; gives the address of the page.

    Parameters
    ----------
    board
        What is shown.
    host
        Interface to listen at.
    port
        Port; any free one for 0.

    Raises
    ------
    TurnoutError
        If the library for it is not installed, or nobody can listen there.
    """
    try:
        from waitress.server import create_server
        from waitress.wasyncore import close_all
    except ImportError:
        raise TurnoutError(_NOT_INSTALLED) from None
    sockets: dict[int, Any] = {}
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0]
        server = create_server(
            board, map=sockets, host=address, port=port, threads=_THREADS, ident=None
        )
    except (OSError, ValueError) as error:
        close_all(sockets, ignore_all=True)
        why = reason_of(error)
        raise TurnoutError(_CANNOT_LISTEN, host=host, port=port, why=why) from None
    thread = Thread(target=server.run, name="page of the night", daemon=True)
    thread.start()
    try:
        yield _address(host, server.effective_port)
    finally:
        # In the server's own thread, which then finds nothing left to wait for.
        server.trigger.pull_trigger(lambda: close_all(sockets))
        thread.join(5)


def is_local(host: str) -> bool:
    """Whether an interface is seen by this machine alone.

    >>> is_local("127.0.0.1"), is_local("localhost"), is_local("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(host: str, port: int) -> str:
    shown = "localhost" if is_local(host) or host in ("0.0.0.0", "::") else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def _plain(status: str) -> Answer:
    return status, "text/plain; charset=utf-8", f"{status}\n".encode(), ""


_STATIC = {
    "/night.css": ("night.css", "text/css; charset=utf-8"),
    "/night.js": ("night.js", "text/javascript; charset=utf-8"),
}
_NOT_INSTALLED = Text(
    en="Serving the page needs one more library: pip install 'turnout[serve]'",
    id="Untuk menyajikan halaman diperlukan satu pustaka lagi: pip install 'turnout[serve]'",
)
_CANNOT_LISTEN = Text(
    en="The page cannot be served at {host}, port {port} ({why}). Choose another port with --port.",
    id="Halaman tidak dapat disajikan di {host}, port {port} ({why}). Pilih port lain dengan "
    "--port.",
)
