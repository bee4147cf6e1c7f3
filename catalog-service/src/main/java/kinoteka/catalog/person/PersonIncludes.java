package kinoteka.catalog.person;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kinoteka.catalog.award.Awards;
import kinoteka.catalog.staff.Staff;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads a person with the lists that a request includes: one query for the person, then one for each list at the same time. */
@Component
class PersonIncludes {

    private final Persons persons;
    private final Staff staff;
    private final Awards awards;

    PersonIncludes(Persons persons, Staff staff, Awards awards) {
        this.persons = persons;
        this.staff = staff;
        this.awards = awards;
    }

    /** Empty if there is no such person. */
    Mono<PersonDetails> findById(long id, Set<Include> included) {
        var person = persons.findById(id);
        return included.isEmpty() ? person : person.flatMap(found -> with(included, found));
    }

    /** Reads the lists after the person, so that no query is interrupted because the person does not exist. */
    private Mono<PersonDetails> with(Set<Include> included, PersonDetails person) {
        return Mono.zip(
                        read(included, Include.FILMOGRAPHY, staff.findByPerson(person.id())),
                        read(included, Include.AWARDS, awards.findByPerson(person.id())))
                .map(all -> person.with(all.getT1().orElse(null), all.getT2().orElse(null)));
    }

    private static <T> Mono<Optional<List<T>>> read(Set<Include> included, Include list, Flux<T> elements) {
        return included.contains(list) ? elements.collectList().map(Optional::of) : Mono.just(Optional.empty());
    }
}
