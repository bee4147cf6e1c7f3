package kinoteka.gateway.batching;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;

/** The catalogue's response to a call for several resources. */
sealed interface BatchResponse {

    /** How the call ended. */
    BatchResult result();

    /** A response that has no resources, such as a 503, and is the same for a read of each of them. */
    record Failed(UpstreamResponse.Complete response) implements BatchResponse {

        @Override
        public BatchResult result() {
            return BatchResult.FAILED;
        }
    }

    /** The catalogue does not know the call, because it is older than the gateway. */
    record Unsupported() implements BatchResponse {

        @Override
        public BatchResult result() {
            return BatchResult.UNSUPPORTED;
        }
    }

    /** A resource, as the catalogue would send it for a read of its own. */
    @SuppressWarnings("ArrayRecordComponent") // shared and never compared
    record Resource(String etag, byte[] json) {}

    /**
     * The resources that exist. They follow one another in the body, in any order; each is its id (8 bytes), the length of its entity tag (2
     * bytes), the tag, the length of its JSON (4 bytes), and the JSON, which is not parsed. Numbers are unsigned and begin with their highest
     * byte.
     *
     * @param headers those that the response to a read of each of these resources has
     * @param instance URI of the instance that responded
     */
    record Found(HttpHeaders headers, String instance, Map<Long, Resource> resources) implements BatchResponse {

        private static final int PREFIX = Long.BYTES + Short.BYTES;
        private static final Pattern ETAG = Pattern.compile("\"[!#-~\\x80-\\xff]*\""); // RFC 9110, 8.8.3

        @Override
        public BatchResult result() {
            return BatchResult.OK;
        }

        /**
         * Reads the body of a response.
         *
         * @throws IOException if it is not what the catalogue sends
         */
        static Found of(HttpHeaders received, String instance, byte[] body) throws IOException {
            var resources = new HashMap<Long, Resource>();
            var in = Unpooled.wrappedBuffer(body);
            while (in.isReadable()) {
                require(in, PREFIX);
                var id = in.readLong();
                var etag = etag(in, in.readUnsignedShort());
                require(in, Integer.BYTES);
                resources.put(id, new Resource(etag, bytes(in, in.readInt())));
            }
            return new Found(ofEach(received), instance, resources);
        }

        private static HttpHeaders ofEach(HttpHeaders received) {
            return new DefaultHttpHeaders()
                    .add(received)
                    .remove(HttpHeaderNames.CONTENT_LENGTH)
                    .remove(HttpHeaderNames.TRANSFER_ENCODING)
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        }

        private static String etag(ByteBuf in, int length) throws IOException {
            var etag = new String(bytes(in, length), ISO_8859_1);
            if (!ETAG.matcher(etag).matches()) {
                throw new IOException("a response for several resources has an invalid entity tag");
            }
            return etag;
        }

        private static byte[] bytes(ByteBuf in, int length) throws IOException {
            require(in, length);
            var bytes = new byte[length];
            in.readBytes(bytes);
            return bytes;
        }

        private static void require(ByteBuf in, int length) throws IOException {
            if (length < 0 || in.readableBytes() < length) {
                throw new IOException("a response for several resources ends too early");
            }
        }

        /** Returns a resource; null if there is none with this id. */
        @Nullable
        Resource find(long id) {
            return resources.get(id);
        }
    }
}
