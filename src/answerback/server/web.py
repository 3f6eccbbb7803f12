"""What `answerback web` has Granian serve; importing it begins to serve."""

import os

from answerback.server import wsgi  # before all that needs Django

# isort: split
from answerback.server.rsgi import Gateway

application = Gateway(wsgi.application, int(os.environ.get("ANSWERBACK_THREADS", "32")))
