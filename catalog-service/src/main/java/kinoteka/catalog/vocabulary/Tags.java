package kinoteka.catalog.vocabulary;

import java.util.List;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;

/** Tags as films and publications bear them: by title. */
public final class Tags {

    private Tags() {}

    /** Reads the id of what was tagged and how many of the tags there are; refuses a body that names others. */
    public static long requireAll(List<String> titles, Columns row) {
        var id = row.id();
        if (row.count() < titles.size()) {
            throw Problem.REFERENCE_NOT_FOUND.exception(
                    "The request body refers to a resource that does not exist.",
                    List.of(new InvalidField("tags", "expected: titles of tags")));
        }
        return id;
    }
}
