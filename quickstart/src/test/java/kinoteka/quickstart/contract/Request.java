package kinoteka.quickstart.contract;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to make.
 *
 * @param target path and query
 */
record Request(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String body,
        Outcome expected) {

    /** Which responses are right. */
    enum Outcome {
        /** Any that the document has. */
        ANY,
        /** An error of the client, and not an outdated condition: what else is wrong is reported before that. */
        REJECTED,
        /** An error of the client. */
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

    HttpRequest to(String address) {
        var request = HttpRequest.newBuilder(URI.create(address + target)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        return request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    /** As a shell would make it. */
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
