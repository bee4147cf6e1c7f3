"""SQL on the primary."""

from . import patroni
from .commands import run
from .failure import Failure
from .machines import POSTGRESQL_PORT
from .passwords import read_or_generate

# Statements may contain passwords, which belong neither in the log nor in the statistics of statements.
UNRECORDED = "-c log_statement=none -c log_min_duration_statement=-1 -c log_min_error_statement=panic -c pg_stat_statements.track_utility=off"


class Database:
    """Connects as the superuser, over TLS, to whichever server is the primary at the moment."""

    def __init__(self, settings, machines):
        self._settings = settings
        self._machines = machines

    def execute(self, sql, database="postgres", variables=None):
        """Runs statements one after the other. `:'name'` stands for a variable. Returns what they print, a line for each row."""
        machine = patroni.primary(self._machines)
        if machine is None:
            raise Failure("There is no primary at this moment (cluster/cluster status says more)")
        return self.execute_on(machine, sql, database, variables)

    def execute_on(self, machine, sql, database="postgres", variables=None):
        """Runs statements on one server, which may be a replica."""
        values = {f"KINOTEKA_{name}": value for name, value in (variables or {}).items()}
        script = "".join(f"\\getenv {name} KINOTEKA_{name}\n" for name in variables or {}) + sql
        return run(
            "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--file=-",
            self.address(machine, database), stdin=script,
            env={"PGPASSWORD": read_or_generate(self._settings, "postgres"), "PGOPTIONS": UNRECORDED, **values}).strip()

    def address(self, machine, database):
        certificate = self._machines.client / "ca.crt"
        return (f"host={machine.address} port={POSTGRESQL_PORT} user=postgres dbname={database} sslmode=verify-full"
                f" sslrootcert={certificate} connect_timeout=3 keepalives_idle=5 tcp_user_timeout=10000 application_name=kinoteka-cluster")


def create(settings, database):
    """Creates the owner, the service's role and the database, as far as they are missing, and sets the passwords."""
    database.execute(ROLES_AND_DATABASE, variables={
        "owner": settings.owner, "database": settings.database, "owner_password": read_or_generate(settings, "owner"),
        "service_password": read_or_generate(settings, "service")})


# \\gexec runs what a query returns: PostgreSQL has no "if not exists" for roles and databases.
ROLES_AND_DATABASE = r"""
select format('create role %I login', name)
  from (values (:'owner'), ('kinoteka'), ('monitoring')) as wanted (name)
 where not exists (select from pg_roles where rolname = name) \gexec
alter role :"owner" password :'owner_password';
alter role kinoteka password :'service_password';
select format('create database %I owner %I', :'database', :'owner')
 where not exists (select from pg_database where datname = :'database') \gexec
revoke connect, temporary on database :"database", postgres, template1 from public;
grant connect on database postgres to rewinder, monitoring;
grant connect on database :"database" to kinoteka;
"""
