package kinoteka.quickstart;

import java.io.IOException;
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
import kinoteka.quickstart.process.Guard;
import kinoteka.quickstart.process.Launcher;
import kinoteka.quickstart.process.Service;
import kinoteka.quickstart.process.Terminal;

/**
 * Everything that runs. One thread starts it, another may stop it at any moment: that one waits for the part that is just
 * being started, and nothing more is started after it.
 */
final class Stack {

    private static final Duration PATIENCE_WITH_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);

    private final Options options;
    private final Environment environment;
    private final Terminal terminal;
    private final Map<Part, Ending> running = new EnumMap<>(Part.class);
    private final CompletableFuture<Service.End> firstEnd = new CompletableFuture<>();
    private volatile boolean stopping;

    /** A service that has not answered anybody yet has nothing to finish. */
    private volatile Duration patienceWithStop = Duration.ZERO;

    Stack(Options options, Environment environment, Terminal terminal) {
        this.options = options;
        this.environment = environment;
        this.terminal = terminal;
    }

    /** In the order in which they are stopped: who asks comes before who is asked. */
    private enum Part {
        GATEWAY,
        CATALOGUE,
        SEEDER,
        DATABASE,
        GUARD,
        HOME
    }

    private interface Start<T> {
        T start() throws IOException, InterruptedException;
    }

    private interface Ending {
        void end() throws IOException, InterruptedException;
    }

    private interface Stop<T> {
        void stop(T begun) throws IOException, InterruptedException;
    }

    /** What those need to know who want to talk to it. */
    record Running(Home home, int databasePort) {}

    /** Starts side by side what can be, and blocks until a request has come through all of it. */
    Running start() throws IOException, InterruptedException {
        Ports ports = options.ports();
        ports.requireFree();
        Home home = begin(Part.HOME, () -> Home.open(environment.home()), Home::close);
        String temporary = home.isTemporary() ? home.folder().toString() : "";
        Guard guard = begin(Part.GUARD, () -> Guard.start(home.data(), temporary), Guard::dismiss);
        Launcher launcher = new Launcher(environment.javaOptions(), terminal, guard);

        var _ = service(Part.GATEWAY, () -> launcher.start("gateway", options.gateway(), environment.forGateway(ports)))
                .thenAccept(firstEnd::complete);
        Server server = begin(
                Part.DATABASE,
                () -> Server.start(home, options.cache().orElse(home.folder()), this::tellOfDatabase),
                Server::stop);
        int database = server.port();
        var _ = server.end().thenRun(() -> tellOfDatabase("it has stopped"));
        var _ = service(
                        Part.CATALOGUE,
                        () -> launcher.start(
                                "catalogue", options.catalogue(), environment.forCatalogue(ports, database)))
                .thenAccept(firstEnd::complete);
        awaitSeeder(
                home,
                service(
                        Part.SEEDER,
                        () -> launcher.start("seeder", options.seeder(), environment.forSeeder(database))));
        awaitAnswers(ports);
        patienceWithStop = LONGEST_STOP;
        return new Running(home, database);
    }

    /** Blocks until a service ends by itself, and says which. */
    CannotStart awaitEnd() {
        return ended(firstEnd.join());
    }

    /** Stops all that runs, in order and in bounded time. Nothing happens when it was stopped before. */
    void stop() {
        stopping = true; // seen by who waits, and fails, because it is being stopped
        stopAll();
    }

    private synchronized void stopAll() {
        running.forEach((part, ending) -> {
            try {
                ending.end();
            } catch (IOException e) {
                terminal.say("stopping: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.clear();
    }

    boolean isStopping() {
        return stopping;
    }

    private CompletableFuture<Service.End> service(Part part, Start<Service> start)
            throws IOException, InterruptedException {
        return begin(part, start, service -> service.stop(patienceWithStop)).end();
    }

    private synchronized <T> T begin(Part part, Start<T> start, Stop<T> stop) throws IOException, InterruptedException {
        if (stopping) {
            throw new CannotStart("stopped before it was ready");
        }
        T begun = start.start();
        running.put(part, () -> stop.stop(begun));
        return begun;
    }

    private void awaitSeeder(Home home, CompletableFuture<Service.End> seeder) throws IOException {
        Service.End end = CompletableFuture.anyOf(seeder, firstEnd)
                .thenApply(Service.End.class::cast)
                .join();
        if (end.exitCode() != 0 || firstEnd.isDone()) {
            home.requireRoom();
            throw ended(end);
        }
    }

    private void awaitAnswers(Ports ports) throws InterruptedException {
        List<String> addresses = List.of(
                "http://127.0.0.1:" + ports.catalogueOperators() + "/actuator/health/readiness",
                "http://127.0.0.1:" + ports.gatewayOperators() + "/actuator/health/readiness",
                "http://127.0.0.1:" + ports.gateway() + "/ping",
                "http://127.0.0.1:" + ports.gateway() + "/api/movie/1");
        try (Readiness readiness = new Readiness()) {
            for (String address : addresses) {
                awaitAnswer(readiness, address);
            }
        }
    }

    private void awaitAnswer(Readiness readiness, String address) throws InterruptedException {
        long began = System.nanoTime();
        while (!readiness.answers(address)) {
            if (System.nanoTime() - began > PATIENCE_WITH_START.toNanos()) {
                throw new CannotStart(address + " gave no answer in " + PATIENCE_WITH_START.toSeconds() + " s");
            }
            try {
                throw ended(firstEnd.get(BETWEEN_QUESTIONS.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException stillRunning) {
                // ask again
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void tellOfDatabase(String line) {
        if (!stopping) {
            terminal.line("database", line);
        }
    }

    private static CannotStart ended(Service.End end) {
        return new CannotStart(
                "the " + end.name() + " ended by itself with exit code " + end.exitCode() + ": " + end.lastLine());
    }
}
