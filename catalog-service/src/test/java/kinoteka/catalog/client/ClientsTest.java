package kinoteka.catalog.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

class ClientsTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OLD = "fedcba9876543210fedcba9876543210";
    private static final String FORWARDED = "forwarded " + SECRET;
    private static final String OWN = "own " + SECRET;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Clients open = clients();
    private final Clients closed = clients(SECRET, OLD);

    @Test
    void aClientWithoutTokenIsItsForwardedAddress() {
        assertThat(client(closed, request("X-Forwarded-For", "203.0.113.7", "Gateway-Credential", FORWARDED)))
                .isEqualTo(anonymous("203.0.113.7"));
        assertThat(client(closed, request("X-Forwarded-For", "203.0.113.7", "Gateway-Credential", "forwarded " + OLD)))
                .isEqualTo(anonymous("203.0.113.7"));
        assertThat(rejected()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "'6.6.6.6, 203.0.113.7', 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:0:0:0:0:0/56",
        "2001:db8:1:ff::, 2001:db8:1:0:0:0:0:0/56",
        "2001:db8:1:100::, 2001:db8:1:100:0:0:0:0/56",
        "fe80::1%eth9, fe80:0:0:0:0:0:0:0/56"
    })
    void anAddressIsKnownByTheNetworkThatOneClientHas(String forwarded, String expected) {
        assertThat(client(open, request("X-Forwarded-For", forwarded))).isEqualTo(anonymous(expected));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "unknown", "203.0.113.7:80", "localhost", "203.0.113.7,", "%", "_secret"})
    void withoutAForwardedAddressItIsTheOneOfTheConnection(@Nullable String forwarded) {
        var request = forwarded == null ? request() : request("X-Forwarded-For", forwarded);

        assertThat(client(open, request)).isEqualTo(anonymous("192.0.2.1"));
    }

    @Test
    void theLastOfSeveralForwardedAddressesCountsSinceItIsTheGateways() {
        assertThat(client(open, request("X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "203.0.113.7")))
                .isEqualTo(anonymous("203.0.113.7"));
    }

    @Test
    void aClientWithATokenIsItsSubjectWhereverItIs() {
        var here = client(closed, request("X-Forwarded-For", "203.0.113.7", "Gateway-Credential", FORWARDED), "7");
        var there = client(closed, request(), "7");

        assertThat(here).isEqualTo(there).isEqualTo(new Client(Client.Kind.AUTHENTICATED, "7"));
        assertThat(client(closed, request(), " ")).isEqualTo(anonymous("192.0.2.1"));
    }

    @Test
    void anAddressIsNeverASubject() {
        assertThat(client(closed, request(), "192.0.2.1")).isNotEqualTo(client(closed, request()));
    }

    @Test
    void aGatewayIsOneThatSaysSoAndProvesIt() {
        var gateway = client(closed, request("Gateway-Credential", OWN));

        assertThat(gateway).isEqualTo(new Client(Client.Kind.GATEWAY, "192.0.2.1"));
        assertThat(gateway.isGateway()).isTrue();
        assertThat(client(closed, request("Gateway-Credential", "own " + OLD)).isGateway())
                .isTrue();
    }

    @Test
    void aForwardedRequestIsNeverTheGateways() {
        assertThat(client(closed, request("Gateway-Credential", FORWARDED)).isGateway())
                .isFalse();
        assertThat(client(closed, request("Gateway-Credential", OWN, "X-Forwarded-For", "203.0.113.7")))
                .isEqualTo(anonymous("192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "own",
                "own ",
                "own x",
                "Own " + SECRET,
                "own  " + SECRET,
                "own " + SECRET + " ",
                "own 0123456789abcdef0123456789abcdeF",
                "own " + SECRET + "," + SECRET,
                "forwarded 0123456789abcdef0123456789abcde",
                "forwarded " + SECRET + "f",
                "forwarded",
                ""
            })
    void aCredentialThatIsNotValidMakesNobodyAGatewayAndIsCounted(String value) {
        assertThat(client(closed, request("Gateway-Credential", value, "X-Forwarded-For", "203.0.113.7")))
                .isEqualTo(anonymous("192.0.2.1"));
        assertThat(client(closed, request("Gateway-Credential", value))).isEqualTo(anonymous("192.0.2.1"));
        assertThat(rejected()).isEqualTo(2);
    }

    @Test
    void twoCredentialsInOneRequestAreNone() {
        assertThat(client(closed, request("Gateway-Credential", FORWARDED, "Gateway-Credential", OWN)))
                .isEqualTo(anonymous("192.0.2.1"));
        assertThat(rejected()).isEqualTo(1);
    }

    @Test
    void whereACredentialIsConfiguredNobodyElsesForwardedAddressIsBelieved() {
        assertThat(client(closed, request("X-Forwarded-For", "203.0.113.7"))).isEqualTo(anonymous("192.0.2.1"));
        assertThat(rejected()).isEqualTo(1);
    }

    @Test
    void whereNoCredentialIsConfiguredNobodyIsAGateway() {
        assertThat(client(open, request("Gateway-Credential", OWN))).isEqualTo(anonymous("192.0.2.1"));
        assertThat(client(open, request("Gateway-Credential", "own "))).isEqualTo(anonymous("192.0.2.1"));
        assertThat(client(open, request())).isEqualTo(anonymous("192.0.2.1"));
        assertThat(rejected()).isZero();
    }

    private Clients clients(String... credentials) {
        return new Clients(new GatewayCredentials(new GatewaySettings(List.of(credentials)), metrics));
    }

    private double rejected() {
        return metrics.get("gateway.credentials.rejected").counter().count();
    }

    private static Client anonymous(String address) {
        return new Client(Client.Kind.ANONYMOUS, address);
    }

    private static Client client(Clients clients, MockServerHttpRequest request) {
        return client(clients, MockServerWebExchange.builder(request));
    }

    private static Client client(Clients clients, MockServerHttpRequest request, String subject) {
        var token =
                Jwt.withTokenValue("t").header("alg", "ES256").subject(subject).build();
        return client(clients, MockServerWebExchange.builder(request).principal(new JwtAuthenticationToken(token)));
    }

    private static Client client(Clients clients, MockServerWebExchange.Builder exchange) {
        return Objects.requireNonNull(clients.of(exchange.build()).block(Duration.ofSeconds(1)));
    }

    private static MockServerHttpRequest request(String... headers) {
        try {
            var request = MockServerHttpRequest.get("/api/changes")
                    .remoteAddress(
                            new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 40_000));
            for (var i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return request.build();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
