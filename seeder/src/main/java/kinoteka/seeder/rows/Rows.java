package kinoteka.seeder.rows;

/** The generated rows of one table. A row depends only on its id, so that an interrupted run can be repeated. */
public interface Rows {

    /** The names of the columns, separated by commas, in the order of the fields that {@link #write} writes. */
    String columns();

    /** The number of rows, at least 1. */
    int count();

    /**
     * Writes one row.
     *
     * @param id of the row, starting with 1
     */
    void write(long id, CopyText row);
}
