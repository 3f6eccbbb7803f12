"""What must not happen, forbidden by the database itself, in constraints whose names read as sentences."""

from typing import ClassVar

from django.db import migrations

NEVER_TWICE = """
ALTER TABLE appointment ADD CONSTRAINT a_time_is_never_sold_twice
    EXCLUDE USING gist (int8range(member_id, member_id, '[]') WITH &&, during WITH &&)
    WHERE (status IN ('held', 'booked'));

ALTER TABLE message ADD CONSTRAINT one_first_text_per_contact_in_cooldown
    EXCLUDE USING gist (int8range(contact_id, contact_id, '[]') WITH &&, tstzrange(created_at, cooldown_until) WITH &&)
    WHERE (purpose = 'first_text' AND status NOT IN ('withdrawn', 'refused'));
"""

NEVER_AFTER_STOP = """
CREATE FUNCTION no_text_after_stop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM suppression s
               WHERE s.business_id = NEW.business_id AND s.number = NEW."to" AND s.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'message %: this number said stop to this business', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_text_after_stop';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER no_text_after_stop BEFORE UPDATE OF status ON message FOR EACH ROW
    WHEN (NEW.status = 'sending' AND NEW.author <> 'page' AND NEW.text_class <> 'opt_out_confirmation')
    EXECUTE FUNCTION no_text_after_stop();
"""

NEVER_EDITED = """
CREATE FUNCTION is_never_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are never edited: publish or write a new one', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER a_published_playbook_is_never_edited BEFORE UPDATE ON playbook_version FOR EACH ROW
    EXECUTE FUNCTION is_never_edited();
CREATE TRIGGER a_decision_receipt_is_never_edited BEFORE UPDATE ON decision_receipt FOR EACH ROW
    EXECUTE FUNCTION is_never_edited();
CREATE TRIGGER a_revenue_entry_is_never_edited BEFORE UPDATE ON revenue_entry FOR EACH ROW
    EXECUTE FUNCTION is_never_edited();
"""

REACHES_EVERY_CACHE = """
CREATE FUNCTION business_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER a_change_reaches_every_cache
    BEFORE UPDATE OF name, zone, phone, hours, closed_days, holiday_country, settings, blocked, playbook_id ON business
    FOR EACH ROW EXECUTE FUNCTION business_changed();

CREATE FUNCTION people_or_lines_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE business SET revision = revision + 1 WHERE id = NEW.business_id;
    RETURN NULL;
END $$;
CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR UPDATE OF phone, role, on_call ON member
    FOR EACH ROW EXECUTE FUNCTION people_or_lines_changed();
CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR UPDATE OF number, source ON line
    FOR EACH ROW EXECUTE FUNCTION people_or_lines_changed();
"""

HOT_TABLES = """
ALTER TABLE message SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE conversation SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE event SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE contact SET (fillfactor = 80);
ALTER TABLE lead SET (fillfactor = 80);
ALTER TABLE line SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
"""


class Migration(migrations.Migration):
    """Constraints and triggers; nothing here changes data."""

    dependencies: ClassVar = [("store", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(NEVER_TWICE, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(NEVER_AFTER_STOP, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(NEVER_EDITED, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(REACHES_EVERY_CACHE, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(HOT_TABLES, reverse_sql=migrations.RunSQL.noop),
    ]
