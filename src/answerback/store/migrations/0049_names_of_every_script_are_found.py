"""Names of every script are found by their own spelling and in plain Latin letters, and equal ones are told at once."""

from django.db import migrations

FOUND = r"""
DROP INDEX contact_found, contact_person_found, contact_same_name, contact_same_address;

CREATE OR REPLACE FUNCTION name_sound(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
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

CREATE OR REPLACE FUNCTION plain_name(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
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

CREATE FUNCTION name_pieces(name text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
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

CREATE FUNCTION name_words(name text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
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

CREATE FUNCTION same_name(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
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
END $$;

CREATE OR REPLACE FUNCTION contact_found_by(business bigint, number text, name text, email text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
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

CREATE INDEX contact_found ON contact USING gin (contact_found_by(business_id, number, name, email));
CREATE INDEX contact_person_found ON contact_person USING gin (contact_found_by(business_id, '', name, ''));
-- With the name itself, as only then the index alone answers which names there are twice.
CREATE INDEX contact_same_name ON contact (business_id, same_name(name), id) INCLUDE (name)
    WHERE merged_into_id IS NULL AND same_name(name) IS NOT NULL;
CREATE INDEX contact_same_address ON contact (business_id, lower(email), id) INCLUDE (email)
    WHERE merged_into_id IS NULL AND email <> '';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0048_an_audit_entry_says_what_it_is_about"),
    ]

    operations = [
        migrations.RunSQL(FOUND, reverse_sql=migrations.RunSQL.noop),
    ]
