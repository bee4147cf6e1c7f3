package kinoteka.seeder;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kinoteka.seeder.library.customer.MovieSummary;
import kinoteka.seeder.library.customer.Offer;
import kinoteka.seeder.load.SeedingException;

/**
 * Reads the rows of the database that new rows refer to. They are not computed, because an earlier run may have had another
 * size, and users may have changed or deleted rows since then.
 */
final class ExistingRows {

    private static final int FETCH_SIZE = 10_000;

    private final Connection connection;

    ExistingRows(Connection connection) {
        this.connection = connection;
    }

    long[] ids(String table) throws SQLException {
        return ids(table, 1);
    }

    /** @param min the number of rows that are needed */
    long[] ids(String table, int min) throws SQLException {
        LongStream.Builder found = LongStream.builder();
        forEachRow("select id from " + table + " order by id", row -> found.add(row.getLong(1)));
        long[] ids = found.build().toArray();
        requireRows(table, ids.length, min);
        return ids;
    }

    List<MovieSummary> movieSummaries() throws SQLException {
        List<MovieSummary> found = new ArrayList<>();
        forEachRow(
                "select id, year, title from movies order by id",
                row -> found.add(new MovieSummary(row.getLong(1), row.getInt(2), row.getString(3))));
        requireRows("movies", found.size(), 1);
        return found;
    }

    List<Offer> offers() throws SQLException {
        List<Offer> found = new ArrayList<>();
        forEachRow(
                "select movie_id, cinema_id, (100 * price)::bigint from cinema_offers order by id",
                row -> found.add(new Offer(row.getLong(1), row.getLong(2), row.getLong(3))));
        requireRows("cinema_offers", found.size(), 1);
        return found;
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void forEachRow(String sql, RowReader reader) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private static void requireRows(String table, int rows, int min) {
        if (rows < min) {
            throw new SeedingException("rows of the table " + table + ": " + rows + " (expected: at least " + min
                    + ", because other tables refer to them): seed an empty database");
        }
    }
}
