package kinoteka.gateway.cache.lookup;

/** Why a request is forwarded to the catalogue, with the statuses that it can end with. */
public enum Forward {
    MISS(CacheStatus.MISS, CacheStatus.MISS_STORED, CacheStatus.MISS_STORED, CacheStatus.MISS_COLLAPSED),
    STALE(CacheStatus.STALE, CacheStatus.STALE_STORED, CacheStatus.STALE_VALIDATED, CacheStatus.STALE_COLLAPSED),
    REQUEST(
            CacheStatus.REQUEST,
            CacheStatus.REQUEST_STORED,
            CacheStatus.REQUEST_VALIDATED,
            CacheStatus.REQUEST); // never waits for another request

    private final CacheStatus plain;
    private final CacheStatus stored;
    private final CacheStatus validated;
    private final CacheStatus collapsed;

    Forward(CacheStatus plain, CacheStatus stored, CacheStatus validated, CacheStatus collapsed) {
        this.plain = plain;
        this.stored = stored;
        this.validated = validated;
        this.collapsed = collapsed;
    }

    public CacheStatus plain() {
        return plain;
    }

    public CacheStatus stored() {
        return stored;
    }

    public CacheStatus validated() {
        return validated;
    }

    public CacheStatus collapsed() {
        return collapsed;
    }
}
