"""History carries its own context, so that it obeys the policy of the row it belongs to.

The statement-level triggers of pghistory always call `_pgh_attach_context`, which would write
to one table shared by all schools. Ours only answers with the context's id.
"""

from django.db import migrations

ATTACH = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('pghistory.context_id', true), '')::uuid
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("pghistory", "0007_auto_20250421_0444")]
    operations = [
        migrations.RunSQL("DROP FUNCTION IF EXISTS _pgh_attach_context()", migrations.RunSQL.noop),
        migrations.RunSQL(ATTACH, "DROP FUNCTION _pgh_attach_context()"),
    ]
