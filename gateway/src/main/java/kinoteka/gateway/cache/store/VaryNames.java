package kinoteka.gateway.cache.store;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import kinoteka.gateway.routing.Endpoint;

/**
 * The request headers that select the responses of each endpoint: all that any response of the endpoint has named in {@code Vary} so far
 * (RFC 9111, 4.1). A response that names fewer of them is found for fewer requests than it could serve. Only the catalogue adds names, so
 * that there are few. Thread-safe.
 */
public final class VaryNames {

    /** Every response of the API varies by it. */
    private static final String ACCEPT = "accept";

    private final Map<Endpoint, AtomicReference<String[]>> names = new EnumMap<>(Endpoint.class);

    public VaryNames() {
        for (var endpoint : Endpoint.values()) {
            names.put(endpoint, new AtomicReference<>(new String[] {ACCEPT}));
        }
    }

    /** Returns the values of the headers that select a response to this request. */
    String select(Endpoint endpoint, HttpHeaders request) {
        var current = names(endpoint).get();
        if (current.length == 1) {
            return accept(request);
        }
        var selected = new StringBuilder();
        for (var name : current) {
            selected.append(name.equals(ACCEPT) ? accept(request) : String.join(",", request.getAll(name)))
                    .append('\n');
        }
        return selected.toString();
    }

    /** Clients that accept anything, or JSON, receive the same response. Other values are compared as they are. */
    private static String accept(HttpHeaders request) {
        var value = request.get(HttpHeaderNames.ACCEPT);
        if (value == null) {
            return "";
        }
        var all = request.getAll(HttpHeaderNames.ACCEPT);
        if (all.size() > 1) {
            return String.join(",", all);
        }
        return value.equals("*/*") || value.equals("application/json") ? "" : value;
    }

    /**
     * Adds the names of a response.
     *
     * @return whether requests with the same key may select different responses, because names were added
     */
    public boolean add(Endpoint endpoint, HttpHeaders response) {
        var fields = response.getAll(HttpHeaderNames.VARY);
        var known = names(endpoint);
        if (areKnown(fields, known.get())) {
            return false;
        }
        var added = fields.stream()
                .flatMap(field -> Stream.of(field.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
        if (Arrays.asList(known.get()).containsAll(added)) {
            return false;
        }
        known.updateAndGet(current -> {
            var all = new TreeSet<>(Arrays.asList(current));
            all.addAll(added);
            return all.toArray(String[]::new);
        });
        return true;
    }

    /** Whether each field consists of a single known name. This is the usual case, and needs no parsing. */
    private static boolean areKnown(List<String> fields, String[] names) {
        for (var field : fields) {
            if (!isKnown(field, names)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKnown(String field, String[] names) {
        for (var name : names) {
            if (name.equalsIgnoreCase(field)) {
                return true;
            }
        }
        return false;
    }

    private AtomicReference<String[]> names(Endpoint endpoint) {
        return Objects.requireNonNull(names.get(endpoint), endpoint::label);
    }
}
