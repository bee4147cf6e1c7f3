package kinoteka.catalog.cinema;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;

/**
 * An online cinema.
 *
 * @param id positive
 * @param url of its site
 */
record Cinema(long id, String title, String url) implements Editable<CinemaEdit> {

    static Cinema of(Columns row) {
        return new Cinema(row.id(), row.text(), row.text());
    }

    @Override
    public CinemaEdit editableFields() {
        return new CinemaEdit(title, url);
    }
}
