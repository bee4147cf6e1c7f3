package kinoteka.catalog.database.pool;

import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import reactor.core.publisher.Flux;

/** A statement of a leased connection, which knows of its exchanges with the server. */
final class LeasedStatement implements Statement {

    private final LeasedConnection connection;
    private final Statement statement;
    private final String sql;
    private boolean hasCursor;

    LeasedStatement(LeasedConnection connection, Statement statement, String sql) {
        this.connection = connection;
        this.statement = statement;
        this.sql = sql;
    }

    /** A result counts as an exchange from its emission on, because one that nobody reads blocks the connection as well. */
    @Override
    public Flux<Result> execute() {
        var executed = connection.exchange(Flux.from(statement.execute()).<Result>map(result -> {
            connection.exchangeBegun();
            return new LeasedResult(connection, result);
        }));
        return connection.request().observe(sql, executed).doOnSubscribe(subscription -> {
            if (hasCursor) {
                connection.becomeInterruptible();
            }
        });
    }

    @Override
    public Statement add() {
        statement.add();
        return this;
    }

    @Override
    public Statement bind(int index, Object value) {
        statement.bind(index, value);
        return this;
    }

    @Override
    public Statement bind(String name, Object value) {
        statement.bind(name, value);
        return this;
    }

    @Override
    public Statement bindNull(int index, Class<?> type) {
        statement.bindNull(index, type);
        return this;
    }

    @Override
    public Statement bindNull(String name, Class<?> type) {
        statement.bindNull(name, type);
        return this;
    }

    @Override
    public Statement returnGeneratedValues(String... columns) {
        statement.returnGeneratedValues(columns);
        return this;
    }

    @Override
    public Statement fetchSize(int rows) {
        statement.fetchSize(rows);
        hasCursor = rows > 0;
        return this;
    }
}
