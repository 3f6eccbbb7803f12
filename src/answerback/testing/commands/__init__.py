"""Commands that play the product: registered by the entry point group `answerback.commands`."""
