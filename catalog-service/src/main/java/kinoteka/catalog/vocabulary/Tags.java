package kinoteka.catalog.vocabulary;

import java.util.List;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;

/** The tags of films and publications, which bodies list by title. */
public final class Tags {

    private Tags() {}

    /**
     * Rejects a body that lists an unknown tag.
     *
     * @param row the id of the tagged resource, and the number of listed tags that exist
     * @return the id of the tagged resource
     */
    public static long requireAll(List<String> titles, Columns row) {
        var id = row.id();
        if (row.count() < titles.size()) {
            throw Problem.REFERENCE_NOT_FOUND.exception(
                    "The request body refers to a resource that does not exist.",
                    List.of(new InvalidField("tags", "expected: titles of existing tags")));
        }
        return id;
    }
}
