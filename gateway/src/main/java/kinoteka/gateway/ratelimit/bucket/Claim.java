package kinoteka.gateway.ratelimit.bucket;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request takes a token from.
 *
 * @param address identifies the client's address or network
 * @param subject identifies the subject of the token; null if the request has none that is known to be valid
 */
public record Claim(Group group, long address, @Nullable Long subject) {

    /** Returns the keys of the buckets: for the address and the subject, that of all requests and that of the group. */
    public List<BucketKey> keys() {
        if (subject == null && group == Group.REQUESTS) {
            return List.of(BucketKey.ofAddress(address));
        }
        var keys = new ArrayList<BucketKey>(4);
        add(keys, Scope.ADDRESS, address);
        if (subject != null) {
            add(keys, Scope.SUBJECT, subject);
        }
        return keys;
    }

    private void add(List<BucketKey> keys, Scope scope, long client) {
        keys.add(new BucketKey(scope, Group.REQUESTS, client));
        if (group != Group.REQUESTS) {
            keys.add(new BucketKey(scope, group, client));
        }
    }
}
