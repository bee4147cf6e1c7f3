package kinoteka.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kinoteka.quickstart.postgres.Home;
import kinoteka.quickstart.postgres.Server;
import kinoteka.quickstart.process.Service;
import kinoteka.quickstart.process.ServiceExit;
import kinoteka.quickstart.process.ServiceLauncher;
import kinoteka.quickstart.process.Terminal;
import kinoteka.quickstart.process.Watchdog;

/**
 * PostgreSQL and the services. One thread starts them, and another may stop them at any time: it waits until the part that is
 * being started has started, and no further part is started after that.
 */
final class Stack {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration READINESS_INTERVAL = Duration.ofMillis(50);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Options options;
    private final Environment environment;
    private final Terminal terminal;
    private final Map<Part, StopAction> running = new EnumMap<>(Part.class);
    private final CompletableFuture<ServiceExit> unexpectedExit = new CompletableFuture<>();
    private volatile boolean stopping;

    /** Zero until the library is ready, because a service that has served no requests has nothing to complete. */
    private volatile Duration stopTimeout = Duration.ZERO;

    Stack(Options options, Environment environment, Terminal terminal) {
        this.options = options;
        this.environment = environment;
        this.terminal = terminal;
    }

    /** In the order in which they are stopped: a client is stopped before its server. */
    private enum Part {
        GATEWAY,
        CATALOGUE,
        SEEDER,
        DATABASE,
        WATCHDOG,
        HOME
    }

    private interface Starter<T> {
        T start() throws IOException, InterruptedException;
    }

    private interface Stopper<T> {
        void stop(T part) throws IOException, InterruptedException;
    }

    private interface StopAction {
        void stop() throws IOException, InterruptedException;
    }

    /** The folder of the data and the port of PostgreSQL, which are known after the start. */
    record Started(Home home, int databasePort) {}

    /** Starts all parts, those that do not depend on each other at the same time, and blocks until a request succeeds. */
    Started start() throws IOException, InterruptedException {
        Ports ports = options.ports();
        ports.requireFree();
        terminal.print(
                "Starting PostgreSQL, the catalogue and the gateway. The sample data is created at the first start.");
        Home home = start(Part.HOME, () -> Home.open(environment.home()), Home::close);
        String temporary = home.isTemporary() ? home.folder().toString() : "";
        Watchdog watchdog = start(Part.WATCHDOG, () -> Watchdog.start(home.data(), temporary), Watchdog::stop);
        ServiceLauncher launcher = new ServiceLauncher(environment.javaOptions(), terminal, watchdog);

        Files.deleteIfExists(home.accessLog());
        var _ = startService(
                        Part.GATEWAY,
                        () -> launcher.start(
                                "gateway", options.gateway(), environment.forGateway(ports, home.accessLog())))
                .thenAccept(unexpectedExit::complete);
        Server server = start(
                Part.DATABASE,
                () -> Server.start(home, options.cache().orElse(home.folder()), this::printDatabaseLine),
                Server::stop);
        int databasePort = server.port();
        var _ = server.exit().thenRun(() -> printDatabaseLine("The server has stopped."));
        var _ = startService(
                        Part.CATALOGUE,
                        () -> launcher.start(
                                "catalogue", options.catalogue(), environment.forCatalogue(ports, databasePort)))
                .thenAccept(unexpectedExit::complete);
        awaitSeeder(
                home,
                startService(
                        Part.SEEDER,
                        () -> launcher.start("seeder", options.seeder(), environment.forSeeder(databasePort))));
        terminal.print("Waiting until the services are ready.");
        awaitReadiness(ports);
        stopTimeout = STOP_TIMEOUT;
        return new Started(home, databasePort);
    }

    /** Blocks until a service exits that should be running, and returns a description of it. */
    QuickstartException awaitUnexpectedExit() {
        return new QuickstartException(unexpectedExit.join().describe());
    }

    /** Stops all parts, one after the other, each within a time limit. Further calls have no effect. */
    void stop() {
        stopping = true; // first, because the starting thread fails when parts are stopped, and must know why
        stopAll();
    }

    private synchronized void stopAll() {
        running.forEach((part, action) -> {
            try {
                action.stop();
            } catch (IOException e) {
                terminal.print("A part cannot be stopped: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.clear();
    }

    boolean isStopping() {
        return stopping;
    }

    private CompletableFuture<ServiceExit> startService(Part part, Starter<Service> starter)
            throws IOException, InterruptedException {
        return start(part, starter, service -> service.stop(stopTimeout)).exit();
    }

    private synchronized <T> T start(Part part, Starter<T> starter, Stopper<T> stopper)
            throws IOException, InterruptedException {
        if (stopping) {
            throw new QuickstartException("The library was stopped before it was ready.");
        }
        T started = starter.start();
        running.put(part, () -> stopper.stop(started));
        return started;
    }

    private void awaitSeeder(Home home, CompletableFuture<ServiceExit> seeder) throws IOException {
        ServiceExit exit = CompletableFuture.anyOf(seeder, unexpectedExit)
                .thenApply(ServiceExit.class::cast)
                .join();
        if (exit.status() != 0 || unexpectedExit.isDone()) {
            home.requireSpace();
            throw new QuickstartException(exit.describe());
        }
    }

    private void awaitReadiness(Ports ports) throws InterruptedException {
        List<String> uris = List.of(
                "http://127.0.0.1:" + ports.catalogueOperators() + "/actuator/health/readiness",
                "http://127.0.0.1:" + ports.gatewayOperators() + "/actuator/health/readiness",
                "http://127.0.0.1:" + ports.gateway() + "/ping",
                "http://127.0.0.1:" + ports.gateway() + "/api/movie/1");
        try (Readiness readiness = new Readiness()) {
            for (String uri : uris) {
                awaitReadiness(readiness, uri);
            }
        }
    }

    private void awaitReadiness(Readiness readiness, String uri) throws InterruptedException {
        long start = System.nanoTime();
        while (!readiness.isReady(uri)) {
            if (System.nanoTime() - start > START_TIMEOUT.toNanos()) {
                throw new QuickstartException("GET " + uri + ": no successful response within "
                        + START_TIMEOUT.toSeconds() + " s after the start");
            }
            try {
                ServiceExit exit = unexpectedExit.get(READINESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                throw new QuickstartException(exit.describe());
            } catch (TimeoutException stillRunning) {
                // check again
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void printDatabaseLine(String line) {
        if (!stopping) {
            terminal.printLine("database", line);
        }
    }
}
