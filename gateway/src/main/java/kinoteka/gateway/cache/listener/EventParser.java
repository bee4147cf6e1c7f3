package kinoteka.gateway.cache.listener;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses a stream of server-sent events (HTML, 9.2.6), however it is divided into buffers. An event that has not ended yet is not
 * emitted. For one stream and one thread at a time.
 */
final class EventParser {

    private static final int MAX_BYTES = 64 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Consumer<ServerEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private @Nullable String id;
    private boolean isFirstLine = true;
    private boolean hasFields;
    private boolean afterCarriageReturn;

    /**
     * Creates a parser at the beginning of a stream.
     *
     * @param events receives each event, including those that consist of an id only
     */
    EventParser(Consumer<ServerEvent> events) {
        this.events = events;
    }

    /** Parses the next part of the stream and releases it. Fails if a line or an event is longer than 64 KB. */
    void parse(ByteBuf part) {
        try {
            while (part.isReadable()) {
                parse(part.readByte());
            }
        } finally {
            part.release();
        }
    }

    private void parse(byte next) {
        if (next == '\n' && afterCarriageReturn) {
            afterCarriageReturn = false; // the second half of a line end
            return;
        }
        afterCarriageReturn = next == '\r';
        if (next == '\n' || next == '\r') {
            var ended = line.toString(UTF_8);
            line.reset();
            onLine(isFirstLine && ended.startsWith(BYTE_ORDER_MARK) ? ended.substring(1) : ended);
            isFirstLine = false;
        } else {
            line.write(next);
            requireLength(line.size());
        }
    }

    private static void requireLength(int length) {
        if (length > MAX_BYTES) {
            throw new UncheckedIOException(
                    new IOException("an event has more than " + MAX_BYTES + " bytes (expected: fewer)"));
        }
    }

    private void onLine(String ended) {
        if (ended.isEmpty()) {
            emit();
            return;
        }
        var colon = ended.indexOf(':');
        if (colon == 0) {
            return; // a comment
        }
        var value = colon < 0 ? "" : ended.substring(ended.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
        onField(colon < 0 ? ended : ended.substring(0, colon), value);
    }

    private void onField(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> {
                data.append(value).append('\n');
                requireLength(data.length());
            }
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            default -> {
                return;
            }
        }
        hasFields = true;
    }

    private void emit() {
        if (hasFields) {
            var text = data.isEmpty() ? "" : data.substring(0, data.length() - 1);
            var event = new ServerEvent(type, text, id);
            type = "";
            id = null;
            hasFields = false;
            data.setLength(0);
            events.accept(event);
        }
    }
}
