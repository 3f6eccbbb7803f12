"""The set-up of a new business, step by step: left at any time, taken up again, over after a real test text."""
