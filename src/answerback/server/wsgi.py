"""The WSGI application Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerback.server.settings")
application = get_wsgi_application()

from answerback.server import processes, wiring  # noqa: E402  both need Django's settings

wiring.wire()
wiring.run_switchboards()
processes.end_with_parent()
