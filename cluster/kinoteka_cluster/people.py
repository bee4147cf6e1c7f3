"""Roles for people and for monitoring: analysts, who read everything except personal data, and the role of the exporters."""

import secrets
from pathlib import Path

from .failure import Failure
from .passwords import read_or_generate

SQL = Path(__file__).resolve().parent.parent / "people.sql"
PERSONAL = "email, name, mid_name, surname, birthday, last_logon_at"  # of customers; password_hash is for nobody


def create(settings, database):
    """Creates what is missing. Returns the analysts who are new or named again, with their passwords, which are stored nowhere else."""
    known = set(database.execute(
        "select rolname from pg_roles where rolcanlogin and rolname = any (string_to_array(:'analysts', ','))",
        variables={"analysts": ",".join(settings.analysts)}).splitlines())
    database.execute(SQL.read_text(encoding="utf-8"), settings.database, {
        "owner": settings.owner, "database": settings.database, "analysts": ",".join(settings.analysts),
        "monitoring_password": read_or_generate(settings, "monitoring")})
    return {name: set_password(database, name) for name in settings.analysts if name not in known}


def print_passwords(analysts):
    for name, password in analysts.items():
        print(f"The password of {name}, which is not shown again: {password}")


def set_password(database, name):
    """A new generated password for this role."""
    password = secrets.token_urlsafe(18)
    database.execute("alter role :\"name\" password :'password'", variables={"name": name, "password": password})
    return password


def reset_password(settings, database, name):
    """The command `reset-password`: prints a new password of an analyst."""
    require_analyst(settings, name)
    print(f"{name}: {set_password(database, name)}")


def grant_personal(settings, database, name):
    """The command `grant-personal`: lets an analyst read the personal columns of customers, except the hashes of passwords."""
    require_analyst(settings, name)
    database.execute(f'grant select ({PERSONAL}) on customers to :"name"', settings.database, {"name": name})


def revoke_personal(settings, database, name):
    """The command `revoke-personal`: takes that back."""
    require_analyst(settings, name)
    database.execute(f'revoke select ({PERSONAL}) on customers from :"name"', settings.database, {"name": name})


def require_analyst(settings, name):
    if name not in settings.analysts:
        raise Failure(f"{name} (expected: one of ANALYST_NAMES: {', '.join(settings.analysts) or 'none'})")
