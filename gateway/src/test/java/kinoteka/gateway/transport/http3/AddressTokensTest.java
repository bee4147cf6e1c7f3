package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTokensTest {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 4433);

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final AddressTokens tokens = new AddressTokens(new byte[32], clock::get);

    @Test
    void aTokenContainsTheConnectionId() {
        var token = token();
        var offset = tokens.validateToken(token, CLIENT);

        assertThat(token.slice(offset, token.readableBytes() - offset))
                .isEqualTo(Unpooled.wrappedBuffer(new byte[] {1, 2, 3, 4}));
        assertThat(token.readableBytes()).isLessThanOrEqualTo(tokens.maxTokenLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.2", "2001:db8::1"})
    void aTokenIsForOneAddress(String other) {
        assertThat(tokens.validateToken(token(), new InetSocketAddress(other, 4433)))
                .isEqualTo(-1);
    }

    @Test
    void aTokenIsForOnePort() {
        assertThat(tokens.validateToken(token(), new InetSocketAddress("192.0.2.1", 4434)))
                .isEqualTo(-1);
    }

    @Test
    void aTokenExpires() {
        var token = token();
        clock.addAndGet(10_000);
        assertThat(tokens.validateToken(token, CLIENT)).isPositive();
        clock.addAndGet(1);
        assertThat(tokens.validateToken(token, CLIENT)).isEqualTo(-1);
        clock.addAndGet(-10_002);
        assertThat(tokens.validateToken(token, CLIENT)).as("from the future").isEqualTo(-1);
    }

    @Test
    void aTokenOfAnotherProcessIsNotValid() {
        var other = new byte[32];
        other[31] = 1;
        assertThat(new AddressTokens(other, clock::get).validateToken(token(), CLIENT))
                .isEqualTo(-1);
    }

    @Test
    void noByteOfATokenCanBeChanged() {
        for (int i = 0; i < token().readableBytes(); i++) {
            var token = token();
            token.setByte(i, token.getByte(i) ^ 1);
            assertThat(tokens.validateToken(token, CLIENT)).as("byte " + i).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 45, 1000})
    void somethingElseIsNotAToken(int length) {
        assertThat(tokens.validateToken(Unpooled.wrappedBuffer(new byte[length]), CLIENT))
                .isEqualTo(-1);
    }

    private ByteBuf token() {
        var token = Unpooled.buffer();
        assertThat(tokens.writeToken(token, Unpooled.wrappedBuffer(new byte[] {1, 2, 3, 4}), CLIENT))
                .isTrue();
        return token;
    }
}
