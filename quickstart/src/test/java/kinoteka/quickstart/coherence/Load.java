package kinoteka.quickstart.coherence;

import static kinoteka.quickstart.coherence.Films.JSON;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Writers that change films through the API or by SQL, and readers of the same films that compare what they get with what was
 * acknowledged before they asked.
 */
public final class Load {

    /** Of a reader that disconnects. */
    private static final Duration LONGEST_STAY = Duration.ofMillis(20);

    private final Films throughProxy;
    private final Films uncut;
    private final String database;
    private final Map<Long, Film> films = new HashMap<>();
    private final List<Film> ofApi = new ArrayList<>();
    private final List<Film> ofSql = new ArrayList<>();
    private final Readings readingsOfApi = new Readings();
    private final Readings readingsOfSql = new Readings();
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<Thread> writers = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private volatile boolean isWriting = true;
    private volatile boolean isReading = true;

    /**
     * Creates films; nothing is written to them yet.
     *
     * @param films through the gateway
     * @param catalogue the catalogue itself, to learn what became of a write without a response
     * @param database its JDBC URL
     * @param countOfApi the number of films that are changed through the API
     * @param countOfSql the number of those that are changed by SQL
     */
    public Load(Films films, Films catalogue, String database, int countOfApi, int countOfSql)
            throws IOException, InterruptedException {
        this.throughProxy = films;
        this.uncut = catalogue;
        this.database = database;
        for (var number = 0; number < countOfApi; number++) {
            ofApi.add(create(number, readingsOfApi));
        }
        for (var number = 0; number < countOfSql; number++) {
            ofSql.add(create(countOfApi + number, readingsOfSql));
        }
    }

    private Film create(int number, Readings readings) throws IOException, InterruptedException {
        var film = new Film(throughProxy.create(number), number, new History(), readings);
        film.history.acknowledged(0);
        films.put(film.id, film);
        return film;
    }

    /** Starts a writer for each film, and readers. */
    public void start(int readerCount) {
        for (var film : ofApi) {
            writers.add(start(() -> writeByApi(film)));
        }
        writers.add(start(this::writeBySql));
        for (var i = 0; i < readerCount; i++) {
            readers.add(start(this::readAll));
        }
    }

    /** Ends the writers. Readers go on. */
    public void stopWriting() throws InterruptedException {
        isWriting = false;
        for (var writer : writers) {
            writer.join();
        }
    }

    /** Ends the writers and the readers. */
    public void stop() throws InterruptedException {
        stopWriting();
        isReading = false;
        for (var reader : readers) {
            reader.join();
        }
    }

    /** Reads each film in each of its representations once, and returns the number of outdated values. */
    public int countOutdated() throws IOException, InterruptedException {
        var before = readingsOfApi.outdated() + readingsOfSql.outdated();
        for (var id : films.keySet()) {
            read("/api/movie/" + id);
            read("/api/movie/" + id + "?include=staff");
        }
        read(Films.list());
        return readingsOfApi.outdated() + readingsOfSql.outdated() - before;
    }

    /** The values of films that are changed through the gateway. */
    public Readings readingsOfApi() {
        return readingsOfApi;
    }

    /** The values of films that are changed by SQL. */
    public Readings readingsOfSql() {
        return readingsOfSql;
    }

    /** The number of acknowledged writes through the gateway. */
    public int writesByApi() {
        return ofApi.stream().mapToInt(film -> film.history.size()).sum();
    }

    /** The number of responses from memory. */
    public int hits() {
        return hits.get();
    }

    /** The number of reads without a response, or with another status than 200. */
    public int failures() {
        return failures.get();
    }

    @Override
    public String toString() {
        return "Changed through the API in %d writes: %s. Changed by SQL: %s. Responses from memory: %d. Failed reads: %d."
                .formatted(writesByApi(), readingsOfApi, readingsOfSql, hits(), failures());
    }

    /** What ended a writer or a reader. */
    public synchronized List<Throwable> errors() {
        return List.copyOf(errors);
    }

    private void writeByApi(Film film) throws Exception {
        var value = 0;
        var etag = etag(film.id);
        while (isWriting) {
            try {
                var response = throughProxy.update(film.id, film.number, ++value, etag);
                if (response.statusCode() == 200) {
                    film.history.acknowledged(value);
                    etag = response.headers().firstValue("ETag").orElseThrow();
                } else {
                    etag = etag(film.id);
                }
            } catch (IOException noResponse) {
                etag = etag(film.id);
            }
            Thread.sleep(ThreadLocalRandom.current().nextInt(40));
        }
    }

    /** A write without a response that takes effect after this has another entity tag as its condition, and fails. */
    private String etag(long id) throws IOException, InterruptedException {
        return uncut.read("/api/movie/" + id).headers().firstValue("ETag").orElseThrow();
    }

    private void writeBySql() throws SQLException, InterruptedException {
        try (var connection = DriverManager.getConnection(database);
                var update = connection.prepareStatement("update movies set duration_minutes = ? where id = ?")) {
            for (var value = 1; isWriting; value++) {
                var film = ofSql.get(value % ofSql.size());
                update.setInt(1, value);
                update.setLong(2, film.id);
                update.executeUpdate();
                film.history.acknowledged(value);
                Thread.sleep(ThreadLocalRandom.current().nextInt(10));
            }
        }
    }

    private void readAll() throws InterruptedException {
        var ids = List.copyOf(films.keySet());
        while (isReading) {
            var random = ThreadLocalRandom.current();
            var film = "/api/movie/" + ids.get(random.nextInt(ids.size()));
            try {
                switch (random.nextInt(10)) {
                    case 0 -> read(Films.list());
                    case 1, 2 -> read(film + "?include=staff");
                    case 3, 4, 5 -> readAnew(film);
                    case 6 -> throughProxy.leave(film, Duration.ofNanos(random.nextLong(LONGEST_STAY.toNanos())));
                    default -> read(film);
                }
            } catch (IOException noResponse) {
                failures.incrementAndGet();
            }
        }
    }

    private void read(String path) throws IOException, InterruptedException {
        var began = System.nanoTime();
        check(throughProxy.read(path), began);
    }

    private void readAnew(String path) throws IOException, InterruptedException {
        var began = System.nanoTime();
        check(throughProxy.readAnew(path), began);
    }

    private void check(HttpResponse<String> response, long began) {
        if (response.statusCode() != 200) {
            failures.incrementAndGet();
            return;
        }
        if (response.headers().firstValue("Cache-Status").orElse("").startsWith("kinoteka; hit")) {
            hits.incrementAndGet();
        }
        var body = JSON.readTree(response.body());
        if (body.isArray()) {
            body.forEach(film -> check(film, began));
        } else {
            check(body, began);
        }
    }

    private void check(JsonNode json, long began) {
        var film = Objects.requireNonNull(films.get(json.path("id").longValue()), json::toString);
        film.readings.add(film.history.outdatedFor(json.path("duration").intValue(), began));
    }

    private Thread start(Task task) {
        return Thread.startVirtualThread(() -> {
            try {
                task.run();
            } catch (Exception e) {
                synchronized (this) {
                    errors.add(e);
                }
            }
        });
    }

    private record Film(long id, int number, History history, Readings readings) {}

    private interface Task {
        void run() throws Exception;
    }
}
