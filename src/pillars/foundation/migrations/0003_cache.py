"""A cache every web process shares: attempts to sign in are counted once for all of them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE foundation_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX foundation_cache_expires ON foundation_cache (expires);
            """,
            "DROP TABLE foundation_cache",
        )
    ]
