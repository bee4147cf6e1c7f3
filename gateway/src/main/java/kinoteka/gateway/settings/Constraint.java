package kinoteka.gateway.settings;

/** A constraint that involves the settings of several features. The record of each feature checks its other constraints itself. */
public interface Constraint {

    /**
     * Checks the settings of a configuration file before any of them is used.
     *
     * @throws IllegalArgumentException with the name of the setting, its value and the expected one
     */
    void check(Source settings);

    /** All records of settings of one configuration. */
    interface Source {

        /** Returns the settings of this type. */
        <S> S get(Class<S> type);
    }
}
