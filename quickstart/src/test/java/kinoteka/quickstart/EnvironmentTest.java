package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static final Ports PORTS = new Ports(1, 2, 3, 4);

    private static final Path ACCESS_LOG = Path.of("/home/access.log");

    private final Environment empty = environment(Map.of());

    @Test
    void setsThePortsOfEachService() {
        assertThat(empty.forGateway(PORTS, ACCESS_LOG))
                .containsEntry("SERVER_PORT", "1")
                .containsEntry("MANAGEMENT_SERVER_PORT", "2")
                .containsEntry("KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE", "http://127.0.0.1:3");
        assertThat(empty.forCatalogue(PORTS, 5))
                .containsEntry("SERVER_PORT", "3")
                .containsEntry("MANAGEMENT_SERVER_PORT", "4")
                .containsEntry("KINOTEKA_CATALOG_DATABASE_HOSTS", "127.0.0.1:5");
    }

    @Test
    void keepsVariablesThatAreSet() {
        Environment set = environment(Map.of(
                "SEED_COUNT", "7",
                "LOGGING_LEVEL_ROOT", "DEBUG",
                "KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE", "http://elsewhere"));

        assertThat(set.forSeeder(5)).containsEntry("SEED_COUNT", "7");
        assertThat(set.forGateway(PORTS, ACCESS_LOG))
                .containsEntry("KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE", "http://elsewhere")
                .doesNotContainKey("LOGGING_LEVEL_ROOT")
                .containsKey("LOGGING_LEVEL_KINOTEKA");
    }

    @Test
    void seedsASmallLibraryByDefault() {
        assertThat(empty.forSeeder(5)).containsEntry("SEED_COUNT", "50000");
    }

    @Test
    void treatsAnEmptyHomeAsNotSet() {
        assertThat(environment(Map.of("KINOTEKA_HOME", "")).home()).isNull();
        assertThat(environment(Map.of("KINOTEKA_HOME", "/data")).home()).isEqualTo("/data");
    }

    @Test
    void replacesTheDefaultJavaOptionsByTheConfiguredOnes() {
        assertThat(empty.javaOptions()).contains("-XX:TieredStopAtLevel=1");
        assertThat(environment(Map.of("KINOTEKA_JAVA_OPTIONS", " -Xmx128m  -XX:+UseZGC "))
                        .javaOptions())
                .containsExactly("--enable-native-access=ALL-UNNAMED", "-Xmx128m", "-XX:+UseZGC");
    }

    @Test
    void letsTheCatalogueAcceptTheDevelopmentKeyUnlessAnIssuerIsSet() {
        assertThat(empty.forCatalogue(PORTS, 5)).containsEntry("KINOTEKA_CATALOG_SECURITY_DEVELOPMENT", "true");
        assertThat(environment(Map.of("KINOTEKA_CATALOG_SECURITY_ISSUER", "https://login.example"))
                        .forCatalogue(PORTS, 5))
                .doesNotContainKey("KINOTEKA_CATALOG_SECURITY_DEVELOPMENT");
    }

    @Test
    void setsTheGatewayCredentialOfBothServices() {
        assertThat(empty.forGateway(PORTS, ACCESS_LOG)).containsEntry("KINOTEKA_GATEWAY_UPSTREAM_CREDENTIAL", "secret");
        assertThat(empty.forCatalogue(PORTS, 5)).containsEntry("KINOTEKA_CATALOG_GATEWAY_CREDENTIALS", "secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KINOTEKA_GATEWAY_UPSTREAM_CREDENTIAL", "KINOTEKA_CATALOG_GATEWAY_CREDENTIALS"})
    void setsNoCredentialIfTheUserHasSetOne(String name) {
        Environment set = environment(Map.of(name, "own"));

        assertThat(set.forGateway(PORTS, ACCESS_LOG)).doesNotContainValue("secret");
        assertThat(set.forCatalogue(PORTS, 5)).doesNotContainValue("secret");
    }

    @Test
    void keepsTheAccessLogOutOfTheTerminalUnlessTheUserHasChosen() {
        String file = "KINOTEKA_GATEWAY_ACCESSLOG_FILE";

        assertThat(empty.forGateway(PORTS, ACCESS_LOG)).containsEntry(file, "/home/access.log");
        assertThat(environment(Map.of(file, "")).forGateway(PORTS, ACCESS_LOG)).doesNotContainKey(file);
        assertThat(environment(Map.of("KINOTEKA_GATEWAY_ACCESSLOG_ENABLED", "true"))
                        .forGateway(PORTS, ACCESS_LOG))
                .doesNotContainKey(file);
    }

    private static Environment environment(Map<String, String> variables) {
        return new Environment(variables, "secret");
    }
}
