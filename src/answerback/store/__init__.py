"""The one Django app with tables: what is remembered, and how it is asked for. Only `workflow` writes."""
