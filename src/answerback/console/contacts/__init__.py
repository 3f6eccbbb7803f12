"""Contacts: finding people, one person with all they have, who may be the same, tables in and everything out."""
