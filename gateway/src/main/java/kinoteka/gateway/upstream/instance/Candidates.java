package kinoteka.gateway.upstream.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The instances that may serve one call. Of two of them, the less loaded one is tried first (power of two choices). The first of the two is
 * the next in turn and is preferred if both have the same load, so that requests are distributed evenly while there is little load.
 */
final class Candidates {

    private final List<UpstreamInstance> remaining;
    private final IntUnaryOperator random;
    private final long now;
    private int turn;

    private Candidates(List<UpstreamInstance> remaining, int turn, IntUnaryOperator random, long now) {
        this.remaining = remaining;
        this.turn = turn;
        this.random = random;
        this.now = now;
    }

    /**
     * Selects the candidates: available instances whose circuit breakers are not open. If there are none, all available instances, whose
     * circuit breakers then report why they reject the call. If none is available, all instances, because their states may be out of date.
     *
     * @param turn a number that increases by one with each call
     * @param failed URI of the instance that has failed this call before, which is omitted if there are others; null if there is none
     * @param random returns a number from 0 to its argument, exclusive
     * @param now nanoseconds since an arbitrary fixed time
     */
    static Candidates of(
            List<UpstreamInstance> all, int turn, @Nullable String failed, IntUnaryOperator random, long now) {
        var usable = select(all, instance -> instance.isAvailable() && !instance.isRejecting());
        if (usable.isEmpty()) {
            usable = select(all, UpstreamInstance::isAvailable);
        }
        if (usable.isEmpty()) {
            usable = new ArrayList<>(all);
        }
        if (failed != null && usable.size() > 1) {
            usable.removeIf(instance -> instance.toString().equals(failed));
        }
        return new Candidates(usable, turn, random, now);
    }

    private static List<UpstreamInstance> select(List<UpstreamInstance> all, Predicate<UpstreamInstance> condition) {
        var selected = new ArrayList<UpstreamInstance>(all.size());
        for (var instance : all) {
            if (condition.test(instance)) {
                selected.add(instance);
            }
        }
        return selected;
    }

    boolean hasNext() {
        return !remaining.isEmpty();
    }

    /** Returns the instance to try next, which is not returned again. */
    UpstreamInstance next() {
        return remaining.remove(choose());
    }

    private int choose() {
        var size = remaining.size();
        if (size == 1) {
            return 0;
        }
        var first = Math.floorMod(turn++, size);
        var second = (first + 1 + random.applyAsInt(size - 1)) % size;
        return remaining.get(second).load(now) < remaining.get(first).load(now) ? second : first;
    }
}
