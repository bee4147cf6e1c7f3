package kinoteka.gateway.settings;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Settings that may change while the gateway runs. Whoever uses them calls {@link #get} each time and does not keep the result. Thread-safe.
 *
 * @param <S> a record of settings
 */
public final class Live<S> {

    private final List<Function<S, Runnable>> preparations = new CopyOnWriteArrayList<>();
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
        beforeChange(settings -> () -> listener.accept(settings));
    }

    /**
     * Adds a listener for a change that may turn out to be impossible.
     *
     * @param preparation receives the new settings before each change, and returns the action that applies them, which must not throw. It
     *     changes nothing itself, and throws {@link IllegalArgumentException} if the settings are impossible
     */
    public void beforeChange(Function<S, Runnable> preparation) {
        preparations.add(preparation);
    }

    /**
     * Prepares a change, so that several records can be changed together or not at all.
     *
     * @return the action that replaces the settings and notifies the listeners
     * @throws IllegalArgumentException if a listener cannot apply the settings. Nothing is changed then
     */
    public Runnable prepare(S settings) {
        var actions = preparations.stream()
                .map(preparation -> preparation.apply(settings))
                .toList();
        return () -> {
            current = settings;
            actions.forEach(Runnable::run);
        };
    }
}
