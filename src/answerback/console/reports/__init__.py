"""Reports: the eight measures, what they break down into, and the list behind every number."""
