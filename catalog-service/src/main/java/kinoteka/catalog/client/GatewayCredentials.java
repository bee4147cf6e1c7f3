package kinoteka.catalog.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Recognizes gateways by the header {@code Gateway-Credential}. Its value is a statement and the credential that proves it:
 * {@code forwarded …} for a request that the gateway forwards for a client, {@code own …} for one that the gateway makes
 * itself. A gateway replaces the header in everything that it forwards, so a client cannot make either statement.
 */
@Component
class GatewayCredentials {

    static final String HEADER = "Gateway-Credential";

    private static final String FORWARDED = "forwarded ";
    private static final String OWN = "own ";

    private final List<byte[]> credentials;
    private final Counter rejected;

    /** What sent a request to the catalogue. */
    enum Sender {
        /** A gateway, for a client, whose address is in {@code X-Forwarded-For}. */
        FORWARDING_GATEWAY,
        /** A gateway, for itself. */
        GATEWAY,
        /** Anything else that can reach the catalogue's port. */
        UNKNOWN
    }

    GatewayCredentials(GatewaySettings settings, MeterRegistry metrics) {
        this.credentials = settings.credentials().stream()
                .map(credential -> credential.getBytes(UTF_8))
                .toList();
        this.rejected = Counter.builder("gateway.credentials.rejected")
                .description("Requests without a credential of a gateway that is valid here")
                .register(metrics);
    }

    /** Counts a request whose sender is unknown. Without a configured credential every request counts as forwarded, since only gateways can reach the catalogue. */
    Sender sender(HttpHeaders headers) {
        var sender = recognize(headers);
        if (sender == Sender.UNKNOWN) {
            rejected.increment();
        }
        return sender;
    }

    /** Whether a gateway forwards this request for a client. Unlike {@link #sender}, does not count those that cannot be recognized. */
    boolean isForwarded(HttpHeaders headers) {
        return recognize(headers) == Sender.FORWARDING_GATEWAY;
    }

    /** Whether a gateway sends this request, for a client or for itself. Unlike {@link #sender}, does not count those that cannot be recognized. */
    boolean isOfGateway(HttpHeaders headers) {
        return recognize(headers) != Sender.UNKNOWN;
    }

    /** Whether a gateway sends this request for itself. Without a configured credential, this cannot be told from a forwarded one. */
    boolean isOfGatewayItself(HttpHeaders headers) {
        return credentials.isEmpty() || recognize(headers) == Sender.GATEWAY;
    }

    private Sender recognize(HttpHeaders headers) {
        if (credentials.isEmpty()) {
            return Sender.FORWARDING_GATEWAY;
        }
        var statements = headers.getOrEmpty(HEADER);
        if (statements.size() == 1) {
            var statement = statements.getFirst();
            if (proves(FORWARDED, statement)) {
                return Sender.FORWARDING_GATEWAY;
            }
            // A gateway has no client when it asks for itself: a request with both was made by a client in some way.
            if (proves(OWN, statement) && !headers.containsHeader(Clients.FORWARDED_FOR)) {
                return Sender.GATEWAY;
            }
        }
        return Sender.UNKNOWN;
    }

    /** Takes the same time wherever the first wrong character is, so that it cannot be found by trying. */
    private boolean proves(String statement, String value) {
        if (!value.startsWith(statement)) {
            return false;
        }
        var presented = value.substring(statement.length()).getBytes(UTF_8);
        var valid = false;
        for (var credential : credentials) {
            valid |= MessageDigest.isEqual(presented, credential);
        }
        return valid;
    }
}
