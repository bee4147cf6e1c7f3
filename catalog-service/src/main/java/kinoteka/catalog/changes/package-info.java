/** What was created, changed and deleted, told as it happens: from PostgreSQL's notifications to server-sent events. */
@NullMarked
package kinoteka.catalog.changes;

import org.jspecify.annotations.NullMarked;
