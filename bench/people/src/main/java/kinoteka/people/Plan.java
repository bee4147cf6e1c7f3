package kinoteka.people;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kinoteka.people.scenario.Scenario;

/**
 * What the environment asks for.
 *
 * @param rates how often in a second each action is begun
 * @param people customers who take part
 * @param seed of all randomness
 * @param database whose rules are checked in the end, as {@code psql} has its address
 * @param report the page
 */
record Plan(
        URI target,
        Duration duration,
        Map<Scenario, Double> rates,
        int people,
        long seed,
        Optional<URI> database,
        Path report) {

    private static final double MOST_PER_SECOND = 10_000;
    private static final int MOST_PEOPLE = 100_000;

    static Plan of(Map<String, String> environment) {
        var given = environment.entrySet().stream()
                .filter(variable -> !variable.getValue().isBlank())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> variable.getValue().strip()));
        return new Plan(
                address("TARGET", given.getOrDefault("TARGET", "http://localhost:8080"), "http"),
                Duration.ofSeconds(whole("DURATION", given.getOrDefault("DURATION", "300"), 1, 86_400)),
                rates(given.getOrDefault("RATES", "")),
                (int) whole("PEOPLE", given.getOrDefault("PEOPLE", "500"), 1, MOST_PEOPLE),
                whole("SEED", given.getOrDefault("SEED", "1"), 0, Long.MAX_VALUE),
                Optional.ofNullable(given.get("DATABASE")).map(database -> address("DATABASE", database, "postgres")),
                Path.of(given.getOrDefault("REPORT", "target/people.html")));
    }

    /** Of all actions together. */
    double rate() {
        return rates.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static Map<Scenario, Double> rates(String given) {
        var rates = new EnumMap<Scenario, Double>(Scenario.class);
        for (var scenario : Scenario.values()) {
            rates.put(scenario, scenario.defaultRate());
        }
        for (var pair : given.isEmpty() ? new String[0] : given.split(",", -1)) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals).strip();
            var scenario = Arrays.stream(Scenario.values())
                    .filter(one -> one.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> refused("RATES", pair, "action=number a second, of " + titles()));
            rates.put(scenario, rate(pair, pair.substring(equals + 1).strip()));
        }
        return rates;
    }

    private static double rate(String pair, String number) {
        try {
            var rate = Double.parseDouble(number);
            if (rate >= 0 && rate <= MOST_PER_SECOND) {
                return rate;
            }
        } catch (NumberFormatException noNumber) {
            // as a number that cannot be
        }
        throw refused("RATES", pair, "action=0.." + (int) MOST_PER_SECOND);
    }

    private static long whole(String name, String given, long least, long most) {
        try {
            var number = Long.parseLong(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // as a number that cannot be
        }
        throw refused(name, given, least + ".." + most);
    }

    private static URI address(String name, String given, String scheme) {
        try {
            var address = URI.create(given);
            if (address.getHost() != null
                    && address.getScheme() != null
                    && address.getScheme().startsWith(scheme)) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // as an address of something else
        }
        throw refused(name, given, scheme.equals("http") ? "http://host:port" : "postgresql://user@host:port/database");
    }

    private static String titles() {
        return Arrays.stream(Scenario.values()).map(Scenario::label).collect(Collectors.joining(", "));
    }

    private static IllegalArgumentException refused(String name, String given, String expected) {
        return new IllegalArgumentException(name + ": " + given + " (expected: " + expected + ")");
    }
}
