package kinoteka.catalog.listing;

import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.database.StreamDatabase;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A list in the order of an index, so that a page deep in the list costs as much as the first one. Short pages are read completely
 * before they are written; long ones are read with a cursor, as fast as the client takes them.
 *
 * @param start a position before every element of the list
 * @param order columns of the order, as the index has them; with {@code desc} if the index is read backwards
 * @param position reads a row of these columns
 * @param columns columns of an element
 * @param element reads a row of these columns
 * @param source {@code from} and {@code where} clauses whose parameters are the components of a position; they select what comes
 *     after that position
 */
public record Listing<P extends Record, T>(
        P start,
        String order,
        Function<Readable, P> position,
        String columns,
        Function<Readable, T> element,
        String source) {

    /** Rows fetched from a cursor at a time: enough to keep the server busy, few enough to need little memory. */
    private static final int ROWS_PER_FETCH = 500;

    /** As {@link #read(ReplicaDatabase, Page, Filter, ServerWebExchange)}, of all elements. */
    public Flux<T> read(ReplicaDatabase database, Page page, ServerWebExchange exchange) {
        return read(database, page, Filter.NONE, exchange);
    }

    /** As {@link #read(ReplicaDatabase, Page, Filter, ServerWebExchange)}; fails if the parent does not exist. */
    public Flux<T> read(ReplicaDatabase database, Page page, Filter filter, Parent parent, ServerWebExchange exchange) {
        return read(database, page, filter, exchange)
                .switchIfEmpty(Flux.defer(() -> parent.requireExists(
                        page.isShort()
                                ? database.client(exchange)
                                : database.streams(exchange).client())));
    }

    /**
     * Reads a page. If another one follows, the {@code Link} header with its address is set before the first element is
     * emitted. Both are read from one state of the data, so that no element is repeated or left out between the two pages.
     */
    public Flux<T> read(ReplicaDatabase database, Page page, Filter filter, ServerWebExchange exchange) {
        return Flux.defer(() -> {
            var after = page.after() == null ? start : position(page.after());
            return page.isShort()
                    ? readCompletely(database, page, after, filter, exchange)
                    : stream(database.streams(exchange), page, after, filter, exchange);
        });
    }

    /** Selects the elements, each after its position, in the order of the list. */
    String positionedElements(Filter filter) {
        return statement(orderColumns() + ", " + columns, filter);
    }

    /** Selects only columns that the index of the list's order holds. */
    String positions(Filter filter) {
        return statement(orderColumns(), filter);
    }

    /** Selects the elements in the same order. */
    String elements(Filter filter) {
        return statement(columns, filter);
    }

    private String orderColumns() {
        return order.replace(" desc", "");
    }

    private String statement(String selected, Filter filter) {
        return "select " + selected + source + filter.sql() + " order by " + order + " limit :limit offset :offset";
    }

    /** One statement; its connection is free again before the first element is written to the client. */
    private Flux<T> readCompletely(
            ReplicaDatabase database, Page page, P after, Filter filter, ServerWebExchange exchange) {
        return Flux.defer(() -> {
            var reader = new PageReader<>(page.limit(), this);
            return select(database.client(exchange), positionedElements(filter), after, filter, page.limit() + 1, 0)
                    .map(reader::read)
                    .all()
                    .collectList()
                    .doOnNext(elements -> reader.nextPosition().ifPresent(last -> linkNext(exchange, last)))
                    .flatMapIterable(elements -> elements.subList(0, Math.min(elements.size(), page.limit())));
        });
    }

    private Flux<T> stream(StreamDatabase database, Page page, P after, Filter filter, ServerWebExchange exchange) {
        var elements = select(database.client(), elements(filter), after, filter, page.limit(), 0)
                .filter(statement -> statement.fetchSize(ROWS_PER_FETCH))
                .map(element)
                .all();
        var stream = lastOf(page, after, filter, database.client())
                .doOnNext(last -> linkNext(exchange, last))
                .thenMany(elements);
        return database.admission().admit(exchange, database.snapshot().transactional(stream));
    }

    /** The position of the page's last element; empty if no element follows it. */
    private Mono<P> lastOf(Page page, P after, Filter filter, DatabaseClient client) {
        return select(client, positions(filter), after, filter, 2, page.limit() - 1)
                .map(position)
                .all()
                .collectList()
                .filter(found -> found.size() == 2)
                .map(List::getFirst);
    }

    private static GenericExecuteSpec select(
            DatabaseClient client, String sql, Record after, Filter filter, int limit, int offset) {
        return client.sql(sql)
                .bindProperties(after)
                .bindValues(filter.values())
                .bind("limit", limit)
                .bind("offset", offset);
    }

    @SuppressWarnings("unchecked") // getClass() of a P
    private Cursors<P> cursors() {
        return new Cursors<>((Class<P>) start.getClass());
    }

    private P position(String cursor) {
        return cursors()
                .read(cursor)
                .orElseThrow(() -> Problem.PARAMETER_INVALID.exception(
                        "The cursor was not issued by this list.",
                        List.of(new InvalidField(Page.AFTER, Page.CURSOR_EXPECTED))));
    }

    /** Encodes the parameters anew, because a URI may contain characters that a header must not. */
    private void linkNext(ServerWebExchange exchange, P last) {
        var request = exchange.getRequest();
        var query = new StringJoiner("&");
        request.getQueryParams().forEach((name, values) -> {
            if (!name.equals(Page.AFTER)) {
                values.forEach(value -> query.add(encode(name) + "=" + encode(value)));
            }
        });
        query.add(Page.AFTER + "=" + cursors().write(last));
        var next = request.getURI().getRawPath() + "?" + query;
        exchange.getResponse().getHeaders().add(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
    }

    private static String encode(@Nullable String text) {
        return text == null ? "" : UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
