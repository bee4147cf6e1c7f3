package kinoteka.catalog.cinema;

import kinoteka.catalog.database.Columns;

/**
 * An online cinema.
 *
 * @param id positive
 * @param url its site
 */
record Cinema(long id, String title, String url) {

    static Cinema of(Columns row) {
        return new Cinema(row.id(), row.text(), row.text());
    }

    CinemaEdit edit() {
        return new CinemaEdit(title, url);
    }
}
