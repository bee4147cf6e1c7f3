package kinoteka.catalog.movie;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kinoteka.catalog.award.Awards;
import kinoteka.catalog.cinema.Offers;
import kinoteka.catalog.staff.Staff;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads a film with the lists that a request includes: one query for the film, then one for each list at the same time. */
@Component
class MovieIncludes {

    private final Movies movies;
    private final Staff staff;
    private final Awards awards;
    private final Offers offers;

    MovieIncludes(Movies movies, Staff staff, Awards awards, Offers offers) {
        this.movies = movies;
        this.staff = staff;
        this.awards = awards;
        this.offers = offers;
    }

    /** Empty if there is no such film. */
    Mono<MovieDetails> findById(long id, Set<Include> included) {
        var movie = movies.findById(id);
        return included.isEmpty() ? movie : movie.flatMap(found -> with(included, found));
    }

    /** Reads the lists after the film, so that no query is interrupted because the film does not exist. */
    private Mono<MovieDetails> with(Set<Include> included, MovieDetails movie) {
        return Mono.zip(
                        read(included, Include.STAFF, staff.findByMovie(movie.id())),
                        read(included, Include.AWARDS, awards.findByMovie(movie.id())),
                        read(included, Include.OFFERS, offers.findByMovie(movie.id())))
                .map(all -> movie.with(
                        all.getT1().orElse(null),
                        all.getT2().orElse(null),
                        all.getT3().orElse(null)));
    }

    private static <T> Mono<Optional<List<T>>> read(Set<Include> included, Include list, Flux<T> elements) {
        return included.contains(list) ? elements.collectList().map(Optional::of) : Mono.just(Optional.empty());
    }
}
