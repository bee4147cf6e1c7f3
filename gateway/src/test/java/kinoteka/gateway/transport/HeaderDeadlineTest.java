package kinoteka.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.request.RequestRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeaderDeadlineTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void build() {
        channel.freezeTime();
        var deadline = new HeaderDeadline(
                Duration.ofSeconds(10),
                new PlainProblems(new RequestRecords(List.of(), System::nanoTime), new DateField()));
        channel.pipeline().addLast(deadline, new HttpServerCodec(), deadline.behindCodec());
    }

    @Test
    void cutsAHeadThatTrickles() {
        receive("GET / HTTP/1.1\r\n");
        pass(6);
        receive("X: y\r\n");
        pass(3);
        assertThat(channel.isOpen()).isTrue();

        pass(1);

        assertThat(sent()).startsWith("HTTP/1.1 408 Request Timeout").contains("/problems/request-too-slow");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void leavesAnIdleConnectionAndASlowBodyAlone() {
        pass(60);
        receive("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n");
        pass(60);
        receive("a");
        pass(60);
        receive("b");
        answer();
        pass(60);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void beginsAnewWithEachRequest() {
        receive(REQUEST);
        answer();
        receive("GET");
        pass(9);
        receive(REQUEST.substring(3));
        answer();
        receive("GET");
        pass(9);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void doesNotCutTheAnswerToAnEarlierRequest() {
        receive(REQUEST);
        receive("GET");
        pass(15);
        assertThat(channel.isOpen()).isTrue();

        answer();
        pass(10);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void takesAnInterimAnswerForNone() {
        receive("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n");
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        receive("a");
        receive("GET");
        pass(15);

        assertThat(channel.isOpen()).isTrue();
    }

    private void receive(String characters) {
        channel.writeInbound(Unpooled.copiedBuffer(characters, StandardCharsets.US_ASCII));
    }

    private void answer() {
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
