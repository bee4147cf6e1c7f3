package kinoteka.catalog.vocabulary;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import org.jspecify.annotations.Nullable;

/**
 * A term of a vocabulary.
 *
 * @param id positive
 * @param title unique in its vocabulary
 */
record Term(long id, String title, @Nullable String description) implements Editable<TermEdit> {

    static Term of(Columns row) {
        return new Term(row.id(), row.text(), row.textOrNull());
    }

    @Override
    public TermEdit editableFields() {
        return new TermEdit(title, description);
    }
}
