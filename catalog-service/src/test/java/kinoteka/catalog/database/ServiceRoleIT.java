package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import kinoteka.catalog.RealPostgres;
import kinoteka.schema.ConnectionSettings;
import kinoteka.schema.ConnectionSettings.MigrationRole;
import kinoteka.schema.Migrations;
import kinoteka.schema.TlsSettings;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** One role owns the schema and migrates it; the service connects as another one. */
class ServiceRoleIT {

    private final String database = "roles_" + UUID.randomUUID();
    private final String owner = "owner of " + database;
    private final String service = "service's " + database; // a name that has to be quoted

    @BeforeEach
    void createRolesAndDatabase() throws SQLException {
        administrate("create role %s login".formatted(quoted(owner)));
        administrate("create role %s login".formatted(quoted(service)));
        administrate("create database %s owner %s".formatted(quoted(database), quoted(owner)));
    }

    @AfterEach
    void dropDatabaseAndRoles() throws SQLException {
        administrate("drop database %s with (force)".formatted(quoted(database)));
        administrate("drop role %s".formatted(quoted(service)));
        administrate("drop role %s".formatted(quoted(owner)));
    }

    @Test
    void theServiceReadsAndWritesRowsOfEveryTable() throws SQLException {
        migrations(service).migrate();

        assertThat(ask(service, """
                select string_agg(relname, ', ')
                  from pg_class
                 where relnamespace = 'public'::regnamespace and relkind = 'r'
                   and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
                            and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete'))
                """)).isEqualTo("flyway_schema_history");
    }

    /** Identities, triggers, their functions, notifications and the operators of the extension. */
    @Test
    void theServiceNeedsNothingElse() throws SQLException {
        migrations(service).migrate();
        try (var listener = connect(service);
                var statement = listener.createStatement()) {
            statement.execute("listen kinoteka_changes");

            var movie = ask(service, """
                    insert into movies (title, year, duration_minutes) values ('Stalker', 1979, 162) returning id
                    """);
            var customer = ask(service, """
                    insert into customers (username, email, name, surname, birthday)
                    values ('viewer', 'viewer@example.org', 'A', 'B', '1990-01-01') returning id
                    """);
            ask(service, """
                    insert into ratings (customer_id, movie_id, stars) values (%s, %s, 4) returning id
                    """.formatted(customer, movie));

            assertThat(ask(service, "select rating from movies where 'stalke' <% title"))
                    .isEqualTo("4.00");
            assertThat(ask(service, "delete from movies returning id")).isEqualTo(movie);
            var heard = new ArrayList<String>();
            for (var notification : listener.unwrap(PGConnection.class).getNotifications(10_000)) {
                heard.add(notification.getParameter());
            }
            assertThat(heard).first().asString().startsWith("created {\"kind\":\"movie\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table other (id bigint)",
                "alter table movies add column other text",
                "alter table movies disable trigger user",
                "drop table comments",
                "drop function notify_changes cascade",
                "truncate sessions",
                "create index other on movies (country)",
                "select count(*) from flyway_schema_history",
                "delete from flyway_schema_history"
            })
    void theServiceCannotChangeTheSchema(String sql) throws SQLException {
        migrations(service).migrate();

        assertThatThrownBy(() -> execute(service, sql)).hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @Test
    void theServiceGetsThePrivilegesOnTablesOfALaterVersion() throws SQLException {
        migrations(service).migrateTo("3");
        assertThat(ask(service, "select count(*) from sessions")).isEqualTo("0");

        migrations(service).migrate();

        assertThat(ask(service, "select count(*) from ratings")).isEqualTo("0");
    }

    /** Two roles take turns, so that the password of the one that is not in use can be changed. */
    @Test
    void theMembersOfTheServiceRoleGetThePrivilegesOnlyThroughIt() throws SQLException {
        var group = "group of " + database;
        administrate("create role %s role %s".formatted(quoted(group), quoted(service)));
        try {
            migrations(group).migrate();

            assertThat(ask(service, "select count(*) from ratings")).isEqualTo("0");
            assertThatThrownBy(() -> execute(service, "create table other (id bigint)"))
                    .hasMessageContaining("permission denied");
            administrate("revoke %s from %s".formatted(quoted(group), quoted(service)));
            assertThatThrownBy(() -> ask(service, "select count(*) from ratings"))
                    .hasMessageContaining("permission denied");
        } finally {
            administrate("drop database %s with (force)".formatted(quoted(database)));
            administrate("drop role %s".formatted(quoted(group)));
            administrate("create database %s".formatted(quoted(database)));
        }
    }

    @Test
    void theServiceMayOwnTheSchemaItself() throws SQLException {
        migrations(owner).migrate();

        assertThat(ask(owner, "select count(*) from ratings")).isEqualTo("0");
        assertThatThrownBy(() -> ask(service, "select count(*) from ratings"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void manyServicesMayStartAtTheSameTime() throws Exception {
        migrations(owner).migrate();
        Callable<Void> start = () -> {
            migrations(service).migrate();
            return null;
        };

        try (var starts = Executors.newFixedThreadPool(4)) {
            for (var started : starts.invokeAll(List.of(start, start, start, start))) {
                started.get();
            }
        }

        assertThat(ask(service, "select count(*) from ratings")).isEqualTo("0");
    }

    @Test
    void anUnknownServiceRoleIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> migrations("nobody").migrate())
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("role \"nobody\" does not exist");
    }

    private Migrations migrations(String serviceRole) {
        var settings = new ConnectionSettings(
                List.of("localhost:" + port()),
                database,
                serviceRole,
                "",
                Duration.ofSeconds(1),
                new MigrationRole(owner, "", ""),
                new TlsSettings(TlsSettings.Mode.DISABLE, null));
        return new Migrations(settings.owner("kinoteka-test"), settings.serviceRole(), Duration.ZERO);
    }

    private Connection connect(String role) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port() + "/" + database, role, "");
    }

    private void execute(String role, String sql) throws SQLException {
        try (var connection = connect(role);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String role, String sql) throws SQLException {
        try (var connection = connect(role);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void administrate(String sql) throws SQLException {
        try (var connection = RealPostgres.connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static int port() {
        try {
            return Integer.parseInt(RealPostgres.ask("select inet_server_port()"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
