"""What a phone asks for to install the console: the manifest, its icons, the service worker, the page without network.

All of it is for everybody and holds nothing of any business; which pages a phone may keep besides, `kept` says.
"""

import json
from pathlib import Path
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from answerback.console.accounts import tongue
from answerback.console.brand import brand_of
from answerback.console.installable import icons
from answerback.store import ids
from answerback.store.queries import agencies
from answerback.workflow.palette import theme

PNG = "image/png"
SIZES = (180, 192, 512)
BELOW_AN_ICON = 12
"""Letters a phone shows below an icon."""
WORKER = Path(__file__).parent / "worker.js"
SHELL = (
    "console/answerback.css",
    "console/answerback.js",
    "console/away.js",
    "console/beside.js",
    "console/finger.js",
    "console/keeping.js",
    "console/kept.js",
    "console/shops.js",
    "console/offline.js",
    "console/pending.js",
    "console/door.js",
    "console/icon.svg",
    "django_htmx/htmx-2.min.js",
)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest, under the name and in the colour of whose console it is."""
    brand = brand_of(request)
    drawn = [
        {
            "src": reverse("console:icon", args=[size]) + brand.icon,
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    with translation.override(tongue.of(request)):
        todos = _("To-dos")
    told = {
        "id": "/",
        "name": brand.name,
        "short_name": _short(brand.name),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": theme(brand.colour),
        "icons": drawn,
        "lang": tongue.of(request),
        "shortcuts": [{"name": todos, "url": reverse("console:todos")}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _short(name: str) -> str:
    """As many whole words as have room below an icon; a first word that is longer is cut by the phone itself."""
    kept = name.split()[:1]
    for word in name.split()[1:]:
        if len(" ".join([*kept, word])) > BELOW_AN_ICON:
            break
        kept.append(word)
    return " ".join(kept)


@require_safe
@cache_control(max_age=86400, public=True)
def icon(request: HttpRequest, size: int) -> HttpResponse:
    """The icon as PNG, in the colour of the agency that the address names, or with its logo where the address asks for
    one; it is kept for a day, for everybody.
    """
    if size not in SIZES:
        raise Http404
    told = ids.read(request.GET.get("of"))
    row = agencies.by_id(told) if told else None
    colour = theme(row.colour if row else "")
    logo = agencies.logo(row.id) if row and row.has_logo and "logo" in request.GET else b""
    return HttpResponse(icons.bearing(logo, size, colour) if logo else icons.drawn(size, colour), content_type=PNG)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """What a browser asks for beside an answer that is no page of ours: the icon of whose host it is."""
    brand = brand_of(request)
    return redirect(reverse("console:icon", args=[192]) + (f"?of={brand.agency}" if brand.agency else ""))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it lies at the root, because it may only serve what lies below it.

    The page without network wears the looks and speaks the language of whoever installs it; with others the worker is
    another one, which a browser finds out at every page it opens.
    """
    brand = brand_of(request)
    worn = quote(f"{brand.agency}-{brand.name}-{brand.colour}-{brand.version}-{tongue.of(request)}")
    shell = [f"{reverse('console:offline')}?{worn}", *(static(path) for path in SHELL)]
    icon = reverse("console:icon", args=[192]) + brand.icon
    return HttpResponse(
        WORKER.read_text("utf-8")
        .replace('"SHELL"', ", ".join(json.dumps(path) for path in shell))
        .replace('"AWAY"', json.dumps(static("console/away.js")))
        .replace('"ICON"', json.dumps(icon))
        .replace("KEPT", json.dumps(f"shell-{worn}")),
        content_type="text/javascript; charset=utf-8",
    )


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What stands where a page would, while there is no network."""
    with translation.override(tongue.of(request)):
        return render(request, "console/installable/offline.html")
