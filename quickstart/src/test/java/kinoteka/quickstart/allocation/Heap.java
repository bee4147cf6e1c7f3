package kinoteka.quickstart.allocation;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The heap of another Java process of this user, which is asked over JMX. Direct memory is not part of it. */
public final class Heap implements AutoCloseable {

    private final JMXConnector connector;
    private final ThreadMXBean threads;

    /** Connects to a process, which needs no options for that. */
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
