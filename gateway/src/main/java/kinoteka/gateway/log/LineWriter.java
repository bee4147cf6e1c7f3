package kinoteka.gateway.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Formats and writes lines on a thread of its own. Lines wait for it in a bounded queue, so that a slow or blocked output needs no more
 * memory. It looks for lines at an interval, because to wake it up for each line would cost a request more than the line itself.
 */
final class LineWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);

    /** Lines that may wait. More than arrive at the highest rate between two intervals. */
    static final int QUEUE_LIMIT = 8_192;

    private static final int BATCH = 256;
    private static final long POLL_MILLIS = 50;
    private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Output output;
    private final Supplier<LineFormat> format;
    private final LongConsumer written;
    private final LongConsumer failed;
    private final BlockingQueue<AccessLine> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("access-log").daemon().unstarted(this::run);
    private final StringBuilder text = new StringBuilder();
    private long lastRefresh = System.nanoTime();
    private long lastLogged = lastRefresh - LOG_NANOS;
    private boolean lineIsCut;

    /**
     * Creates a writer.
     *
     * @param written is called with the number of lines that were written
     * @param failed is called with the number of lines that could not be written
     */
    LineWriter(Output output, Supplier<LineFormat> format, LongConsumer written, LongConsumer failed) {
        this.output = output;
        this.format = format;
        this.written = written;
        this.failed = failed;
    }

    void start() {
        thread.start();
    }

    /** Queues a line. Never blocks; returns false if the queue is full. */
    boolean offer(AccessLine line) {
        return queue.offer(line);
    }

    /** Stops when the queued lines are written, or after the timeout. */
    void stop(Duration timeout) {
        stopping.countDown();
        try {
            thread.join(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var batch = new ArrayList<AccessLine>(BATCH);
        for (var isStopping = false; !isStopping; ) {
            isStopping = awaitLines();
            refresh();
            while (queue.drainTo(batch, BATCH) > 0) {
                try {
                    write(batch);
                } catch (RuntimeException e) { // without this thread, every further line would be lost
                    logFailure(e);
                    failed.accept(batch.size());
                }
                batch.clear();
                refresh();
            }
        }
    }

    /** Waits for the next interval; returns true at once if the writer is to stop. */
    private boolean awaitLines() {
        try {
            return stopping.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nothing interrupts this thread
        }
    }

    private void refresh() {
        var now = System.nanoTime();
        if (now - lastRefresh >= REFRESH_NANOS) {
            lastRefresh = now;
            try {
                output.refresh();
            } catch (IOException e) {
                logFailure(e);
            }
        }
    }

    private void write(List<AccessLine> batch) {
        text.setLength(0);
        if (lineIsCut) {
            text.append('\n');
        }
        var current = format.get();
        for (var line : batch) {
            line.appendTo(text, current);
        }
        var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
        try {
            output.write(bytes);
        } catch (IOException e) {
            logFailure(e);
        }
        if (bytes.position() > 0) {
            lineIsCut = bytes.get(bytes.position() - 1) != '\n';
        } else if (lineIsCut) {
            bytes.get(); // the end of the cut line, which is counted already
        }
        var lost = countLines(bytes);
        failed.accept(lost);
        written.accept(batch.size() - lost);
    }

    /** Counts the lines that end in the rest of these bytes. */
    private static int countLines(ByteBuffer rest) {
        var lines = 0;
        while (rest.hasRemaining()) {
            lines += rest.get() == '\n' ? 1 : 0;
        }
        return lines;
    }

    private void logFailure(Exception failure) {
        var now = System.nanoTime();
        if (now - lastLogged >= LOG_NANOS) {
            lastLogged = now;
            LOG.warn(
                    "The access log cannot be written: {}. For {} s, further failures are counted but not logged",
                    failure.toString(),
                    TimeUnit.NANOSECONDS.toSeconds(LOG_NANOS));
        }
    }
}
