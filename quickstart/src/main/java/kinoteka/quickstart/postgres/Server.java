package kinoteka.quickstart.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A PostgreSQL server on the loopback address, with the role and the database {@code kinoteka}. */
public final class Server {

    private final Home home;
    private final Binaries binaries;
    private final int port;
    private final ServerLog log;
    private final CompletableFuture<?> exit;

    private Server(Home home, Binaries binaries, int port, ServerLog log, CompletableFuture<?> exit) {
        this.home = home;
        this.binaries = binaries;
        this.port = port;
        this.log = log;
        this.exit = exit;
    }

    /**
     * Starts the server on a free port, with the data of the home or with an empty database. Blocks until it accepts connections.
     *
     * @param cache folder in which the unpacked binaries of PostgreSQL are kept
     * @param warnings receives the lines of the log that are warnings or errors
     */
    public static Server start(Home home, Path cache, Consumer<String> warnings) throws InterruptedException {
        try {
            Binaries binaries = Binaries.unpackTo(cache);
            new DataDirectory(home, binaries).prepare();
            int port = freePort();
            Files.writeString(home.data().resolve(DataDirectory.SETTINGS), settings(port, home.isTemporary()));
            Files.deleteIfExists(home.log());
            Binaries.Result result =
                    binaries.run("pg_ctl", "start", "--pgdata=" + home.data(), "--log=" + home.log(), "--timeout=60");
            if (result.exitStatus() != 0) {
                DataDirectory.stop(home, binaries); // it may still be starting
            }
            FailureReason.requireSuccess(result, home.log());
            CompletableFuture<?> exit = ProcessHandle.of(DataDirectory.postmaster(home))
                    .orElseThrow()
                    .onExit();
            return new Server(home, binaries, port, ServerLog.follow(home.log(), warnings), exit);
        } catch (IOException e) {
            throw FailureReason.exception(e);
        }
    }

    public int port() {
        return port;
    }

    /** Completes when the server has ended for any reason. */
    public CompletableFuture<?> exit() {
        return exit;
    }

    /** Stops the server and cancels running statements. Has no effect if the server is not running. */
    public void stop() throws IOException, InterruptedException {
        log.close();
        DataDirectory.stop(home, binaries);
    }

    private static String settings(int port, boolean temporary) {
        // Temporary data need not survive a crash.
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
