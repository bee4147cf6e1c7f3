package kinoteka.catalog.representation;

import org.jspecify.annotations.Nullable;

/**
 * A resource that clients can replace, update or delete. The record of the fields that they can set has a version, and
 * {@code If-Match} compares that version only: fields that the service computes, such as a film's rating, do not count.
 *
 * @param <E> the fields that a client can set
 */
public interface Editable<E extends Record> {

    /** The fields that a client can set, with their current values; null if nobody can edit the resource. */
    @Nullable
    E editableFields();
}
