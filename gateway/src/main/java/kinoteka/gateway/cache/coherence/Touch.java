package kinoteka.gateway.cache.coherence;

/**
 * Something that a write may change.
 *
 * @param kind the kind of the changed resources
 * @param extent which resources of that kind
 */
record Touch(Kind kind, Extent extent) {

    /** Which resources of a kind a write may change. */
    enum Extent {
        /** None that exists: one is added. */
        NEW,
        /** One is added to, or changed in, the lists of the movie that the path names first. */
        OF_MOVIE,
        /** One is added to, or changed in, the lists of the publication that the path names first. */
        OF_PUBLICATION,
        /** The one that the path names first. */
        NAMED,
        /** The one that was rated, which the response names; any if it does not. */
        RATED,
        /** Any. */
        ALL
    }

    /** Counts the change. */
    void count(Versions versions, String target) {
        switch (extent) {
            case NEW -> versions.created(kind);
            case OF_MOVIE -> countSingle(versions, Member.MOVIE_ID, target);
            case OF_PUBLICATION -> countSingle(versions, Member.PUBLICATION_ID, target);
            case NAMED -> countSingle(versions, Member.ID, target);
            case RATED, ALL -> versions.allChanged(kind);
        }
    }

    private void countSingle(Versions versions, Member member, String target) {
        var id = TargetIds.find(target, 1);
        if (id == TargetIds.NONE) {
            versions.allChanged(kind);
        } else {
            versions.singleChanged(kind, member, id);
        }
    }
}
