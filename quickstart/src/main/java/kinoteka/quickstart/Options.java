package kinoteka.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param catalogue jar of the catalogue
 * @param gateway jar of the gateway
 * @param seeder jar of the seeder
 * @param cache folder that keeps PostgreSQL's programs unpacked for the next start; without it they are unpacked anew
 */
record Options(Path catalogue, Path gateway, Path seeder, Optional<Path> cache, Ports ports) {

    private static final List<String> KNOWN = List.of(
            "catalogue",
            "gateway",
            "seeder",
            "cache",
            "gateway-port",
            "gateway-operators-port",
            "catalogue-port",
            "catalogue-operators-port");

    static Options parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(2, equals) : "";
            if (!KNOWN.contains(name)) {
                throw new CannotStart("argument: " + argument + " (expected: --" + String.join("=, --", KNOWN) + "=)");
            }
            given.put(name, argument.substring(equals + 1));
        }
        return new Options(
                jar(given, "catalogue"),
                jar(given, "gateway"),
                jar(given, "seeder"),
                Optional.ofNullable(given.get("cache")).map(Path::of),
                new Ports(
                        port(given, "gateway-port", 8080),
                        port(given, "gateway-operators-port", 9090),
                        port(given, "catalogue-port", 8081),
                        port(given, "catalogue-operators-port", 9091)));
    }

    private static Path jar(Map<String, String> given, String name) {
        @Nullable String path = given.get(name);
        if (path == null) {
            throw new CannotStart("--" + name + ": missing (expected: path of the " + name + "'s jar)");
        }
        if (!Files.isRegularFile(Path.of(path))) {
            throw new CannotStart("--" + name + ": " + path + " (expected: a jar; \"make build\" makes it)");
        }
        return Path.of(path).toAbsolutePath();
    }

    private static int port(Map<String, String> given, String name, int otherwise) {
        String port = given.getOrDefault(name, Integer.toString(otherwise));
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            throw new CannotStart("--" + name + ": " + port + " (expected: 1..65535)");
        }
        return Integer.parseInt(port);
    }
}
