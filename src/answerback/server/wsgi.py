"""The WSGI application Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from answerback.server.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerback.server.settings")

end_with_parent()
application = get_wsgi_application()

from answerback.server import wiring  # noqa: E402  needs Django's settings

wiring.wire()
