package kinoteka.gateway.cache.coherence;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts changes. A response may be served from memory as long as the counters that it depends on have the values from before the
 * response was requested, and while every change is counted. Nothing is removed when something changes: what has become invalid is no
 * longer current.
 *
 * <p>There are counters for everything, for each kind, and for single resources. Those of single resources are selected by a hash, so
 * that memory is bounded; two resources that share a counter make each other's responses invalid too often and never too rarely.
 * Thread-safe and lock-free. {@code docs/decisions/0024} has the argument why this is sufficient.
 */
public final class Versions {

    private static final int KINDS = Kind.values().length;
    private static final int EVERYTHING = 0;
    private static final int FIRST_ANY = EVERYTHING + 1;
    private static final int FIRST_LISTED = FIRST_ANY + KINDS;
    private static final int FIRST_UNKNOWN = FIRST_LISTED + KINDS;
    private static final int FIRST_SINGLE = FIRST_UNKNOWN + KINDS;

    /** Half a megabyte. */
    private static final int USUAL_BITS = 16;

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    private final int singleBits;
    private final AtomicLongArray counters;
    private volatile boolean caughtUp;

    public Versions() {
        this(USUAL_BITS);
    }

    /**
     * Creates counters with the value 0, while changes are not counted.
     *
     * @param singleBits the binary logarithm of the number of counters for single resources, 1 to 30
     */
    public Versions(int singleBits) {
        this.singleBits = singleBits;
        this.counters = new AtomicLongArray(FIRST_SINGLE + (1 << singleBits));
    }

    /** The counter on which every response depends. */
    static int everything() {
        return EVERYTHING;
    }

    /** The counter of changes of the existing resources of a kind, on which responses depend that contain some of them. */
    @SuppressWarnings("EnumOrdinal") // an index
    static int any(Kind kind) {
        return FIRST_ANY + kind.ordinal();
    }

    /** The counter of all changes of a kind, on which lists of this kind depend: a new resource may belong to them. */
    @SuppressWarnings("EnumOrdinal") // an index
    static int listed(Kind kind) {
        return FIRST_LISTED + kind.ordinal();
    }

    /** The counter of those changes of a kind that may have affected every single resource. */
    @SuppressWarnings("EnumOrdinal") // an index
    static int unknown(Kind kind) {
        return FIRST_UNKNOWN + kind.ordinal();
    }

    /** The counter of changes of the resources of a kind that have this value in this member, and perhaps of others. */
    @SuppressWarnings("EnumOrdinal") // part of a hash
    int single(Kind kind, Member member, long id) {
        var hash = (id * KINDS + kind.ordinal()) * Member.values().length + member.ordinal();
        return FIRST_SINGLE + (int) ((hash * GOLDEN_RATIO) >>> (Long.SIZE - singleBits));
    }

    /** Returns a stamp, which must be taken before the request is sent; null if changes are not counted at the moment. */
    public @Nullable Stamp take(int[] of) {
        var sum = sum(of);
        // Read last: a change that was not counted is older than this moment, and so is visible to the request.
        return caughtUp ? new Stamp(of, sum) : null;
    }

    /** Whether no change has been counted since the stamp was taken, and none can have been missed. */
    public boolean isCurrent(Stamp stamp) {
        return caughtUp && sum(stamp.counters()) == stamp.sum();
    }

    private long sum(int[] of) {
        var sum = 0L;
        for (var counter : of) {
            sum += counters.get(counter);
        }
        return sum;
    }

    /** Whether every change is counted. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** Sets whether every change is counted from now on. If changes have been missed, {@link #everythingChanged} must come first. */
    public void setCaughtUp(boolean isCaughtUp) {
        caughtUp = isCaughtUp;
    }

    /** Counts a change of the resources of a kind that have this value in this member. */
    public void singleChanged(Kind kind, Member member, long id) {
        counters.getAndIncrement(single(kind, member, id));
        counters.getAndIncrement(any(kind));
        counters.getAndIncrement(listed(kind));
    }

    /** Counts a new resource of a kind, which has this value in this member. Only lists are affected. */
    public void singleCreated(Kind kind, Member member, long id) {
        counters.getAndIncrement(single(kind, member, id));
        counters.getAndIncrement(listed(kind));
    }

    /** Counts a new resource of a kind, of which no more is known. Only lists of the kind are affected. */
    public void created(Kind kind) {
        counters.getAndIncrement(listed(kind));
    }

    /** Counts a change that may have affected every resource of a kind. */
    public void allChanged(Kind kind) {
        counters.getAndIncrement(unknown(kind));
        counters.getAndIncrement(any(kind));
        counters.getAndIncrement(listed(kind));
    }

    /** Counts a change that may have affected everything. */
    public void everythingChanged() {
        counters.getAndIncrement(EVERYTHING);
    }

    /** The number of changes of this kind that were counted. */
    public long changes(Kind kind) {
        return counters.get(listed(kind));
    }

    /** The number of times that everything was forgotten. */
    public long resets() {
        return counters.get(EVERYTHING);
    }
}
