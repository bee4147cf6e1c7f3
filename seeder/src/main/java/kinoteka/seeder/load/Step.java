package kinoteka.seeder.load;

import java.sql.SQLException;
import java.util.List;
import kinoteka.seeder.rows.Rows;

/** What is done once, in one transaction, and then stands in the ledger. */
public sealed interface Step permits Fill, Completion {

    /** Its line in the ledger. */
    String name();

    /** Whether the schema has what it writes to. */
    boolean fits(Schema schema) throws SQLException;

    /** Returns how many rows it wrote. */
    int take(TableLoad load) throws SQLException;

    /** Those that have other rows afterwards. */
    List<String> tables();

    /** Where rows come from that follow from other tables, read in the transaction that writes them. */
    interface Source {
        Rows rows() throws SQLException;
    }
}
