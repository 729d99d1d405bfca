"""The two database roles, and the database they share.

The owner migrates and owns every table. The web role serves pages: it owns nothing, cannot create
anything, and row-level security always applies to it.
"""

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode, urlsplit

import psycopg
from psycopg import sql

from pillars.config.paths import SetupError

DATABASE = "pillars"
OWNER = "pillars_owner"
WEB = "pillars_web"
OLDEST_SERVER = 150000  # security-invoker views and a public schema nobody may write to


@dataclass(frozen=True, slots=True)
class Login:
    """A role's name and password."""

    name: str
    password: str


def ensure_embedded(superuser: str, *, owner: str, web: str) -> None:
    """Make both roles and the database on the embedded server, or set right what is there.

    `superuser` is a connection address to the server's own database; `owner` and `web` are
    passwords. Safe to run on every start.
    """
    with psycopg.connect(superuser, autocommit=True) as connection:
        _one_at_a_time(connection)
        if _is_right(superuser, connection, owner=owner, web=web):
            return
        _ensure_role(connection, Login(OWNER, owner), "CREATEDB CREATEROLE")
        _ensure_role(connection, Login(WEB, web), "NOCREATEDB NOCREATEROLE")
        connection.execute(
            sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(
                sql.Identifier(WEB), sql.Identifier(OWNER)
            )
        )
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )


def _one_at_a_time(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Wait for another process that is making the roles; the lock ends with the connection."""
    connection.execute("SELECT pg_advisory_lock(hashtext('pillars roles'))")


def _is_right(
    superuser: str, connection: psycopg.Connection[tuple[object, ...]], *, owner: str, web: str
) -> bool:
    """Whether both roles can sign in with their passwords; the usual case, and a quick one."""
    known = connection.execute(
        "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", [[OWNER, WEB]]
    ).fetchone()
    if known != (2,):
        return False
    host = str(psycopg.conninfo.conninfo_to_dict(superuser)["host"])
    return all(
        can_sign_in(socket_url(login, host)) for login in (Login(OWNER, owner), Login(WEB, web))
    )


def can_sign_in(url: str) -> bool:
    """Whether this address, with its name and password, opens a connection."""
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def _ensure_role(
    connection: psycopg.Connection[tuple[object, ...]], login: Login, may: str
) -> None:
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login.name]).fetchone()
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS {} PASSWORD {}").format(
            sql.SQL("ALTER" if there else "CREATE"),
            sql.Identifier(login.name),
            sql.SQL(may),
            sql.Literal(login.password),
        )
    )


def ensure_external(owner_url: str, *, web_url: str | None, web_password: str) -> str:
    """The address the web pages use on a server somebody else runs.

    Makes the web role when the owner may, and otherwise says which lines to run. Raises
    `SetupError` with a sentence when the server is too old, out of reach or refuses.
    """
    try:
        connection = psycopg.connect(owner_url, autocommit=True, connect_timeout=10)
    except psycopg.Error as problem:
        raise SetupError(
            f"The database in DATABASE_URL does not answer: {_first_line(problem)}. "
            "Check the address, the name and the password."
        ) from None
    with connection:
        if connection.info.server_version < OLDEST_SERVER:
            raise SetupError(
                f"DATABASE_URL is PostgreSQL {connection.info.server_version // 10000}. "
                "Three Pillars needs PostgreSQL 15 or newer."
            )
        if web_url:
            return _checked_web(web_url)
        _one_at_a_time(connection)
        login = Login(WEB, web_password)
        address = with_login(owner_url, login)
        if not can_sign_in(address):
            _make_web(connection, login)
        return _checked_web(address)


def _make_web(connection: psycopg.Connection[tuple[object, ...]], login: Login) -> None:
    try:
        _ensure_role(connection, login, "NOCREATEDB NOCREATEROLE")
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(login.name)))
    except psycopg.Error:
        raise SetupError(
            f"Three Pillars may not make its web role on this server. As an administrator run: "
            f"CREATE ROLE {WEB} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB PASSWORD '(a password)'; "
            f"GRANT {WEB} TO {connection.info.user}; "
            f"then set DATABASE_WEB_URL to the same database with that name and password."
        ) from None


def _checked_web(url: str) -> str:
    """The same address, once it is sure that row-level security cannot be bypassed through it."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            powers = connection.execute(
                "SELECT rolsuper OR rolbypassrls, pg_has_role(current_user, %s, 'MEMBER')"
                " FROM pg_roles WHERE rolname = current_user",
                [WEB],
            ).fetchone()
    except psycopg.Error as problem:
        raise SetupError(
            f"The web role cannot sign in to the database: {_first_line(problem)}. "
            "Check DATABASE_WEB_URL, or pg_hba.conf on the server."
        ) from None
    if powers != (False, True):
        raise SetupError(
            "The role in DATABASE_WEB_URL can bypass row-level security, or is not the web role. "
            f"Give {WEB}, made with NOSUPERUSER NOBYPASSRLS."
        )
    return url


def socket_url(login: Login, host: str, database: str = DATABASE) -> str:
    """The address of the embedded server for one role: a socket in the folder `host`."""
    name, password = quote(login.name, safe=""), quote(login.password, safe="")
    return f"postgresql://{name}:{password}@/{database}?{urlencode({'host': host})}"


def with_login(url: str, login: Login) -> str:
    """The same address, signed in as somebody else."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    name, password = quote(login.name, safe=""), quote(login.password, safe="")
    return parts._replace(netloc=f"{name}:{password}@{place}").geturl()


def drop_database(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Delete a database, whoever is signed in to it. The connection has to be to another one."""
    with connection.transaction():
        # The owner may not end the web role's sessions; the web role may end its own.
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(WEB)))
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = %s",
            [name, WEB],
        )
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def with_database(url: str, name: str) -> str:
    """The same server, another of its databases."""
    return urlsplit(url)._replace(path=f"/{quote(name, safe='')}").geturl()


def django_database(url: str) -> dict[str, object]:
    """The address in the words of Django's `DATABASES`; unknown settings of the address are kept.

    Raises `SetupError` when it is not the address of a PostgreSQL database.
    """
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise SetupError("DATABASE_URL has to begin with postgresql://.")
    known = psycopg.conninfo.conninfo_to_dict(url)
    words = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    settings: dict[str, object] = {
        django: str(known.pop(word, "") or "") for word, django in words.items()
    }
    settings["NAME"] = unquote(str(settings["NAME"]))
    settings["PORT"] = str(known.pop("port", "") or "")
    return settings | {"ENGINE": "django.db.backends.postgresql", "OPTIONS": dict(known)}


def _first_line(problem: BaseException) -> str:
    return (str(problem).strip().splitlines() or ["no reason given"])[0].rstrip(".")
