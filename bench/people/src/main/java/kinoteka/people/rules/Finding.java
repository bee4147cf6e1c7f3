package kinoteka.people.rules;

import java.util.List;

/**
 * A rule, and what breaks it.
 *
 * @param where it was asked: {@code api} or {@code database}
 * @param seen how many things were looked at; negative where all were
 * @param broken a line for each of the first that break it; none where it holds
 */
public record Finding(String where, String rule, int seen, List<String> broken) {

    /** Of a rule that looks at all there is. */
    public static final int ALL = -1;

    /** Whether nothing breaks it. */
    public boolean holds() {
        return broken.isEmpty();
    }
}
