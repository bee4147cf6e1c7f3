package kinoteka.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables: those that the quickstart reads, and those that it sets for each service. The services inherit all
 * other variables unchanged.
 *
 * @param variables environment variables of the quickstart
 * @param credential secret by which the catalogue recognizes its gateway; not used if the variables contain one
 */
record Environment(Map<String, String> variables, String credential) {

    private static final String CATALOGUE_CREDENTIALS = "KINOTEKA_CATALOG_GATEWAY_CREDENTIALS";
    private static final String GATEWAY_CREDENTIAL = "KINOTEKA_GATEWAY_UPSTREAM_CREDENTIAL";

    private static final String ACCESS_LOG_ENABLED = "KINOTEKA_GATEWAY_ACCESSLOG_ENABLED";
    private static final String ACCESS_LOG_FILE = "KINOTEKA_GATEWAY_ACCESSLOG_FILE";

    private static final String DEFAULT_SEED_COUNT = "50000";

    /** They halve the processor time of a start. Measurements set {@code KINOTEKA_JAVA_OPTIONS} to those of production. */
    private static final String FAST_START_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** Less log output than in production, because several services share a terminal. Variables that are set take precedence. */
    private static final Map<String, String> LOGGING_DEFAULTS = Map.of(
            "SPRING_MAIN_LOG_STARTUP_INFO", "false",
            "LOGGING_LEVEL_ROOT", "WARN",
            "LOGGING_LEVEL_KINOTEKA", "INFO",
            "LOGGING_PATTERN_CONSOLE", "%d{HH:mm:ss.SSS} %-5p %c{0}: %m%n%wEx");

    /** Returns the folder in which the data is kept; null if the data is to be deleted when the quickstart stops. */
    @Nullable
    String home() {
        String home = variables.getOrDefault("KINOTEKA_HOME", "");
        return home.isBlank() ? null : home;
    }

    /** Returns the JVM options of the services. {@code KINOTEKA_JAVA_OPTIONS}, separated by spaces, replaces the defaults. */
    List<String> javaOptions() {
        List<String> options = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));
        String configured = variables
                .getOrDefault("KINOTEKA_JAVA_OPTIONS", FAST_START_OPTIONS)
                .strip();
        if (!configured.isEmpty()) {
            options.addAll(List.of(configured.split(" +", -1)));
        }
        return options;
    }

    Map<String, String> forSeeder(int databasePort) {
        Map<String, String> added = forDatabase(databasePort);
        added.put("SEED_COUNT", variables.getOrDefault("SEED_COUNT", DEFAULT_SEED_COUNT));
        return added;
    }

    Map<String, String> forCatalogue(Ports ports, int databasePort) {
        Map<String, String> added = forDatabase(databasePort);
        added.putAll(forService(ports.catalogue(), ports.catalogueOperators()));
        if (!variables.containsKey("KINOTEKA_CATALOG_SECURITY_ISSUER")) {
            added.put("KINOTEKA_CATALOG_SECURITY_DEVELOPMENT", "true");
        }
        addCredential(CATALOGUE_CREDENTIALS, added);
        return added;
    }

    /** The access log is written to this file, not to the terminal, unless the user has chosen something else. */
    Map<String, String> forGateway(Ports ports, Path accessLog) {
        Map<String, String> added = forService(ports.gateway(), ports.gatewayOperators());
        added.put(
                "KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE",
                variables.getOrDefault("KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE", "http://127.0.0.1:" + ports.catalogue()));
        if (!variables.containsKey(ACCESS_LOG_ENABLED) && !variables.containsKey(ACCESS_LOG_FILE)) {
            added.put(ACCESS_LOG_FILE, accessLog.toString());
        }
        addCredential(GATEWAY_CREDENTIAL, added);
        return added;
    }

    /**
     * Adds the credential unless the user has set one for either service. Then it is added for neither, because both must have
     * the same.
     */
    private void addCredential(String name, Map<String, String> added) {
        if (!variables.containsKey(CATALOGUE_CREDENTIALS) && !variables.containsKey(GATEWAY_CREDENTIAL)) {
            added.put(name, credential);
        }
    }

    private Map<String, String> forService(int port, int operatorsPort) {
        Map<String, String> added = new HashMap<>(LOGGING_DEFAULTS);
        added.keySet().removeAll(variables.keySet());
        added.put("SERVER_PORT", Integer.toString(port));
        added.put("MANAGEMENT_SERVER_PORT", Integer.toString(operatorsPort));
        return added;
    }

    private static Map<String, String> forDatabase(int port) {
        Map<String, String> added = new HashMap<>();
        added.put("KINOTEKA_CATALOG_DATABASE_HOSTS", "127.0.0.1:" + port);
        added.put("KINOTEKA_CATALOG_DATABASE_NAME", "kinoteka");
        added.put("KINOTEKA_CATALOG_DATABASE_USERNAME", "kinoteka");
        added.put("KINOTEKA_CATALOG_DATABASE_PASSWORD", "");
        return added;
    }
}
