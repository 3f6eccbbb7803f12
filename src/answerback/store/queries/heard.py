"""What a customer said last, as SQL for lists that quote them: their text, else what their voicemail says.

Both are found by the index of their conversation, so a list pays for the rows it shows. Nothing here guards who may
see what: `access` does that first.
"""

MOST = 160
"""Characters; a list shows the beginning."""

SPOKEN = f"""(SELECT left(e.body ->> 'text', {MOST}) FROM event e
    WHERE e.conversation_id = c.id AND e.kind = 'VoicemailTranscribed' ORDER BY e.id DESC LIMIT 1)"""
"""What the last voicemail of `conversation c` says, as far as it was understood; else NULL."""

SAID = f"""COALESCE((SELECT left(m.body, {MOST}) FROM message m
    WHERE m.conversation_id = c.id AND m.author = 'customer' AND m.body <> ''
    ORDER BY m.created_at DESC, m.id DESC LIMIT 1), {SPOKEN}, '')"""
"""What the customer of `conversation c` said last; empty where nothing is known of it."""
