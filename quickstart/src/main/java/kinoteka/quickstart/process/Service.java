package kinoteka.quickstart.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running program of ours, its output on the terminal. */
public final class Service {

    private final String name;
    private final Process process;
    private final Terminal terminal;
    private final CompletableFuture<String> lastLine;

    Service(String name, Process process, Terminal terminal) {
        this.name = name;
        this.process = process;
        this.terminal = terminal;
        this.lastLine = CompletableFuture.supplyAsync(
                this::relay,
                task -> Thread.ofPlatform().daemon().name(name + "-output").start(task));
    }

    /**
     * How a program ended.
     *
     * @param lastLine the last that it wrote; empty when it wrote nothing
     */
    public record End(String name, int exitCode, String lastLine) {}

    /** Completes when it has ended, however it came to that. */
    public CompletableFuture<End> end() {
        return process.onExit().thenCombine(lastLine, (ended, line) -> new End(name, ended.exitValue(), line));
    }

    /** Asks it to stop, and makes it when it has not after {@code patience}. */
    public void stop(Duration patience) throws InterruptedException {
        process.toHandle().destroy(); // unlike Process itself it leaves the output open, for what is said last
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
    }

    private String relay() {
        String last = "";
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                terminal.line(name, line);
                last = line.isBlank() ? last : line;
            }
        } catch (IOException e) {
            terminal.line(name, "its output can no longer be read: " + e.getMessage());
        }
        return last;
    }
}
