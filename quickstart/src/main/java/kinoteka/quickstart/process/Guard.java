package kinoteka.quickstart.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A shell that outlives a quickstart which was killed, to clear up after it. It waits at the end of a pipe: as long as the
 * quickstart lives the pipe is open. It knows process ids only, which it forgets as soon as a program has ended.
 */
public final class Guard {

    private static final String SCRIPT = """
            data=$1 temporary=$2
            trap '' HUP INT TERM
            doomed=' '
            while read -r word pid; do
              case $word in
                kill) doomed="$doomed$pid " ;;
                spare) doomed="${doomed%%" $pid "*} ${doomed#*" $pid "}" ;;
                done) exit 0 ;;
              esac
            done
            for pid in $doomed; do kill -KILL "$pid"; done
            if read -r postmaster < "$data/postmaster.pid"; then
              kill -INT "$postmaster"
              for _ in 1 2 3 4 5 6 7 8 9 10; do if kill -0 "$postmaster"; then sleep 1; fi; done
            fi
            if [ -n "$temporary" ]; then rm -rf "$temporary"; fi
            """;

    private final Process shell;
    private final PrintStream orders;

    private Guard(Process shell) {
        this.shell = shell;
        this.orders = new PrintStream(shell.getOutputStream(), true);
    }

    /**
     * Starts it before everything it shall guard.
     *
     * @param data folder of the PostgreSQL server to stop
     * @param temporary folder to delete afterwards; empty for none
     */
    public static Guard start(Path data, String temporary) throws IOException {
        return new Guard(new ProcessBuilder(List.of("sh", "-c", SCRIPT, "kinoteka-guard", data.toString(), temporary))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** From now on it ends with the quickstart. */
    void watch(Process process) {
        orders.println("kill " + process.pid());
        var _ = process.onExit().thenRun(() -> orders.println("spare " + process.pid()));
    }

    /** Everything has ended in its own way. */
    public void dismiss() throws InterruptedException {
        orders.println("done");
        shell.waitFor();
    }
}
