package kinoteka.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kinoteka.schema.ConnectionSettings.MigrationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConnectionSettingsTest {

    @Test
    void hasDefaultsForAServerOnThisMachine() {
        assertThat(bound(Map.of()))
                .isEqualTo(new ConnectionSettings(
                        List.of("localhost:5432"),
                        "kinoteka",
                        "kinoteka",
                        "",
                        Duration.ofSeconds(1),
                        new MigrationRole("", "", ""),
                        new TlsSettings(TlsSettings.Mode.DISABLE, null)));
    }

    @Test
    void connectsOverJdbcToThePrimaryAmongAllServers() throws SQLException {
        ConnectionSettings settings = bound(Map.of(
                "kinoteka.catalog.database.hosts", "one:5432,[::1]:5433",
                "kinoteka.catalog.database.name", "film library?",
                "kinoteka.catalog.database.password", "a&b=ü",
                "kinoteka.catalog.database.connect-timeout", "2500ms"));

        PGSimpleDataSource jdbc = settings.owner("kinoteka-test").unwrap(PGSimpleDataSource.class);

        assertThat(jdbc.getServerNames()).containsExactly("one", "[::1]");
        assertThat(jdbc.getPortNumbers()).containsExactly(5432, 5433);
        assertThat(jdbc.getDatabaseName()).isEqualTo("film library?");
        assertThat(jdbc.getUser()).isEqualTo("kinoteka");
        assertThat(jdbc.getPassword()).isEqualTo("a&b=ü");
        assertThat(jdbc.getTargetServerType()).isEqualTo("primary");
        assertThat(jdbc.getConnectTimeout()).isEqualTo(2);
        assertThat(jdbc.getApplicationName()).isEqualTo("kinoteka-test");
        assertThat(jdbc.getSslMode()).isEqualTo("disable");
    }

    @Test
    void theRoleForMigrationsConnectsInPlaceOfTheOther() throws SQLException {
        ConnectionSettings settings = bound(Map.of(
                "kinoteka.catalog.database.username", "service",
                "kinoteka.catalog.database.password", "of the service",
                "kinoteka.catalog.database.migration.username", "owner",
                "kinoteka.catalog.database.migration.password", "of the owner"));

        PGSimpleDataSource jdbc = settings.owner("kinoteka-test").unwrap(PGSimpleDataSource.class);

        assertThat(jdbc.getUser()).isEqualTo("owner");
        assertThat(jdbc.getPassword()).isEqualTo("of the owner");
        assertThat(settings.username()).isEqualTo("service");
    }

    @Test
    void theMigrationsPermitTheRoleThatConnectsUnlessAnotherOneIsSet() {
        assertThat(bound(Map.of("kinoteka.catalog.database.username", "service"))
                        .serviceRole())
                .isEqualTo("service");
        assertThat(bound(Map.of(
                                "kinoteka.catalog.database.username", "service_a",
                                "kinoteka.catalog.database.migration.service-role", "service"))
                        .serviceRole())
                .isEqualTo("service");
    }

    /** Compose cannot leave an environment variable out. */
    @Test
    void anEmptyRootCertificateIsNone() {
        var settings = bound(Map.of(
                "kinoteka.catalog.database.tls.mode", "disable",
                "kinoteka.catalog.database.tls.root-certificate", ""));

        assertThat(settings.tls().rootCertificate()).isNull();
    }

    @Test
    void waitsAtLeastASecondForAServer() throws SQLException {
        ConnectionSettings settings = bound(Map.of("kinoteka.catalog.database.connect-timeout", "200ms"));

        assertThat(settings.owner("kinoteka-test")
                        .unwrap(PGSimpleDataSource.class)
                        .getConnectTimeout())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "hosts | `` | hosts: [] (expected: host:port, at least one)",
                "hosts | `one:1,,two:2` | hosts: [one:1, , two:2] (expected: host:port, at least one)",
                "name | ` ` | name: \" \" (expected: not blank)",
                "username | `` | username: \"\" (expected: not blank)",
                "connect-timeout | 0s | connectTimeout: PT0S (expected: > 0)",
                "migration.password | x | migration.username: \"\" (expected: not blank, because migration.password is set)",
                "tls.root-certificate | ca.pem | tls.mode: disable (expected: verify-full, because nothing else verifies tls.rootCertificate)"
            })
    void rejectsASettingThatCannotWorkAndSaysWhich(String setting, String value, String message) {
        assertThatThrownBy(() -> bound(Map.of("kinoteka.catalog.database." + setting, value)))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage(message);
    }

    @Test
    void rejectsACertificateThatCannotBeRead() {
        assertThatThrownBy(() -> bound(Map.of(
                        "kinoteka.catalog.database.tls.mode", "verify-full",
                        "kinoteka.catalog.database.tls.root-certificate", "/nowhere/ca.pem")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage("tls.rootCertificate: /nowhere/ca.pem (expected: a file that can be read)");
    }

    private static ConnectionSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate(ConnectionSettings.PREFIX, ConnectionSettings.class);
    }
}
