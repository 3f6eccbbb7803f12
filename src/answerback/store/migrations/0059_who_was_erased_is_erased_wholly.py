"""Who was erased before notes, plans and half-written answers about them went with them: those go too.

Nobody is woken for them any more either, and nothing is left to do for who cannot be called. It cannot be taken back.
"""

from django.db import migrations

WHOLLY = """
CREATE TEMPORARY TABLE erased_talk ON COMMIT DROP AS
SELECT t.id FROM conversation t JOIN contact c ON c.id = t.contact_id WHERE c.number LIKE 'erased %';
UPDATE page SET taken_at = now(), ended = 'closed' WHERE taken_at IS NULL AND conversation_id IN (TABLE erased_talk);
UPDATE page SET summary = '(erased)' WHERE conversation_id IN (TABLE erased_talk);
UPDATE todo SET closed_at = now(), outcome = 'dismissed'
WHERE closed_at IS NULL AND conversation_id IN (TABLE erased_talk);
UPDATE todo SET title = '(erased)' WHERE conversation_id IN (TABLE erased_talk);
UPDATE note SET body = '(erased)' WHERE kind IN ('note', 'planned') AND conversation_id IN (TABLE erased_talk);
DELETE FROM correction WHERE message_id IN (SELECT id FROM message WHERE conversation_id IN (TABLE erased_talk));
UPDATE looking SET draft = '', typed_at = NULL WHERE conversation_id IN (TABLE erased_talk);
UPDATE our_call SET customer = '' WHERE conversation_id IN (TABLE erased_talk);
UPDATE lead SET own_step = '' WHERE conversation_id IN (TABLE erased_talk);
UPDATE appointment SET notes = '' WHERE conversation_id IN (TABLE erased_talk);
UPDATE contact_merge m SET gone_name = '' FROM contact c WHERE c.number LIKE 'erased %' AND c.id IN (m.kept_id, m.gone_id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0058_what_came_of_a_row_of_a_large_table"),
    ]

    operations = [
        migrations.RunSQL(WHOLLY, migrations.RunSQL.noop),
    ]
