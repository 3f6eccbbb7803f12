"""The language a customer last wrote or spoke in before a conversation, read from the conversations before it.

Nothing keeps it twice: two numbers that are one person's share it while they are, and what is erased is forgotten.
"""

BEFORE = """
    SELECT COALESCE(p.state ->> 'language', 'en') FROM conversation p
    WHERE p.contact_id = ANY(ARRAY(
            SELECT f.id FROM contact f WHERE f.id = COALESCE(k.merged_into_id, k.id)
            UNION ALL SELECT f.id FROM contact f WHERE f.merged_into_id = COALESCE(k.merged_into_id, k.id)))
      AND p.business_id = c.business_id AND p.id < c.id AND k.number <> 'withheld'
      AND (jsonb_exists(p.state, 'last_text_at') OR EXISTS (
          SELECT 1 FROM event v WHERE v.conversation_id = p.id AND v.kind = 'VoicemailTranscribed'))
    ORDER BY p.last_at DESC, p.id DESC LIMIT 1
"""
"""For the conversation `c` of the contact `k`; a state is kept without the language it begins with, which is English.
Callers who withhold their number are many people.
"""
