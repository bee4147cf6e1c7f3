package kinoteka.catalog.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Determines the client of a request from its token, its headers and its connection, without asking anybody. */
@Component
public class Clients {

    static final String FORWARDED_FOR = "X-Forwarded-For";

    /** Of the 16 of an IPv6 address: a /56, the least that a provider gives to a customer (RIPE-690, section 4.2). */
    private static final int NETWORK_BYTES = 7;

    private final GatewayCredentials credentials;

    Clients(GatewayCredentials credentials) {
        this.credentials = credentials;
    }

    /**
     * The client of this request. Always has a value, and works where the request's token has been verified: in controllers
     * and in what they call.
     */
    public Mono<Client> of(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var sender = credentials.sender(request.getHeaders());
        if (sender == GatewayCredentials.Sender.GATEWAY) {
            return Mono.just(new Client(Client.Kind.GATEWAY, connectedFrom(request)));
        }
        return exchange.getPrincipal()
                .ofType(JwtAuthenticationToken.class)
                .flatMap(authenticated ->
                        Mono.justOrEmpty(authenticated.getToken().getSubject()))
                .filter(subject -> !subject.isBlank())
                .map(subject -> new Client(Client.Kind.AUTHENTICATED, subject))
                .switchIfEmpty(Mono.fromSupplier(() -> anonymous(request, sender)));
    }

    private static Client anonymous(ServerHttpRequest request, GatewayCredentials.Sender sender) {
        var forwarded = sender == GatewayCredentials.Sender.FORWARDING_GATEWAY
                ? forwardedFor(request)
                : Optional.<InetAddress>empty();
        return new Client(
                Client.Kind.ANONYMOUS, forwarded.map(Clients::network).orElseGet(() -> connectedFrom(request)));
    }

    /** The address that the nearest gateway has added: the last one. Empty where that is no IP address. */
    private static Optional<InetAddress> forwardedFor(ServerHttpRequest request) {
        var values = request.getHeaders().getOrEmpty(FORWARDED_FOR);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        var last = values.getLast();
        var address = last.substring(last.lastIndexOf(',') + 1).strip();
        var zone = address.indexOf('%'); // the name of a network interface, which means nothing on this machine
        try {
            return Optional.of(InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone)));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static String connectedFrom(ServerHttpRequest request) {
        @Nullable InetSocketAddress remote = request.getRemoteAddress();
        return remote == null || remote.getAddress() == null ? "unknown" : network(remote.getAddress());
    }

    /** An IPv4 address as it is; the /56 network of an IPv6 address, since a client may use any address of that network. */
    private static String network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        var bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/56";
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
