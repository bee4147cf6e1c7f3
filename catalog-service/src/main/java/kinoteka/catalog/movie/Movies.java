package kinoteka.catalog.movie;

import io.r2dbc.spi.Readable;
import java.util.Set;
import kinoteka.catalog.batch.BatchSource;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import kinoteka.catalog.vocabulary.Tags;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes movies. An empty result means that there is no such movie; a failure is never reported as empty. */
@Repository
class Movies implements BatchSource<MovieDetails> {

    static final String TABLE = "movies";

    /** Ordered by year, newest first, then by title. */
    static final Listing<AfterMovie, Movie> NEWEST_FIRST = new Listing<>(
            new AfterMovie(Short.MIN_VALUE, "", 0),
            "-year, title, id",
            AfterMovie::of,
            Movie.COLUMNS,
            row -> Movie.of(new Columns(row)),
            " from movies where (-year, title, id) > (:negatedYear, :title, :id)");

    private static final String DETAILS = """
            select id, title, title_original, year, duration_minutes, country, age_rating, isan, budget, box_office,
                   synopsis,
                   array(select tags.title
                           from movie_tags join tags on tags.id = tag_id
                          where movie_id = movies.id
                          order by tags.title),
                   rating, rating_count
              from movies
             where\s""";

    private final PrimaryDatabase database;

    Movies(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<MovieDetails> findById(long id) {
        return database.client()
                .sql(DETAILS + "id = :id")
                .bind("id", id)
                .map(Movies::details)
                .one();
    }

    @Override
    public String name() {
        return "movie";
    }

    @Override
    public Flux<MovieDetails> findByIds(Set<Long> ids) {
        return database.client()
                .sql(DETAILS + "id = any(:ids)")
                .bind("ids", ids.toArray(Long[]::new))
                .map(Movies::details)
                .all();
    }

    @Override
    public long id(MovieDetails movie) {
        return movie.id();
    }

    /** Inserts a film and reads it back. */
    Mono<MovieDetails> create(MovieEdit movie) {
        return bind("""
                        with movie as (
                          insert into movies (title, title_original, year, duration_minutes, country, age_rating, isan,
                                              budget, box_office, synopsis)
                          values (:title, :titleOriginal, :year, :duration, :country, :ageRating, :isan,
                                  :budget, :boxOffice, :synopsis)
                          returning id
                        ), tagged as (
                          insert into movie_tags (movie_id, tag_id)
                          select movie.id, tags.id from movie join tags on tags.title = any(:tags)
                        )
                        select id, (select count(*) from tags where title = any(:tags)) from movie
                        """, movie)
                .map(row -> Tags.requireAll(movie.tags(), new Columns(row)))
                .one()
                .flatMap(this::findById);
    }

    /** Updates a film and reads it back. */
    Mono<MovieDetails> update(long id, MovieEdit movie) {
        return bind("""
                        with movie as (
                          update movies
                             set title = :title, title_original = :titleOriginal, year = :year,
                                 duration_minutes = :duration, country = :country, age_rating = :ageRating,
                                 isan = :isan, budget = :budget, box_office = :boxOffice, synopsis = :synopsis
                           where id = :id
                           returning id
                        ), untagged as (
                          delete from movie_tags
                           where movie_id = :id and tag_id not in (select id from tags where title = any(:tags))
                        ), tagged as (
                          insert into movie_tags (movie_id, tag_id)
                          select :id, id from tags where title = any(:tags)
                          on conflict do nothing
                        )
                        select id, (select count(*) from tags where title = any(:tags)) from movie
                        """, movie)
                .bind("id", id)
                .map(row -> Tags.requireAll(movie.tags(), new Columns(row)))
                .one()
                .flatMap(this::findById);
    }

    Mono<Void> delete(long id) {
        return database.client()
                .sql("delete from movies where id = :id")
                .bind("id", id)
                .then();
    }

    private GenericExecuteSpec bind(String sql, MovieEdit movie) {
        return database.client()
                .sql(sql)
                .bindProperties(movie)
                .bind("tags", movie.tags().toArray(String[]::new));
    }

    private static MovieDetails details(Readable columns) {
        var row = new Columns(columns);
        return new MovieDetails(
                row.id(),
                row.text(),
                row.textOrNull(),
                row.integer(),
                row.integer(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.decimalOrNull(),
                row.decimalOrNull(),
                row.textOrNull(),
                row.texts(),
                row.decimalOrNull(),
                row.integer(),
                null,
                null,
                null);
    }

    /** The position after which a page begins; the year is negated, as it is in the index. */
    record AfterMovie(int negatedYear, String title, long id) {

        static AfterMovie of(Readable columns) {
            var row = new Columns(columns);
            return new AfterMovie(row.integer(), row.text(), row.id());
        }
    }
}
