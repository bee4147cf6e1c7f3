package kinoteka.seeder.rows;

/** The rows of one table. A row follows from its id alone, so that a run which was broken off can be repeated. */
public interface Rows {

    /** The columns that are written, in order. */
    String columns();

    /** How many rows there are, at least 1. */
    int count();

    /**
     * Writes one whole row.
     *
     * @param id 1 for the first row
     */
    void write(long id, CopyText row);
}
