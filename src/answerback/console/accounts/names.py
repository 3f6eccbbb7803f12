"""What the roles are called."""

from django.utils.translation import gettext_lazy

ROLE_NAMES = {
    "owner": gettext_lazy("Owner"),
    "manager": gettext_lazy("Manager"),
    "desk": gettext_lazy("Desk"),
    "technician": gettext_lazy("Technician"),
    "agency": gettext_lazy("Agency admin"),
}
