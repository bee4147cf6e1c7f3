package kinoteka.gateway.cache.coherence;

/** Reads the ids in the path of a request target such as {@code /api/movie/7/staff/3}. */
public final class TargetIds {

    /** A segment that is missing, or no id in its only valid spelling. */
    public static final long NONE = -1;

    /** The number of the slash before the first id; the second id follows two slashes later. */
    private static final int FIRST = 3;

    /** Always fit into 64 bits. */
    private static final int MAX_DIGITS = 18;

    private TargetIds() {}

    /**
     * Returns an id of the path.
     *
     * @param position 1 or 2
     */
    public static long find(String target, int position) {
        var start = 0;
        for (var slash = 1; slash < FIRST + 2 * (position - 1); slash++) {
            start = target.indexOf('/', start + 1);
            if (start < 0) {
                return NONE;
            }
        }
        return parse(target, start + 1);
    }

    private static long parse(String target, int start) {
        var id = 0L;
        var end = start;
        for (; end < target.length() && "/?".indexOf(target.charAt(end)) < 0; end++) {
            var digit = target.charAt(end) - '0';
            if (digit < 0 || digit > 9 || end - start == MAX_DIGITS || (digit == 0 && end == start)) {
                return NONE;
            }
            id = 10 * id + digit;
        }
        return end == start ? NONE : id;
    }
}
