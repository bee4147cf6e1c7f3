package kinoteka.gateway.settings;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Settings that may change while the gateway runs. Whoever uses them calls {@link #get} each time and does not keep the result. Thread-safe.
 *
 * @param <S> a record of settings
 */
public final class Live<S> {

    private final List<Consumer<S>> listeners = new CopyOnWriteArrayList<>();
    private volatile S current;

    /** Creates settings with the values from the start of the gateway. */
    public Live(S initial) {
        current = initial;
    }

    /** The current settings. */
    public S get() {
        return current;
    }

    /**
     * Adds a listener for what depends on the settings and is not created anew for each request.
     *
     * @param listener receives the new settings after each change. It must not throw
     */
    public void onChange(Consumer<S> listener) {
        listeners.add(listener);
    }

    /** Replaces the settings and notifies the listeners. */
    public void set(S settings) {
        current = settings;
        listeners.forEach(listener -> listener.accept(settings));
    }
}
