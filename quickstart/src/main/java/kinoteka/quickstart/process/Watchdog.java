package kinoteka.quickstart.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A shell that cleans up when the quickstart is killed. It reads the ids of the running processes from a pipe, which the
 * operating system closes when the quickstart ends. Then the shell kills the processes that are still running, stops
 * PostgreSQL and deletes the temporary folder.
 */
public final class Watchdog {

    private static final String SCRIPT = """
            data=$1 temporary=$2
            trap '' HUP INT TERM
            running=' '
            while read -r event pid; do
              case $event in
                started) running="$running$pid " ;;
                ended) running="${running%%" $pid "*} ${running#*" $pid "}" ;;
                done) exit 0 ;;
              esac
            done
            for pid in $running; do kill -KILL "$pid"; done
            if read -r postmaster < "$data/postmaster.pid"; then
              kill -INT "$postmaster"
              for _ in 1 2 3 4 5 6 7 8 9 10; do if kill -0 "$postmaster"; then sleep 1; fi; done
            fi
            if [ -n "$temporary" ]; then rm -rf "$temporary"; fi
            """;

    private final Process shell;
    private final PrintStream events;

    private Watchdog(Process shell) {
        this.shell = shell;
        this.events = new PrintStream(shell.getOutputStream(), true);
    }

    /**
     * Starts the shell. It must be started before the processes that it watches.
     *
     * @param data data directory of the PostgreSQL server to stop
     * @param temporary folder to delete afterwards; empty for none
     */
    public static Watchdog start(Path data, String temporary) throws IOException {
        return new Watchdog(
                new ProcessBuilder(List.of("sh", "-c", SCRIPT, "kinoteka-watchdog", data.toString(), temporary))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /** Registers a process, until it ends. */
    void register(Process process) {
        events.println("started " + process.pid());
        var _ = process.onExit().thenRun(() -> events.println("ended " + process.pid()));
    }

    /** Ends the shell without any cleanup, because everything has been stopped. */
    public void stop() throws InterruptedException {
        events.println("done");
        shell.waitFor();
    }
}
