"""Customers choose a time here: one page behind a signed link, no account, no JavaScript."""
