package kinoteka.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.request.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LineWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final StringBuilder text = new StringBuilder();

    @Test
    void writesEachQueuedLineBeforeItStops() {
        var writer = start(this::append);
        var lines = 1_000;
        for (var i = 0; i < lines; i++) {
            assertThat(writer.offer(line(i))).isTrue();
        }
        writer.stop(PATIENCE);

        assertThat(statuses()).hasSize(lines).startsWith("0", "1", "2").endsWith("999");
        assertThat(written).hasValue(lines);
        assertThat(failed).hasValue(0);
    }

    @Test
    void aBlockedOutputFillsTheQueueAndNeitherBlocksNorLosesWhatIsInIt() {
        var blocked = new CountDownLatch(1);
        var writer = start(lines -> {
            await(blocked);
            append(lines);
        });
        var accepted = 0;
        while (writer.offer(line(accepted))) {
            accepted++;
        }
        assertThat(accepted).isBetween(LineWriter.QUEUE_LIMIT, LineWriter.QUEUE_LIMIT + 256);

        writer.stop(Duration.ofMillis(1));
        assertThat(written).hasValue(0);

        blocked.countDown();
        writer.stop(PATIENCE);
        assertThat(statuses()).hasSize(accepted);
    }

    @Test
    void countsTheLinesThatWereNotWrittenAndGoesOnWithAWholeLine() {
        var writes = new AtomicLong();
        var writer = start(lines -> {
            if (writes.incrementAndGet() > 1) {
                append(lines);
                return;
            }
            var rest = lines.limit();
            var cut = indexOfLineEnd(lines) + 10;
            append(lines.limit(cut));
            lines.limit(rest);
            throw new IOException("no space left on device");
        });
        for (var i = 0; i < 300; i++) { // more than one batch
            writer.offer(line(i));
        }
        writer.stop(PATIENCE);

        var lines = text.toString().lines().toList();
        assertThat(lines.get(0)).startsWith("{").endsWith("}");
        assertThat(lines.get(1)).isEqualTo(lines.get(0).substring(0, 10));
        assertThat(lines.subList(2, lines.size())).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(written.get() + failed.get()).isEqualTo(300);
        assertThat(written).hasValue(lines.size() - 1L);
        assertThat(failed).hasPositiveValue();
    }

    @Test
    void aLineThatWasCutIsCountedOnceHoweverOftenTheNextWritesFail() {
        var writes = new AtomicLong();
        var writer = start(lines -> {
            switch ((int) writes.incrementAndGet()) {
                case 1 -> {
                    append(lines.duplicate().limit(10));
                    lines.position(10);
                    throw new IOException("no space left on device");
                }
                case 2, 3 -> throw new IOException("no space left on device");
                default -> append(lines);
            }
        });
        var lines = 1_000; // at least four batches
        for (var i = 0; i < lines; i++) {
            writer.offer(line(i));
        }
        writer.stop(PATIENCE);

        var complete = text.toString()
                .lines()
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
                .count();
        assertThat(complete).isPositive();
        assertThat(written).hasValue(complete);
        assertThat(failed).hasValue(lines - complete);
    }

    @Test
    void goesOnAfterAMistakeInThisProgram() {
        var writes = new AtomicLong();
        var writer = start(lines -> {
            if (writes.incrementAndGet() == 1) {
                throw new IllegalStateException("mistake");
            }
            append(lines);
        });
        var lines = 300; // more than one batch
        for (var i = 0; i < lines; i++) {
            writer.offer(line(i));
        }
        writer.stop(PATIENCE);

        assertThat(statuses()).isNotEmpty().endsWith("299");
        assertThat(written).hasValue(statuses().length);
        assertThat(failed).hasValue(lines - statuses().length);
    }

    /** The pipe of the standard output is shared with the ordinary log. */
    @Test
    void writesToTheConsoleInWholeLinesOf4096BytesAtMost() throws IOException {
        var line = "a".repeat(1_499) + "\n";
        var channel = new RecordingChannel();
        var bytes = ByteBuffer.wrap(line.repeat(5).getBytes(StandardCharsets.US_ASCII));
        new Output.Console(channel).write(bytes);

        assertThat(bytes.remaining()).isZero();
        assertThat(channel.writes).containsExactly(line.repeat(2), line.repeat(2), line);
    }

    private LineWriter start(Output output) {
        var writer = new LineWriter(output, () -> LineFormat.JSON, written::addAndGet, failed::addAndGet);
        writer.start();
        return writer;
    }

    private void append(ByteBuffer lines) {
        text.append(StandardCharsets.US_ASCII.decode(lines));
    }

    private String[] statuses() {
        return text.toString()
                .lines()
                .map(line -> line.replaceAll(".*\"status\":([0-9]+),.*", "$1"))
                .toArray(String[]::new);
    }

    private static final class RecordingChannel implements WritableByteChannel {

        private final List<String> writes = new ArrayList<>();

        @Override
        public int write(ByteBuffer bytes) {
            var size = bytes.remaining();
            writes.add(StandardCharsets.US_ASCII.decode(bytes).toString());
            return size;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static int indexOfLineEnd(ByteBuffer lines) {
        var i = 0;
        while (lines.get(i) != '\n') {
            i++;
        }
        return i + 1;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static AccessLine line(int status) {
        return new AccessLine(
                0,
                "",
                null,
                "",
                "",
                null,
                status,
                Ending.COMPLETED,
                null,
                0,
                0,
                0,
                0,
                null,
                0,
                null,
                0,
                false,
                null,
                "",
                1);
    }
}
