package kinoteka.quickstart.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts services, each in a Java machine of the kind that runs the quickstart.
 *
 * @param javaOptions for each of those machines
 */
public record Launcher(List<String> javaOptions, Terminal terminal, Guard guard) {

    /** Ctrl-C on a terminal reaches every program at once; only the quickstart obeys it and stops them in order. */
    private static final String DEAF_TO_CTRL_C = "trap '' INT; exec \"$@\"";

    /**
     * Starts a jar.
     *
     * @param name stands before each line it writes
     * @param variables added to the environment it inherits
     */
    public Service start(String name, Path jar, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", DEAF_TO_CTRL_C, name));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        guard.watch(process);
        return new Service(name, process, terminal);
    }
}
