package kinoteka.quickstart.contract;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param target path and query
 * @param expected the responses that are correct
 */
record Request(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String body,
        Outcome expected) {

    /** The responses that are correct. */
    enum Outcome {
        /** Any response that the document describes. */
        ANY,
        /** A client error other than 412, because all other errors are reported before a failed precondition. */
        REJECTED,
        /** A client error. */
        REJECTED_OR_OUTDATED;

        boolean allows(int status) {
            return switch (this) {
                case ANY -> true;
                case REJECTED -> status / 100 == 4 && status != 412;
                case REJECTED_OR_OUTDATED -> status / 100 == 4;
            };
        }
    }

    Request with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(method, target, more, body, expected);
    }

    Request without(String header) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Request(method, target, fewer, body, expected);
    }

    Request withTarget(String other) {
        return new Request(method, other, headers, body, expected);
    }

    Request withBody(String other) {
        return new Request(method, target, headers, other, expected);
    }

    Request thatMustFail() {
        return expecting(Outcome.REJECTED);
    }

    Request expecting(Outcome outcome) {
        return new Request(method, target, headers, body, outcome);
    }

    boolean mustFail() {
        return expected != Outcome.ANY;
    }

    HttpRequest toHttpRequest(String baseUri) {
        var request = HttpRequest.newBuilder(URI.create(baseUri + target)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        return request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    /** Returns a command line for curl. */
    @Override
    public String toString() {
        var line = new StringBuilder("curl -X ")
                .append(method)
                .append(" 'http://…")
                .append(target)
                .append('\'');
        headers.forEach((name, value) -> line.append(" -H '")
                .append(name)
                .append(": ")
                .append(name.equals("Authorization") ? "Bearer …" : value)
                .append('\''));
        if (body != null) {
            line.append(" -d '").append(Exchange.shortened(body)).append('\'');
        }
        return line.toString();
    }
}
