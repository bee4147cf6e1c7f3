package kinoteka.gateway.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test class when a buffer of Netty's was garbage-collected without having been released, in this class or in one before. */
public final class LeakCheck implements BeforeEachCallback, AfterAllCallback {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final int ROUNDS = 3;

    /** Reactor Netty loses a buffer when the connection ends while it is written. The gateway does not use the method. */
    private static final String OF_THE_TEST_UPSTREAM = "NettyOutbound.lambda$sendString";

    private static final Logger DETECTOR = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private static final Appender<ILoggingEvent> APPENDER = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent leak) {
            var message = leak.getFormattedMessage();
            if (!message.contains(OF_THE_TEST_UPSTREAM)) {
                LEAKS.add(message);
            }
        }
    };

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        listen();
    }

    /** Spring Boot detaches and stops all appenders when it starts an application. */
    static void listen() {
        APPENDER.start();
        if (!DETECTOR.isAttached(APPENDER)) {
            DETECTOR.addAppender(APPENDER);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        listen();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        listen();
        var leaks = leaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " buffers were not released; the first: " + leaks.getFirst());
        }
    }

    /** The leaks that are known now. They are forgotten. */
    static List<String> leaks() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            Thread.sleep(50); // until the references of what was collected are queued
            ByteBufAllocator.DEFAULT.directBuffer(1).release(); // at each allocation the detector looks at the queue
        }
        var leaks = List.copyOf(LEAKS);
        LEAKS.removeAll(leaks);
        return leaks;
    }
}
