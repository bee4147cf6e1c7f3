package kinoteka.catalog.database.server;

/**
 * What a server has said of itself.
 *
 * @param isPrimary whether it accepts writes; otherwise it is a replica
 * @param timeline the number of the primary's timeline, which grows with each promotion; 0 for a replica
 * @param position the end of the log that the primary has flushed, or that the replica has replayed
 * @param checkedAt when it was asked, in nanoseconds of the servers' clock
 */
record ServerState(boolean isPrimary, long timeline, LogPosition position, long checkedAt) {}
