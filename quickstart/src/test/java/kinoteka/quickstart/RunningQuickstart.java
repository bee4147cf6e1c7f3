package kinoteka.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The quickstart as a separate process, from the jar that was built, on free ports. */
final class RunningQuickstart implements AutoCloseable {

    private final Process process;
    private final Ports ports;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    RunningQuickstart(Path catalogue, Path gateway, Path seeder, Path temporary, Map<String, String> environment)
            throws IOException {
        this(catalogue, gateway, seeder, temporary, environment, freePorts());
    }

    /** @param temporary used as the temporary folder of the machine */
    RunningQuickstart(
            Path catalogue, Path gateway, Path seeder, Path temporary, Map<String, String> environment, Ports ports)
            throws IOException {
        this.ports = ports;
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                "target/quickstart-0.1.0.jar",
                "--catalogue=" + catalogue,
                "--gateway=" + gateway,
                "--seeder=" + seeder,
                "--cache=target",
                "--gateway-port=" + ports.gateway(),
                "--gateway-operators-port=" + ports.gatewayOperators(),
                "--catalogue-port=" + ports.catalogue(),
                "--catalogue-operators-port=" + ports.catalogueOperators());
        builder.environment().keySet().removeIf(name -> name.startsWith("KINOTEKA_") || name.equals("SEED_COUNT"));
        builder.environment().putAll(environment);
        this.process = builder.start();
        this.readers = List.of(
                Thread.startVirtualThread(() -> read(process.inputReader(UTF_8), out)),
                Thread.startVirtualThread(() -> read(process.errorReader(UTF_8), err)));
    }

    static Ports freePorts() throws IOException {
        try (ServerSocket first = new ServerSocket(0);
                ServerSocket second = new ServerSocket(0);
                ServerSocket third = new ServerSocket(0);
                ServerSocket fourth = new ServerSocket(0)) {
            return new Ports(first.getLocalPort(), second.getLocalPort(), third.getLocalPort(), fourth.getLocalPort());
        }
    }

    Ports ports() {
        return ports;
    }

    long pid() {
        return process.pid();
    }

    List<String> out() {
        return out;
    }

    List<String> err() {
        return err;
    }

    /** Returns a token from the printed message. */
    String token(String name) {
        return out.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    RunningQuickstart awaitReady() {
        await().atMost(Duration.ofMinutes(2))
                .failFast("The quickstart has ended: " + err, () -> !process.isAlive())
                .until(() -> out.contains("Ctrl-C stops everything."));
        return this;
    }

    /** Returns the process that runs the service of a jar. */
    ProcessHandle service(Path jar) {
        return process.descendants()
                .filter(any -> any.info()
                        .arguments()
                        .map(arguments ->
                                List.of(arguments).contains(jar.toAbsolutePath().toString()))
                        .orElse(false))
                .findFirst()
                .orElseThrow();
    }

    /** Returns all descendants, and PostgreSQL, which is no child of another process. */
    List<ProcessHandle> everything(Path data) {
        return Stream.concat(process.descendants(), ProcessHandle.allProcesses().filter(any -> any.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).contains(data.toString()))
                        .orElse(false)))
                .distinct()
                .toList();
    }

    /** Returns whether a process has ended. It may still exist, until its parent reads the exit status. */
    static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || process.info().command().isEmpty();
    }

    /** Sends SIGTERM and waits. Returns the exit status. */
    int terminate() throws InterruptedException {
        process.toHandle().destroy();
        return awaitEnd();
    }

    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (Thread reader : readers) {
            reader.join(Duration.ofSeconds(10));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.toHandle().destroy();
        process.onExit().join();
    }

    private static void read(BufferedReader reader, List<String> lines) {
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
