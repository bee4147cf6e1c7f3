package kinoteka.quickstart.process;

import java.io.PrintStream;
import java.util.Map;

/** The output of the quickstart and of the programs that it runs. Each line of a program begins with its name. Thread-safe. */
public final class Terminal {

    private static final String RESET = "\u001b[0m";
    private static final Map<String, String> COLOURS = Map.of(
            "gateway", "\u001b[36m", "catalogue", "\u001b[32m", "database", "\u001b[33m", "seeder", "\u001b[35m");

    private final PrintStream out;
    private final boolean colours;

    /** @param colours whether the output is a terminal that shows colours */
    public Terminal(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Prints a line of a program's output. */
    public void printLine(String program, String line) {
        String prefix = "%-9s | ".formatted(program);
        out.println(colours ? COLOURS.getOrDefault(program, "") + prefix + RESET + line : prefix + line);
    }

    /** Prints a message of the quickstart itself. */
    public void print(String message) {
        out.println(message);
    }
}
