package kinoteka.catalog.listing;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a list: conditions joined by "and". Their text is constant, so that there are only as many statements as
 * combinations of conditions.
 *
 * @param sql begins with " and", or is empty
 * @param values of the parameters that the conditions name
 */
public record Filter(String sql, Map<String, Object> values) {

    /** Lets everything through. */
    public static final Filter NONE = new Filter("", Map.of());

    public Filter {
        values = Map.copyOf(values);
    }

    /** This, and a condition on the parameter that it names; just this where the client has not asked for it. */
    public Filter and(String condition, String parameter, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var more = new HashMap<>(values);
        more.put(parameter, value);
        return new Filter(sql + " and " + condition, more);
    }
}
