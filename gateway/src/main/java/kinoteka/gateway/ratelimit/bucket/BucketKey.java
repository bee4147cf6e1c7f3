package kinoteka.gateway.ratelimit.bucket;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Identifies a bucket.
 *
 * @param client identifies the client within its scope
 */
public record BucketKey(Scope scope, Group group, long client) {

    /** Differs in each process, so that nobody can choose addresses whose keys collide. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    /** Returns the key of the bucket that counts all requests of an address. */
    public static BucketKey ofAddress(long address) {
        return new BucketKey(Scope.ADDRESS, Group.REQUESTS, address);
    }

    @Override
    public int hashCode() {
        return (int) (hash() >>> Integer.SIZE);
    }

    /** Returns the key of the bucket that this one shares with others if no more buckets can be created. */
    BucketKey overflow(int slots) {
        return new BucketKey(Scope.OVERFLOW, group, Long.remainderUnsigned(hash(), slots));
    }

    /** The finalizer of SplitMix64: each bit of the key influences all bits of the result. */
    @SuppressWarnings("EnumOrdinal") // neither stored nor sent
    private long hash() {
        var z = client + SEED + (4L * group.ordinal() + scope.ordinal()) * 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
