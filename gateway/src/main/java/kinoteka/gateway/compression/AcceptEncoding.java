package kinoteka.gateway.compression;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import kinoteka.gateway.compression.codec.Coding;
import org.jspecify.annotations.Nullable;

/** Chooses the coding of a response (RFC 9110, 12.5.3). Elements of the header that are malformed are ignored. */
final class AcceptEncoding {

    private static final String IDENTITY = "identity";
    private static final String ANY = "*";
    private static final Pattern WEIGHT = Pattern.compile("[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");
    private static final double NOT_LISTED = -1;

    private final List<Coding> offered;

    /** @param offered the preferred one first */
    AcceptEncoding(List<Coding> offered) {
        this.offered = List.copyOf(offered);
    }

    /**
     * Returns the coding to use; null for none, also if the client accepts nothing that is offered.
     *
     * @param header the values of {@code Accept-Encoding}
     */
    @Nullable
    Coding choose(List<String> header) {
        if (header.isEmpty()) {
            return null;
        }
        var elements = elements(header);
        var any = weight(elements, ANY);
        var best = Math.max(0, weight(elements, IDENTITY)); // accepted, though not preferred, if it is not listed
        Coding chosen = null;
        for (var coding : offered) {
            var listed = weight(elements, coding.token());
            var weight = listed == NOT_LISTED ? any : listed;
            if (weight > best || (weight == best && weight > 0 && chosen == null)) {
                best = weight;
                chosen = coding;
            }
        }
        return chosen;
    }

    /** Whether the client accepts compressed responses only. */
    static boolean isIdentityExcluded(List<String> header) {
        var elements = elements(header);
        var listed = weight(elements, IDENTITY);
        return (listed == NOT_LISTED ? weight(elements, ANY) : listed) == 0;
    }

    private static String[] elements(List<String> header) {
        return String.join(",", header).toLowerCase(Locale.ROOT).split(",", -1);
    }

    /** Returns 0 to 1, or {@link #NOT_LISTED}. */
    private static double weight(String[] elements, String token) {
        for (var element : elements) {
            var semicolon = element.indexOf(';');
            var name = (semicolon < 0 ? element : element.substring(0, semicolon)).strip();
            if (name.equals(token) || name.equals("x-" + token)) {
                if (semicolon < 0) {
                    return 1;
                }
                var weight = WEIGHT.matcher(element.substring(semicolon + 1).strip());
                return weight.matches() ? Double.parseDouble(weight.group(1)) : NOT_LISTED;
            }
        }
        return NOT_LISTED;
    }
}
