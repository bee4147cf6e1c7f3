package kinoteka.gateway.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where lines are written. Used by one thread. */
interface Output {

    /** Writes whole lines, and blocks until they are written. The position of the buffer is behind what was written, also on failure. */
    void write(ByteBuffer lines) throws IOException;

    /** Called once in a while, before lines are written. */
    default void refresh() throws IOException {}

    /** Returns the standard output. */
    static Output console() {
        return new Console(new FileOutputStream(FileDescriptor.out).getChannel());
    }

    /** Writes all bytes. */
    static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) { // a terminal or a pipe that another process has made non-blocking
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    /**
     * Writes to the file descriptor, because {@link System#out} does not report failures, and because a thread that is blocked in it would
     * block every thread that logs.
     */
    record Console(WritableByteChannel channel) implements Output {

        /** The largest write to a pipe, in bytes, that the ordinary log cannot interrupt (PIPE_BUF in limits.h of Linux). */
        private static final int ATOMIC = 4096;

        @Override
        public void write(ByteBuffer lines) throws IOException {
            var end = lines.limit();
            try {
                while (lines.hasRemaining()) {
                    writeFully(channel, lines.limit(endOfLines(lines)));
                    lines.limit(end);
                }
            } finally {
                lines.limit(end);
            }
        }

        /** Returns the position behind as many lines as are written together; at least one line. */
        private static int endOfLines(ByteBuffer lines) {
            var last = Math.min(lines.limit(), lines.position() + ATOMIC);
            while (last > lines.position() && lines.get(last - 1) != '\n') {
                last--;
            }
            return last > lines.position() ? last : lines.limit();
        }
    }
}
