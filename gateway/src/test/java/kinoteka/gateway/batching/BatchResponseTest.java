package kinoteka.gateway.batching;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchResponseTest {

    @Test
    void theResourcesFollowOneAnother() throws Exception {
        var both = ByteBuffer.allocate(100)
                .put(frame(1, "\"a\"", 3, "one"))
                .put(frame(2, "\"\"", 0, ""))
                .flip();

        var found = read(Arrays.copyOf(both.array(), both.remaining()));

        assertThat(found.resources()).containsOnlyKeys(1L, 2L);
        assertThat(found.resources().values())
                .extracting(resource -> resource.etag() + new String(resource.json(), ISO_8859_1))
                .containsExactlyInAnyOrder("\"a\"one", "\"\"");
    }

    @Test
    void aBodyThatEndsAnywhereInAResourceIsNotRead() {
        var whole = frame(1, "\"a\"", 3, "one");
        for (var length = 1; length < whole.length; length++) {
            var part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part))
                    .isInstanceOf(IOException.class)
                    .hasMessage("a response for several resources ends too early");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void aLengthBeyondTheBodyIsNotRead(int length) {
        assertThatThrownBy(() -> read(frame(1, "\"a\"", length, "one")))
                .isInstanceOf(IOException.class)
                .hasMessage("a response for several resources ends too early");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\"",
                "\"a",
                "a\"",
                "\"a\"b\"",
                "\"a b\"",
                "\"a\"\r\nSet-Cookie: a=b",
                "\"\r\n\"",
                "\"\0\"",
                "W/\"a\""
            })
    void aMalformedEntityTagIsNotRead(String etag) {
        assertThatThrownBy(() -> read(frame(1, etag, 3, "one")))
                .isInstanceOf(IOException.class)
                .hasMessage("a response for several resources has an invalid entity tag");
    }

    private static BatchResponse.Found read(byte[] body) throws IOException {
        return BatchResponse.Found.of(EmptyHttpHeaders.INSTANCE, "http://a", body);
    }

    private static byte[] frame(long id, String etag, int length, String json) {
        return ByteBuffer.allocate(Long.BYTES + Short.BYTES + etag.length() + Integer.BYTES + json.length())
                .putLong(id)
                .putShort((short) etag.length())
                .put(etag.getBytes(ISO_8859_1))
                .putInt(length)
                .put(json.getBytes(ISO_8859_1))
                .array();
    }
}
