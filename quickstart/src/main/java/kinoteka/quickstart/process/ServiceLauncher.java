package kinoteka.quickstart.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts services, each as a process of its own with the Java runtime of the quickstart.
 *
 * @param javaOptions JVM options of each service
 */
public record ServiceLauncher(List<String> javaOptions, Terminal terminal, Watchdog watchdog) {

    /**
     * Ctrl-C sends SIGINT to all processes of the terminal at once. The services ignore it, so that the quickstart can stop them
     * one after the other.
     */
    private static final String IGNORE_CTRL_C = "trap '' INT; exec \"$@\"";

    /**
     * Starts the service of a jar.
     *
     * @param name printed in front of each line of output
     * @param variables environment variables, in addition to those that the process inherits
     */
    public Service start(String name, Path jar, Map<String, String> variables) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", IGNORE_CTRL_C, name));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        watchdog.register(process);
        return new Service(name, process, terminal);
    }
}
