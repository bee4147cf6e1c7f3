package kinoteka.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A real primary and a real streaming replica, which can be promoted, frozen and stopped. */
public final class PostgresCluster implements AutoCloseable {

    private final Path folder;
    private Node primary;
    private Node replica;
    private int copies;

    /** A server, which keeps its port. */
    public static final class Node {

        private final Path data;
        private final EmbeddedPostgres server;

        private Node(Path data, int port) throws IOException {
            this.data = data;
            var builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("synchronous_commit", "on");
            this.server = (port == 0 ? builder : builder.setPort(port)).start();
        }

        public int port() {
            return server.getPort();
        }

        /** The first column of the only row; empty for a statement without rows. */
        public String ask(String sql) throws SQLException {
            try (var connection = connection();
                    var statement = connection.createStatement()) {
                if (!statement.execute(sql)) {
                    return "";
                }
                try (var rows = statement.getResultSet()) {
                    rows.next();
                    return String.valueOf(rows.getString(1));
                }
            }
        }

        public Connection connection() throws SQLException {
            return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        }

        /** Stops all its processes where they are; their connections stay open. */
        public void freeze() throws IOException, InterruptedException {
            signal("STOP");
        }

        public void resume() throws IOException, InterruptedException {
            signal("CONT");
        }

        private void signal(String name) throws IOException, InterruptedException {
            var postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            var processes = Stream.concat(
                            Stream.of(postmaster),
                            ProcessHandle.of(postmaster).stream()
                                    .flatMap(ProcessHandle::descendants)
                                    .map(ProcessHandle::pid))
                    .map(String::valueOf);
            var exit = new ProcessBuilder(Stream.concat(Stream.of("kill", "-" + name), processes)
                            .toList())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("kill -" + name + ": " + exit);
            }
        }
    }

    /** Starts both servers. */
    public PostgresCluster(Path folder) throws IOException {
        this.folder = folder;
        var data = folder.resolve("first");
        var first = new Node(data, 0);
        first.server.close();
        var copy = copy(data);
        this.primary = new Node(data, first.port());
        this.replica = standby(copy, 0, primary.port());
    }

    public Node primary() {
        return primary;
    }

    public Node replica() {
        return replica;
    }

    /** Both addresses, as a setting of the catalogue; the same for as long as the cluster exists. */
    public String hosts() {
        return Stream.of(primary, replica)
                .map(node -> "localhost:" + node.port())
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** Makes the replica the primary, whatever has become of the primary. Returns the former primary. */
    public Node promote() throws SQLException {
        replica.ask("select pg_promote()");
        var former = primary;
        primary = replica;
        replica = former;
        return former;
    }

    /** As a planned switchover: the primary stops, the replica is promoted, and the former primary follows it. */
    public void switchOver() throws IOException, SQLException {
        primary.server.close();
        var former = promote();
        replica = standby(former.data, former.port(), primary.port());
    }

    /** Replaces the replica by a copy of the primary, which restarts for that. */
    public void rebuildReplica() throws IOException {
        var port = replica.port();
        var old = replica.data;
        replica.server.close();
        primary.server.close();
        var copy = copy(primary.data);
        primary = new Node(primary.data, primary.port());
        replica = standby(copy, port, primary.port());
        FileSystemUtils.deleteRecursively(old);
    }

    @Override
    public void close() throws IOException {
        for (var node : new Node[] {replica, primary}) {
            node.server.close();
        }
    }

    private Path copy(Path data) throws IOException {
        var copy = folder.resolve("copy-" + ++copies);
        FileSystemUtils.copyRecursively(data, copy);
        Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(data));
        return copy;
    }

    private static Node standby(Path data, int port, int primary) throws IOException {
        Files.write(data.resolve("standby.signal"), new byte[0]);
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=%d user=postgres'%n".formatted(primary),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return new Node(data, port);
    }
}
