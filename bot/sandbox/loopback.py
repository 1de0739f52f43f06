"""Which hosts are this machine: the sandbox listens on no other and answers no page of another."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address is the machine itself, by its spelling alone."""
    if not host:
        return False
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_own_request(host_header: str | None, origin: str | None) -> bool:
    """Whether a request was meant for this machine and, where a page made it, for a page of this very server.

    A name that somebody else's server made point here (DNS rebinding) has the wrong ``Host``; a page from elsewhere
    (cross-site request) has another ``Origin``.
    """
    try:
        if not is_loopback(urlsplit(f"//{host_header or ''}").hostname):
            return False
    except ValueError:
        return False
    return origin is None or origin == f"http://{host_header}"
