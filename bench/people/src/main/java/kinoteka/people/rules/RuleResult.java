package kinoteka.people.rules;

import java.util.List;

/**
 * The result of checking one rule.
 *
 * @param source where the rule was checked: {@code api} or {@code database}
 * @param checked number of resources that were checked; {@link #ALL} if the rule covers all data
 * @param violations one line for each of the first violations; empty if the rule holds
 */
public record RuleResult(String source, String rule, int checked, List<String> violations) {

    /** The value of {@code checked} for a rule that covers all data. */
    public static final int ALL = -1;

    /** Returns whether there are no violations. */
    public boolean holds() {
        return violations.isEmpty();
    }
}
