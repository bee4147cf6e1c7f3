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

/** A film with the parts that the client includes: one statement for the film, then one for each part at the same time. */
@Component
class FilmPage {

    private final Movies movies;
    private final Staff staff;
    private final Awards awards;
    private final Offers offers;

    FilmPage(Movies movies, Staff staff, Awards awards, Offers offers) {
        this.movies = movies;
        this.staff = staff;
        this.awards = awards;
        this.offers = offers;
    }

    /** Empty where there is no such film. */
    Mono<MovieDetails> of(long id, Set<Part> parts) {
        var movie = movies.byId(id);
        return parts.isEmpty() ? movie : movie.flatMap(found -> with(parts, found));
    }

    /** The parts are read after the film, so that none is interrupted because the film does not exist. */
    private Mono<MovieDetails> with(Set<Part> parts, MovieDetails movie) {
        return Mono.zip(
                        part(parts, Part.STAFF, staff.ofMovie(movie.id())),
                        part(parts, Part.AWARDS, awards.ofMovie(movie.id())),
                        part(parts, Part.OFFERS, offers.ofMovie(movie.id())))
                .map(all -> movie.with(
                        all.getT1().orElse(null),
                        all.getT2().orElse(null),
                        all.getT3().orElse(null)));
    }

    private static <T> Mono<Optional<List<T>>> part(Set<Part> wanted, Part part, Flux<T> elements) {
        return wanted.contains(part) ? elements.collectList().map(Optional::of) : Mono.just(Optional.empty());
    }
}
