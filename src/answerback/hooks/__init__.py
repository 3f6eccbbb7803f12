"""Providers call us here."""
