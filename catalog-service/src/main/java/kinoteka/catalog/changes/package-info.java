/** The stream of changes: PostgreSQL's notifications of created, changed and deleted rows, sent on as server-sent events. */
@NullMarked
package kinoteka.catalog.changes;

import org.jspecify.annotations.NullMarked;
