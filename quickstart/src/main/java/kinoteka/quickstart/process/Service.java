package kinoteka.quickstart.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running service, whose output is shown on the terminal. */
public final class Service {

    private final String name;
    private final Process process;
    private final Terminal terminal;
    private final LastLines lastLines = new LastLines();
    private final CompletableFuture<Void> output;

    Service(String name, Process process, Terminal terminal) {
        this.name = name;
        this.process = process;
        this.terminal = terminal;
        this.output = CompletableFuture.runAsync(
                this::printOutput,
                task -> Thread.ofPlatform().daemon().name(name + "-output").start(task));
    }

    /** Completes when the process has ended and all of its output has been read. */
    public CompletableFuture<ServiceExit> exit() {
        return process.onExit()
                .thenApply(ended -> System.nanoTime())
                .thenCombine(
                        output,
                        (time, nothing) ->
                                new ServiceExit(name, process.exitValue(), lastLines.lines(), lastLines.age(time)));
    }

    /** Stops the process with SIGTERM, and with SIGKILL if it is still running after the timeout. */
    public void stop(Duration timeout) throws InterruptedException {
        // The methods of the handle leave the output open, unlike those of Process, so that the last lines are shown.
        process.toHandle().destroy();
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
    }

    private void printOutput() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                terminal.printLine(name, line);
                lastLines.add(line, System.nanoTime());
            }
        } catch (IOException e) {
            terminal.printLine(name, "The output can no longer be read: " + e.getMessage());
        }
    }
}
