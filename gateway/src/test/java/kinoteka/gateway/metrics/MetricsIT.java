package kinoteka.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

@GatewayTest
class MetricsIT {

    private final int port;
    private final int operatorsPort;
    private final Scrape scrape;

    MetricsIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.operatorsPort = operatorsPort;
        this.scrape = new Scrape(operatorsPort);
    }

    @Test
    void countsAndTimesEachRequest() throws IOException {
        var labels =
                new String[] {"host=\"localhost\"", "status=\"200\"", "method=\"GET\"", "endpoint=\"/api/movie/\""};
        var before = scrape.sum("requests_total", labels);

        Wire.get(port, "/api/movie/1");
        Wire.get(port, "/api/movie/2");

        scrape.awaitSum(before + 2, "requests_total", labels);
        scrape.awaitSum(before + 2, "request_duration_seconds_count", labels);
    }

    @Test
    void keepsTheBucketsThatDashboardsSelect() throws IOException {
        Wire.get(port, "/ping");
        Awaitility.await().until(() -> scrape.sum("request_duration_seconds_count", "endpoint=\"/ping\"") > 0);

        for (var bound : new String[] {"0.0001", "0.01", "0.1", "0.2", "0.4", "10.0", "+Inf"}) {
            assertThat(scrape.lines())
                    .anyMatch(line -> line.startsWith("request_duration_seconds_bucket{")
                            && line.contains("endpoint=\"/ping\"")
                            && line.contains("le=\"" + bound + "\""));
        }
        assertThat(scrape.page("application/openmetrics-text"))
                .contains("le=\"0.0001\"")
                .doesNotContainPattern("le=\"[^\"]*E-");
    }

    @Test
    void hasExemplarsWithTraceIds() throws IOException {
        Upstream.SHARED.answers((request, response) ->
                response.status(418).send()); // a status of its own, because a series keeps its first exemplar
        var trace = "0af7651916cd43dd8448eb211c80319c";
        var before = scrape.sum("requests_total", "status=\"418\"");
        Wire.ask(
                port, "GET /db_dummy HTTP/1.1\r\nHost: a\r\ntraceparent: 00-" + trace + "-00f067aa0ba902b7-01\r\n\r\n");
        scrape.awaitSum(before + 1, "requests_total", "status=\"418\"");

        assertThat(scrape.page("application/openmetrics-text")).contains("# {trace_id=\"" + trace + "\"}");
    }

    @Test
    void servesProtobufForNativeHistograms() throws IOException {
        var accept = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
        var response = Wire.ask(operatorsPort, "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\n\r\n");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).startsWith("application/vnd.google.protobuf");
        assertThat(response.body()).contains("request_duration_seconds");
    }

    @Test
    void hasNoLabelValuesThatClientsInvented() throws IOException {
        var others = new String[] {"host=\"other\"", "method=\"other\"", "endpoint=\"other\""};
        var before = scrape.sum("requests_total", others);
        try (var wire = new Wire(port)) {
            for (int i = 0; i < 1_000; i++) {
                var response = wire.send("M%d /path/%d HTTP/1.1\r\nHost: host%d.example\r\n\r\n".formatted(i, i, i))
                        .answer();
                assertThat(response.status()).isEqualTo(404);
                wire.send("M%d /api/movie/%d?q=%d HTTP/1.1\r\nHost: host%d\r\n\r\n".formatted(i, i, i, i))
                        .answer();
            }
        }
        scrape.awaitSum(before + 1_000, "requests_total", others);

        assertThat(scrape.valuesOf("host")).isSubsetOf("localhost", "other");
        assertThat(scrape.valuesOf("method"))
                .isSubsetOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "other");
        assertThat(scrape.valuesOf("endpoint")).allMatch(value -> !value.matches(".*\\d.*"));
        assertThat(scrape.valuesOf("status")).allMatch(value -> value.matches("[1-5]\\d\\d"));
        assertThat(String.join("\n", scrape.lines())).doesNotContain("host7", "/path", "M7");
    }

    @Test
    void doesNotCountRequestsOfOperators() throws IOException {
        var before = scrape.sum("requests_total", "status=\"404\"");

        assertThat(Wire.get(operatorsPort, "/nope").status()).isEqualTo(404);
        assertThat(Wire.get(operatorsPort, "/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(Wire.get(operatorsPort, "/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");

        assertThat(scrape.sum("requests_total", "status=\"404\"")).isEqualTo(before);
    }
}
