package kinoteka.catalog.representation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a list as a stream, a JSON array or NDJSON. Several elements share a buffer, because a buffer costs more than an
 * element. The stream holds no more than one batch of elements and the buffers that the client has not read yet.
 */
@Component
class ElementStream {

    private static final int ELEMENTS_PER_BATCH = 64;

    /** In bytes: about a batch of sessions. A buffer ends with the element that fills it, so that long texts do not add up. */
    private static final int BUFFER_SIZE = 16 * 1024;

    private final ObjectWriter commaSeparated;
    private final ObjectWriter lineSeparated;

    ElementStream(JsonMapper json) {
        this.commaSeparated = json.writer().withRootValueSeparator(",");
        this.lineSeparated = json.writer().withRootValueSeparator("\n");
    }

    /** @param type {@code application/x-ndjson} for a line per element; otherwise the stream is a JSON array */
    Flux<DataBuffer> write(Publisher<?> elements, MediaType type, DataBufferFactory buffers) {
        var batches = Flux.from(elements).buffer(ELEMENTS_PER_BATCH);
        var written = type.equals(MediaType.APPLICATION_NDJSON) ? lines(batches) : array(batches);
        return written.map(buffers::wrap);
    }

    private Flux<byte[]> lines(Flux<? extends List<?>> batches) {
        return batches.concatMapIterable(batch -> write(lineSeparated, "", batch, "\n"), 1);
    }

    private Flux<byte[]> array(Flux<? extends List<?>> batches) {
        return batches.index()
                .concatMapIterable(batch -> write(commaSeparated, batch.getT1() == 0 ? "[" : ",", batch.getT2(), ""), 1)
                .defaultIfEmpty(ascii("["))
                .concatWith(Mono.fromSupplier(() -> ascii("]")));
    }

    /** The content of the batch, in as many buffers as it fills. */
    private static List<byte[]> write(ObjectWriter writer, String before, List<?> batch, String after) {
        var written = new ArrayList<byte[]>(1);
        var out = new ByteArrayOutputStream(BUFFER_SIZE);
        out.writeBytes(ascii(before));
        try (var values = writer.writeValues(out)) {
            for (var element : batch) {
                values.write(element);
                if (out.size() >= BUFFER_SIZE) {
                    values.flush();
                    written.add(out.toByteArray());
                    out.reset();
                }
            }
        }
        out.writeBytes(ascii(after));
        if (out.size() > 0) {
            written.add(out.toByteArray());
        }
        return written;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
