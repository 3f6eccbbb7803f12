"""What roles and browsers are called."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

ROLE_NAMES = {
    "owner": pgettext_lazy("role", "Owner"),
    "manager": gettext_lazy("Manager"),
    "desk": gettext_lazy("Desk"),
    "technician": gettext_lazy("Technician"),
    "agency": gettext_lazy("Agency admin"),
}


def browser_name(agent: str) -> str:
    """`Firefox on Android`, from what the browser says of itself."""
    browsers = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"}
    browser = next((name for mark, name in browsers.items() if mark in agent), _("A browser"))
    system = next((name for mark, name in {**systems, "Linux": "Linux"}.items() if mark in agent), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser
