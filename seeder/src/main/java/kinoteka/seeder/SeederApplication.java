package kinoteka.seeder;

import java.io.PrintStream;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The seeder as a program. It reads the same settings as the catalogue: environment variables, {@code --name=value}
 * arguments, {@code application.yaml}, and secrets in files.
 */
public final class SeederApplication {

    private SeederApplication() {}

    /** Exits with code 0 when the database is seeded, and with 1 after one line on standard error that gives the reason. */
    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /** Returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        for (String argument : arguments) {
            if (!argument.matches("--[^=]+=.*")) {
                err.println("argument: " + argument + " (expected: settings as --name=value)");
                return 1;
            }
        }
        ConfigurableEnvironment environment = environment(arguments);
        reduceLogging(environment);
        return new SeedCommand(out, err, environment).run();
    }

    static ConfigurableEnvironment environment(String... arguments) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    /** Flyway and the driver log warnings only, so that the progress of the seeder stays readable. */
    private static void reduceLogging(ConfigurableEnvironment environment) {
        LoggingSystem logging = LoggingSystem.get(SeederApplication.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(environment), null, null);
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
    }
}
