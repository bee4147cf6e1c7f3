package kinoteka.people.deed;

import java.util.Locale;

/** What people do, each by itself, and how often in a second unless another rate is asked for. */
public enum Action {
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

    private final double usualRate;

    Action(double usualRate) {
        this.usualRate = usualRate;
    }

    /** Times a second. */
    public double usualRate() {
        return usualRate;
    }

    /** As settings and reports have it: {@code open_account}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
