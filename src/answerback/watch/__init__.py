"""Customers watch a video here."""
