package kinoteka.quickstart.allocation;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads over JMX how much heap memory another Java process of this user has allocated. Direct memory does not count. */
public final class Heap implements AutoCloseable {

    private final JMXConnector connector;
    private final ThreadMXBean threads;

    /** Connects to a running process, which needs no special options. */
    @SuppressWarnings("BanJNDI") // the address is that of a process of this test
    public Heap(ProcessHandle process) throws IOException, AttachNotSupportedException {
        connector = JMXConnectorFactory.connect(new JMXServiceURL(startAgent(process)));
        threads = ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    /** Returns the bytes that all threads have allocated since the start of the process, also those that have ended. */
    public long allocatedBytes() {
        return threads.getTotalThreadAllocatedBytes();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }

    private static String startAgent(ProcessHandle process) throws IOException, AttachNotSupportedException {
        var machine = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            return machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
    }
}
