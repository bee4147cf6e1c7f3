package kinoteka.quickstart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables: which of them the quickstart obeys, and what it adds for each program. All others reach the
 * services as they are.
 *
 * @param variables those of the quickstart itself
 * @param credential the secret by which the catalogue recognizes its gateway, unless the variables say another
 */
record Environment(Map<String, String> variables, String credential) {

    private static final String CATALOGUES_CREDENTIALS = "KINOTEKA_CATALOG_GATEWAY_CREDENTIALS";
    private static final String GATEWAYS_CREDENTIAL = "KINOTEKA_GATEWAY_UPSTREAM_CREDENTIAL";

    private static final String SMALL_LIBRARY = "50000";

    /** Halves the processor time of a start; who measures chooses what production has. */
    private static final String QUICK_TO_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** Less than a service writes in production, since several share a terminal. What is set already wins. */
    private static final Map<String, String> QUIETER = Map.of(
            "SPRING_MAIN_LOG_STARTUP_INFO", "false",
            "LOGGING_LEVEL_ROOT", "WARN",
            "LOGGING_LEVEL_KINOTEKA", "INFO",
            "LOGGING_PATTERN_CONSOLE", "%d{HH:mm:ss.SSS} %-5p %c{0}: %m%n%wEx");

    /** Folder that keeps the data; null for data that is deleted at the end. */
    @Nullable
    String home() {
        String home = variables.getOrDefault("KINOTEKA_HOME", "");
        return home.isBlank() ? null : home;
    }

    /** Options for the Java machines of the services; {@code KINOTEKA_JAVA_OPTIONS}, apart by spaces, replaces ours. */
    List<String> javaOptions() {
        List<String> options = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));
        String chosen =
                variables.getOrDefault("KINOTEKA_JAVA_OPTIONS", QUICK_TO_START).strip();
        if (!chosen.isEmpty()) {
            options.addAll(List.of(chosen.split(" +", -1)));
        }
        return options;
    }

    Map<String, String> forSeeder(int databasePort) {
        Map<String, String> added = forDatabase(databasePort);
        added.put("SEED_COUNT", variables.getOrDefault("SEED_COUNT", SMALL_LIBRARY));
        return added;
    }

    Map<String, String> forCatalogue(Ports ports, int databasePort) {
        Map<String, String> added = forDatabase(databasePort);
        added.putAll(forService(ports.catalogue(), ports.catalogueOperators()));
        if (!variables.containsKey("KINOTEKA_CATALOG_SECURITY_ISSUER")) {
            added.put("KINOTEKA_CATALOG_SECURITY_DEVELOPMENT", "true");
        }
        addCredential(CATALOGUES_CREDENTIALS, added);
        return added;
    }

    Map<String, String> forGateway(Ports ports) {
        Map<String, String> added = forService(ports.gateway(), ports.gatewayOperators());
        added.put(
                "KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE",
                variables.getOrDefault("KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE", "http://127.0.0.1:" + ports.catalogue()));
        addCredential(GATEWAYS_CREDENTIAL, added);
        return added;
    }

    /** Adds the credential for both services or for none: one that is set for a service must be what the other has. */
    private void addCredential(String name, Map<String, String> added) {
        if (!variables.containsKey(CATALOGUES_CREDENTIALS) && !variables.containsKey(GATEWAYS_CREDENTIAL)) {
            added.put(name, credential);
        }
    }

    private Map<String, String> forService(int port, int operatorsPort) {
        Map<String, String> added = new HashMap<>(QUIETER);
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
