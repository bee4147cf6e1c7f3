package kinoteka.quickstart.process;

import java.io.PrintStream;
import java.util.Map;

/** Where the lines of all programs meet, each behind the name of who wrote it. Thread-safe. */
public final class Terminal {

    private static final String PLAIN = "\u001b[0m";
    private static final Map<String, String> COLOURS = Map.of(
            "gateway", "\u001b[36m", "catalogue", "\u001b[32m", "database", "\u001b[33m", "seeder", "\u001b[35m");

    private final PrintStream out;
    private final boolean colours;

    public Terminal(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    public void line(String who, String text) {
        String prefix = "%-9s | ".formatted(who);
        out.println(colours ? COLOURS.getOrDefault(who, "") + prefix + PLAIN + text : prefix + text);
    }

    /** Something the quickstart says itself. */
    public void say(String text) {
        out.println(text);
    }
}
