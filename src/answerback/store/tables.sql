-- Drawn by `python -m answerback.testing.tables`; do not edit.
SET LOCAL check_function_bodies = false;

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE FUNCTION public.a_call_reaches_its_crm() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    INSERT INTO crm_copy (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, l.contact_id, 'call', n.id, n.at
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN lead l ON l.conversation_id = n.conversation_id JOIN contact p ON p.id = l.contact_id AND p.number LIKE '+%'
    WHERE n.kind IN ('CallEnded', 'CalledBack')
    ON CONFLICT (crm_id, kind, local) DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.a_contact_reaches_its_crm() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    UPDATE crm_copy k SET wanted = k.wanted + 1, due_at = k.copied_at, tries = 0, dead_at = NULL
    FROM changed n JOIN before b ON b.id = n.id
    WHERE k.contact_id = n.id AND k.kind = 'contact' AND k.copied_at IS NOT NULL
      AND (n.name, n.email) IS DISTINCT FROM (b.name, b.email);
    RETURN NULL;
END $$;

CREATE FUNCTION public.a_lead_reaches_its_crm() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    INSERT INTO crm_copy AS k (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT DISTINCT ON (c.id, n.contact_id) c.id, n.business_id, n.contact_id, 'contact', n.contact_id, n.updated_at
    
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN contact p ON p.id = n.contact_id AND p.number LIKE '+%'
    
    ON CONFLICT (crm_id, kind, local) DO UPDATE
    SET wanted = k.wanted + 1, due_at = excluded.due_at, tries = 0, dead_at = NULL;
    INSERT INTO crm_copy AS k (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, n.contact_id, 'lead', n.id, n.updated_at
    
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN contact p ON p.id = n.contact_id AND p.number LIKE '+%'
    
    ON CONFLICT (crm_id, kind, local) DO UPDATE
    SET wanted = k.wanted + 1, due_at = excluded.due_at, tries = 0, dead_at = NULL;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO crm_copy (crm_id, business_id, contact_id, kind, local, due_at)
        SELECT c.id, n.business_id, n.contact_id, t.kind, t.local, n.updated_at
        
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN contact p ON p.id = n.contact_id AND p.number LIKE '+%'
        CROSS JOIN LATERAL what_happened_with(n.conversation_id) t
        ORDER BY t.at, t.local
        ON CONFLICT (crm_id, kind, local) DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.a_stop_reaches_its_crm() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    UPDATE crm_copy k SET wanted = k.wanted + 1, due_at = COALESCE(n.lifted_at, n.at), tries = 0, dead_at = NULL
    FROM changed n JOIN contact p ON p.business_id = n.business_id AND p.number = n.number
    WHERE k.contact_id = p.id AND k.kind = 'contact';
    INSERT INTO crm_copy (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT k.crm_id, k.business_id, k.contact_id, 'note', n.id, n.at
    FROM changed n JOIN contact p ON p.business_id = n.business_id AND p.number = n.number
    JOIN crm_copy k ON k.contact_id = p.id AND k.kind = 'contact'
    ON CONFLICT (crm_id, kind, local) DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.a_text_reaches_its_crm() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    INSERT INTO crm_copy (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, l.contact_id, 'text', n.id, n.created_at
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN lead l ON l.conversation_id = n.conversation_id JOIN contact p ON p.id = l.contact_id AND p.number LIKE '+%'
    WHERE n.author <> 'page' AND n.status IN ('received', 'sent', 'delivered', 'undelivered')
    ON CONFLICT (crm_id, kind, local) DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.a_todo_reaches_its_crm() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    INSERT INTO crm_copy AS k (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, l.contact_id, 'todo', n.id, COALESCE(n.closed_at, n.opened_at)
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN lead l ON l.conversation_id = n.conversation_id JOIN contact p ON p.id = l.contact_id AND p.number LIKE '+%'
    
    ON CONFLICT (crm_id, kind, local) DO UPDATE
    SET wanted = k.wanted + 1, due_at = excluded.due_at, tries = 0, dead_at = NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION public.a_turn_of_a_lead_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO lead_turn (lead_id, at, status) VALUES (NEW.id, NEW.updated_at, NEW.status);
    RETURN NULL;
END $$;

CREATE FUNCTION public.agency_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE business SET revision = revision + 1 WHERE agency_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.alert_members(business bigint, what text, about bigint, talk bigint, whose bigint, team text, moment timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    INSERT INTO alert (business_id, way_id, kind, subject, thread, at, due_at, status, tries, says)
    SELECT business, w.id, what, about, talk, moment, moment, 'waiting', 0, ''
    FROM alert_way w JOIN member m ON m.id = w.member_id
    WHERE w.business_id = business AND w.removed_at IS NULL AND m.left_at IS NULL AND (w.hears ? what OR what = 'unheard')
      AND CASE
          WHEN what = 'reply' THEN whose IS NULL OR m.id = whose
          WHEN what = 'todo' AND whose IS NOT NULL THEN m.id = whose
          WHEN what = 'todo' AND team = 'on_call' THEN m.on_call
          WHEN what = 'todo' THEN m.role = COALESCE(NULLIF(team, ''), 'desk')
          WHEN what = 'appointment' THEN m.role <> 'technician' OR m.id = whose
          WHEN what = 'line_red' THEN m.role IN ('owner', 'manager', 'agency')
          WHEN what = 'unheard' THEN w.kind IN ('push', 'apprise')
          ELSE true END
    ON CONFLICT (way_id, kind, subject) DO UPDATE SET status = 'waiting', at = moment, due_at = moment, tries = 0
        WHERE alert.kind = 'line_red' AND alert.status IN ('sent', 'failed')
$$;

CREATE FUNCTION public.an_appointment_reaches_its_calendars() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE calendar_entry SET wanted = wanted + 1, due_at = NEW.updated_at, tries = 0 WHERE appointment_id = NEW.id;
    IF NEW.status = 'booked' THEN
        INSERT INTO calendar_entry (business_id, appointment_id, calendar_id, key, remote, seen, wanted, due_at, tries, problem)
        SELECT NEW.business_id, NEW.id, c.id, 'ab' || md5(gen_random_uuid()::text), '', '', 1, NEW.updated_at, 0, ''
        FROM outside_calendar c WHERE c.member_id = NEW.member_id AND c.writes
            AND NOT EXISTS (SELECT 1 FROM outside_booking o WHERE o.appointment_id = NEW.id)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.an_appointment_reaches_its_crm() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    INSERT INTO crm_copy AS k (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, l.contact_id, 'appointment', n.id, n.updated_at
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN lead l ON l.conversation_id = n.conversation_id JOIN contact p ON p.id = l.contact_id AND p.number LIKE '+%'
    WHERE n.status <> 'held'
    
    ON CONFLICT (crm_id, kind, local) DO UPDATE
    SET wanted = k.wanted + 1, due_at = excluded.due_at, tries = 0, dead_at = NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION public.an_appointment_reaches_the_customer() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE invitation SET wanted = wanted + 1, due_at = NEW.updated_at, tries = 0 WHERE appointment_id = NEW.id;
    IF NOT FOUND AND NEW.status = 'booked' THEN
        INSERT INTO invitation (business_id, appointment_id, uid, sequence, sent, wanted, due_at, tries, problem)
        SELECT NEW.business_id, NEW.id, gen_random_uuid()::text || '@answerback', 0, false, 1, NEW.updated_at, 0, ''
        FROM contact k WHERE k.id = NEW.contact_id AND k.email <> ''
            AND NOT EXISTS (SELECT 1 FROM outside_booking o WHERE o.appointment_id = NEW.id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.business_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END $$;

CREATE FUNCTION public.contact_found_by(business bigint, number text, name text, email text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE COST 10000 PARALLEL SAFE
    AS $$
-- What a contact is found by: each four digits in a row of the number, the beginnings of each word of the name, how the
-- word sounds, and the beginnings of the address. The business stands before each, so that one index serves all.
DECLARE
    of_business text := business || ':';
    digits text := CASE WHEN number LIKE '+%' THEN regexp_replace(number, '\D', '', 'g') ELSE '' END;
    word text;
    found text[] := '{}';
BEGIN
    FOR at IN 1 .. length(digits) - 3 LOOP
        found := found || (of_business || '#' || substr(digits, at, 4));
    END LOOP;
    IF name <> '' THEN
        FOREACH word IN ARRAY public.name_words(name) LOOP
            FOR at IN CASE WHEN ascii(word) < 128 THEN 2 ELSE 1 END .. LEAST(length(word), 12) LOOP
                found := found || (of_business || left(word, at));
            END LOOP;
            found := found || (of_business || '~' || public.name_sound(word));
        END LOOP;
    END IF;
    word := lower(split_part(email, '@', 1));
    FOR at IN 2 .. LEAST(length(word), 12) LOOP
        found := found || (of_business || left(word, at));
    END LOOP;
    RETURN found;
END $$;

CREATE FUNCTION public.is_never_edited() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% rows are never edited: publish or write a new one', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.members_hear_of_appointment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_alerts() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM alert_members(n.business_id, 'appointment', n.id, n.conversation_id, n.member_id, '', n.updated_at)
        FROM new_rows n WHERE n.status = 'booked';
    ELSE
        PERFORM alert_members(n.business_id, 'appointment', n.id, n.conversation_id, n.member_id, '', n.updated_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.status = 'booked' AND o.status = 'held';
    END IF;
    PERFORM pg_notify('answerback', 'alert');
    RETURN NULL;
END $$;

CREATE FUNCTION public.members_hear_of_lead() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_alerts() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM alert_members(n.business_id, 'lead', n.id, n.conversation_id, NULL, '', n.created_at)
        FROM new_rows n;
    ELSE
        NULL;
    END IF;
    PERFORM pg_notify('answerback', 'alert');
    RETURN NULL;
END $$;

CREATE FUNCTION public.members_hear_of_line_finding() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_alerts() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        NULL;
    ELSE
        PERFORM alert_members(n.business_id, 'line_red', n.id, NULL, NULL, '', n.alarmed_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE n.level = 'red' AND n.alarmed_at IS NOT NULL AND o.alarmed_at IS NULL;
    END IF;
    PERFORM pg_notify('answerback', 'alert');
    RETURN NULL;
END $$;

CREATE FUNCTION public.members_hear_of_message() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_alerts() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM alert_members(n.business_id, 'reply', n.id, n.conversation_id, COALESCE(c.held_by_id,
            c.assigned_to_id), '', n.created_at)
        FROM new_rows n JOIN conversation c ON c.id = n.conversation_id
        WHERE n.author = 'customer' AND c.phase = 'human' AND NOT c.relayed;
    ELSE
        NULL;
    END IF;
    PERFORM pg_notify('answerback', 'alert');
    RETURN NULL;
END $$;

CREATE FUNCTION public.members_hear_of_todo() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_alerts() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM alert_members(n.business_id, 'todo', n.id, n.conversation_id, n.owner_id, n.team, n.opened_at)
        FROM new_rows n WHERE NOT n.urgent AND n.closed_at IS NULL;
    ELSE
        NULL;
    END IF;
    PERFORM pg_notify('answerback', 'alert');
    RETURN NULL;
END $$;

CREATE FUNCTION public.name_pieces(name text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
-- What stands between separators, with its apostrophes.
DECLARE
    plain text := public.plain_name(left(name, 120));
BEGIN
    IF octet_length(plain) > length(plain) THEN
        plain := regexp_replace(plain, '[\u0001-\u0026\u0028-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u0387\u055a-\u055f\u0589\u058a\u05be\u05f3\u05f4\u060c\u061b\u061f\u2000-\u206f\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\u30fb\ufffd]+', ' ', 'g');
    ELSE  -- in a third of the time
        plain := translate(plain, E'\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f!"#\x24%&()*+,-./:;<=>?@[\x5c]^_`{|}~\x7f', repeat(' ', 63));
    END IF;
    RETURN array_remove(string_to_array(plain, ' '), '');
END $$;

CREATE FUNCTION public.name_sound(word text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
-- How a name sounds, roughly: Katherine and Catherine, Smith and Smyth, Nunez and Nunes are one. Without a regular
-- expression: those that look back took half the time of writing a contact.
DECLARE
    sound text := translate(replace(replace(replace(replace(replace(replace(replace(replace(word,
        'ce', 'se'), 'ci', 'si'), 'cy', 'sy'), 'ph', 'f'), 'gh', ''), 'ck', 'k'), 'ch', 'k'), 'x', 'ks'),
        'cqzwyh', 'kksvi');
    rest text := translate(substr(sound, 2), 'aeiou', '');
    one text;
BEGIN
    sound := translate(left(sound, 1), 'eiou', 'aaaa') || rest;
    FOREACH one IN ARRAY '{a,b,d,f,g,j,k,l,m,n,p,r,s,t,v}'::text[] LOOP
        sound := replace(replace(sound, one || one, one), one || one, one);
    END LOOP;
    RETURN sound;
END $$;

CREATE FUNCTION public.name_words(name text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
-- The words whose beginnings find a name: whole words, what stands between apostrophes, an initial with what follows.
DECLARE
    pieces text[] := public.name_pieces(name);
    word text;
    found text[] := '{}';
BEGIN
    FOR at IN 1 .. cardinality(pieces) LOOP
        word := replace(pieces[at], '''', '');
        CONTINUE WHEN word = '';
        IF length(word) = 1 AND octet_length(word) = 1 THEN
            IF at < cardinality(pieces) THEN
                found := found || (word || replace(pieces[at + 1], '''', ''));
            END IF;
            CONTINUE;
        END IF;
        found := found || word;
        IF position('''' IN pieces[at]) > 0 THEN
            found := found || ARRAY(SELECT part FROM regexp_split_to_table(pieces[at], '''') WITH ORDINALITY AS p (part, n)
                WHERE length(part) > 1 AND part <> word ORDER BY n);
        END IF;
        IF word ~ '^[\u3005-\u3007\u3040-\u30fa\u30fc-\u312f\u3400-\u9fff\uac00-\ud7a3]' THEN
            found := found || ARRAY(SELECT substr(word, n) FROM generate_series(2, length(word)) n ORDER BY n);
        END IF;
    END LOOP;
    RETURN found;
END $$;

CREATE FUNCTION public.no_testimonial_without_release() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM video_release r WHERE r.video_id = NEW.id AND r.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION 'video %: nobody has signed a release for this testimonial', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_testimonial_without_release';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.no_text_after_stop() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM suppression s
               WHERE s.business_id = NEW.business_id AND s.number = NEW."to" AND s.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'message %: this number said stop to this business', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_text_after_stop';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.nobody_wants_alerts() RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT NOT EXISTS (SELECT 1 FROM alert_way WHERE removed_at IS NULL)
$$;

CREATE FUNCTION public.nobody_wants_to_be_told() RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT NOT EXISTS (SELECT 1 FROM target WHERE removed_at IS NULL)
$$;

CREATE FUNCTION public.people_or_lines_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE business SET revision = revision + 1 WHERE id = NEW.business_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.plain_name(name text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
-- Small Latin letters without accents where there are such; equal to `store/queries/names.py`, whose tables these are.
-- Spelled out, because lower() of some databases knows the English letters only.
DECLARE
    small text := name;
BEGIN
    IF octet_length(name) > length(name) THEN
        small := normalize(regexp_replace(normalize(name, NFKD), '[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20f0\u2060\ufe20-\ufe2f\ufeff]', '', 'g'), NFC);
    END IF;
    small := translate(lower(small COLLATE "C"), '`', '''');
    IF octet_length(small) = length(small) THEN
        RETURN small;
    END IF;
    small := translate(small,
        'ÆÐØÞĐĦŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧ'
        || 'ΨΩϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤ'
        || 'ҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ'
        || 'ႠႡႢႣႤႥႦႧႨႩႪႫႬႭႮႯႰႱႲႳႴႵႶႷႸႹႺႻႼႽႾႿჀჁჂჃჄჅẞỺỼỾⱠⱢⱣⱤⱧⱩⱫⱭⱮⱯⱰⱲⱵⱾⱿ´ʹʻʼ‘’‛′',
        'æðøþđħłŋœŧɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳαβγδεζηθικλμνξοπρστυφχ'
        || 'ψωϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥ'
        || 'ҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ'
        || 'ⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠⴡⴢⴣⴤⴥßỻỽỿⱡɫᵽɽⱨⱪⱬɑɱɐɒⱳⱶȿɀ''''''''''''''''');
    small := replace(replace(replace(replace(replace(small, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ŋ', 'ng');
    small := replace(replace(replace(replace(replace(small, 'ƕ', 'hv'), 'ου', 'ou'), 'αυ', 'av'), 'ευ', 'ev'), 'γγ', 'ng');
    small := replace(replace(replace(replace(replace(small, 'θ', 'th'), 'χ', 'ch'), 'ψ', 'ps'), 'ж', 'zh'), 'х', 'kh');
    small := replace(replace(replace(replace(replace(small, 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh'), 'щ', 'shch'), 'ю', 'yu');
    small := replace(replace(replace(replace(replace(small, 'я', 'ya'), 'є', 'ye'), 'љ', 'lj'), 'њ', 'nj'), 'џ', 'dz');
    small := replace(replace(small, 'ъ', ''), 'ь', '');
    RETURN translate(small,
        'øłđðħıŧĸəɛɔɓɗɖƙƴƒσςαβγδεζηικλμνξοπρτυφωабвгдезиклмнопрстуфыэіјћђѕґӣӯқғҳҷўәөүұһңكىیەة',
        'olddhitkeeobddkyfssavgdeziiklmnxoprtufoabvgdeziklmnoprstufyeijcdzgiukghcuaouuhnكييهه');
END $$;

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.programs_hear_of_appointment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id, 'appointment.booked', n.id, n.conversation_id, NULL, n.updated_at)
        FROM new_rows n WHERE n.status = 'booked';
    ELSE
        PERFORM tell_programs(n.business_id,
            CASE WHEN n.status = 'booked' AND o.status = 'booked' THEN 'appointment.moved'
                WHEN n.status = 'booked' THEN 'appointment.booked'
                WHEN n.status = 'cancelled' THEN 'appointment.cancelled' ELSE 'appointment.ended' END,
            n.id, n.conversation_id,
            jsonb_build_object('status', o.status, 'starts_at', lower(o.during), 'member_id', o.member_id),
            n.updated_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE ((n.status <> o.status AND (n.status = 'booked' OR o.status <> 'held'))
            OR (n.status = 'booked' AND (n.during, n.member_id) IS DISTINCT FROM (o.during, o.member_id)));
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.programs_hear_of_contact() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id, 'contact.created', n.id, NULL, NULL, n.created_at) FROM new_rows n;
    ELSE
        PERFORM tell_programs(n.business_id, 'contact.updated', n.id, NULL,
            jsonb_build_object('name', o.name, 'email', o.email),
            GREATEST(n.created_at, (SELECT max(c.last_at) FROM conversation c WHERE c.contact_id = n.id)))
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE (n.name, n.email) IS DISTINCT FROM (o.name, o.email) AND n.number NOT LIKE 'erased %';
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.programs_hear_of_event() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id, k.told, CASE WHEN k.own THEN n.id ELSE n.conversation_id END,
            n.conversation_id, NULL, n.at)
        FROM new_rows n JOIN (VALUES ('CallEnded', 'call.ended', true), ('VoicemailLeft', 'voicemail.left', true),
            ('TookOver', 'conversation.taken_over', false), ('HandedBack', 'conversation.handed_back', false))
            AS k (kind, told, own) ON k.kind = n.kind
        WHERE n.conversation_id IS NOT NULL;
    ELSE
        NULL;
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.programs_hear_of_lead() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id, 'lead.created', n.id, n.conversation_id, NULL, n.created_at)
        FROM new_rows n;
    ELSE
        PERFORM tell_programs(n.business_id,
            CASE WHEN n.status <> o.status THEN 'lead.status_changed' ELSE 'lead.updated' END, n.id, n.conversation_id,
            jsonb_strip_nulls(jsonb_build_object(
                'status', CASE WHEN n.status <> o.status THEN o.status END,
                'service', CASE WHEN n.service <> o.service THEN o.service END,
                'urgency', CASE WHEN n.urgency <> o.urgency THEN o.urgency END,
                'answers', CASE WHEN n.answers <> o.answers THEN o.answers END,
                'next_step', CASE WHEN n.next_step <> o.next_step THEN o.next_step END)), n.updated_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE (n.status, n.service, n.urgency, n.answers, n.next_step)
            IS DISTINCT FROM (o.status, o.service, o.urgency, o.answers, o.next_step);
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.programs_hear_of_message() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id, 'message.received', n.id, n.conversation_id, NULL, n.created_at)
        FROM new_rows n WHERE n.author = 'customer';
    ELSE
        PERFORM tell_programs(n.business_id,
            CASE n.status WHEN 'sent' THEN 'message.sent' WHEN 'delivered' THEN 'message.delivered'
                ELSE 'message.failed' END,
            n.id, n.conversation_id, jsonb_build_object('status', o.status),
            COALESCE(n.delivered_at, n.sent_at, n.claimed_at, n.created_at))
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE n.status <> o.status AND n.author IN ('machine', 'staff')
            AND n.status IN ('sent', 'delivered', 'undelivered', 'refused', 'unclear');
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.programs_hear_of_page() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id, 'page.opened', n.id, n.conversation_id, NULL, n.opened_at)
        FROM new_rows n;
    ELSE
        PERFORM tell_programs(n.business_id, 'page.taken', n.id, n.conversation_id, NULL, n.taken_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.taken_at IS NOT NULL AND o.taken_at IS NULL;
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.programs_hear_of_playbook_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id, 'playbook.published', n.id, NULL, NULL, n.published_at)
        FROM new_rows n;
    ELSE
        NULL;
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.programs_hear_of_revenue_entry() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id,
            CASE WHEN n.reverses_id IS NULL THEN 'revenue.entered' ELSE 'revenue.taken_back' END,
            n.id, l.conversation_id, NULL, n.at)
        FROM new_rows n JOIN lead l ON l.id = n.lead_id;
    ELSE
        NULL;
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.programs_hear_of_suppression() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id, 'opt_out.created', n.id, NULL, NULL, n.at) FROM new_rows n;
    ELSE
        PERFORM tell_programs(n.business_id, 'opt_out.lifted', n.id, NULL, NULL, n.lifted_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.lifted_at IS NOT NULL AND o.lifted_at IS NULL;
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.programs_hear_of_todo() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_programs(n.business_id, 'todo.opened', n.id, n.conversation_id, NULL, n.opened_at)
        FROM new_rows n;
    ELSE
        PERFORM tell_programs(n.business_id, 'todo.closed', n.id, n.conversation_id, NULL, n.closed_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.closed_at IS NOT NULL AND o.closed_at IS NULL;
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;

CREATE FUNCTION public.rota_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE business SET revision = revision + 1 WHERE id = COALESCE(NEW.business_id, OLD.business_id);
    RETURN NULL;
END $$;

CREATE FUNCTION public.same_name(name text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE COST 10000 PARALLEL SAFE
    AS $_$
-- What two spellings of one whole name share: its words in order of the alphabet, without a title; null where it is no
-- whole name. One word may be anybody's, unless it is a name of three signs and more, which are not written apart.
DECLARE
    pieces text[];
    said text;
    whole int;
BEGIN
    IF name = '' THEN
        RETURN NULL;
    END IF;
    pieces := public.name_pieces(name);
    IF pieces[1] IN ('mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'sr', 'sra', 'srta', 'herr', 'frau') THEN
        pieces := pieces[2:];
    END IF;
    -- O Brien and O'Brien are one; no other initial is part of the word behind it.
    said := replace(' ' || replace(array_to_string(pieces, ' '), '''', ''), ' o ', ' o');
    SELECT string_agg(word, ' ' ORDER BY word COLLATE "C"), count(*) FILTER (WHERE length(word) > 1 AND word !~ '^[0-9]+$')
    INTO said, whole FROM unnest(string_to_array(said, ' ')) AS w (word) WHERE word <> '';
    RETURN CASE WHEN whole > 1 OR said ~ '^[\u3005-\u3007\u3040-\u30fa\u30fc-\u312f\u3400-\u9fff\uac00-\ud7a3]{3,}$' THEN said END;
END $_$;

CREATE FUNCTION public.tell_programs(business bigint, what text, about bigint, talk bigint, was jsonb, moment timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    INSERT INTO notice (business_id, target_id, key, kind, subject, thread, changed, at, status, due_at, tries,
                        attempts, body)
    SELECT business, t.id, gen_random_uuid(), what, about, talk, was, moment,
           CASE WHEN t.disabled_at IS NULL THEN 'waiting' ELSE 'held' END, moment, 0, '[]', ''
    FROM target t
    WHERE t.business_id = business AND t.removed_at IS NULL AND (t.kinds = '[]'::jsonb OR t.kinds ? what)
$$;

CREATE FUNCTION public.what_happened_with(talk bigint) RETURNS TABLE(kind text, local bigint, at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
    SELECT 'call', e.id, e.at FROM event e
    WHERE e.conversation_id = talk AND e.kind IN ('CallEnded', 'CalledBack')
    UNION ALL
    SELECT 'text', m.id, m.created_at FROM message m
    WHERE m.conversation_id = talk AND m.author <> 'page'
      AND m.status IN ('received', 'sent', 'delivered', 'undelivered')
    UNION ALL
    SELECT 'todo', t.id, t.opened_at FROM todo t WHERE t.conversation_id = talk
    UNION ALL
    SELECT 'appointment', a.id, a.created_at FROM appointment a WHERE a.conversation_id = talk AND a.status <> 'held'
$$;

CREATE TABLE public.account (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(120) NOT NULL,
    is_active boolean NOT NULL,
    language character varying(5) DEFAULT ''::character varying NOT NULL,
    second_step_due timestamp with time zone
);

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_groups (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    group_id integer NOT NULL
);

ALTER TABLE public.account_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_user_permissions (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.account_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.act_once (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    led_to character varying(500) NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.act_once ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.act_once_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.advice (
    id bigint NOT NULL,
    model character varying(80) NOT NULL,
    question jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    outcome character varying(12) NOT NULL,
    proposal jsonb,
    milliseconds integer,
    tokens_in integer NOT NULL,
    tokens_out integer NOT NULL,
    dollars double precision NOT NULL,
    business_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    event_id bigint NOT NULL
);

ALTER TABLE public.advice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.advice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.agency (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    brand character varying(40) DEFAULT ''::character varying NOT NULL,
    colour character varying(7) DEFAULT ''::character varying NOT NULL,
    domain character varying(253) DEFAULT ''::character varying NOT NULL,
    logo bytea,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    domain_reached_at timestamp with time zone,
    domain_looked_at timestamp with time zone,
    domain_failing_since timestamp with time zone,
    domain_lost_at timestamp with time zone,
    domain_lost_told_at timestamp with time zone,
    former_domains jsonb DEFAULT '[]'::jsonb NOT NULL
);

CREATE TABLE public.agency_admin (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    agency_id bigint NOT NULL,
    user_id bigint NOT NULL,
    monthly_letter boolean DEFAULT true NOT NULL
);

ALTER TABLE public.agency_admin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agency_admin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.agency ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agency_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alert (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    subject bigint NOT NULL,
    thread bigint,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    status character varying(8) NOT NULL,
    claimed_at timestamp with time zone,
    tries smallint NOT NULL,
    says character varying(300) NOT NULL,
    business_id bigint NOT NULL,
    way_id bigint CONSTRAINT alert_way_id_not_null1 NOT NULL
);

ALTER TABLE public.alert ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alert_way (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(60) NOT NULL,
    sealed bytea NOT NULL,
    hears jsonb NOT NULL,
    quiet_from time without time zone,
    quiet_to time without time zone,
    worked boolean,
    said character varying(300) NOT NULL,
    said_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL,
    device character varying(64) DEFAULT ''::character varying NOT NULL,
    last_key character varying(120) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.alert_way ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alert_way_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_answer (
    id bigint NOT NULL,
    key character varying(200) NOT NULL,
    asked bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    status smallint,
    body text NOT NULL,
    token_id bigint NOT NULL
);

ALTER TABLE public.api_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.api_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.appointment (
    id bigint NOT NULL,
    during tstzrange NOT NULL,
    service character varying(60) NOT NULL,
    status character varying(10) NOT NULL,
    hold_until timestamp with time zone,
    name character varying(120) NOT NULL,
    address character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    member_id bigint NOT NULL,
    area character varying(80) NOT NULL,
    blocked tstzrange NOT NULL,
    cents integer,
    location_id bigint,
    notes character varying(500) NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    resource_id bigint,
    CONSTRAINT an_appointment_takes_time CHECK ((NOT isempty(during))),
    CONSTRAINT what_is_blocked_covers_the_appointment CHECK ((blocked @> during))
);

ALTER TABLE public.appointment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.appointment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.appointment_type (
    id bigint NOT NULL,
    service character varying(60) NOT NULL,
    minutes smallint,
    before smallint NOT NULL,
    after smallint NOT NULL,
    step smallint,
    lead_minutes integer,
    horizon_days smallint,
    members jsonb NOT NULL,
    needs character varying(40) NOT NULL,
    deposit integer,
    active boolean NOT NULL,
    business_id bigint NOT NULL
);

ALTER TABLE public.appointment_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.appointment_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.area_way (
    id bigint NOT NULL,
    one character varying(80) NOT NULL,
    other character varying(80) NOT NULL,
    minutes smallint NOT NULL,
    business_id bigint NOT NULL
);

ALTER TABLE public.area_way ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.area_way_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.attachment (
    id bigint NOT NULL,
    n smallint NOT NULL,
    kind character varying(9) NOT NULL,
    link text NOT NULL,
    state character varying(7) NOT NULL,
    problem character varying(300) NOT NULL,
    tries smallint NOT NULL,
    due_at timestamp with time zone,
    content bytea,
    small bytea,
    content_type character varying(60) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    event_id bigint,
    message_id bigint
);

ALTER TABLE public.attachment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.attempt (
    id bigint NOT NULL,
    kind character varying(24) NOT NULL,
    who character varying(64) NOT NULL,
    since timestamp with time zone NOT NULL,
    count integer NOT NULL
);

ALTER TABLE public.attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_entry (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    act character varying(12) NOT NULL,
    what character varying(60) NOT NULL,
    subject bigint,
    seen_as character varying(120) NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint,
    about character varying(20) DEFAULT ''::character varying NOT NULL,
    named character varying(120) DEFAULT ''::character varying NOT NULL,
    place character varying(45) DEFAULT ''::character varying NOT NULL,
    detail character varying(120) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.audit_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.booking_page (
    id bigint NOT NULL,
    provider character varying(40) NOT NULL,
    sealed bytea NOT NULL,
    heard_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL
);

ALTER TABLE public.booking_page ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.booking_page_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.business (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    zone character varying(64) NOT NULL,
    phone character varying(20) NOT NULL,
    hours jsonb NOT NULL,
    closed_days jsonb NOT NULL,
    holiday_country character varying(2) NOT NULL,
    settings jsonb NOT NULL,
    blocked jsonb NOT NULL,
    revision integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    agency_id bigint,
    playbook_id bigint,
    holiday_region character varying(10) NOT NULL,
    open_holidays jsonb NOT NULL,
    language character varying(5) DEFAULT 'en'::character varying NOT NULL,
    set_up jsonb,
    currency character varying(3) DEFAULT 'USD'::character varying NOT NULL
);

ALTER TABLE public.business ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.business_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.busy (
    id bigint NOT NULL,
    during tstzrange NOT NULL,
    source character varying(40) NOT NULL,
    key character varying(300) NOT NULL,
    summary character varying(200) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL,
    CONSTRAINT a_busy_time_takes_time CHECK ((NOT isempty(during)))
);

ALTER TABLE public.busy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.busy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendar_entry (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    remote character varying(600) NOT NULL,
    seen character varying(300) NOT NULL,
    wanted integer NOT NULL,
    due_at timestamp with time zone,
    tries smallint NOT NULL,
    problem character varying(300) NOT NULL,
    written_at timestamp with time zone,
    appointment_id bigint NOT NULL,
    business_id bigint NOT NULL,
    calendar_id bigint NOT NULL
);

ALTER TABLE public.calendar_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calendar_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.connection (
    id bigint NOT NULL,
    provider character varying(40) NOT NULL,
    name character varying(120) NOT NULL,
    sealed bytea NOT NULL,
    revision integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL
);

ALTER TABLE public.connection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.connection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.consent (
    id bigint NOT NULL,
    number character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    state character varying(24) NOT NULL,
    source character varying(12) NOT NULL,
    evidence character varying(300) NOT NULL,
    disclosure text NOT NULL,
    business_id bigint NOT NULL
);

ALTER TABLE public.consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    name character varying(120) NOT NULL,
    untextable character varying(60),
    first_text_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    email character varying(254) DEFAULT ''::character varying NOT NULL,
    line_type character varying(12),
    consent character varying(24) DEFAULT 'none'::character varying NOT NULL,
    consent_at timestamp with time zone,
    merged_into_id bigint
)
WITH (fillfactor='50');

CREATE TABLE public.contact_apart (
    id bigint NOT NULL,
    business_id bigint NOT NULL,
    first_id bigint NOT NULL,
    second_id bigint NOT NULL
);

ALTER TABLE public.contact_apart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contact_apart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.contact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_merge (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    filled jsonb NOT NULL,
    stopped jsonb NOT NULL,
    business_id bigint NOT NULL,
    gone_id bigint NOT NULL,
    kept_id bigint NOT NULL,
    member_id bigint,
    gone_name character varying(120) NOT NULL
);

ALTER TABLE public.contact_merge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contact_merge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_person (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    note character varying(200) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    contact_id bigint NOT NULL
);

ALTER TABLE public.contact_person ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contact_person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversation (
    id bigint NOT NULL,
    state jsonb,
    phase character varying(12) NOT NULL,
    epoch integer NOT NULL,
    wake_at timestamp with time zone,
    opened_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    stuck smallint NOT NULL,
    business_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    line_id bigint NOT NULL,
    held_by_id bigint,
    playbook_id bigint NOT NULL,
    relayed boolean DEFAULT false NOT NULL,
    assigned_to_id bigint,
    done_at timestamp with time zone,
    snoozed_until timestamp with time zone
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02');

ALTER TABLE public.conversation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.correction (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    about character varying(8) NOT NULL,
    said character varying(20) NOT NULL,
    read character varying(20) NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL,
    message_id bigint NOT NULL,
    asked character varying(20) DEFAULT 'open'::character varying NOT NULL
);

ALTER TABLE public.correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.counted (
    key character varying(64) NOT NULL,
    value jsonb NOT NULL,
    until timestamp with time zone NOT NULL
);

CREATE TABLE public.crm_copy (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    local bigint NOT NULL,
    remote character varying(120) DEFAULT ''::character varying NOT NULL,
    url character varying(300) DEFAULT ''::character varying NOT NULL,
    written jsonb DEFAULT '{}'::jsonb NOT NULL,
    theirs jsonb DEFAULT '{}'::jsonb NOT NULL,
    wanted integer DEFAULT 1 NOT NULL,
    due_at timestamp with time zone,
    back_fill boolean DEFAULT false NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    problem character varying(300) DEFAULT ''::character varying NOT NULL,
    unsure boolean DEFAULT false NOT NULL,
    choices jsonb,
    alone boolean DEFAULT false NOT NULL,
    dead_at timestamp with time zone,
    copied_at timestamp with time zone,
    claim character varying(32) DEFAULT ''::character varying NOT NULL,
    claimed_until timestamp with time zone,
    business_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    crm_id bigint NOT NULL
);

ALTER TABLE public.crm_copy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crm_copy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crm_report (
    id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone,
    compared integer NOT NULL,
    lines jsonb NOT NULL,
    problem character varying(300) NOT NULL,
    crm_id bigint NOT NULL
);

ALTER TABLE public.crm_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.crm_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.day_measure (
    id bigint NOT NULL,
    day date NOT NULL,
    dimension character varying(12) NOT NULL,
    part character varying(80) NOT NULL,
    leads integer NOT NULL,
    called integer NOT NULL,
    texted integer NOT NULL,
    replied integer NOT NULL,
    qualified integer NOT NULL,
    qualified_by_label integer NOT NULL,
    booked integer NOT NULL,
    booked_by_label integer NOT NULL,
    stands integer NOT NULL,
    attended integer NOT NULL,
    sold integer NOT NULL,
    sold_by_label integer NOT NULL,
    relabelled integer NOT NULL,
    lost integer NOT NULL,
    responded integer NOT NULL,
    silent integer NOT NULL,
    calls integer NOT NULL,
    callbacks_owed integer NOT NULL,
    callbacks_made integer NOT NULL,
    recovered bigint NOT NULL,
    not_ours bigint NOT NULL,
    taken_back bigint NOT NULL,
    waits integer[] NOT NULL,
    business_id bigint NOT NULL,
    waited integer[] NOT NULL,
    replied_qualified integer DEFAULT 0 NOT NULL
);

ALTER TABLE public.day_measure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.day_measure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.decision_receipt (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    rule character varying(40) NOT NULL,
    verdict character varying(12) NOT NULL,
    why character varying(400) NOT NULL,
    guards jsonb NOT NULL,
    would_change character varying(400) NOT NULL,
    text character varying(120) NOT NULL,
    business_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    call character varying(200) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.decision_receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.decision_receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.erasure (
    id bigint NOT NULL,
    digest character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL
);

ALTER TABLE public.erasure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.erasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.event (
    id bigint NOT NULL,
    provider_key character varying(200),
    kind character varying(30) NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    handled_at timestamp with time zone,
    body jsonb NOT NULL,
    raw jsonb,
    business_id bigint NOT NULL,
    connection_id bigint,
    conversation_id bigint,
    trace character varying(55)
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.02');

ALTER TABLE public.event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feed (
    id bigint NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    read_at timestamp with time zone,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.feed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.feed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.invitation (
    id bigint NOT NULL,
    uid character varying(80) NOT NULL,
    sequence integer NOT NULL,
    sent boolean NOT NULL,
    wanted integer NOT NULL,
    due_at timestamp with time zone,
    tries smallint NOT NULL,
    problem character varying(300) NOT NULL,
    sent_at timestamp with time zone,
    appointment_id bigint NOT NULL,
    business_id bigint NOT NULL
);

ALTER TABLE public.invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.join_link (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(120) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    mailed_at timestamp with time zone,
    agency_id bigint,
    business_id bigint,
    member_id bigint
);

ALTER TABLE public.join_link ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.join_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.known_number (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    number_is character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint
);

ALTER TABLE public.known_number ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.known_number_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.lead (
    id bigint NOT NULL,
    status character varying(12) NOT NULL,
    service character varying(60) NOT NULL,
    urgency character varying(12) NOT NULL,
    missed_reason character varying(20) NOT NULL,
    priority smallint NOT NULL,
    answers jsonb NOT NULL,
    next_step character varying(120) NOT NULL,
    next_step_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    line_id bigint NOT NULL,
    own_step character varying(120) DEFAULT ''::character varying NOT NULL,
    own_step_at timestamp with time zone,
    owner_id bigint,
    value_cents bigint
)
WITH (fillfactor='80');

ALTER TABLE public.lead ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.lead_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.lead_measure (
    lead_id bigint NOT NULL,
    version smallint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    day date NOT NULL,
    hour smallint NOT NULL,
    service character varying(60) NOT NULL,
    reason character varying(20) NOT NULL,
    language character varying(8) NOT NULL,
    excluded character varying(12) NOT NULL,
    calls smallint NOT NULL,
    texted boolean NOT NULL,
    response_seconds integer,
    replied boolean NOT NULL,
    qualified boolean NOT NULL,
    qualified_by_label boolean NOT NULL,
    booked boolean NOT NULL,
    booked_by_label boolean NOT NULL,
    stands boolean NOT NULL,
    attended boolean NOT NULL,
    callbacks_owed smallint NOT NULL,
    callbacks_made smallint NOT NULL,
    sold boolean NOT NULL,
    recovered bigint NOT NULL,
    not_ours bigint NOT NULL,
    taken_back bigint NOT NULL,
    business_id bigint NOT NULL,
    line_id bigint NOT NULL,
    labelled_by_id bigint,
    lost_reason character varying(20) DEFAULT ''::character varying NOT NULL,
    member_id bigint,
    relabelled boolean DEFAULT false NOT NULL,
    sold_by_label boolean DEFAULT false NOT NULL,
    arm character varying(8) DEFAULT ''::character varying NOT NULL,
    wording character varying(8) DEFAULT ''::character varying NOT NULL
);

CREATE TABLE public.lead_turn (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    status character varying(12) NOT NULL,
    lead_id bigint NOT NULL
);

ALTER TABLE public.lead_turn ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.lead_turn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.lead_wording (
    id bigint NOT NULL,
    place character varying(120) NOT NULL,
    language character varying(8) NOT NULL,
    variant character varying(8) NOT NULL,
    said_at timestamp with time zone NOT NULL,
    replied boolean NOT NULL,
    stopped boolean NOT NULL,
    complained boolean NOT NULL,
    business_id bigint NOT NULL,
    lead_id bigint NOT NULL
);

ALTER TABLE public.lead_wording ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.lead_wording_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.line (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    source character varying(120) NOT NULL,
    per_second double precision NOT NULL,
    per_day integer NOT NULL,
    free_at timestamp with time zone,
    day date,
    sent_today integer NOT NULL,
    business_id bigint NOT NULL,
    connection_id bigint NOT NULL,
    location_id bigint,
    disclosed_at timestamp with time zone,
    disclosure text NOT NULL,
    hours jsonb,
    media boolean NOT NULL,
    paused_until timestamp with time zone,
    sender_says character varying(300) NOT NULL,
    sender_state character varying(12) DEFAULT 'unknown'::character varying NOT NULL,
    voicemail_after smallint,
    settings jsonb NOT NULL,
    texts_by_id bigint,
    forwards_from character varying(20) DEFAULT ''::character varying NOT NULL,
    test_every_days smallint DEFAULT 0 NOT NULL,
    taught_at timestamp with time zone,
    taught_by_id bigint,
    doubted_at timestamp with time zone,
    doubted_call character varying(200) DEFAULT ''::character varying NOT NULL,
    doubted_for smallint
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0.02');

CREATE TABLE public.line_finding (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    level character varying(5) NOT NULL,
    says character varying(500) NOT NULL,
    fix character varying(500) NOT NULL,
    since timestamp with time zone NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    alarmed_at timestamp with time zone,
    business_id bigint NOT NULL,
    line_id bigint NOT NULL,
    mailed_at timestamp with time zone
);

ALTER TABLE public.line_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.line_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.line_test (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    call character varying(80) NOT NULL,
    state character varying(7) NOT NULL,
    says character varying(300) NOT NULL,
    settled_at timestamp with time zone,
    business_id bigint NOT NULL,
    line_id bigint NOT NULL
);

ALTER TABLE public.line_test ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.line_test_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.location (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    business_id bigint NOT NULL,
    address character varying(200) NOT NULL,
    hours jsonb,
    zone character varying(64) NOT NULL,
    closed_days jsonb NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE public.location ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.location_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.look_up (
    id bigint NOT NULL,
    number character varying(80) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    line_type character varying(12) NOT NULL,
    carrier character varying(80) NOT NULL,
    problem character varying(300) NOT NULL,
    price double precision NOT NULL,
    business_id bigint NOT NULL,
    connection_id bigint NOT NULL,
    conversation_id bigint NOT NULL
);

ALTER TABLE public.look_up ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.look_up_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.looking (
    id bigint NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    typed_at timestamp with time zone,
    draft text NOT NULL,
    conversation_id bigint NOT NULL,
    member_id bigint NOT NULL,
    over jsonb DEFAULT '{}'::jsonb NOT NULL,
    drafts jsonb DEFAULT '[]'::jsonb NOT NULL
);

ALTER TABLE public.looking ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.looking_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.measured_up_to (
    business_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.member (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    role character varying(12) NOT NULL,
    phone character varying(20) NOT NULL,
    email character varying(254) NOT NULL,
    on_call boolean NOT NULL,
    business_id bigint NOT NULL,
    user_id bigint,
    bookable boolean,
    hours jsonb,
    location_id bigint,
    left_at timestamp with time zone,
    relays boolean DEFAULT false NOT NULL,
    rings boolean DEFAULT false NOT NULL,
    confirmed character varying(20) DEFAULT ''::character varying NOT NULL,
    confirmed_at timestamp with time zone,
    stopped_at timestamp with time zone,
    asked character varying(20) DEFAULT ''::character varying NOT NULL,
    asked_at timestamp with time zone,
    code character varying(64) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.message (
    id bigint NOT NULL,
    author character varying(8) NOT NULL,
    "to" character varying(20) NOT NULL,
    key character varying(120) NOT NULL,
    purpose character varying(40) NOT NULL,
    text_class character varying(24) NOT NULL,
    body text NOT NULL,
    media jsonb,
    reading jsonb,
    status character varying(12) NOT NULL,
    epoch integer NOT NULL,
    priority smallint NOT NULL,
    due_at timestamp with time zone,
    stale_at timestamp with time zone,
    cooldown_until timestamp with time zone,
    attempt smallint NOT NULL,
    claimed_at timestamp with time zone,
    asked_at timestamp with time zone,
    sent_at timestamp with time zone,
    delivered_at timestamp with time zone,
    provider_message character varying(80),
    failure character varying(24) NOT NULL,
    detail character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    connection_id bigint,
    contact_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    line_id bigint NOT NULL,
    member_id bigint,
    trace character varying(55)
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02');

ALTER TABLE public.message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.month_measure (
    id bigint NOT NULL,
    day date NOT NULL,
    dimension character varying(12) NOT NULL,
    part character varying(80) NOT NULL,
    leads integer NOT NULL,
    called integer NOT NULL,
    texted integer NOT NULL,
    replied integer NOT NULL,
    qualified integer NOT NULL,
    qualified_by_label integer NOT NULL,
    booked integer NOT NULL,
    booked_by_label integer NOT NULL,
    stands integer NOT NULL,
    attended integer NOT NULL,
    sold integer NOT NULL,
    sold_by_label integer NOT NULL,
    relabelled integer NOT NULL,
    lost integer NOT NULL,
    responded integer NOT NULL,
    silent integer NOT NULL,
    calls integer NOT NULL,
    callbacks_owed integer NOT NULL,
    callbacks_made integer NOT NULL,
    recovered bigint NOT NULL,
    not_ours bigint NOT NULL,
    taken_back bigint NOT NULL,
    waits integer[] NOT NULL,
    waited integer[] NOT NULL,
    business_id bigint NOT NULL,
    replied_qualified integer DEFAULT 0 NOT NULL
);

ALTER TABLE public.month_measure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.month_measure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.monthly_letter (
    id bigint NOT NULL,
    month date NOT NULL,
    status character varying(8) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries smallint NOT NULL,
    problem character varying(300) NOT NULL,
    sent_at timestamp with time zone,
    admin_id bigint NOT NULL
);

ALTER TABLE public.monthly_letter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.monthly_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.note (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    business_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    member_id bigint
);

ALTER TABLE public.note ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.note_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notice (
    id bigint NOT NULL,
    key uuid NOT NULL,
    kind character varying(40) NOT NULL,
    subject bigint,
    thread bigint,
    changed jsonb,
    at timestamp with time zone NOT NULL,
    status character varying(8) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    tries smallint NOT NULL,
    attempts jsonb NOT NULL,
    body text NOT NULL,
    sent_at timestamp with time zone,
    business_id bigint NOT NULL,
    target_id bigint NOT NULL
);

ALTER TABLE public.notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.number_key (
    id bigint NOT NULL,
    sealed bytea NOT NULL
);

ALTER TABLE public.number_key ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.number_key_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.our_call (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    stage character varying(8) NOT NULL,
    status character varying(8) NOT NULL,
    "to" character varying(20) NOT NULL,
    customer character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    placed_at timestamp with time zone,
    provider_call character varying(80) NOT NULL,
    ended character varying(10) NOT NULL,
    seconds integer,
    detail character varying(200) NOT NULL,
    business_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    line_id bigint NOT NULL,
    member_id bigint NOT NULL,
    wake_id bigint,
    alert bigint
);

ALTER TABLE public.our_call ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.our_call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outside_booking (
    id bigint NOT NULL,
    uid character varying(200) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    status character varying(10) NOT NULL,
    told_at timestamp with time zone NOT NULL,
    appointment_id bigint,
    business_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    page_id bigint NOT NULL
);

ALTER TABLE public.outside_booking ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outside_booking_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outside_calendar (
    id bigint NOT NULL,
    provider character varying(40) NOT NULL,
    sealed bytea NOT NULL,
    writes boolean NOT NULL,
    cursor text NOT NULL,
    window_from timestamp with time zone,
    window_to timestamp with time zone,
    read_at timestamp with time zone,
    read_due_at timestamp with time zone,
    tries smallint NOT NULL,
    problem character varying(300) NOT NULL,
    sign_in_needed boolean NOT NULL,
    subscription character varying(200) NOT NULL,
    subscription_resource character varying(300) NOT NULL,
    subscribed_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.outside_calendar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outside_calendar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outside_crm (
    id bigint NOT NULL,
    provider character varying(40) NOT NULL,
    sealed bytea NOT NULL,
    mapping jsonb NOT NULL,
    prepared boolean NOT NULL,
    paused boolean NOT NULL,
    asked_at timestamp with time zone,
    rests_until timestamp with time zone,
    tries smallint NOT NULL,
    problem character varying(300) NOT NULL,
    sign_in_needed boolean NOT NULL,
    cursor text NOT NULL,
    sales_cursor text NOT NULL,
    read_at timestamp with time zone,
    read_due_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL
);

ALTER TABLE public.outside_crm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outside_crm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.own_entry (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    during tstzrange NOT NULL,
    title character varying(200) NOT NULL,
    notes character varying(500) NOT NULL,
    place character varying(200) NOT NULL,
    free boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.own_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.own_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.page (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    reason character varying(60) NOT NULL,
    summary character varying(300) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    business_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    taken_by_id bigint,
    drill boolean DEFAULT false NOT NULL,
    ended character varying(10) DEFAULT ''::character varying NOT NULL,
    is_last boolean DEFAULT false NOT NULL,
    line_id bigint,
    next_at timestamp with time zone,
    round smallint DEFAULT 0 NOT NULL,
    round_at timestamp with time zone,
    rung smallint DEFAULT 0 NOT NULL,
    rung_at timestamp with time zone,
    service character varying(60) DEFAULT ''::character varying NOT NULL,
    unheard_at timestamp with time zone,
    mailed_at timestamp with time zone,
    CONSTRAINT an_open_page_never_falls_silent CHECK (((taken_at IS NOT NULL) OR (next_at IS NOT NULL)))
);

ALTER TABLE public.page ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.page_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.playbook_draft (
    id bigint NOT NULL,
    source text NOT NULL,
    revision integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    based_on_id bigint,
    business_id bigint NOT NULL,
    changed_by_id bigint,
    discarded_at timestamp with time zone,
    before text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.playbook_draft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.playbook_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.playbook_version (
    id bigint NOT NULL,
    number integer NOT NULL,
    source text NOT NULL,
    body jsonb NOT NULL,
    published_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    published_by_id bigint
);

ALTER TABLE public.playbook_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.playbook_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.push_keys (
    id smallint NOT NULL,
    public character varying(120) NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT there_is_one_pair_of_push_keys CHECK ((id = 1))
);

CREATE TABLE public.receipt (
    id bigint NOT NULL,
    key character varying(200) NOT NULL,
    provider_message character varying(80) NOT NULL,
    status character varying(12) NOT NULL,
    failure character varying(24) NOT NULL,
    detail character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    applied_at timestamp with time zone,
    raw jsonb,
    connection_id bigint NOT NULL
);

ALTER TABLE public.receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.report_link (
    id bigint NOT NULL,
    days smallint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    opened integer NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.report_link ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.report_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.resource (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    name character varying(60) NOT NULL,
    active boolean NOT NULL,
    business_id bigint NOT NULL,
    location_id bigint
);

ALTER TABLE public.resource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.revenue_entry (
    id bigint NOT NULL,
    cents bigint NOT NULL,
    currency character varying(3) NOT NULL,
    at timestamp with time zone NOT NULL,
    evidence character varying(300) NOT NULL,
    business_id bigint NOT NULL,
    lead_id bigint NOT NULL,
    member_id bigint,
    reverses_id bigint,
    job character varying(60) NOT NULL,
    round smallint NOT NULL,
    instead_of_id bigint,
    author character varying(120) DEFAULT ''::character varying NOT NULL,
    entered_at timestamp with time zone
);

ALTER TABLE public.revenue_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.revenue_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.saved_view (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    query character varying(500) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint
);

ALTER TABLE public.saved_view ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.saved_view_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.security_event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(24) NOT NULL,
    connection bigint,
    detail character varying(300) NOT NULL,
    address character varying(64) NOT NULL
);

ALTER TABLE public.security_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.security_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shift (
    id bigint NOT NULL,
    service character varying(60) NOT NULL,
    weekday smallint NOT NULL,
    start time without time zone NOT NULL,
    "end" time without time zone NOT NULL,
    rung smallint NOT NULL,
    business_id bigint NOT NULL,
    location_id bigint,
    member_id bigint NOT NULL,
    CONSTRAINT a_shift_is_on_a_day CHECK (((weekday >= 0) AND (weekday <= 7))),
    CONSTRAINT a_shift_is_on_a_rung CHECK (((rung >= 1) AND (rung <= 9)))
);

ALTER TABLE public.shift ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shift_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shift_override (
    id bigint NOT NULL,
    service character varying(60) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    rung smallint NOT NULL,
    reason character varying(120) NOT NULL,
    business_id bigint NOT NULL,
    location_id bigint,
    member_id bigint,
    CONSTRAINT an_override_takes_time CHECK ((ends_at > starts_at))
);

ALTER TABLE public.shift_override ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shift_override_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.showing (
    id bigint NOT NULL,
    text character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    video_id bigint NOT NULL
);

ALTER TABLE public.showing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.showing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sign_in (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    place character varying(45) NOT NULL,
    browser character varying(300) NOT NULL,
    user_id bigint NOT NULL
);

CREATE TABLE public.sign_in_app (
    id bigint NOT NULL,
    provider character varying(40) NOT NULL,
    sealed bytea NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL
);

ALTER TABLE public.sign_in_app ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sign_in_app_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.sign_in ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sign_in_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.snippet (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    business_id bigint NOT NULL,
    member_id bigint
);

ALTER TABLE public.snippet ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.snippet_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);

ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);

ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.suppression (
    id bigint NOT NULL,
    number character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    evidence character varying(300) NOT NULL,
    lifted_at timestamp with time zone,
    lifted_by character varying(300) NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint
);

ALTER TABLE public.suppression ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suppression_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.target (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    url character varying(500) NOT NULL,
    kinds jsonb NOT NULL,
    sealed bytea NOT NULL,
    old_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    arrived_at timestamp with time zone,
    failing_since timestamp with time zone,
    wait_until timestamp with time zone,
    disabled_at timestamp with time zone,
    disabled_why character varying(300) NOT NULL,
    alarmed_at timestamp with time zone,
    removed_at timestamp with time zone,
    business_id bigint NOT NULL
);

ALTER TABLE public.target ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.target_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.todo (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    title character varying(200) NOT NULL,
    urgent boolean NOT NULL,
    due_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    outcome character varying(40) NOT NULL,
    business_id bigint NOT NULL,
    closed_by_id bigint,
    conversation_id bigint NOT NULL,
    next_at timestamp with time zone,
    owner_id bigint,
    reminded smallint DEFAULT 0 NOT NULL,
    team character varying(8) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.todo ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.todo_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.token (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    digest bytea NOT NULL,
    hint character varying(12) NOT NULL,
    scopes jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE public.token ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.upload (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    name character varying(120) NOT NULL,
    content bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL,
    state character varying(10) DEFAULT ''::character varying NOT NULL,
    mapping jsonb,
    by character varying(120) DEFAULT ''::character varying NOT NULL,
    rows integer DEFAULT 0 NOT NULL,
    added integer DEFAULT 0 NOT NULL,
    known integer DEFAULT 0 NOT NULL,
    refused integer DEFAULT 0 NOT NULL,
    share smallint DEFAULT 0 NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    says character varying(300) DEFAULT ''::character varying NOT NULL,
    problems jsonb,
    more_problems integer DEFAULT 0 NOT NULL,
    beat_at timestamp with time zone,
    contacts jsonb,
    looks boolean DEFAULT false NOT NULL,
    people integer DEFAULT 0 NOT NULL,
    updated integer DEFAULT 0 NOT NULL
);

ALTER TABLE public.upload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.upload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.upload_row (
    id bigint NOT NULL,
    "row" integer NOT NULL,
    fate character varying(8) NOT NULL,
    subject bigint,
    upload_id bigint NOT NULL
);

ALTER TABLE public.upload_row ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.upload_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.video (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    service character varying(60) NOT NULL,
    language character varying(8) NOT NULL,
    made_by character varying(8) NOT NULL,
    state character varying(8) NOT NULL,
    progress smallint NOT NULL,
    problem character varying(300) NOT NULL,
    storyboard text NOT NULL,
    captions text NOT NULL,
    seconds double precision NOT NULL,
    sound boolean NOT NULL,
    beat_at timestamp with time zone,
    published_at timestamp with time zone,
    removed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    business_id bigint NOT NULL,
    created_by_id bigint,
    location_id bigint,
    CONSTRAINT only_a_finished_video_is_published CHECK (((published_at IS NULL) OR ((state)::text = 'ready'::text)))
);

CREATE TABLE public.video_file (
    id bigint NOT NULL,
    role character varying(40) NOT NULL,
    path character varying(200) NOT NULL,
    content_type character varying(60) NOT NULL,
    bytes bigint NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    video_id bigint NOT NULL
);

ALTER TABLE public.video_file ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.video_file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.video ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.video_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.video_release (
    id bigint NOT NULL,
    person character varying(120) NOT NULL,
    signed_on date NOT NULL,
    scope character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    member_id bigint,
    video_id bigint NOT NULL
);

ALTER TABLE public.video_release ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.video_release_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.video_upload (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    size bigint NOT NULL,
    received bigint NOT NULL,
    pieces jsonb NOT NULL,
    video_id bigint NOT NULL
);

ALTER TABLE public.video_upload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.video_upload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wake (
    id bigint NOT NULL,
    round smallint NOT NULL,
    rung smallint NOT NULL,
    by character varying(4) NOT NULL,
    number smallint NOT NULL,
    state character varying(6) NOT NULL,
    at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    detail character varying(200) NOT NULL,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL,
    message_id bigint,
    page_id bigint NOT NULL
);

ALTER TABLE public.wake ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wake_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.watch (
    id bigint NOT NULL,
    beat_at timestamp with time zone NOT NULL,
    swept_until timestamp with time zone,
    connected_at timestamp with time zone,
    trouble character varying(300) NOT NULL,
    trouble_at timestamp with time zone,
    connection_id bigint NOT NULL
);

ALTER TABLE public.watch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.watch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.watched (
    id bigint NOT NULL,
    what character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    showing_id bigint NOT NULL
);

ALTER TABLE public.watched ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.watched_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.weekly_letter (
    id bigint NOT NULL,
    week date NOT NULL,
    by character varying(5) NOT NULL,
    "to" character varying(254) NOT NULL,
    subject character varying(200) NOT NULL,
    body text NOT NULL,
    status character varying(8) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries smallint NOT NULL,
    problem character varying(300) NOT NULL,
    sent_at timestamp with time zone,
    business_id bigint NOT NULL,
    member_id bigint NOT NULL,
    html text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.weekly_letter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.weekly_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.worker_beat (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    version character varying(40) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.worker_beat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.worker_beat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

INSERT INTO public.django_migrations VALUES (1, 'contenttypes', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (2, 'contenttypes', '0002_remove_content_type_name', now());
INSERT INTO public.django_migrations VALUES (3, 'auth', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (4, 'auth', '0002_alter_permission_name_max_length', now());
INSERT INTO public.django_migrations VALUES (5, 'auth', '0003_alter_user_email_max_length', now());
INSERT INTO public.django_migrations VALUES (6, 'auth', '0004_alter_user_username_opts', now());
INSERT INTO public.django_migrations VALUES (7, 'auth', '0005_alter_user_last_login_null', now());
INSERT INTO public.django_migrations VALUES (8, 'auth', '0006_require_contenttypes_0002', now());
INSERT INTO public.django_migrations VALUES (9, 'auth', '0007_alter_validators_add_error_messages', now());
INSERT INTO public.django_migrations VALUES (10, 'auth', '0008_alter_user_username_max_length', now());
INSERT INTO public.django_migrations VALUES (11, 'auth', '0009_alter_user_last_name_max_length', now());
INSERT INTO public.django_migrations VALUES (12, 'auth', '0010_alter_group_name_max_length', now());
INSERT INTO public.django_migrations VALUES (13, 'auth', '0011_update_proxy_permissions', now());
INSERT INTO public.django_migrations VALUES (14, 'auth', '0012_alter_user_first_name_max_length', now());
INSERT INTO public.django_migrations VALUES (15, 'store', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (16, 'account', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (17, 'account', '0002_email_max_length', now());
INSERT INTO public.django_migrations VALUES (18, 'account', '0003_alter_emailaddress_create_unique_verified_email', now());
INSERT INTO public.django_migrations VALUES (19, 'account', '0004_alter_emailaddress_drop_unique_email', now());
INSERT INTO public.django_migrations VALUES (20, 'account', '0005_emailaddress_idx_upper_email', now());
INSERT INTO public.django_migrations VALUES (21, 'account', '0006_emailaddress_lower', now());
INSERT INTO public.django_migrations VALUES (22, 'account', '0007_emailaddress_idx_email', now());
INSERT INTO public.django_migrations VALUES (23, 'account', '0008_emailaddress_unique_primary_email_fixup', now());
INSERT INTO public.django_migrations VALUES (24, 'account', '0009_emailaddress_unique_primary_email', now());
INSERT INTO public.django_migrations VALUES (25, 'mfa', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (26, 'mfa', '0002_authenticator_timestamps', now());
INSERT INTO public.django_migrations VALUES (27, 'mfa', '0003_authenticator_type_uniq', now());
INSERT INTO public.django_migrations VALUES (28, 'procrastinate', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (29, 'procrastinate', '0002_drop_started_at_column', now());
INSERT INTO public.django_migrations VALUES (30, 'procrastinate', '0003_drop_started_at_column', now());
INSERT INTO public.django_migrations VALUES (31, 'procrastinate', '0004_drop_procrastinate_version_table', now());
INSERT INTO public.django_migrations VALUES (32, 'procrastinate', '0005_fix_procrastinate_fetch_job', now());
INSERT INTO public.django_migrations VALUES (33, 'procrastinate', '0006_fix_trigger_status_events_insert', now());
INSERT INTO public.django_migrations VALUES (34, 'procrastinate', '0007_add_queueing_lock_column', now());
INSERT INTO public.django_migrations VALUES (35, 'procrastinate', '0008_close_fetch_job_race_condition', now());
INSERT INTO public.django_migrations VALUES (36, 'procrastinate', '0009_add_defer_job_function', now());
INSERT INTO public.django_migrations VALUES (37, 'procrastinate', '0010_add_procrastinate_periodic_defers', now());
INSERT INTO public.django_migrations VALUES (38, 'procrastinate', '0011_add_foreign_key_index', now());
INSERT INTO public.django_migrations VALUES (39, 'procrastinate', '0012_add_locks_to_periodic_defer', now());
INSERT INTO public.django_migrations VALUES (40, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', now());
INSERT INTO public.django_migrations VALUES (41, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', now());
INSERT INTO public.django_migrations VALUES (42, 'procrastinate', '0015_add_trigger_on_job_deletion', now());
INSERT INTO public.django_migrations VALUES (43, 'procrastinate', '0016_delete_finished_jobs', now());
INSERT INTO public.django_migrations VALUES (44, 'procrastinate', '0017_add_checks_to_finish_job', now());
INSERT INTO public.django_migrations VALUES (45, 'procrastinate', '0018_add_checks_to_retry_job', now());
INSERT INTO public.django_migrations VALUES (46, 'procrastinate', '0019_fix_finish_job_compat_issue', now());
INSERT INTO public.django_migrations VALUES (47, 'procrastinate', '0020_add_index_on_procrastinate_jobs', now());
INSERT INTO public.django_migrations VALUES (48, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', now());
INSERT INTO public.django_migrations VALUES (49, 'procrastinate', '0022_null_locks_excluded', now());
INSERT INTO public.django_migrations VALUES (50, 'procrastinate', '0023_remove_old_finish_job_function', now());
INSERT INTO public.django_migrations VALUES (51, 'procrastinate', '0024_job_id_bigint', now());
INSERT INTO public.django_migrations VALUES (52, 'procrastinate', '0025_add_models', now());
INSERT INTO public.django_migrations VALUES (53, 'procrastinate', '0026_add_job_priority', now());
INSERT INTO public.django_migrations VALUES (54, 'procrastinate', '0027_add_periodic_job_priority', now());
INSERT INTO public.django_migrations VALUES (55, 'procrastinate', '0028_add_cancel_states', now());
INSERT INTO public.django_migrations VALUES (56, 'procrastinate', '0029_add_additional_params_to_retry_job', now());
INSERT INTO public.django_migrations VALUES (57, 'procrastinate', '0030_alter_procrastinateevent_options', now());
INSERT INTO public.django_migrations VALUES (58, 'procrastinate', '0031_add_indexes_for_fetch_job', now());
INSERT INTO public.django_migrations VALUES (59, 'procrastinate', '0032_pre_cancel_notification', now());
INSERT INTO public.django_migrations VALUES (60, 'procrastinate', '0033_post_cancel_notification', now());
INSERT INTO public.django_migrations VALUES (61, 'procrastinate', '0034_pre_add_heartbeat', now());
INSERT INTO public.django_migrations VALUES (62, 'procrastinate', '0035_post_add_heartbeat', now());
INSERT INTO public.django_migrations VALUES (63, 'procrastinate', '0036_add_worker_model', now());
INSERT INTO public.django_migrations VALUES (64, 'procrastinate', '0037_pre_batch_defer_jobs', now());
INSERT INTO public.django_migrations VALUES (65, 'procrastinate', '0038_post_batch_defer_jobs', now());
INSERT INTO public.django_migrations VALUES (66, 'procrastinate', '0039_pre_priority_lock_fetch_job', now());
INSERT INTO public.django_migrations VALUES (67, 'procrastinate', '0040_pre_retry_failed_job', now());
INSERT INTO public.django_migrations VALUES (68, 'procrastinate', '0041_post_retry_failed_job', now());
INSERT INTO public.django_migrations VALUES (69, 'sessions', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (70, 'socialaccount', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (71, 'socialaccount', '0002_token_max_lengths', now());
INSERT INTO public.django_migrations VALUES (72, 'socialaccount', '0003_extra_data_default_dict', now());
INSERT INTO public.django_migrations VALUES (73, 'socialaccount', '0004_app_provider_id_settings', now());
INSERT INTO public.django_migrations VALUES (74, 'socialaccount', '0005_socialtoken_nullable_app', now());
INSERT INTO public.django_migrations VALUES (75, 'socialaccount', '0006_alter_socialaccount_extra_data', now());
INSERT INTO public.django_migrations VALUES (76, 'store', '0002_what_must_not_happen', now());
INSERT INTO public.django_migrations VALUES (77, 'store', '0003_a_calendar_of_people_and_things', now());
INSERT INTO public.django_migrations VALUES (78, 'store', '0004_line_types', now());
INSERT INTO public.django_migrations VALUES (79, 'store', '0005_sending_rules', now());
INSERT INTO public.django_migrations VALUES (80, 'store', '0006_measures', now());
INSERT INTO public.django_migrations VALUES (81, 'store', '0007_a_job_is_counted_once', now());
INSERT INTO public.django_migrations VALUES (82, 'store', '0008_line_settings', now());
INSERT INTO public.django_migrations VALUES (83, 'store', '0009_outside_calendars', now());
INSERT INTO public.django_migrations VALUES (84, 'store', '0010_invitations', now());
INSERT INTO public.django_migrations VALUES (85, 'store', '0011_advice', now());
INSERT INTO public.django_migrations VALUES (86, 'store', '0012_watches', now());
INSERT INTO public.django_migrations VALUES (87, 'store', '0013_worker_beats', now());
INSERT INTO public.django_migrations VALUES (88, 'store', '0014_reports_add_days_up', now());
INSERT INTO public.django_migrations VALUES (89, 'store', '0015_people_and_settings', now());
INSERT INTO public.django_migrations VALUES (90, 'store', '0016_crms', now());
INSERT INTO public.django_migrations VALUES (91, 'store', '0017_erasures', now());
INSERT INTO public.django_migrations VALUES (92, 'store', '0018_links_and_letters', now());
INSERT INTO public.django_migrations VALUES (93, 'store', '0019_on_call', now());
INSERT INTO public.django_migrations VALUES (94, 'store', '0020_programs_and_their_tokens', now());
INSERT INTO public.django_migrations VALUES (95, 'store', '0021_sign_ins', now());
INSERT INTO public.django_migrations VALUES (96, 'store', '0022_the_desk', now());
INSERT INTO public.django_migrations VALUES (97, 'store', '0023_videos', now());
INSERT INTO public.django_migrations VALUES (98, 'store', '0024_contacts_are_found_and_merged', now());
INSERT INTO public.django_migrations VALUES (99, 'store', '0025_programs_are_told', now());
INSERT INTO public.django_migrations VALUES (100, 'store', '0026_settings_reach_every_cache', now());
INSERT INTO public.django_migrations VALUES (101, 'store', '0027_calls_are_found', now());
INSERT INTO public.django_migrations VALUES (102, 'store', '0028_learning', now());
INSERT INTO public.django_migrations VALUES (103, 'store', '0029_attachments_and_look_ups', now());
INSERT INTO public.django_migrations VALUES (104, 'store', '0030_money_has_a_currency', now());
INSERT INTO public.django_migrations VALUES (105, 'store', '0031_our_calls', now());
INSERT INTO public.django_migrations VALUES (106, 'store', '0032_traces', now());
INSERT INTO public.django_migrations VALUES (107, 'store', '0033_ways_between_areas', now());
INSERT INTO public.django_migrations VALUES (108, 'store', '0034_pages_are_quick', now());
INSERT INTO public.django_migrations VALUES (109, 'store', '0035_corrections_know_the_question', now());
INSERT INTO public.django_migrations VALUES (110, 'store', '0036_line_tests', now());
INSERT INTO public.django_migrations VALUES (111, 'store', '0037_alerts', now());
INSERT INTO public.django_migrations VALUES (112, 'store', '0038_push_and_calls', now());
INSERT INTO public.django_migrations VALUES (113, 'store', '0039_reports_add_months_up', now());
INSERT INTO public.django_migrations VALUES (114, 'store', '0040_the_built_in_calendar', now());
INSERT INTO public.django_migrations VALUES (115, 'store', '0041_weekly_letters_as_pages', now());
INSERT INTO public.django_migrations VALUES (116, 'store', '0042_a_part_is_given_back', now());
INSERT INTO public.django_migrations VALUES (117, 'store', '0043_qualified_of_those_who_replied', now());
INSERT INTO public.django_migrations VALUES (118, 'store', '0044_a_discarded_draft_can_be_had_back', now());
INSERT INTO public.django_migrations VALUES (119, 'store', '0045_phones_of_staff_are_confirmed', now());
INSERT INTO public.django_migrations VALUES (120, 'store', '0046_a_contact_changes_in_its_place', now());
INSERT INTO public.django_migrations VALUES (121, 'store', '0047_a_change_of_a_draft_can_be_taken_back', now());
INSERT INTO public.django_migrations VALUES (122, 'store', '0048_an_audit_entry_says_what_it_is_about', now());
INSERT INTO public.django_migrations VALUES (123, 'store', '0049_names_of_every_script_are_found', now());
INSERT INTO public.django_migrations VALUES (124, 'store', '0050_a_receipt_names_its_call', now());
INSERT INTO public.django_migrations VALUES (125, 'store', '0051_who_said_an_amount', now());
INSERT INTO public.django_migrations VALUES (126, 'store', '0052_a_merged_number_is_shown_as_its_person', now());
INSERT INTO public.django_migrations VALUES (127, 'store', '0053_marks_are_found', now());
INSERT INTO public.django_migrations VALUES (128, 'store', '0054_a_large_file_is_taken_in_by_a_worker', now());
INSERT INTO public.django_migrations VALUES (129, 'store', '0055_words_of_a_name_are_taken_from_the_index', now());
INSERT INTO public.django_migrations VALUES (130, 'store', '0056_a_large_table_is_looked_through', now());
INSERT INTO public.django_migrations VALUES (131, 'store', '0057_what_a_customer_said_is_found', now());
INSERT INTO public.django_migrations VALUES (132, 'store', '0058_what_came_of_a_row_of_a_large_table', now());
INSERT INTO public.django_migrations VALUES (133, 'store', '0059_who_was_erased_is_erased_wholly', now());
INSERT INTO public.django_migrations VALUES (134, 'store', '0060_texts_of_a_line_are_found_by_an_index', now());
INSERT INTO public.django_migrations VALUES (135, 'store', '0061_audit_entries_keep_names', now());
INSERT INTO public.django_migrations VALUES (136, 'store', '0062_reasons_about_videos_are_found', now());
INSERT INTO public.django_migrations VALUES (137, 'store', '0063_texts_to_own_people_are_found', now());
INSERT INTO public.django_migrations VALUES (138, 'store', '0064_stops_of_the_erased_are_found', now());
INSERT INTO public.django_migrations VALUES (139, 'store', '0065_forgetting_is_no_news', now());
INSERT INTO public.django_migrations VALUES (140, 'store', '0066_texts_that_left_are_found', now());
INSERT INTO public.django_migrations VALUES (141, 'store', '0067_a_host_name_that_is_reached', now());
INSERT INTO public.django_migrations VALUES (142, 'store', '0068_what_was_sent_is_no_draft', now());
INSERT INTO public.django_migrations VALUES (143, 'store', '0069_what_a_line_has_learned', now());
INSERT INTO public.django_migrations VALUES (144, 'store', '0070_each_tab_has_its_draft', now());
INSERT INTO public.django_migrations VALUES (145, 'store', '0071_reasons_of_a_business_are_found', now());
INSERT INTO public.django_migrations VALUES (146, 'store', '0072_a_host_name_that_no_longer_leads_here', now());
INSERT INTO public.django_migrations VALUES (147, 'store', '0073_second_steps_are_sealed', now());
INSERT INTO public.django_migrations VALUES (148, 'store', '0074_sessions_are_sealed', now());
INSERT INTO public.django_migrations VALUES (149, 'store', '0075_numbers_are_known_again_under_another_secret', now());
INSERT INTO public.django_migrations VALUES (150, 'store', '0076_tries_are_counted_for_all_processes', now());
INSERT INTO public.django_migrations VALUES (151, 'store', '0077_what_voicemails_and_forms_say_is_found', now());
INSERT INTO public.django_migrations VALUES (152, 'store', '0078_an_audit_entry_says_from_where', now());
INSERT INTO public.django_migrations VALUES (153, 'store', '0079_calls_that_count_as_nothing_are_found', now());
INSERT INTO public.django_migrations VALUES (154, 'store', '0080_an_audit_entry_says_which_way', now());

SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);

SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);

SELECT pg_catalog.setval('public.account_groups_id_seq', 1, false);

SELECT pg_catalog.setval('public.account_id_seq', 1, false);

SELECT pg_catalog.setval('public.account_user_permissions_id_seq', 1, false);

SELECT pg_catalog.setval('public.act_once_id_seq', 1, false);

SELECT pg_catalog.setval('public.advice_id_seq', 1, false);

SELECT pg_catalog.setval('public.agency_admin_id_seq', 1, false);

SELECT pg_catalog.setval('public.agency_id_seq', 1, false);

SELECT pg_catalog.setval('public.alert_id_seq', 1, false);

SELECT pg_catalog.setval('public.alert_way_id_seq', 1, false);

SELECT pg_catalog.setval('public.api_answer_id_seq', 1, false);

SELECT pg_catalog.setval('public.appointment_id_seq', 1, false);

SELECT pg_catalog.setval('public.appointment_type_id_seq', 1, false);

SELECT pg_catalog.setval('public.area_way_id_seq', 1, false);

SELECT pg_catalog.setval('public.attachment_id_seq', 1, false);

SELECT pg_catalog.setval('public.attempt_id_seq', 1, false);

SELECT pg_catalog.setval('public.audit_entry_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_permission_id_seq', 1, false);

SELECT pg_catalog.setval('public.booking_page_id_seq', 1, false);

SELECT pg_catalog.setval('public.business_id_seq', 1, false);

SELECT pg_catalog.setval('public.busy_id_seq', 1, false);

SELECT pg_catalog.setval('public.calendar_entry_id_seq', 1, false);

SELECT pg_catalog.setval('public.connection_id_seq', 1, false);

SELECT pg_catalog.setval('public.consent_id_seq', 1, false);

SELECT pg_catalog.setval('public.contact_apart_id_seq', 1, false);

SELECT pg_catalog.setval('public.contact_id_seq', 1, false);

SELECT pg_catalog.setval('public.contact_merge_id_seq', 1, false);

SELECT pg_catalog.setval('public.contact_person_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversation_id_seq', 1, false);

SELECT pg_catalog.setval('public.correction_id_seq', 1, false);

SELECT pg_catalog.setval('public.crm_copy_id_seq', 1, false);

SELECT pg_catalog.setval('public.crm_report_id_seq', 1, false);

SELECT pg_catalog.setval('public.day_measure_id_seq', 1, false);

SELECT pg_catalog.setval('public.decision_receipt_id_seq', 1, false);

SELECT pg_catalog.setval('public.django_content_type_id_seq', 1, false);

SELECT pg_catalog.setval('public.django_migrations_id_seq', 154, true);

SELECT pg_catalog.setval('public.erasure_id_seq', 1, false);

SELECT pg_catalog.setval('public.event_id_seq', 1, false);

SELECT pg_catalog.setval('public.feed_id_seq', 1, false);

SELECT pg_catalog.setval('public.invitation_id_seq', 1, false);

SELECT pg_catalog.setval('public.join_link_id_seq', 1, false);

SELECT pg_catalog.setval('public.known_number_id_seq', 1, false);

SELECT pg_catalog.setval('public.lead_id_seq', 1, false);

SELECT pg_catalog.setval('public.lead_turn_id_seq', 1, false);

SELECT pg_catalog.setval('public.lead_wording_id_seq', 1, false);

SELECT pg_catalog.setval('public.line_finding_id_seq', 1, false);

SELECT pg_catalog.setval('public.line_id_seq', 1, false);

SELECT pg_catalog.setval('public.line_test_id_seq', 1, false);

SELECT pg_catalog.setval('public.location_id_seq', 1, false);

SELECT pg_catalog.setval('public.look_up_id_seq', 1, false);

SELECT pg_catalog.setval('public.looking_id_seq', 1, false);

SELECT pg_catalog.setval('public.member_id_seq', 1, false);

SELECT pg_catalog.setval('public.message_id_seq', 1, false);

SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);

SELECT pg_catalog.setval('public.month_measure_id_seq', 1, false);

SELECT pg_catalog.setval('public.monthly_letter_id_seq', 1, false);

SELECT pg_catalog.setval('public.note_id_seq', 1, false);

SELECT pg_catalog.setval('public.notice_id_seq', 1, false);

SELECT pg_catalog.setval('public.number_key_id_seq', 1, false);

SELECT pg_catalog.setval('public.our_call_id_seq', 1, false);

SELECT pg_catalog.setval('public.outside_booking_id_seq', 1, false);

SELECT pg_catalog.setval('public.outside_calendar_id_seq', 1, false);

SELECT pg_catalog.setval('public.outside_crm_id_seq', 1, false);

SELECT pg_catalog.setval('public.own_entry_id_seq', 1, false);

SELECT pg_catalog.setval('public.page_id_seq', 1, false);

SELECT pg_catalog.setval('public.playbook_draft_id_seq', 1, false);

SELECT pg_catalog.setval('public.playbook_version_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);

SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);

SELECT pg_catalog.setval('public.receipt_id_seq', 1, false);

SELECT pg_catalog.setval('public.report_link_id_seq', 1, false);

SELECT pg_catalog.setval('public.resource_id_seq', 1, false);

SELECT pg_catalog.setval('public.revenue_entry_id_seq', 1, false);

SELECT pg_catalog.setval('public.saved_view_id_seq', 1, false);

SELECT pg_catalog.setval('public.security_event_id_seq', 1, false);

SELECT pg_catalog.setval('public.shift_id_seq', 1, false);

SELECT pg_catalog.setval('public.shift_override_id_seq', 1, false);

SELECT pg_catalog.setval('public.showing_id_seq', 1, false);

SELECT pg_catalog.setval('public.sign_in_app_id_seq', 1, false);

SELECT pg_catalog.setval('public.sign_in_id_seq', 1, false);

SELECT pg_catalog.setval('public.snippet_id_seq', 1, false);

SELECT pg_catalog.setval('public.socialaccount_socialaccount_id_seq', 1, false);

SELECT pg_catalog.setval('public.socialaccount_socialapp_id_seq', 1, false);

SELECT pg_catalog.setval('public.socialaccount_socialtoken_id_seq', 1, false);

SELECT pg_catalog.setval('public.suppression_id_seq', 1, false);

SELECT pg_catalog.setval('public.target_id_seq', 1, false);

SELECT pg_catalog.setval('public.todo_id_seq', 1, false);

SELECT pg_catalog.setval('public.token_id_seq', 1, false);

SELECT pg_catalog.setval('public.upload_id_seq', 1, false);

SELECT pg_catalog.setval('public.upload_row_id_seq', 1, false);

SELECT pg_catalog.setval('public.video_file_id_seq', 1, false);

SELECT pg_catalog.setval('public.video_id_seq', 1, false);

SELECT pg_catalog.setval('public.video_release_id_seq', 1, false);

SELECT pg_catalog.setval('public.video_upload_id_seq', 1, false);

SELECT pg_catalog.setval('public.wake_id_seq', 1, false);

SELECT pg_catalog.setval('public.watch_id_seq', 1, false);

SELECT pg_catalog.setval('public.watched_id_seq', 1, false);

SELECT pg_catalog.setval('public.weekly_letter_id_seq', 1, false);

SELECT pg_catalog.setval('public.worker_beat_id_seq', 1, false);

ALTER TABLE ONLY public.business
    ADD CONSTRAINT a_business_has_one_currency UNIQUE (id, currency);

ALTER TABLE ONLY public.busy
    ADD CONSTRAINT a_busy_time_is_written_once UNIQUE (member_id, source, key);

ALTER TABLE ONLY public.day_measure
    ADD CONSTRAINT a_day_is_added_up_once_for_each_part UNIQUE (business_id, dimension, day, part);

ALTER TABLE ONLY public.watched
    ADD CONSTRAINT a_mark_is_counted_once_a_showing UNIQUE (showing_id, what);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT a_member_is_told_once_by_each_way UNIQUE (way_id, kind, subject);

ALTER TABLE ONLY public.looking
    ADD CONSTRAINT a_member_looks_once_at_a_conversation UNIQUE (conversation_id, member_id);

ALTER TABLE ONLY public.month_measure
    ADD CONSTRAINT a_month_is_added_up_once_for_each_part UNIQUE (business_id, dimension, day, part);

ALTER TABLE ONLY public.monthly_letter
    ADD CONSTRAINT a_month_is_told_once UNIQUE (admin_id, month);

ALTER TABLE ONLY public.known_number
    ADD CONSTRAINT a_number_is_known_as_one_thing UNIQUE (business_id, number);

ALTER TABLE ONLY public.look_up
    ADD CONSTRAINT a_number_is_looked_up_once UNIQUE (business_id, number);

ALTER TABLE ONLY public.page
    ADD CONSTRAINT a_page_is_opened_once UNIQUE (conversation_id, key);

ALTER TABLE ONLY public.showing
    ADD CONSTRAINT a_person_gets_a_video_once UNIQUE (contact_id, video_id);

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT a_receipt_is_kept_once UNIQUE (connection_id, key);

ALTER TABLE ONLY public.api_answer
    ADD CONSTRAINT a_request_is_done_once UNIQUE (token_id, key);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT a_resource_is_never_sold_twice EXCLUDE USING gist (int8range(resource_id, resource_id, '[]'::text) WITH &&, blocked WITH &&) WHERE ((((status)::text = ANY ((ARRAY['held'::character varying, 'booked'::character varying])::text[])) AND (resource_id IS NOT NULL)));

ALTER TABLE ONLY public.upload_row
    ADD CONSTRAINT a_row_of_a_file_is_told_once UNIQUE (upload_id, fate, "row");

ALTER TABLE ONLY public.message
    ADD CONSTRAINT a_text_is_written_once UNIQUE (conversation_id, key);

ALTER TABLE ONLY public.crm_copy
    ADD CONSTRAINT a_thing_is_copied_to_one_record UNIQUE (crm_id, kind, local);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT a_time_is_never_sold_twice EXCLUDE USING gist (int8range(member_id, member_id, '[]'::text) WITH &&, blocked WITH &&) WHERE (((status)::text = ANY ((ARRAY['held'::character varying, 'booked'::character varying])::text[])));

ALTER TABLE ONLY public.weekly_letter
    ADD CONSTRAINT a_week_is_told_once UNIQUE (business_id, week, member_id, by);

ALTER TABLE ONLY public.lead_wording
    ADD CONSTRAINT a_wording_is_told_first_once UNIQUE (lead_id, place);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_email_key UNIQUE (email);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_groups
    ADD CONSTRAINT account_groups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_groups
    ADD CONSTRAINT account_groups_user_id_group_id_965b99e7_uniq UNIQUE (user_id, group_id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_user_permissions
    ADD CONSTRAINT account_user_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_user_permissions
    ADD CONSTRAINT account_user_permissions_user_id_permission_id_da8d988d_uniq UNIQUE (user_id, permission_id);

ALTER TABLE ONLY public.act_once
    ADD CONSTRAINT act_once_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.advice
    ADD CONSTRAINT advice_event_id_key UNIQUE (event_id);

ALTER TABLE ONLY public.advice
    ADD CONSTRAINT advice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agency_admin
    ADD CONSTRAINT agency_admin_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agency
    ADD CONSTRAINT agency_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alert_way
    ADD CONSTRAINT alert_way_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.act_once
    ADD CONSTRAINT an_act_is_done_once UNIQUE (user_id, key);

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT an_attachment_is_kept_once UNIQUE (event_id, n);

ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT an_erasure_is_written_once UNIQUE (business_id, digest, at);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT an_event_is_kept_once UNIQUE (connection_id, provider_key);

ALTER TABLE ONLY public.outside_booking
    ADD CONSTRAINT an_outside_booking_is_kept_once UNIQUE (page_id, uid);

ALTER TABLE ONLY public.own_entry
    ADD CONSTRAINT an_own_entry_is_written_once UNIQUE (member_id, key);

ALTER TABLE ONLY public.api_answer
    ADD CONSTRAINT api_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointment_type
    ADD CONSTRAINT appointment_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.area_way
    ADD CONSTRAINT area_way_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.booking_page
    ADD CONSTRAINT booking_page_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.business
    ADD CONSTRAINT business_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.busy
    ADD CONSTRAINT busy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_entry
    ADD CONSTRAINT calendar_entry_key_key UNIQUE (key);

ALTER TABLE ONLY public.calendar_entry
    ADD CONSTRAINT calendar_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.connection
    ADD CONSTRAINT connection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent
    ADD CONSTRAINT consent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contact_apart
    ADD CONSTRAINT contact_apart_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contact_merge
    ADD CONSTRAINT contact_merge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contact_person
    ADD CONSTRAINT contact_person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.counted
    ADD CONSTRAINT counted_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.crm_copy
    ADD CONSTRAINT crm_copy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crm_report
    ADD CONSTRAINT crm_report_crm_id_key UNIQUE (crm_id);

ALTER TABLE ONLY public.crm_report
    ADD CONSTRAINT crm_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.day_measure
    ADD CONSTRAINT day_measure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.decision_receipt
    ADD CONSTRAINT decision_receipt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT erasure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_appointment_id_key UNIQUE (appointment_id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_uid_key UNIQUE (uid);

ALTER TABLE ONLY public.join_link
    ADD CONSTRAINT join_link_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.join_link
    ADD CONSTRAINT join_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.known_number
    ADD CONSTRAINT known_number_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.lead_measure
    ADD CONSTRAINT lead_measure_pkey PRIMARY KEY (lead_id);

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.lead_turn
    ADD CONSTRAINT lead_turn_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.lead_wording
    ADD CONSTRAINT lead_wording_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.line_finding
    ADD CONSTRAINT line_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.line_test
    ADD CONSTRAINT line_test_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.location
    ADD CONSTRAINT location_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.look_up
    ADD CONSTRAINT look_up_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.looking
    ADD CONSTRAINT looking_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.measured_up_to
    ADD CONSTRAINT measured_up_to_pkey PRIMARY KEY (business_id);

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.month_measure
    ADD CONSTRAINT month_measure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.monthly_letter
    ADD CONSTRAINT monthly_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wake
    ADD CONSTRAINT nobody_is_woken_twice_a_round UNIQUE (page_id, member_id, round, by);

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_key_key UNIQUE (key);

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.number_key
    ADD CONSTRAINT number_key_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agency_admin
    ADD CONSTRAINT one_admin_per_agency_and_user UNIQUE (agency_id, user_id);

ALTER TABLE ONLY public.appointment_type
    ADD CONSTRAINT one_appointment_type_per_service UNIQUE (business_id, service);

ALTER TABLE ONLY public.booking_page
    ADD CONSTRAINT one_booking_page_elsewhere_per_business UNIQUE (business_id);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT one_contact_per_business_and_number UNIQUE (business_id, number);

ALTER TABLE ONLY public.outside_crm
    ADD CONSTRAINT one_crm_per_business UNIQUE (business_id);

ALTER TABLE ONLY public.calendar_entry
    ADD CONSTRAINT one_entry_per_appointment_and_calendar UNIQUE (appointment_id, calendar_id);

ALTER TABLE ONLY public.video_file
    ADD CONSTRAINT one_file_per_video_and_role UNIQUE (video_id, role);

ALTER TABLE ONLY public.line_finding
    ADD CONSTRAINT one_finding_per_line_and_name UNIQUE (line_id, name);

ALTER TABLE ONLY public.message
    ADD CONSTRAINT one_first_text_per_contact_in_cooldown EXCLUDE USING gist (int8range(contact_id, contact_id, '[]'::text) WITH &&, tstzrange(created_at, cooldown_until) WITH &&) WHERE ((((purpose)::text = 'first_text'::text) AND ((status)::text <> ALL ((ARRAY['withdrawn'::character varying, 'refused'::character varying])::text[]))));

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT one_lead_per_conversation UNIQUE (conversation_id);

ALTER TABLE ONLY public.line
    ADD CONSTRAINT one_line_per_connection_and_number UNIQUE (connection_id, number);

ALTER TABLE ONLY public.member
    ADD CONSTRAINT one_membership_per_business_and_user UNIQUE (business_id, user_id);

ALTER TABLE ONLY public.sign_in_app
    ADD CONSTRAINT one_sign_in_app_per_provider UNIQUE (business_id, provider);

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT one_view_per_name UNIQUE (business_id, name);

ALTER TABLE ONLY public.area_way
    ADD CONSTRAINT one_way_between_two_areas UNIQUE (business_id, one, other);

ALTER TABLE ONLY public.our_call
    ADD CONSTRAINT our_call_key_key UNIQUE (key);

ALTER TABLE ONLY public.our_call
    ADD CONSTRAINT our_call_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outside_booking
    ADD CONSTRAINT outside_booking_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outside_calendar
    ADD CONSTRAINT outside_calendar_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outside_crm
    ADD CONSTRAINT outside_crm_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.own_entry
    ADD CONSTRAINT own_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.page
    ADD CONSTRAINT page_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.playbook_draft
    ADD CONSTRAINT playbook_draft_business_id_key UNIQUE (business_id);

ALTER TABLE ONLY public.playbook_draft
    ADD CONSTRAINT playbook_draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.playbook_version
    ADD CONSTRAINT playbook_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.playbook_version
    ADD CONSTRAINT playbook_versions_are_numbered_once UNIQUE (business_id, number);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.push_keys
    ADD CONSTRAINT push_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.report_link
    ADD CONSTRAINT report_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.resource
    ADD CONSTRAINT resource_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.revenue_entry
    ADD CONSTRAINT revenue_entry_instead_of_id_key UNIQUE (instead_of_id);

ALTER TABLE ONLY public.revenue_entry
    ADD CONSTRAINT revenue_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.revenue_entry
    ADD CONSTRAINT revenue_entry_reverses_id_key UNIQUE (reverses_id);

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.security_event
    ADD CONSTRAINT security_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shift_override
    ADD CONSTRAINT shift_override_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shift
    ADD CONSTRAINT shift_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.showing
    ADD CONSTRAINT showing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_app
    ADD CONSTRAINT sign_in_app_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_key_key UNIQUE (key);

ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.snippet
    ADD CONSTRAINT snippet_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);

ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.suppression
    ADD CONSTRAINT suppression_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.todo
    ADD CONSTRAINT todo_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT tries_are_counted_in_one_row UNIQUE (kind, who, since);

ALTER TABLE ONLY public.contact_apart
    ADD CONSTRAINT two_people_are_told_once UNIQUE (first_id, second_id);

ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.upload_row
    ADD CONSTRAINT upload_row_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.video_file
    ADD CONSTRAINT video_file_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.video
    ADD CONSTRAINT video_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.video_release
    ADD CONSTRAINT video_release_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.video_upload
    ADD CONSTRAINT video_upload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.video_upload
    ADD CONSTRAINT video_upload_video_id_key UNIQUE (video_id);

ALTER TABLE ONLY public.wake
    ADD CONSTRAINT wake_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.watch
    ADD CONSTRAINT watch_connection_id_key UNIQUE (connection_id);

ALTER TABLE ONLY public.watch
    ADD CONSTRAINT watch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.watched
    ADD CONSTRAINT watched_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.weekly_letter
    ADD CONSTRAINT weekly_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.worker_beat
    ADD CONSTRAINT worker_beat_name_key UNIQUE (name);

ALTER TABLE ONLY public.worker_beat
    ADD CONSTRAINT worker_beat_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX a_browser_is_a_way_once ON public.alert_way USING btree (member_id, device) WHERE ((removed_at IS NULL) AND (NOT ((device)::text = ''::text)));

CREATE UNIQUE INDEX a_contact_is_merged_into_one ON public.contact_merge USING btree (gone_id) WHERE (undone_at IS NULL);

CREATE UNIQUE INDEX a_job_is_counted_once ON public.revenue_entry USING btree (business_id, job, round) WHERE ((reverses_id IS NULL) AND (NOT ((job)::text = ''::text)));

CREATE INDEX account_email_1d744048_like ON public.account USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE INDEX account_groups_group_id_a67ded22 ON public.account_groups USING btree (group_id);

CREATE INDEX account_groups_user_id_394fa457 ON public.account_groups USING btree (user_id);

CREATE INDEX account_user_permissions_permission_id_a1087168 ON public.account_user_permissions USING btree (permission_id);

CREATE INDEX account_user_permissions_user_id_fb062072 ON public.account_user_permissions USING btree (user_id);

CREATE INDEX advice_of_business ON public.advice USING btree (business_id, asked_at);

CREATE INDEX agency_admin_agency_id_1d7b1bab ON public.agency_admin USING btree (agency_id);

CREATE INDEX agency_admin_user_id_c670f72c ON public.agency_admin USING btree (user_id);

CREATE INDEX alert_due ON public.alert USING btree (due_at, id) WHERE ((status)::text = 'waiting'::text);

CREATE INDEX alert_way_business_id_b1465d2b ON public.alert_way USING btree (business_id);

CREATE INDEX alert_way_member_id_7affcd19 ON public.alert_way USING btree (member_id);

CREATE INDEX alert_way_standing ON public.alert_way USING btree (business_id) WHERE (removed_at IS NULL);

CREATE INDEX api_answer_at ON public.api_answer USING btree (at);

CREATE INDEX api_answer_token_id_5149ea3f ON public.api_answer USING btree (token_id);

CREATE INDEX appointment_areas ON public.appointment USING btree (business_id, id) WHERE (NOT ((area)::text = ''::text));

CREATE INDEX appointment_blocked ON public.appointment USING gist (blocked);

CREATE INDEX appointment_business_id_127ff384 ON public.appointment USING btree (business_id);

CREATE INDEX appointment_contact_id_a500797f ON public.appointment USING btree (contact_id);

CREATE INDEX appointment_conversation_id_e98b8aaa ON public.appointment USING btree (conversation_id);

CREATE INDEX appointment_location_id_b783314f ON public.appointment USING btree (location_id);

CREATE INDEX appointment_member_id_bd41fb0f ON public.appointment USING btree (member_id);

CREATE INDEX appointment_of_conversation ON public.appointment USING btree (conversation_id, status);

CREATE INDEX appointment_resource_id_5180ef84 ON public.appointment USING btree (resource_id);

CREATE INDEX appointment_type_business_id_1e56e979 ON public.appointment_type USING btree (business_id);

CREATE INDEX area_way_business_id_6116a71f ON public.area_way USING btree (business_id);

CREATE INDEX attachment_conversation_id_92824974 ON public.attachment USING btree (conversation_id);

CREATE INDEX attachment_message_id_8ecf320d ON public.attachment USING btree (message_id);

CREATE INDEX attachment_waiting ON public.attachment USING btree (due_at) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX attempt_since ON public.attempt USING btree (since);

CREATE INDEX audit_recent ON public.audit_entry USING btree (business_id, id DESC);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX booking_page_business_id_3d8ec97d ON public.booking_page USING btree (business_id);

CREATE INDEX business_agency_id_d1b0bfef ON public.business USING btree (agency_id);

CREATE INDEX business_playbook_id_2f81d9e3 ON public.business USING btree (playbook_id);

CREATE INDEX busy_business_id_46546518 ON public.busy USING btree (business_id);

CREATE INDEX busy_during ON public.busy USING gist (during);

CREATE INDEX busy_member_id_ae354aaa ON public.busy USING btree (member_id);

CREATE INDEX calendar_entry_appointment_id_8632e393 ON public.calendar_entry USING btree (appointment_id);

CREATE INDEX calendar_entry_business_id_7ab38ef1 ON public.calendar_entry USING btree (business_id);

CREATE INDEX calendar_entry_calendar_id_496a31b7 ON public.calendar_entry USING btree (calendar_id);

CREATE INDEX calendar_entry_key_07ed21ff_like ON public.calendar_entry USING btree (key varchar_pattern_ops);

CREATE INDEX connection_business_id_b70d68d6 ON public.connection USING btree (business_id);

CREATE INDEX consent_of_number ON public.consent USING btree (business_id, number, id);

CREATE INDEX contact_apart_business_id_5f63059b ON public.contact_apart USING btree (business_id);

CREATE INDEX contact_apart_first_id_dfecb776 ON public.contact_apart USING btree (first_id);

CREATE INDEX contact_apart_second_id_18f103ae ON public.contact_apart USING btree (second_id);

CREATE INDEX contact_elsewhere ON public.contact USING btree (number);

CREATE INDEX contact_found ON public.contact USING gin (public.contact_found_by(business_id, (number)::text, (name)::text, (email)::text));

CREATE INDEX contact_merge_business_id_52a52f96 ON public.contact_merge USING btree (business_id);

CREATE INDEX contact_merge_gone_id_92dd95af ON public.contact_merge USING btree (gone_id);

CREATE INDEX contact_merge_kept_id_b459fbc8 ON public.contact_merge USING btree (kept_id);

CREATE INDEX contact_merge_member_id_c1bb98a4 ON public.contact_merge USING btree (member_id);

CREATE INDEX contact_merged_into_id_1b4197df ON public.contact USING btree (merged_into_id);

CREATE INDEX contact_newest ON public.contact USING btree (business_id, id DESC);

CREATE INDEX contact_person_business_id_8cade419 ON public.contact_person USING btree (business_id);

CREATE INDEX contact_person_contact_id_3b4bc577 ON public.contact_person USING btree (contact_id);

CREATE INDEX contact_person_found ON public.contact_person USING gin (public.contact_found_by(business_id, ''::text, (name)::text, ''::text));

CREATE INDEX contact_same_address ON public.contact USING btree (business_id, lower((email)::text), id) INCLUDE (email) WHERE ((merged_into_id IS NULL) AND ((email)::text <> ''::text));

CREATE INDEX contact_same_name ON public.contact USING btree (business_id, public.same_name((name)::text), id) INCLUDE (name) WHERE ((merged_into_id IS NULL) AND (public.same_name((name)::text) IS NOT NULL));

CREATE INDEX conversation_contact_id_73935db1 ON public.conversation USING btree (contact_id);

CREATE INDEX conversation_done ON public.conversation USING btree (business_id, last_at DESC) WHERE ((ended_at IS NOT NULL) OR (done_at IS NOT NULL));

CREATE INDEX conversation_held ON public.conversation USING btree (business_id, id) WHERE ((ended_at IS NULL) AND ((phase)::text = 'human'::text));

CREATE INDEX conversation_of_holder ON public.conversation USING btree (held_by_id) WHERE (held_by_id IS NOT NULL);

CREATE INDEX conversation_of_member ON public.conversation USING btree (assigned_to_id) WHERE (assigned_to_id IS NOT NULL);

CREATE INDEX conversation_recent ON public.conversation USING btree (business_id, last_at DESC);

CREATE INDEX conversation_wake ON public.conversation USING btree (wake_at) WHERE (wake_at IS NOT NULL);

CREATE INDEX correction_business_id_a825c5cc ON public.correction USING btree (business_id);

CREATE INDEX correction_member_id_e4f4c13d ON public.correction USING btree (member_id);

CREATE INDEX correction_message_id_9d879a86 ON public.correction USING btree (message_id);

CREATE INDEX counted_key_681e040d_like ON public.counted USING btree (key varchar_pattern_ops);

CREATE INDEX counted_until ON public.counted USING btree (until);

CREATE INDEX crm_copy_dead ON public.crm_copy USING btree (crm_id, dead_at) WHERE (dead_at IS NOT NULL);

CREATE INDEX crm_copy_due ON public.crm_copy USING btree (crm_id, due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX crm_copy_of_contact ON public.crm_copy USING btree (contact_id, crm_id);

CREATE INDEX crm_copy_remote ON public.crm_copy USING btree (crm_id, remote) WHERE (NOT ((remote)::text = ''::text));

CREATE INDEX decision_about_video ON public.decision_receipt USING btree (conversation_id) WHERE ((rule)::text = 'video'::text);

CREATE INDEX decision_of_business ON public.decision_receipt USING btree (business_id, id);

CREATE INDEX decision_of_conversation ON public.decision_receipt USING btree (conversation_id, id);

CREATE INDEX decision_of_noise ON public.decision_receipt USING btree (business_id, conversation_id) WHERE ((rule)::text = 'call.noise'::text);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX entry_due ON public.calendar_entry USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX erasure_business_id_c9549bc4 ON public.erasure USING btree (business_id);

CREATE INDEX event_of_calls ON public.event USING btree (business_id, id DESC) WHERE ((kind)::text = 'CallEnded'::text);

CREATE INDEX event_of_conversation ON public.event USING btree (conversation_id, id);

CREATE INDEX event_of_marks ON public.event USING btree (conversation_id) WHERE ((kind)::text = ANY ((ARRAY['OutcomeMarked'::character varying, 'SaidByMistake'::character varying, 'AppointmentTakenBack'::character varying])::text[]));

CREATE INDEX event_of_words ON public.event USING btree (business_id, id DESC) WHERE ((kind)::text = ANY ((ARRAY['FormSent'::character varying, 'VoicemailTranscribed'::character varying])::text[]));

CREATE INDEX event_unhandled ON public.event USING btree (conversation_id, due_at) WHERE (handled_at IS NULL);

CREATE INDEX feed_business_id_9d419dbd ON public.feed USING btree (business_id);

CREATE INDEX feed_member_id_92d66d44 ON public.feed USING btree (member_id);

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX invitation_business_id_53e284b6 ON public.invitation USING btree (business_id);

CREATE INDEX invitation_due ON public.invitation USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX invitation_uid_67435a6d_like ON public.invitation USING btree (uid varchar_pattern_ops);

CREATE INDEX join_link_agency_id_8459052a ON public.join_link USING btree (agency_id);

CREATE INDEX join_link_business_id_fff2bc55 ON public.join_link USING btree (business_id);

CREATE INDEX join_link_digest_b65a471f_like ON public.join_link USING btree (digest varchar_pattern_ops);

CREATE INDEX join_link_member_id_35bb0d96 ON public.join_link USING btree (member_id);

CREATE INDEX known_number_business_id_e5400e11 ON public.known_number USING btree (business_id);

CREATE INDEX known_number_member_id_d0d25793 ON public.known_number USING btree (member_id);

CREATE INDEX lead_by_owner ON public.lead USING btree (business_id, owner_id, created_at DESC) WHERE (owner_id IS NOT NULL);

CREATE INDEX lead_by_service ON public.lead USING btree (business_id, service, created_at DESC);

CREATE INDEX lead_by_status ON public.lead USING btree (business_id, status, created_at DESC);

CREATE INDEX lead_contact_id_49cafb45 ON public.lead USING btree (contact_id);

CREATE INDEX lead_measure_by_arm ON public.lead_measure USING btree (business_id, arm) WHERE (NOT ((arm)::text = ''::text));

CREATE INDEX lead_measure_by_day ON public.lead_measure USING btree (business_id, day);

CREATE INDEX lead_recent ON public.lead USING btree (business_id, created_at DESC);

CREATE INDEX lead_turn_lead_id_d2be1912 ON public.lead_turn USING btree (lead_id);

CREATE INDEX lead_wording_of_place ON public.lead_wording USING btree (business_id, place, said_at);

CREATE INDEX line_business_id_b6ced0d5 ON public.line USING btree (business_id);

CREATE INDEX line_connection_id_3a5c9ea5 ON public.line USING btree (connection_id);

CREATE INDEX line_finding_business_id_eafb71b5 ON public.line_finding USING btree (business_id);

CREATE INDEX line_finding_line_id_fcae1e52 ON public.line_finding USING btree (line_id);

CREATE INDEX line_location_id_0980d44e ON public.line USING btree (location_id);

CREATE INDEX line_taught_by_id_9ef47961 ON public.line USING btree (taught_by_id);

CREATE INDEX line_test_business_id_c621553c ON public.line_test USING btree (business_id);

CREATE INDEX line_test_of_line ON public.line_test USING btree (line_id, at DESC);

CREATE INDEX line_texts_by_id_e36f0ed2 ON public.line USING btree (texts_by_id);

CREATE INDEX location_business_id_7d8dbfb9 ON public.location USING btree (business_id);

CREATE INDEX look_up_business_id_f6db8cba ON public.look_up USING btree (business_id);

CREATE INDEX look_up_conversation_id_18fea064 ON public.look_up USING btree (conversation_id);

CREATE INDEX look_up_waiting ON public.look_up USING btree (asked_at) WHERE (settled_at IS NULL);

CREATE INDEX member_business_id_bb3502bc ON public.member USING btree (business_id);

CREATE INDEX member_location_id_529f2898 ON public.member USING btree (location_id);

CREATE INDEX member_user_id_4d954c77 ON public.member USING btree (user_id);

CREATE INDEX message_at_provider ON public.message USING btree (connection_id, provider_message) WHERE (provider_message IS NOT NULL);

CREATE INDEX message_of_business ON public.message USING btree (business_id, id) WHERE (NOT ((status)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying])::text[])));

CREATE INDEX message_of_customer ON public.message USING btree (conversation_id, created_at) WHERE ((author)::text = 'customer'::text);

CREATE INDEX message_of_line ON public.message USING btree (line_id, created_at) WHERE (NOT ((author)::text = 'customer'::text));

CREATE INDEX message_outbox ON public.message USING btree (line_id, priority, due_at) WHERE ((status)::text = 'queued'::text);

CREATE INDEX message_sending ON public.message USING btree (claimed_at) WHERE ((status)::text = 'sending'::text);

CREATE INDEX message_to_own_people ON public.message USING btree (business_id, id) WHERE ((author)::text = 'page'::text);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE INDEX monthly_letter_admin_id_b47bd9af ON public.monthly_letter USING btree (admin_id);

CREATE UNIQUE INDEX nobody_is_rung_twice_at_once ON public.our_call USING btree (member_id) WHERE ((status)::text = ANY ((ARRAY['placing'::character varying, 'ringing'::character varying])::text[]));

CREATE INDEX note_conversation_id_e801be99 ON public.note USING btree (conversation_id);

CREATE INDEX note_recent ON public.note USING btree (business_id, id DESC);

CREATE INDEX notice_due ON public.notice USING btree (due_at, id) WHERE ((status)::text = 'waiting'::text);

CREATE INDEX notice_of_conversation ON public.notice USING btree (thread) WHERE (thread IS NOT NULL);

CREATE INDEX notice_order ON public.notice USING btree (target_id, thread, id) WHERE ((status)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));

CREATE INDEX notice_target_id_1a58b4d4 ON public.notice USING btree (target_id);

CREATE UNIQUE INDEX one_agency_per_domain ON public.agency USING btree (domain) WHERE (NOT ((domain)::text = ''::text));

CREATE UNIQUE INDEX one_built_in_calendar_per_member ON public.outside_calendar USING btree (member_id) WHERE ((provider)::text = 'built_in'::text);

CREATE UNIQUE INDEX one_calendar_is_written_per_member ON public.outside_calendar USING btree (member_id) WHERE writes;

CREATE UNIQUE INDEX one_open_conversation_per_business_and_contact ON public.conversation USING btree (business_id, contact_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_open_join_link_per_member ON public.join_link USING btree (member_id) WHERE (used_at IS NULL);

CREATE UNIQUE INDEX one_open_page_per_conversation ON public.page USING btree (conversation_id) WHERE (taken_at IS NULL);

CREATE UNIQUE INDEX one_open_todo_per_key ON public.todo USING btree (conversation_id, key) WHERE (closed_at IS NULL);

CREATE UNIQUE INDEX one_snippet_per_name ON public.snippet USING btree (business_id, name) WHERE (removed_at IS NULL);

CREATE UNIQUE INDEX one_standing_feed_per_member ON public.feed USING btree (member_id) WHERE (revoked_at IS NULL);

CREATE UNIQUE INDEX one_standing_suppression_per_business_and_number ON public.suppression USING btree (business_id, number) WHERE (lifted_at IS NULL);

CREATE INDEX our_call_business_id_dbaa189b ON public.our_call USING btree (business_id);

CREATE INDEX our_call_conversation_id_a8b9a570 ON public.our_call USING btree (conversation_id);

CREATE INDEX our_call_key_2d4471a5_like ON public.our_call USING btree (key varchar_pattern_ops);

CREATE INDEX our_call_line_id_f77f3968 ON public.our_call USING btree (line_id);

CREATE INDEX our_call_member_id_20c32b6d ON public.our_call USING btree (member_id);

CREATE INDEX our_call_open ON public.our_call USING btree (at) WHERE (NOT ((status)::text = 'over'::text));

CREATE INDEX our_call_wake_id_8df68eee ON public.our_call USING btree (wake_id);

CREATE INDEX outside_booking_appointment_id_5eb887c4 ON public.outside_booking USING btree (appointment_id);

CREATE INDEX outside_booking_business_id_605fa410 ON public.outside_booking USING btree (business_id);

CREATE INDEX outside_booking_conversation_id_9078ce9b ON public.outside_booking USING btree (conversation_id);

CREATE INDEX outside_booking_page_id_31d863c4 ON public.outside_booking USING btree (page_id);

CREATE INDEX outside_calendar_business_id_00b37aef ON public.outside_calendar USING btree (business_id);

CREATE INDEX outside_calendar_due ON public.outside_calendar USING btree (read_due_at);

CREATE INDEX outside_calendar_member_id_29f6b22b ON public.outside_calendar USING btree (member_id);

CREATE INDEX outside_crm_business_id_98fef73e ON public.outside_crm USING btree (business_id);

CREATE INDEX override_of_business ON public.shift_override USING btree (business_id, ends_at);

CREATE INDEX own_entry_business_id_91165dcf ON public.own_entry USING btree (business_id);

CREATE INDEX own_entry_during ON public.own_entry USING gist (during);

CREATE INDEX own_entry_member_id_49ebf5ee ON public.own_entry USING btree (member_id);

CREATE INDEX page_business_id_5623e45c ON public.page USING btree (business_id);

CREATE INDEX page_conversation_id_00db49f3 ON public.page USING btree (conversation_id);

CREATE INDEX page_due ON public.page USING btree (next_at) WHERE (taken_at IS NULL);

CREATE INDEX page_line_id_33f1ea6f ON public.page USING btree (line_id);

CREATE INDEX page_open ON public.page USING btree (business_id, opened_at) WHERE (taken_at IS NULL);

CREATE INDEX page_taken_by_id_1338f2b7 ON public.page USING btree (taken_by_id);

CREATE INDEX playbook_draft_based_on_id_00b08344 ON public.playbook_draft USING btree (based_on_id);

CREATE INDEX playbook_draft_changed_by_id_998d34f0 ON public.playbook_draft USING btree (changed_by_id);

CREATE INDEX playbook_version_business_id_11d794e9 ON public.playbook_version USING btree (business_id);

CREATE INDEX playbook_version_published_by_id_59392484 ON public.playbook_version USING btree (published_by_id);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE INDEX receipt_unapplied ON public.receipt USING btree (connection_id, provider_message) WHERE (applied_at IS NULL);

CREATE INDEX report_link_business_id_c263dcd4 ON public.report_link USING btree (business_id);

CREATE INDEX report_link_member_id_7409adb0 ON public.report_link USING btree (member_id);

CREATE INDEX resource_business_id_cc1c7bf8 ON public.resource USING btree (business_id);

CREATE INDEX resource_location_id_9413174f ON public.resource USING btree (location_id);

CREATE INDEX revenue_entry_business_id_08cd9601 ON public.revenue_entry USING btree (business_id);

CREATE INDEX revenue_entry_lead_id_9465e8f3 ON public.revenue_entry USING btree (lead_id);

CREATE INDEX revenue_entry_member_id_648b39d0 ON public.revenue_entry USING btree (member_id);

CREATE INDEX saved_view_business_id_59b5f169 ON public.saved_view USING btree (business_id);

CREATE INDEX saved_view_member_id_d0a1b753 ON public.saved_view USING btree (member_id);

CREATE INDEX security_event_recent ON public.security_event USING btree (at DESC);

CREATE INDEX shift_business_id_0df6fa20 ON public.shift USING btree (business_id);

CREATE INDEX shift_location_id_ae7de9b2 ON public.shift USING btree (location_id);

CREATE INDEX shift_member_id_500c0bc9 ON public.shift USING btree (member_id);

CREATE INDEX shift_of_business ON public.shift USING btree (business_id, weekday);

CREATE INDEX shift_override_business_id_d8823e24 ON public.shift_override USING btree (business_id);

CREATE INDEX shift_override_location_id_1918c0db ON public.shift_override USING btree (location_id);

CREATE INDEX shift_override_member_id_cafd3b52 ON public.shift_override USING btree (member_id);

CREATE INDEX showing_business_id_cd082738 ON public.showing USING btree (business_id);

CREATE INDEX showing_contact_id_dda34d19 ON public.showing USING btree (contact_id);

CREATE INDEX showing_conversation_id_ed2e505e ON public.showing USING btree (conversation_id);

CREATE INDEX showing_video_id_3a89c80e ON public.showing USING btree (video_id);

CREATE INDEX sign_in_app_business_id_8b6decd0 ON public.sign_in_app USING btree (business_id);

CREATE INDEX sign_in_key_66a8a24a_like ON public.sign_in USING btree (key varchar_pattern_ops);

CREATE INDEX sign_in_recent ON public.sign_in USING btree (user_id, at DESC);

CREATE INDEX sign_in_user_id_26218422 ON public.sign_in USING btree (user_id);

CREATE INDEX snippet_business_id_91e09662 ON public.snippet USING btree (business_id);

CREATE INDEX snippet_member_id_04f0143e ON public.snippet USING btree (member_id);

CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);

CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);

CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);

CREATE INDEX suppression_business_id_ebacf122 ON public.suppression USING btree (business_id);

CREATE INDEX suppression_of_erased ON public.suppression USING btree (business_id, number) WHERE ((number)::text ~~ 'hmac:%'::text);

CREATE INDEX target_business_id_c9d06d05 ON public.target USING btree (business_id);

CREATE INDEX todo_business_id_a5ecd167 ON public.todo USING btree (business_id);

CREATE INDEX todo_closed_by_id_a919c8a2 ON public.todo USING btree (closed_by_id);

CREATE INDEX todo_conversation_id_99c06751 ON public.todo USING btree (conversation_id);

CREATE INDEX todo_due ON public.todo USING btree (next_at) WHERE (closed_at IS NULL);

CREATE INDEX todo_open ON public.todo USING btree (business_id, due_at) WHERE (closed_at IS NULL);

CREATE INDEX todo_owner_id_66a58107 ON public.todo USING btree (owner_id);

CREATE INDEX token_business_id_a28ecdc0 ON public.token USING btree (business_id);

CREATE INDEX token_member_id_0f7abd2c ON public.token USING btree (member_id);

CREATE UNIQUE INDEX two_pages_never_share_an_answer ON public.wake USING btree (member_id, number) WHERE ((number > 0) AND ((state)::text = ANY ((ARRAY['queued'::character varying, 'asked'::character varying])::text[])));

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE INDEX upload_business_id_372e3279 ON public.upload USING btree (business_id);

CREATE INDEX upload_member_id_d20308ed ON public.upload USING btree (member_id);

CREATE INDEX video_business_id_be5b4723 ON public.video USING btree (business_id);

CREATE INDEX video_created_by_id_e9ca3022 ON public.video USING btree (created_by_id);

CREATE INDEX video_file_video_id_a1f19d00 ON public.video_file USING btree (video_id);

CREATE INDEX video_location_id_03882d61 ON public.video USING btree (location_id);

CREATE INDEX video_release_member_id_afff02c5 ON public.video_release USING btree (member_id);

CREATE INDEX video_release_video_id_704db643 ON public.video_release USING btree (video_id);

CREATE INDEX wake_business_id_b3d3b463 ON public.wake USING btree (business_id);

CREATE INDEX wake_by_message ON public.wake USING btree (message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX wake_member_id_1741dc91 ON public.wake USING btree (member_id);

CREATE INDEX wake_message_id_86658fc7 ON public.wake USING btree (message_id);

CREATE INDEX wake_of_member ON public.wake USING btree (member_id, at);

CREATE INDEX wake_page_id_b622f977 ON public.wake USING btree (page_id);

CREATE INDEX wake_queued ON public.wake USING btree (at) WHERE ((state)::text = 'queued'::text);

CREATE INDEX watched_showing_id_07a19a73 ON public.watched USING btree (showing_id);

CREATE INDEX weekly_letter_business_id_960d6eff ON public.weekly_letter USING btree (business_id);

CREATE INDEX weekly_letter_member_id_38a9fd26 ON public.weekly_letter USING btree (member_id);

CREATE INDEX weekly_letter_unsent ON public.weekly_letter USING btree (due_at) WHERE ((status)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));

CREATE INDEX worker_beat_at ON public.worker_beat USING btree (at);

CREATE INDEX worker_beat_name_8822d965_like ON public.worker_beat USING btree (name varchar_pattern_ops);

CREATE TRIGGER a_call_reaches_its_crm AFTER INSERT ON public.event REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.a_call_reaches_its_crm();

CREATE TRIGGER a_change_of_calling_reaches_every_cache AFTER UPDATE OF rings, name ON public.member FOR EACH ROW EXECUTE FUNCTION public.rota_changed();

CREATE TRIGGER a_change_reaches_every_cache AFTER UPDATE OF settings ON public.agency FOR EACH ROW EXECUTE FUNCTION public.agency_changed();

CREATE TRIGGER a_change_reaches_every_cache BEFORE UPDATE OF name, zone, phone, hours, closed_days, holiday_country, holiday_region, open_holidays, settings, blocked, playbook_id, agency_id, currency ON public.business FOR EACH ROW EXECUTE FUNCTION public.business_changed();

CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR UPDATE ON public.known_number FOR EACH ROW EXECUTE FUNCTION public.people_or_lines_changed();

CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR UPDATE OF number, source, location_id, hours, voicemail_after, sender_state, paused_until, disclosure ON public.line FOR EACH ROW EXECUTE FUNCTION public.people_or_lines_changed();

CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR UPDATE OF zone, hours, closed_days, settings ON public.location FOR EACH ROW EXECUTE FUNCTION public.people_or_lines_changed();

CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR UPDATE OF phone, role, on_call ON public.member FOR EACH ROW EXECUTE FUNCTION public.people_or_lines_changed();

CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR DELETE OR UPDATE ON public.shift FOR EACH ROW EXECUTE FUNCTION public.rota_changed();

CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR DELETE OR UPDATE ON public.shift_override FOR EACH ROW EXECUTE FUNCTION public.rota_changed();

CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR UPDATE OF published_at, removed_at, kind, service, language, location_id ON public.video FOR EACH ROW EXECUTE FUNCTION public.people_or_lines_changed();

CREATE TRIGGER a_confirmed_phone_reaches_every_cache AFTER UPDATE OF confirmed, stopped_at ON public.member FOR EACH ROW EXECUTE FUNCTION public.people_or_lines_changed();

CREATE TRIGGER a_consent_is_never_edited BEFORE UPDATE OF business_id, at, state, source, evidence, disclosure ON public.consent FOR EACH ROW EXECUTE FUNCTION public.is_never_edited();

CREATE TRIGGER a_contact_reaches_its_crm AFTER UPDATE ON public.contact REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.a_contact_reaches_its_crm();

CREATE TRIGGER a_decision_receipt_is_never_edited BEFORE UPDATE ON public.decision_receipt FOR EACH ROW EXECUTE FUNCTION public.is_never_edited();

CREATE TRIGGER a_lead_reaches_its_crm AFTER UPDATE ON public.lead REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('answerback.forgetting'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION public.a_lead_reaches_its_crm();

CREATE TRIGGER a_new_appointment_reaches_its_crm AFTER INSERT ON public.appointment REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.an_appointment_reaches_its_crm();

CREATE TRIGGER a_new_lead_reaches_its_crm AFTER INSERT ON public.lead REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.a_lead_reaches_its_crm();

CREATE TRIGGER a_new_stop_reaches_its_crm AFTER INSERT ON public.suppression REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.a_stop_reaches_its_crm();

CREATE TRIGGER a_new_text_reaches_its_crm AFTER INSERT ON public.message REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.a_text_reaches_its_crm();

CREATE TRIGGER a_new_todo_reaches_its_crm AFTER INSERT ON public.todo REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.a_todo_reaches_its_crm();

CREATE TRIGGER a_published_playbook_is_never_edited BEFORE UPDATE ON public.playbook_version FOR EACH ROW EXECUTE FUNCTION public.is_never_edited();

CREATE TRIGGER a_revenue_entry_is_never_edited BEFORE UPDATE ON public.revenue_entry FOR EACH ROW EXECUTE FUNCTION public.is_never_edited();

CREATE TRIGGER a_stop_reaches_its_crm AFTER UPDATE ON public.suppression REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.a_stop_reaches_its_crm();

CREATE TRIGGER a_text_reaches_its_crm AFTER UPDATE ON public.message REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.a_text_reaches_its_crm();

CREATE TRIGGER a_todo_reaches_its_crm AFTER UPDATE ON public.todo REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('answerback.forgetting'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION public.a_todo_reaches_its_crm();

CREATE TRIGGER a_turn_of_a_lead_is_kept AFTER UPDATE OF status ON public.lead FOR EACH ROW WHEN (((new.status)::text IS DISTINCT FROM (old.status)::text)) EXECUTE FUNCTION public.a_turn_of_a_lead_is_kept();

CREATE TRIGGER a_turn_of_a_lead_is_kept_from_the_beginning AFTER INSERT ON public.lead FOR EACH ROW EXECUTE FUNCTION public.a_turn_of_a_lead_is_kept();

CREATE TRIGGER a_turn_of_a_lead_is_never_edited BEFORE UPDATE ON public.lead_turn FOR EACH ROW EXECUTE FUNCTION public.is_never_edited();

CREATE TRIGGER an_appointment_reaches_its_calendars AFTER INSERT OR UPDATE OF status, during, member_id, name, address, notes, service ON public.appointment FOR EACH ROW WHEN (((new.status)::text <> 'held'::text)) EXECUTE FUNCTION public.an_appointment_reaches_its_calendars();

CREATE TRIGGER an_appointment_reaches_its_crm AFTER UPDATE ON public.appointment REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.an_appointment_reaches_its_crm();

CREATE TRIGGER an_appointment_reaches_the_customer AFTER INSERT OR UPDATE OF status, during ON public.appointment FOR EACH ROW WHEN (((new.status)::text = ANY ((ARRAY['booked'::character varying, 'cancelled'::character varying])::text[]))) EXECUTE FUNCTION public.an_appointment_reaches_the_customer();

CREATE TRIGGER an_audit_entry_is_never_edited BEFORE UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION public.is_never_edited();

CREATE TRIGGER members_hear_of_appointment_change AFTER UPDATE ON public.appointment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.members_hear_of_appointment();

CREATE TRIGGER members_hear_of_appointment_new AFTER INSERT ON public.appointment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.members_hear_of_appointment();

CREATE TRIGGER members_hear_of_lead_new AFTER INSERT ON public.lead REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.members_hear_of_lead();

CREATE TRIGGER members_hear_of_line_finding_change AFTER UPDATE ON public.line_finding REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.members_hear_of_line_finding();

CREATE TRIGGER members_hear_of_line_finding_new AFTER INSERT ON public.line_finding REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.members_hear_of_line_finding();

CREATE TRIGGER members_hear_of_message_new AFTER INSERT ON public.message REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.members_hear_of_message();

CREATE TRIGGER members_hear_of_todo_new AFTER INSERT ON public.todo REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.members_hear_of_todo();

CREATE TRIGGER no_testimonial_without_release BEFORE INSERT OR UPDATE OF published_at, kind ON public.video FOR EACH ROW WHEN ((((new.kind)::text = 'testimonial'::text) AND (new.published_at IS NOT NULL))) EXECUTE FUNCTION public.no_testimonial_without_release();

CREATE TRIGGER no_text_after_stop BEFORE UPDATE OF status ON public.message FOR EACH ROW WHEN ((((new.status)::text = 'sending'::text) AND ((new.author)::text <> 'page'::text) AND ((new.text_class)::text <> 'opt_out_confirmation'::text))) EXECUTE FUNCTION public.no_text_after_stop();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

CREATE TRIGGER programs_hear_of_appointment_change AFTER UPDATE ON public.appointment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_appointment();

CREATE TRIGGER programs_hear_of_appointment_new AFTER INSERT ON public.appointment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_appointment();

CREATE TRIGGER programs_hear_of_contact_change AFTER UPDATE ON public.contact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_contact();

CREATE TRIGGER programs_hear_of_contact_new AFTER INSERT ON public.contact REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_contact();

CREATE TRIGGER programs_hear_of_event_new AFTER INSERT ON public.event REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_event();

CREATE TRIGGER programs_hear_of_lead_change AFTER UPDATE ON public.lead REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_lead();

CREATE TRIGGER programs_hear_of_lead_new AFTER INSERT ON public.lead REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_lead();

CREATE TRIGGER programs_hear_of_message_change AFTER UPDATE ON public.message REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_message();

CREATE TRIGGER programs_hear_of_message_new AFTER INSERT ON public.message REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_message();

CREATE TRIGGER programs_hear_of_page_change AFTER UPDATE ON public.page REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_page();

CREATE TRIGGER programs_hear_of_page_new AFTER INSERT ON public.page REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_page();

CREATE TRIGGER programs_hear_of_playbook_version_new AFTER INSERT ON public.playbook_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_playbook_version();

CREATE TRIGGER programs_hear_of_revenue_entry_new AFTER INSERT ON public.revenue_entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_revenue_entry();

CREATE TRIGGER programs_hear_of_suppression_change AFTER UPDATE ON public.suppression REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_suppression();

CREATE TRIGGER programs_hear_of_suppression_new AFTER INSERT ON public.suppression REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_suppression();

CREATE TRIGGER programs_hear_of_todo_change AFTER UPDATE ON public.todo REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_todo();

CREATE TRIGGER programs_hear_of_todo_new AFTER INSERT ON public.todo REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.programs_hear_of_todo();

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_account_id FOREIGN KEY (user_id) REFERENCES public.account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_groups
    ADD CONSTRAINT account_groups_group_id_a67ded22_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_groups
    ADD CONSTRAINT account_groups_user_id_394fa457_fk_account_id FOREIGN KEY (user_id) REFERENCES public.account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_user_permissions
    ADD CONSTRAINT account_user_permiss_permission_id_a1087168_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_user_permissions
    ADD CONSTRAINT account_user_permissions_user_id_fb062072_fk_account_id FOREIGN KEY (user_id) REFERENCES public.account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.act_once
    ADD CONSTRAINT act_once_user_id_2bc79f2b_fk_account_id FOREIGN KEY (user_id) REFERENCES public.account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.advice
    ADD CONSTRAINT advice_conversation_id_3b835c94_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.advice
    ADD CONSTRAINT advice_event_id_4c15106f_fk_event_id FOREIGN KEY (event_id) REFERENCES public.event(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agency_admin
    ADD CONSTRAINT agency_admin_agency_id_1d7b1bab_fk_agency_id FOREIGN KEY (agency_id) REFERENCES public.agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.agency_admin
    ADD CONSTRAINT agency_admin_user_id_c670f72c_fk_account_id FOREIGN KEY (user_id) REFERENCES public.account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alert_way
    ADD CONSTRAINT alert_way_business_id_b1465d2b_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_way_id_c78fa38c_fk_alert_way_id FOREIGN KEY (way_id) REFERENCES public.alert_way(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alert_way
    ADD CONSTRAINT alert_way_member_id_7affcd19_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_answer
    ADD CONSTRAINT api_answer_token_id_5149ea3f_fk_token_id FOREIGN KEY (token_id) REFERENCES public.token(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_business_id_127ff384_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_contact_id_a500797f_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_conversation_id_e98b8aaa_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_location_id_b783314f_fk_location_id FOREIGN KEY (location_id) REFERENCES public.location(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_member_id_bd41fb0f_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_resource_id_5180ef84_fk_resource_id FOREIGN KEY (resource_id) REFERENCES public.resource(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointment_type
    ADD CONSTRAINT appointment_type_business_id_1e56e979_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.area_way
    ADD CONSTRAINT area_way_business_id_6116a71f_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_conversation_id_92824974_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_event_id_8f0b8ec1_fk_event_id FOREIGN KEY (event_id) REFERENCES public.event(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_message_id_8ecf320d_fk_message_id FOREIGN KEY (message_id) REFERENCES public.message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.booking_page
    ADD CONSTRAINT booking_page_business_id_3d8ec97d_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.business
    ADD CONSTRAINT business_agency_id_d1b0bfef_fk_agency_id FOREIGN KEY (agency_id) REFERENCES public.agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.business
    ADD CONSTRAINT business_playbook_id_2f81d9e3_fk_playbook_version_id FOREIGN KEY (playbook_id) REFERENCES public.playbook_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.busy
    ADD CONSTRAINT busy_business_id_46546518_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.busy
    ADD CONSTRAINT busy_member_id_ae354aaa_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calendar_entry
    ADD CONSTRAINT calendar_entry_appointment_id_8632e393_fk_appointment_id FOREIGN KEY (appointment_id) REFERENCES public.appointment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calendar_entry
    ADD CONSTRAINT calendar_entry_business_id_7ab38ef1_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calendar_entry
    ADD CONSTRAINT calendar_entry_calendar_id_496a31b7_fk_outside_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.outside_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.connection
    ADD CONSTRAINT connection_business_id_b70d68d6_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact_apart
    ADD CONSTRAINT contact_apart_business_id_5f63059b_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact_apart
    ADD CONSTRAINT contact_apart_first_id_dfecb776_fk_contact_id FOREIGN KEY (first_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact_apart
    ADD CONSTRAINT contact_apart_second_id_18f103ae_fk_contact_id FOREIGN KEY (second_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact_merge
    ADD CONSTRAINT contact_merge_business_id_52a52f96_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact_merge
    ADD CONSTRAINT contact_merge_gone_id_92dd95af_fk_contact_id FOREIGN KEY (gone_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact_merge
    ADD CONSTRAINT contact_merge_kept_id_b459fbc8_fk_contact_id FOREIGN KEY (kept_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact_merge
    ADD CONSTRAINT contact_merge_member_id_c1bb98a4_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_merged_into_id_1b4197df_fk_contact_id FOREIGN KEY (merged_into_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact_person
    ADD CONSTRAINT contact_person_business_id_8cade419_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact_person
    ADD CONSTRAINT contact_person_contact_id_3b4bc577_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_assigned_to_id_7230af7f_fk_member_id FOREIGN KEY (assigned_to_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_contact_id_73935db1_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_held_by_id_3dcbcb47_fk_member_id FOREIGN KEY (held_by_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_business_id_a825c5cc_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_member_id_e4f4c13d_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_message_id_9d879a86_fk_message_id FOREIGN KEY (message_id) REFERENCES public.message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.crm_report
    ADD CONSTRAINT crm_report_crm_id_98c483f2_fk_outside_crm_id FOREIGN KEY (crm_id) REFERENCES public.outside_crm(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.decision_receipt
    ADD CONSTRAINT decision_receipt_conversation_id_6f31c192_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT erasure_business_id_c9549bc4_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_conversation_id_ff084e33_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_business_id_9d419dbd_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_member_id_92d66d44_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_appointment_id_f9083b55_fk_appointment_id FOREIGN KEY (appointment_id) REFERENCES public.appointment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_business_id_53e284b6_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.join_link
    ADD CONSTRAINT join_link_agency_id_8459052a_fk_agency_id FOREIGN KEY (agency_id) REFERENCES public.agency(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.join_link
    ADD CONSTRAINT join_link_business_id_fff2bc55_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.join_link
    ADD CONSTRAINT join_link_member_id_35bb0d96_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.known_number
    ADD CONSTRAINT known_number_business_id_e5400e11_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.known_number
    ADD CONSTRAINT known_number_member_id_d0d25793_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_contact_id_49cafb45_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_conversation_id_e67a0467_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.lead_measure
    ADD CONSTRAINT lead_measure_lead_id_df8d41fd_fk_lead_id FOREIGN KEY (lead_id) REFERENCES public.lead(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_owner_id_103c89e7_fk_member_id FOREIGN KEY (owner_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_business_id_b6ced0d5_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_connection_id_3a5c9ea5_fk_connection_id FOREIGN KEY (connection_id) REFERENCES public.connection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.line_finding
    ADD CONSTRAINT line_finding_business_id_eafb71b5_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.line_finding
    ADD CONSTRAINT line_finding_line_id_fcae1e52_fk_line_id FOREIGN KEY (line_id) REFERENCES public.line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_location_id_0980d44e_fk_location_id FOREIGN KEY (location_id) REFERENCES public.location(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_taught_by_id_9ef47961_fk_member_id FOREIGN KEY (taught_by_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.line_test
    ADD CONSTRAINT line_test_business_id_c621553c_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.line_test
    ADD CONSTRAINT line_test_line_id_69142924_fk_line_id FOREIGN KEY (line_id) REFERENCES public.line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.line
    ADD CONSTRAINT line_texts_by_id_e36f0ed2_fk_line_id FOREIGN KEY (texts_by_id) REFERENCES public.line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.location
    ADD CONSTRAINT location_business_id_7d8dbfb9_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.look_up
    ADD CONSTRAINT look_up_business_id_f6db8cba_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.look_up
    ADD CONSTRAINT look_up_connection_id_3b11d8f8_fk_connection_id FOREIGN KEY (connection_id) REFERENCES public.connection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.look_up
    ADD CONSTRAINT look_up_conversation_id_18fea064_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.looking
    ADD CONSTRAINT looking_conversation_id_0ffa1e3b_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.looking
    ADD CONSTRAINT looking_member_id_80347b7e_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.measured_up_to
    ADD CONSTRAINT measured_up_to_business_id_efa80f65_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_business_id_bb3502bc_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_location_id_529f2898_fk_location_id FOREIGN KEY (location_id) REFERENCES public.location(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_user_id_4d954c77_fk_account_id FOREIGN KEY (user_id) REFERENCES public.account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_contact_id_e98ec5e1_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_conversation_id_87e8709d_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_member_id_ad4bf66e_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_account_id FOREIGN KEY (user_id) REFERENCES public.account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.revenue_entry
    ADD CONSTRAINT money_is_in_the_currency_of_its_business FOREIGN KEY (business_id, currency) REFERENCES public.business(id, currency) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.monthly_letter
    ADD CONSTRAINT monthly_letter_admin_id_b47bd9af_fk_agency_admin_id FOREIGN KEY (admin_id) REFERENCES public.agency_admin(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_conversation_id_e801be99_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_member_id_b59dbc10_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.our_call
    ADD CONSTRAINT our_call_business_id_dbaa189b_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.our_call
    ADD CONSTRAINT our_call_conversation_id_a8b9a570_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.our_call
    ADD CONSTRAINT our_call_line_id_f77f3968_fk_line_id FOREIGN KEY (line_id) REFERENCES public.line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.our_call
    ADD CONSTRAINT our_call_member_id_20c32b6d_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.our_call
    ADD CONSTRAINT our_call_wake_id_8df68eee_fk_wake_id FOREIGN KEY (wake_id) REFERENCES public.wake(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outside_booking
    ADD CONSTRAINT outside_booking_appointment_id_5eb887c4_fk_appointment_id FOREIGN KEY (appointment_id) REFERENCES public.appointment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outside_booking
    ADD CONSTRAINT outside_booking_business_id_605fa410_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outside_booking
    ADD CONSTRAINT outside_booking_conversation_id_9078ce9b_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outside_booking
    ADD CONSTRAINT outside_booking_page_id_31d863c4_fk_booking_page_id FOREIGN KEY (page_id) REFERENCES public.booking_page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outside_calendar
    ADD CONSTRAINT outside_calendar_business_id_00b37aef_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outside_calendar
    ADD CONSTRAINT outside_calendar_member_id_29f6b22b_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outside_crm
    ADD CONSTRAINT outside_crm_business_id_98fef73e_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.own_entry
    ADD CONSTRAINT own_entry_business_id_91165dcf_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.own_entry
    ADD CONSTRAINT own_entry_member_id_49ebf5ee_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.page
    ADD CONSTRAINT page_business_id_5623e45c_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.page
    ADD CONSTRAINT page_conversation_id_00db49f3_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.page
    ADD CONSTRAINT page_line_id_33f1ea6f_fk_line_id FOREIGN KEY (line_id) REFERENCES public.line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.page
    ADD CONSTRAINT page_taken_by_id_1338f2b7_fk_member_id FOREIGN KEY (taken_by_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.playbook_draft
    ADD CONSTRAINT playbook_draft_based_on_id_00b08344_fk_playbook_version_id FOREIGN KEY (based_on_id) REFERENCES public.playbook_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.playbook_draft
    ADD CONSTRAINT playbook_draft_business_id_446db301_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.playbook_draft
    ADD CONSTRAINT playbook_draft_changed_by_id_998d34f0_fk_member_id FOREIGN KEY (changed_by_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.playbook_version
    ADD CONSTRAINT playbook_version_business_id_11d794e9_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.playbook_version
    ADD CONSTRAINT playbook_version_published_by_id_59392484_fk_member_id FOREIGN KEY (published_by_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.report_link
    ADD CONSTRAINT report_link_business_id_c263dcd4_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.report_link
    ADD CONSTRAINT report_link_member_id_7409adb0_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.resource
    ADD CONSTRAINT resource_business_id_cc1c7bf8_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.resource
    ADD CONSTRAINT resource_location_id_9413174f_fk_location_id FOREIGN KEY (location_id) REFERENCES public.location(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.revenue_entry
    ADD CONSTRAINT revenue_entry_business_id_08cd9601_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.revenue_entry
    ADD CONSTRAINT revenue_entry_instead_of_id_c616e542_fk_revenue_entry_id FOREIGN KEY (instead_of_id) REFERENCES public.revenue_entry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.revenue_entry
    ADD CONSTRAINT revenue_entry_lead_id_9465e8f3_fk_lead_id FOREIGN KEY (lead_id) REFERENCES public.lead(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.revenue_entry
    ADD CONSTRAINT revenue_entry_member_id_648b39d0_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.revenue_entry
    ADD CONSTRAINT revenue_entry_reverses_id_45bb831a_fk_revenue_entry_id FOREIGN KEY (reverses_id) REFERENCES public.revenue_entry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_business_id_59b5f169_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_member_id_d0a1b753_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shift
    ADD CONSTRAINT shift_business_id_0df6fa20_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shift
    ADD CONSTRAINT shift_location_id_ae7de9b2_fk_location_id FOREIGN KEY (location_id) REFERENCES public.location(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shift
    ADD CONSTRAINT shift_member_id_500c0bc9_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shift_override
    ADD CONSTRAINT shift_override_business_id_d8823e24_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shift_override
    ADD CONSTRAINT shift_override_location_id_1918c0db_fk_location_id FOREIGN KEY (location_id) REFERENCES public.location(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shift_override
    ADD CONSTRAINT shift_override_member_id_cafd3b52_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.showing
    ADD CONSTRAINT showing_business_id_cd082738_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.showing
    ADD CONSTRAINT showing_contact_id_dda34d19_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.showing
    ADD CONSTRAINT showing_conversation_id_ed2e505e_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.showing
    ADD CONSTRAINT showing_video_id_3a89c80e_fk_video_id FOREIGN KEY (video_id) REFERENCES public.video(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sign_in_app
    ADD CONSTRAINT sign_in_app_business_id_8b6decd0_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_user_id_26218422_fk_account_id FOREIGN KEY (user_id) REFERENCES public.account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.snippet
    ADD CONSTRAINT snippet_business_id_91e09662_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.snippet
    ADD CONSTRAINT snippet_member_id_04f0143e_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_user_id_8146e70c_fk_account_id FOREIGN KEY (user_id) REFERENCES public.account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.suppression
    ADD CONSTRAINT suppression_business_id_ebacf122_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.suppression
    ADD CONSTRAINT suppression_member_id_c65b5af7_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_business_id_c9d06d05_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.todo
    ADD CONSTRAINT todo_business_id_a5ecd167_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.todo
    ADD CONSTRAINT todo_closed_by_id_a919c8a2_fk_member_id FOREIGN KEY (closed_by_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.todo
    ADD CONSTRAINT todo_conversation_id_99c06751_fk_conversation_id FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.todo
    ADD CONSTRAINT todo_owner_id_66a58107_fk_member_id FOREIGN KEY (owner_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_business_id_a28ecdc0_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_member_id_0f7abd2c_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_business_id_372e3279_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_member_id_d20308ed_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.upload_row
    ADD CONSTRAINT upload_row_upload_id_09339eaf_fk_upload_id FOREIGN KEY (upload_id) REFERENCES public.upload(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.video
    ADD CONSTRAINT video_business_id_be5b4723_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.video
    ADD CONSTRAINT video_created_by_id_e9ca3022_fk_member_id FOREIGN KEY (created_by_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.video_file
    ADD CONSTRAINT video_file_video_id_a1f19d00_fk_video_id FOREIGN KEY (video_id) REFERENCES public.video(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.video
    ADD CONSTRAINT video_location_id_03882d61_fk_location_id FOREIGN KEY (location_id) REFERENCES public.location(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.video_release
    ADD CONSTRAINT video_release_member_id_afff02c5_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.video_release
    ADD CONSTRAINT video_release_video_id_704db643_fk_video_id FOREIGN KEY (video_id) REFERENCES public.video(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.video_upload
    ADD CONSTRAINT video_upload_video_id_41545d52_fk_video_id FOREIGN KEY (video_id) REFERENCES public.video(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wake
    ADD CONSTRAINT wake_business_id_b3d3b463_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wake
    ADD CONSTRAINT wake_member_id_1741dc91_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wake
    ADD CONSTRAINT wake_page_id_b622f977_fk_page_id FOREIGN KEY (page_id) REFERENCES public.page(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.watch
    ADD CONSTRAINT watch_connection_id_fbd0d6e6_fk_connection_id FOREIGN KEY (connection_id) REFERENCES public.connection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.watched
    ADD CONSTRAINT watched_showing_id_07a19a73_fk_showing_id FOREIGN KEY (showing_id) REFERENCES public.showing(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.weekly_letter
    ADD CONSTRAINT weekly_letter_business_id_960d6eff_fk_business_id FOREIGN KEY (business_id) REFERENCES public.business(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.weekly_letter
    ADD CONSTRAINT weekly_letter_member_id_38a9fd26_fk_member_id FOREIGN KEY (member_id) REFERENCES public.member(id) DEFERRABLE INITIALLY DEFERRED;
