package kinoteka.quickstart;

import java.io.Console;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import kinoteka.quickstart.process.Terminal;

/** Starts everything, says where it is, and stops everything. */
public final class Quickstart {

    private final Stack stack;
    private volatile boolean failed;

    private Quickstart(Stack stack) {
        this.stack = stack;
    }

    /** Ends with code 0 when it is told to stop, by Ctrl-C or a signal; with 1, and one line saying why, when it fails. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            Options options = Options.parse(arguments);
            Terminal terminal = new Terminal(System.out, onTerminal());
            Environment environment = new Environment(System.getenv(), randomCredential(new SecureRandom()));
            new Quickstart(new Stack(options, environment, terminal)).run(options, terminal);
        } catch (CannotStart e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** As long as a key: 256 bits. */
    private static String randomCredential(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void run(Options options, Terminal terminal) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        try {
            Stack.Running running = stack.start();
            Duration took =
                    Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
            terminal.say(new Welcome(options.ports(), running, took, Instant.now()).toString());
            throw stack.awaitEnd();
        } catch (IOException e) {
            fail(new CannotStart("cannot start: " + e, e));
        } catch (CannotStart e) {
            fail(e);
        }
    }

    private void fail(CannotStart reason) {
        if (!stack.isStopping()) {
            failed = true;
            throw reason;
        }
    }

    private void stop() {
        stack.stop();
        if (!failed) {
            Runtime.getRuntime().halt(0); // it did as it was told: to a shell, and to make, that is no failure
        }
    }

    private static boolean onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
