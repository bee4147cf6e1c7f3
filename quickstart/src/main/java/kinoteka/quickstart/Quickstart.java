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

/** Starts the library, prints its addresses, and stops it. */
public final class Quickstart {

    private static final int CREDENTIAL_BYTES = 32;

    private final Stack stack;
    private volatile boolean failed;

    private Quickstart(Stack stack) {
        this.stack = stack;
    }

    /**
     * Runs until Ctrl-C or a signal stops it, and ends with exit status 0 then. If the library cannot be started or a service
     * stops, it ends with exit status 1 and a message that states the reason.
     */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            Options options = Options.parse(arguments);
            Terminal terminal = new Terminal(System.out, isTerminal());
            Environment environment = new Environment(System.getenv(), randomCredential(new SecureRandom()));
            new Quickstart(new Stack(options, environment, terminal)).run(options, terminal);
        } catch (QuickstartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static String randomCredential(SecureRandom random) {
        byte[] bytes = new byte[CREDENTIAL_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void run(Options options, Terminal terminal) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        try {
            Stack.Started started = stack.start();
            Duration startTime =
                    Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
            terminal.print(new WelcomeMessage(options.ports(), started, startTime, Instant.now()).toString());
            throw stack.awaitUnexpectedExit();
        } catch (IOException e) {
            fail(new QuickstartException("The library cannot be started: " + e, e));
        } catch (QuickstartException e) {
            fail(e);
        }
    }

    /** Reports a failure, unless it is a consequence of stopping the library. */
    private void fail(QuickstartException failure) {
        if (!stack.isStopping()) {
            failed = true;
            throw failure;
        }
    }

    private void stop() {
        stack.stop();
        if (!failed) {
            // Ctrl-C is the usual end of this program. Without this, Java's exit status is 130, which make reports as
            // an error.
            Runtime.getRuntime().halt(0);
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
