package kinoteka.people.scenario;

import java.util.Locale;

/** The scenarios and their default rates in iterations per second. */
public enum Scenario {
    OPEN_ACCOUNT(2),
    CLOSE_ACCOUNT(1),
    PUBLISH(4),
    EDIT_PUBLICATION(5),
    DELETE_PUBLICATION(2),
    COMMENT_MOVIE(10),
    COMMENT_PUBLICATION(8),
    REFRESH_OFFER(6),
    ORDER(6),
    RATE_MOVIE(10),
    RATE_PUBLICATION(6);

    private final double defaultRate;

    Scenario(double defaultRate) {
        this.defaultRate = defaultRate;
    }

    /** Returns how many iterations are started per second unless the settings say otherwise. */
    public double defaultRate() {
        return defaultRate;
    }

    /** Returns the name in settings and reports, for example {@code open_account}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
