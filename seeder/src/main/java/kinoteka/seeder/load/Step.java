package kinoteka.seeder.load;

import java.sql.SQLException;
import java.util.List;
import kinoteka.seeder.rows.Rows;

/** A part of the seeding that runs in one transaction, once per database. */
public sealed interface Step permits FillTable, FillColumns {

    /** The name of the step in the ledger. */
    String name();

    /** Whether the schema has the table and the column that the step writes. */
    boolean isPossibleIn(DatabaseSchema schema) throws SQLException;

    /** Returns the number of rows that were written. */
    int run(TableLoad load) throws SQLException;

    /** The tables whose rows change. */
    List<String> tables();

    /** Provides rows that depend on the rows of other tables; called in the transaction that writes them. */
    interface RowsSource {
        Rows rows() throws SQLException;
    }
}
