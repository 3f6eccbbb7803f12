"""Programs of a business work here: everything the console can do, as JSON over HTTP, by scoped tokens.

The description of it (`openapi.json`) is a promise: within `/api/v1` fields and addresses are added, never renamed,
removed or given another meaning. Never here: SQL, or a decision.
"""
