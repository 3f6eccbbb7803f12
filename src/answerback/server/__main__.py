"""`python -m answerback.server` is the command `answerback`."""

from answerback.server.commands import main

main()
