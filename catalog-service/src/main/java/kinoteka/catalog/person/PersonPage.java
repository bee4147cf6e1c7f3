package kinoteka.catalog.person;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kinoteka.catalog.award.Awards;
import kinoteka.catalog.staff.Staff;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A person with what was asked for besides: one question to the database for each part, all at the same time. */
@Component
class PersonPage {

    private final Persons persons;
    private final Staff staff;
    private final Awards awards;

    PersonPage(Persons persons, Staff staff, Awards awards) {
        this.persons = persons;
        this.staff = staff;
        this.awards = awards;
    }

    /** Empty where there is no such person. */
    Mono<PersonDetails> of(long id, Set<Part> parts) {
        var person = persons.byId(id);
        if (parts.isEmpty()) {
            return person;
        }
        return Mono.zip(
                        person,
                        part(parts, Part.FILMOGRAPHY, staff.ofPerson(id)),
                        part(parts, Part.AWARDS, awards.ofPerson(id)))
                .map(all ->
                        all.getT1().with(all.getT2().orElse(null), all.getT3().orElse(null)));
    }

    private static <T> Mono<Optional<List<T>>> part(Set<Part> wanted, Part part, Flux<T> elements) {
        return wanted.contains(part) ? elements.collectList().map(Optional::of) : Mono.just(Optional.empty());
    }
}
