package kinoteka.catalog.changes;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The stream of changes: its limits, and how the service stays connected to the database's notifications.
 *
 * @param maxListeners open streams of {@code /api/changes}, of clients and gateways together; one more is rejected with 503.
 *     Each stream holds one of a gateway's {@code max-connections}: keep it well below them. 1 to 100000
 * @param maxPublicListeners how many of them may belong to clients that are not gateways; the rest is reserved for gateways,
 *     which need {@code kinoteka.catalog.gateway.credentials}. 1 to {@code max-listeners}
 * @param maxListenersPerClient open streams of one client, which is the subject of a token, or without a token an address;
 *     one more is rejected with 429. Does not apply to gateways. 1 to 100000
 * @param maxQueuedEvents events that wait for a client that reads slowly; with one more the client is disconnected. 1 to
 *     1000000
 * @param historySize the number of latest events that are kept for clients that reconnect with the id of the last event they
 *     have received. 1 to 1000000
 * @param heartbeatInterval how often a heartbeat is sent in every stream; keep it well below the gateway's
 *     {@code stream-idle-timeout}. 10 ms to 1 min
 * @param databaseHeartbeatInterval how often the service sends itself a heartbeat through the database; when none has arrived
 *     for twice as long, listeners receive {@code missed} and the service reconnects. 10 ms to 1 min
 * @param maxReconnectInterval the longest interval between two attempts to connect to the database; it starts with 100 ms and
 *     grows up to this. 10 ms to 1 min
 */
@Validated
@ConfigurationProperties("kinoteka.catalog.changes")
record ChangesSettings(
        @Min(1) @Max(100_000) @DefaultValue("100") int maxListeners,
        @Min(1) @Max(100_000) @DefaultValue("80") int maxPublicListeners,
        @Min(1) @Max(100_000) @DefaultValue("4") int maxListenersPerClient,
        @Min(1) @Max(1_000_000) @DefaultValue("1000") int maxQueuedEvents,
        @Min(1) @Max(1_000_000) @DefaultValue("10000") int historySize,

        @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration heartbeatInterval,

        @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration databaseHeartbeatInterval,

        @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration maxReconnectInterval) {

    ChangesSettings {
        if (maxPublicListeners > maxListeners) {
            throw new IllegalArgumentException("kinoteka.catalog.changes.max-public-listeners: " + maxPublicListeners
                    + " (expected: at most max-listeners, which is " + maxListeners + ")");
        }
    }
}
