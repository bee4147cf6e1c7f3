package kinoteka.gateway.compression;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import kinoteka.gateway.compression.codec.Coding;
import org.jspecify.annotations.Nullable;

/** Which codings a client accepts (RFC 9110, 12.5.3). Elements that are malformed are ignored. Immutable. */
final class AcceptEncoding {

    private static final String IDENTITY = "identity";
    private static final String ANY = "*";
    private static final String OLD_PREFIX = "x-";
    private static final Pattern WEIGHT = Pattern.compile("[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");
    private static final double NOT_LISTED = -1;

    /** More than there are codings. Further elements are ignored, so that a header of 16 KB costs no more than a usual one. */
    private static final int MAX_ELEMENTS = 32;

    /** 0 to 1, or {@link #NOT_LISTED} for an element that is malformed. */
    private final Map<String, Double> weights;

    private AcceptEncoding(Map<String, Double> weights) {
        this.weights = weights;
    }

    /** Parses the values of {@code Accept-Encoding}. */
    static AcceptEncoding parse(List<String> header) {
        if (header.isEmpty()) {
            return new AcceptEncoding(Map.of());
        }
        var weights = new HashMap<String, Double>();
        var elements = 0;
        for (var field : header) {
            for (var start = 0; start <= field.length() && elements < MAX_ELEMENTS; elements++) {
                var comma = field.indexOf(',', start);
                var end = comma < 0 ? field.length() : comma;
                add(field.substring(start, end), weights);
                start = end + 1;
            }
        }
        return new AcceptEncoding(weights);
    }

    /** The first element with a name counts. */
    private static void add(String element, Map<String, Double> weights) {
        var semicolon = element.indexOf(';');
        var name = (semicolon < 0 ? element : element.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        weights.putIfAbsent(
                name.startsWith(OLD_PREFIX) ? name.substring(OLD_PREFIX.length()) : name,
                semicolon < 0 ? 1 : weight(element.substring(semicolon + 1)));
    }

    private static double weight(String parameter) {
        var weight = WEIGHT.matcher(parameter.strip());
        return weight.matches() ? Double.parseDouble(weight.group(1)) : NOT_LISTED;
    }

    /**
     * Returns the coding to use; null for none, also if the client accepts nothing that is offered.
     *
     * @param offered the preferred one first
     */
    @Nullable
    Coding choose(List<Coding> offered) {
        if (weights.isEmpty()) {
            return null;
        }
        var any = weight(ANY, NOT_LISTED);
        var best = Math.max(0, weight(IDENTITY, NOT_LISTED)); // accepted, though not preferred, if it is not listed
        Coding chosen = null;
        for (var coding : offered) {
            var weight = weight(coding.token(), any);
            if (weight > best || (weight == best && weight > 0 && chosen == null)) {
                best = weight;
                chosen = coding;
            }
        }
        return chosen;
    }

    /** Whether the client accepts compressed responses only. */
    boolean isIdentityExcluded() {
        return weight(IDENTITY, weight(ANY, NOT_LISTED)) == 0;
    }

    private double weight(String name, double absent) {
        double weight = weights.getOrDefault(name, NOT_LISTED);
        return weight == NOT_LISTED ? absent : weight;
    }
}
