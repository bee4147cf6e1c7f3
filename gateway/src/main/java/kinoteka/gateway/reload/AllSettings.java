package kinoteka.gateway.reload;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kinoteka.gateway.settings.Constraint;

/**
 * All settings of the gateway at one time.
 *
 * @param byType the records of settings, by their class
 * @param foreign names of settings of Spring in the configuration file that differ from those at the start
 */
record AllSettings(Map<Class<?>, Object> byType, Set<String> foreign) implements Constraint.Source {

    @Override
    public <S> S get(Class<S> type) {
        return type.cast(Objects.requireNonNull(byType.get(type), type::getName));
    }
}
