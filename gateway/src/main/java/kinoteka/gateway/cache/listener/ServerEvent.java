package kinoteka.gateway.cache.listener;

import org.jspecify.annotations.Nullable;

/**
 * A server-sent event.
 *
 * @param type the value of {@code event}; empty if there is none, as in a heartbeat
 * @param data the values of {@code data}, joined by line feeds
 * @param id null if the event has none
 */
record ServerEvent(String type, String data, @Nullable String id) {}
