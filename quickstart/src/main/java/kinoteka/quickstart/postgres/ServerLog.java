package kinoteka.quickstart.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Follows the log file of the server and passes on the warnings and errors. */
final class ServerLog implements AutoCloseable {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Pattern WARNING_OR_ERROR = Pattern.compile("^(WARNING|ERROR|FATAL|PANIC): ");

    private final Thread follower;

    private ServerLog(Thread follower) {
        this.follower = follower;
    }

    static ServerLog follow(Path log, Consumer<String> lines) {
        return new ServerLog(Thread.ofVirtual().start(() -> read(log, lines)));
    }

    @Override
    public void close() {
        follower.interrupt();
    }

    static boolean isWarningOrError(String line) {
        return WARNING_OR_ERROR.matcher(line).find();
    }

    private static void read(Path log, Consumer<String> lines) {
        try (BufferedReader reader = Files.newBufferedReader(log, UTF_8)) {
            while (true) {
                String line = reader.readLine();
                if (line == null) {
                    Thread.sleep(POLL_INTERVAL);
                } else if (isWarningOrError(line)) {
                    lines.accept(line);
                }
            }
        } catch (IOException e) {
            lines.accept("The log can no longer be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
