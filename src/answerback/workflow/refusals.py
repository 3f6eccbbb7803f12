"""What a person asked for and is not done: one base for every such answer, whoever gives it."""


class Refusal(Exception):
    """What a person asked for is not done; the message says why and what to do instead, to them.

    `field` is what of it they should write anew, as the console's and the API's forms call it; empty where no one is.
    """

    def __init__(self, says: str, field: str = "") -> None:
        super().__init__(says)
        self.field = field
