package kinoteka.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param catalogue jar of the catalogue
 * @param gateway jar of the gateway
 * @param seeder jar of the seeder
 * @param cache folder in which the unpacked binaries of PostgreSQL are kept for the next start; without it each start unpacks
 *     them again
 */
record Options(Path catalogue, Path gateway, Path seeder, Optional<Path> cache, Ports ports) {

    private static final List<String> NAMES = List.of(
            "catalogue",
            "gateway",
            "seeder",
            "cache",
            "gateway-port",
            "gateway-operators-port",
            "catalogue-port",
            "catalogue-operators-port");

    static Options parse(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(2, equals) : "";
            if (!NAMES.contains(name)) {
                throw new QuickstartException(
                        "argument: " + argument + " (expected: --" + String.join("=, --", NAMES) + "=)");
            }
            values.put(name, argument.substring(equals + 1));
        }
        return new Options(
                parseJar(values, "catalogue"),
                parseJar(values, "gateway"),
                parseJar(values, "seeder"),
                Optional.ofNullable(values.get("cache")).map(Path::of),
                new Ports(
                        parsePort(values, "gateway-port", 8080),
                        parsePort(values, "gateway-operators-port", 9090),
                        parsePort(values, "catalogue-port", 8081),
                        parsePort(values, "catalogue-operators-port", 9091)));
    }

    private static Path parseJar(Map<String, String> values, String name) {
        @Nullable String path = values.get(name);
        if (path == null) {
            throw new QuickstartException("--" + name + ": missing (expected: path of the " + name + "'s jar)");
        }
        if (!Files.isRegularFile(Path.of(path))) {
            throw new QuickstartException("--" + name + ": " + path + " (expected: a jar; \"make build\" creates it)");
        }
        return Path.of(path).toAbsolutePath();
    }

    private static int parsePort(Map<String, String> values, String name, int defaultPort) {
        String port = values.getOrDefault(name, Integer.toString(defaultPort));
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            throw new QuickstartException("--" + name + ": " + port + " (expected: 1..65535)");
        }
        return Integer.parseInt(port);
    }
}
