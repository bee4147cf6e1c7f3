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

/** Reads a film with the lists that a request includes: one query for the film and one for each list, all at the same time. */
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
        if (included.isEmpty()) {
            return movie;
        }
        return Mono.zip(
                        movie,
                        read(included, Include.STAFF, staff.findByMovie(id)),
                        read(included, Include.AWARDS, awards.findByMovie(id)),
                        read(included, Include.OFFERS, offers.findByMovie(id)))
                .map(all -> all.getT1()
                        .with(
                                all.getT2().orElse(null),
                                all.getT3().orElse(null),
                                all.getT4().orElse(null)));
    }

    private static <T> Mono<Optional<List<T>>> read(Set<Include> included, Include list, Flux<T> elements) {
        return included.contains(list) ? elements.collectList().map(Optional::of) : Mono.just(Optional.empty());
    }
}
