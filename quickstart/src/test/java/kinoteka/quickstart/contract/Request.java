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
 * @param mustFail whether only a refusal is right
 */
record Request(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String body,
        boolean mustFail) {

    Request with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(method, target, more, body, mustFail);
    }

    Request without(String header) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Request(method, target, fewer, body, mustFail);
    }

    Request withTarget(String other) {
        return new Request(method, other, headers, body, mustFail);
    }

    Request withBody(String other) {
        return new Request(method, target, headers, other, mustFail);
    }

    Request thatMustFail() {
        return new Request(method, target, headers, body, true);
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
