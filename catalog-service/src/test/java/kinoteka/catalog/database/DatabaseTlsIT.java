package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.r2dbc.postgresql.MultiHostConnectionStrategy.TargetServerType;
import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogService;
import kinoteka.schema.ConnectionSettings;
import kinoteka.schema.ConnectionSettings.MigrationRole;
import kinoteka.schema.TlsSettings;
import kinoteka.schema.TlsSettings.Mode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.netty.resources.LoopResources;

/** Connections to a PostgreSQL that accepts TLS only, by JDBC (migrations, seeder) and by R2DBC (pools, listener). */
class DatabaseTlsIT {

    private static final LoopResources LOOPS = LoopResources.create("test-tls", 1, true);

    @TempDir
    static Path folder;

    private static TlsPostgres server;

    @BeforeAll
    static void start() throws Exception {
        server = new TlsPostgres(folder, "localhost");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        LOOPS.dispose();
    }

    @Test
    void requireEncryptsAndTrustsEveryCertificate() throws Exception {
        assertThatBothConnect(server, new TlsSettings(Mode.REQUIRE, null));
    }

    @Test
    void verifyFullTrustsTheRootCertificate() throws Exception {
        assertThatBothConnect(server, new TlsSettings(Mode.VERIFY_FULL, server.rootCertificate()));
    }

    @Test
    void disableDoesNotEncrypt() {
        assertThatBothFail(server, new TlsSettings(Mode.DISABLE, null), "no encryption");
    }

    @Test
    void verifyFullRejectsTheCertificateOfAnotherAuthority() throws Exception {
        assertThatBothFail(server, new TlsSettings(Mode.VERIFY_FULL, server.otherRootCertificate()), "");
    }

    @Test
    void verifyFullWithoutARootCertificateTrustsThoseOfTheJavaRuntime() {
        assertThatBothFail(server, new TlsSettings(Mode.VERIFY_FULL, null), "");
    }

    @Test
    void verifyFullRejectsACertificateThatNamesAnotherHost(@TempDir Path other) throws Exception {
        try (var elsewhere = new TlsPostgres(other, "db.example.org")) {
            assertThatBothConnect(elsewhere, new TlsSettings(Mode.REQUIRE, null));
            assertThatBothFail(elsewhere, new TlsSettings(Mode.VERIFY_FULL, elsewhere.rootCertificate()), "localhost");
        }
    }

    @Test
    void verifyFullRejectsAnExpiredCertificate(@TempDir Path other) throws Exception {
        try (var expired = new TlsPostgres(other, "localhost", Instant.now().minus(Duration.ofDays(1)))) {
            assertThatBothConnect(expired, new TlsSettings(Mode.REQUIRE, null));
            assertThatBothFail(
                    expired, new TlsSettings(Mode.VERIFY_FULL, expired.rootCertificate()), "validity check failed");
        }
    }

    @Test
    void aStartWithTheCertificateOfAnotherAuthorityFailsWithALineThatSaysWhy() throws Exception {
        var failure = catchThrowable(() -> start(
                "--kinoteka.catalog.database.name=postgres",
                "--kinoteka.catalog.database.username=postgres",
                "--kinoteka.catalog.database.startup-timeout=1s",
                "--kinoteka.catalog.database.tls.root-certificate=" + server.otherRootCertificate()));

        var analysis = Objects.requireNonNull(new MigrationFailureAnalyzer().analyze(failure));
        assertThat(analysis.getDescription().lines())
                .containsExactly(
                        "The database schema could not be migrated.",
                        "Unable to obtain connection from database: SSL error: (bad_certificate) PKIX path validation failed:"
                                + " java.security.cert.CertPathValidatorException: signature check failed");
    }

    /**
     * Migrations, pools and the listener for changes. As in the cloud, the service connects as a member of the group that the
     * migrations permit to read and write rows.
     */
    @Test
    void theWholeServiceEncryptsItsConnections() throws Exception {
        server.execute("create role owner login");
        server.execute("create role service_group");
        server.execute("create role service login in role service_group");
        server.execute("create database library owner owner");
        try (var service = start(
                "--kinoteka.catalog.database.name=library",
                "--kinoteka.catalog.database.username=service",
                "--kinoteka.catalog.database.migration.username=owner",
                "--kinoteka.catalog.database.migration.service-role=service_group",
                "--kinoteka.catalog.database.tls.root-certificate=" + server.rootCertificate())) {
            var http = WebTestClient.bindToServer()
                    .baseUrl("http://localhost:" + service.getEnvironment().getProperty("local.server.port"))
                    .build();

            http.post()
                    .uri("/api/movie")
                    .headers(Bearer.editor())
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("""
                            {"title": "Stalker", "year": 1979, "duration": 162}
                            """)
                    .exchange()
                    .expectStatus()
                    .isCreated();
            http.get().uri("/api/movie").exchange().expectStatus().isOk();
            http.get().uri("/api/movie?limit=5000").exchange().expectStatus().isOk();
            http.get().uri("/api/movie/1").exchange().expectStatus().isOk();

            await().untilAsserted(() -> assertThat(server.ask("""
                            select distinct application_name
                              from pg_stat_activity
                             where application_name like 'kinoteka-catalogue-%' and datname = 'library'
                            """))
                    .contains(
                            "kinoteka-catalogue-primary",
                            "kinoteka-catalogue-replica",
                            "kinoteka-catalogue-stream",
                            "kinoteka-catalogue-changes"));
            assertThat(server.ask("""
                            select distinct usename || ' ' || ssl
                              from pg_stat_activity
                              join pg_stat_ssl using (pid)
                             where application_name like 'kinoteka-catalogue-%' and datname = 'library'
                            """)).containsExactly("service true");
        }
    }

    /** Starts the service, which connects by {@code verify-full}. */
    private static ConfigurableApplicationContext start(String... settings) {
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--kinoteka.catalog.security.development=true",
                "--kinoteka.catalog.database.hosts=localhost:" + server.port(),
                "--kinoteka.catalog.database.tls.mode=verify-full"));
        all.addAll(List.of(settings));
        return SpringApplication.run(CatalogService.class, all.toArray(String[]::new));
    }

    private static void assertThatBothConnect(TlsPostgres server, TlsSettings tls) throws SQLException {
        try (var connection = settings(server, tls).owner("test").getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
        }
        assertThat(askByR2dbc(server, tls)).isTrue();
    }

    private static void assertThatBothFail(TlsPostgres server, TlsSettings tls, String message) {
        assertThatThrownBy(() -> settings(server, tls).owner("test").getConnection())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> askByR2dbc(server, tls))
                .isInstanceOf(R2dbcException.class)
                .hasStackTraceContaining(message);
    }

    /** Whether the connection is encrypted. */
    private static @Nullable Boolean askByR2dbc(TlsPostgres server, TlsSettings tls) {
        var connections = new PostgresConnections(settings(server, tls))
                .to("localhost:" + server.port(), TargetServerType.PRIMARY, "test", Duration.ofSeconds(5), LOOPS);
        return Flux.usingWhen(
                        connections.create(),
                        connection -> Flux.from(connection
                                        .createStatement("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                                        .execute())
                                .flatMap(result -> result.map(row -> row.get(0, Boolean.class))),
                        connection -> connection.close())
                .blockFirst(Duration.ofSeconds(10));
    }

    private static ConnectionSettings settings(TlsPostgres server, TlsSettings tls) {
        return new ConnectionSettings(
                List.of("localhost:" + server.port()),
                "postgres",
                "postgres",
                "",
                Duration.ofSeconds(2),
                new MigrationRole("", "", ""),
                tls);
    }
}
