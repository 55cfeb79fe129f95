"""Whether an address on the web answers: one careful request, to public machines only. Knows no framework.

Addresses are what authors wrote. The name is resolved once and that machine is asked, so that nobody can have the
service ask its own network by a name that changes; redirections are an answer and are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

SECONDS = 10.0
MISSING = frozenset({404, 410})
AGENT = "Mozilla/5.0 (compatible; curriculum-link-check)"
UNREACHABLE, NOT_PUBLIC = "unreachable", "not_public"
"""What is said of an address where nothing answered, and of one that we do not ask; other answers are HTTP statuses."""


def is_public(machine: str) -> bool:
    """Return whether an IP address is one of the public network."""
    return ipaddress.ip_address(machine).is_global


def ask(address: str, *, may_ask: Callable[[str], bool] = is_public) -> str:
    """Return ``""`` where an address answers, else what is wrong with it.

    Whoever wants a sign-in or no robots (401, 403, 405, 429) answers. Gone (404, 410) and broken (5xx) are named by
    their number.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        machine = str(socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)[0][4][0])
        if not may_ask(machine):
            return NOT_PUBLIC
        status = _status(parts.scheme, parts.hostname or "", (machine, port), _target(parts.path, parts.query))
    except (OSError, ValueError, http.client.HTTPException):
        return UNREACHABLE
    return str(status) if status in MISSING or status >= 500 else ""


def _status(scheme: str, host: str, machine: tuple[str, int], target: str) -> int:
    connection = http.client.HTTPConnection(host, machine[1], timeout=SECONDS)
    connection.sock = socket.create_connection(machine, timeout=SECONDS)
    try:
        if scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        connection.request("GET", target, headers={"User-Agent": AGENT, "Range": "bytes=0-0"})
        return connection.getresponse().status
    finally:
        connection.close()


def _target(path: str, query: str) -> str:
    return (path or "/") + (f"?{query}" if query else "")
