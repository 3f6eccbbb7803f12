"""Where passkeys work: browsers make one only over https or on their own machine, and at an address that is a name."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Passkeys do not work at the address of a request; `href` is the same page where they do, empty without one."""

    href: str


def elsewhere(request: HttpRequest) -> Elsewhere | None:
    """None where a passkey can be asked for at the address of this request."""
    here, ours = urlsplit(f"//{request.get_host()}"), urlsplit(settings.PUBLIC_URL)
    name, number = here.hostname or "", _number(here.hostname or "")
    # Behind a proxy that does not tell us of TLS: where ours has it, nobody signs in without.
    has_tls = ours.scheme == "https"
    is_here = name == "localhost" or name.endswith(".localhost")
    if number is None and (is_here or has_tls or request.is_secure()):
        return None
    if has_tls and _number(ours.hostname or "") is None:
        return Elsewhere(href=settings.PUBLIC_URL + request.get_full_path())
    if number is not None and number.is_loopback:
        port = f":{here.port}" if here.port else ""
        return Elsewhere(href=f"{request.scheme}://localhost{port}{request.get_full_path()}")
    return Elsewhere(href="")


def _number(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
