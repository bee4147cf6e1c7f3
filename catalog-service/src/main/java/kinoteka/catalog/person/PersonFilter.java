package kinoteka.catalog.person;

import jakarta.validation.constraints.Size;
import kinoteka.catalog.listing.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Selects persons.
 *
 * @param q part of the name, possibly misspelt
 */
record PersonFilter(
        @Size(min = 1, max = 200) @Nullable String q,
        @Size(max = 128) @Nullable String country) {

    Filter conditions() {
        return Filter.NONE.and(":q <% full_name", "q", q).and("country = :country", "country", country);
    }
}
