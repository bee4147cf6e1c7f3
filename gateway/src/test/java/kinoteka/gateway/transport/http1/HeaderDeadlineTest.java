package kinoteka.gateway.transport.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.request.RequestRecords;
import kinoteka.gateway.transport.DateHeader;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportProblems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeaderDeadlineTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void build() {
        channel.freezeTime();
        var registry = new PrometheusRegistry();
        var problems = new TransportProblems(new RequestRecords(List.of(), System::nanoTime), new DateHeader());
        var progress = new RequestProgress();
        channel.pipeline()
                .addLast(
                        new HeaderDeadline(Duration.ofSeconds(10), progress, problems, new TransportErrors(registry)),
                        new HttpServerCodec(),
                        progress,
                        new DecodeFailureHandler(progress, problems));
    }

    @Test
    void closesAConnectionOnWhichNothingArrivesWithoutAResponse() {
        pass(9);
        assertThat(channel.isOpen()).isTrue();

        pass(1);

        assertThat(channel.isOpen()).isFalse();
        assertThat(sent()).isEmpty();
    }

    @Test
    void rejectsFirstHeadersThatBeginLate() {
        pass(9);
        receive("GET / HTTP/1.1\r\n");

        pass(1);

        assertThat(sent()).startsWith("HTTP/1.1 408 Request Timeout").contains("/problems/request-too-slow");
    }

    @Test
    void rejectsHeadersThatTrickle() {
        receive(REQUEST);
        respond();
        sent();
        pass(60);
        receive("GET / HTTP/1.1\r\n");
        pass(6);
        receive("X: y\r\n");
        pass(3);
        assertThat(sent()).isEmpty();

        pass(1);

        assertThat(sent()).startsWith("HTTP/1.1 408 Request Timeout").contains("/problems/request-too-slow");
    }

    @Test
    void ignoresAnIdleConnectionAndASlowBody() {
        receive("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n");
        pass(60);
        receive("a");
        pass(60);
        receive("b");
        respond();
        pass(60);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void startsAgainWithEachRequest() {
        receive(REQUEST);
        respond();
        sent();
        receive("GET");
        pass(9);
        receive(REQUEST.substring(3));
        respond();
        sent();
        receive("GET");
        pass(9);

        assertThat(sent()).isEmpty();
    }

    @Test
    void doesNotCutTheResponseToAnEarlierRequest() {
        receive(REQUEST);
        receive("GET");
        pass(15);
        assertThat(sent()).isEmpty();

        respond();
        assertThat(sent()).startsWith("HTTP/1.1 204");
        pass(10);

        assertThat(sent()).startsWith("HTTP/1.1 408");
    }

    @Test
    void doesNotCountAnInterimResponseAsTheFinalOne() {
        receive("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n");
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        sent();
        receive("a");
        receive("GET");
        pass(15);

        assertThat(sent()).isEmpty();
    }

    private void receive(String characters) {
        channel.writeInbound(Unpooled.copiedBuffer(characters, StandardCharsets.US_ASCII));
    }

    private void respond() {
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT));
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private String sent() {
        var sent = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            sent.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return sent.toString();
    }
}
