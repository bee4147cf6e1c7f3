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
 * The settings of a run, read from environment variables.
 *
 * @param target URI of the gateway
 * @param rampUp from the start until the rates have their full value
 * @param rates iterations started per second for each scenario; 0 disables it
 * @param maxUsers maximum number of customers who take part
 * @param seed of the random number generator; it is combined with the start time
 * @param database URI in the format of {@code psql}; if empty, only the rules of the API are checked
 * @param report the file of the HTML report
 */
record Settings(
        URI target,
        Duration duration,
        Duration rampUp,
        Map<Scenario, Double> rates,
        int maxUsers,
        long seed,
        Optional<URI> database,
        Path report) {

    private static final double MAX_RATE = 10_000;
    private static final int MAX_USERS = 100_000;

    /**
     * Reads the settings. A blank variable counts as absent.
     *
     * @throws IllegalArgumentException if a value is invalid
     */
    static Settings of(Map<String, String> environment) {
        var variables = environment.entrySet().stream()
                .filter(variable -> !variable.getValue().isBlank())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> variable.getValue().strip()));
        return new Settings(
                parseUri("TARGET", variables.getOrDefault("TARGET", "http://localhost:8080"), "http"),
                Duration.ofSeconds(parseInteger("DURATION", variables.getOrDefault("DURATION", "300"), 1, 86_400)),
                Duration.ofSeconds(parseInteger("RAMP_UP", variables.getOrDefault("RAMP_UP", "30"), 0, 86_400)),
                parseRates(variables.getOrDefault("RATES", "")),
                (int) parseInteger("PEOPLE", variables.getOrDefault("PEOPLE", "500"), 1, MAX_USERS),
                parseInteger("SEED", variables.getOrDefault("SEED", "1"), 0, Long.MAX_VALUE),
                Optional.ofNullable(variables.get("DATABASE")).map(uri -> parseUri("DATABASE", uri, "postgres")),
                Path.of(variables.getOrDefault("REPORT", "target/people.html")));
    }

    /** Returns the sum of all rates. */
    double totalRate() {
        return rates.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static Map<Scenario, Double> parseRates(String value) {
        var rates = new EnumMap<Scenario, Double>(Scenario.class);
        for (var scenario : Scenario.values()) {
            rates.put(scenario, scenario.defaultRate());
        }
        for (var pair : value.isEmpty() ? new String[0] : value.split(",", -1)) {
            var equals = pair.indexOf('=');
            var label = equals < 0 ? pair : pair.substring(0, equals).strip();
            var scenario = Arrays.stream(Scenario.values())
                    .filter(candidate -> candidate.label().equals(label))
                    .findFirst()
                    .orElseThrow(() ->
                            invalid("RATES", pair, "scenario=rate per second, where scenario is one of " + labels()));
            rates.put(scenario, parseRate(pair, pair.substring(equals + 1).strip()));
        }
        return rates;
    }

    private static double parseRate(String pair, String value) {
        try {
            var rate = Double.parseDouble(value);
            if (rate >= 0 && rate <= MAX_RATE) {
                return rate;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, like a number that is out of range
        }
        throw invalid("RATES", pair, "scenario=0.." + (int) MAX_RATE);
    }

    private static long parseInteger(String name, String value, long min, long max) {
        try {
            var number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, like a number that is out of range
        }
        throw invalid(name, value, min + ".." + max);
    }

    private static URI parseUri(String name, String value, String schemePrefix) {
        try {
            var uri = URI.create(value);
            if (uri.getHost() != null
                    && uri.getScheme() != null
                    && uri.getScheme().startsWith(schemePrefix)) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // reported below, like a URI with another scheme
        }
        throw invalid(
                name, value, schemePrefix.equals("http") ? "http://host:port" : "postgresql://user@host:port/database");
    }

    private static String labels() {
        return Arrays.stream(Scenario.values()).map(Scenario::label).collect(Collectors.joining(", "));
    }

    private static IllegalArgumentException invalid(String name, String value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
}
