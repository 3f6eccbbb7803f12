"""A new index on a large table is built while it is read and written, and anew where a build broke off.

For migrations, which are not atomic then (`atomic = False`). Never here: an index that a rule of the business rests on,
which has to stand in the transaction that brings the rule.
"""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently

LARGE = frozenset(
    {"message", "event", "lead", "contact", "conversation", "decision_receipt", "receipt", "lead_turn", "note", "todo"}
)
"""Tables whose index takes so long to build that hooks would wait for it."""


class AddIndexAlongside(AddIndexConcurrently):
    """`AddIndexConcurrently`, which drops first what a build that broke off has left: an index nobody reads by."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {schema_editor.quote_name(self.index.name)}")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
