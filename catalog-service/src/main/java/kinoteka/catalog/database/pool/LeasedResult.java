package kinoteka.catalog.database.pool;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * A result of a leased connection, to be read once. Its exchange has ended once it was read to its end or the server reported
 * an error; if the reader fails, rows may still be on their way.
 */
final class LeasedResult implements Result {

    private final LeasedConnection connection;
    private final Result result;

    LeasedResult(LeasedConnection connection, Result result) {
        this.connection = connection;
        this.result = result;
    }

    @Override
    public Publisher<Long> getRowsUpdated() {
        return read(result.getRowsUpdated());
    }

    @Override
    public <T> Publisher<T> map(BiFunction<Row, RowMetadata, ? extends T> mapping) {
        return read(result.map(mapping));
    }

    @Override
    public <T> Publisher<T> map(Function<? super Readable, ? extends T> mapping) {
        return read(result.map(mapping));
    }

    @Override
    public Result filter(Predicate<Segment> filter) {
        return new LeasedResult(connection, result.filter(filter));
    }

    @Override
    public <T> Publisher<T> flatMap(Function<Segment, ? extends Publisher<? extends T>> mapping) {
        return read(result.<T>flatMap(mapping));
    }

    private <T> Publisher<T> read(Publisher<T> content) {
        return Flux.from(content)
                .doOnComplete(connection::exchangeEnded)
                .doOnError(R2dbcException.class, failure -> connection.exchangeEnded());
    }
}
