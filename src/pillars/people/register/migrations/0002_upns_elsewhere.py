"""Lets a school know that a UPN is on another school's register, and nothing more.

The function runs as its owner, past the row-level policies, and gives back only those of the
UPNs asked about that a pupil on roll in another school has: no school, no name, no pupil.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION register_upns_elsewhere(asked text[], own_school bigint) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT upn::text FROM public.register_pupil
    WHERE upn = ANY(asked) AND upn <> '' AND school_id <> own_school AND left_on IS NULL
$$;
REVOKE ALL ON FUNCTION register_upns_elsewhere(text[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_upns_elsewhere(text[], bigint) TO pillars_web;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0001_register")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION register_upns_elsewhere(text[], bigint);")
    ]
