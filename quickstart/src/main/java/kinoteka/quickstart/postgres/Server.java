package kinoteka.quickstart.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One PostgreSQL server on this machine's loopback address, with the role and the database {@code kinoteka}. */
public final class Server {

    private final Home home;
    private final Programs programs;
    private final int port;
    private final ServerLog log;
    private final CompletableFuture<?> end;

    private Server(Home home, Programs programs, int port, ServerLog log, CompletableFuture<?> end) {
        this.home = home;
        this.programs = programs;
        this.port = port;
        this.log = log;
        this.end = end;
    }

    /**
     * Starts it on the data that the home holds, or on new data; on a port that is free now. Blocks until it answers.
     *
     * @param cache where PostgreSQL's programs are kept unpacked
     * @param warnings gets the lines of its log that are warnings or worse
     */
    public static Server start(Home home, Path cache, Consumer<String> warnings) throws InterruptedException {
        try {
            Programs programs = Programs.in(cache);
            new Data(home, programs).prepare();
            int port = freePort();
            Files.writeString(home.data().resolve(Data.SETTINGS), settings(port, home.isTemporary()));
            Files.deleteIfExists(home.log());
            Programs.Outcome outcome =
                    programs.run("pg_ctl", "start", "--pgdata=" + home.data(), "--log=" + home.log(), "--timeout=60");
            if (outcome.exitCode() != 0) {
                Data.stop(home, programs); // it may only have been slow
            }
            Failure.unlessDone(outcome, home.log());
            CompletableFuture<?> end =
                    ProcessHandle.of(Data.postmaster(home)).orElseThrow().onExit();
            return new Server(home, programs, port, ServerLog.follow(home.log(), warnings), end);
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    public int port() {
        return port;
    }

    /** Completes when it has ended, however it came to that. */
    public CompletableFuture<?> end() {
        return end;
    }

    /** Cancels running statements. No server to stop is well, too. */
    public void stop() throws IOException, InterruptedException {
        log.close();
        Data.stop(home, programs);
    }

    private static String settings(int port, boolean temporary) {
        // What is thrown away at the end need not reach the disk before a commit is answered.
        String durable = temporary ? "off" : "on";
        return """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                shared_buffers = '256MB'
                max_wal_size = '4GB'
                log_line_prefix = ''
                fsync = %s
                synchronous_commit = %s
                full_page_writes = %s
                """.formatted(port, durable, durable, durable);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
