package kinoteka.gateway.tracing;

import kinoteka.gateway.trace.TracingSettings;
import kinoteka.gateway.upstream.InstanceClient;
import org.springframework.stereotype.Component;

/** Makes each call of an instance a span, if spans are exported. */
@Component
public class CallSpans {

    private final boolean isEnabled;

    CallSpans(TracingSettings settings) {
        this.isEnabled = settings.endpoint() != null;
    }

    /** Returns a client that records its calls, or this one if no spans are exported. */
    public InstanceClient decorate(InstanceClient client) {
        return isEnabled ? new RecordedAttempts(client) : client;
    }
}
