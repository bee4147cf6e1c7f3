package kinoteka.catalog.vocabulary;

import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.representation.Representations;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every vocabulary over HTTP. */
final class VocabularyControllers {

    private VocabularyControllers() {}

    /** What films and publications are marked with. */
    @RestController
    @RequestMapping(
            path = "/api/tag",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class Tags extends TermController {

        Tags(PrimaryDatabase primary, ReplicaDatabase replica, Representations representations) {
            super("tag", "tags", primary, replica, representations);
        }
    }

    /** What people do in the making of a film. */
    @RestController
    @RequestMapping(
            path = "/api/position",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class Positions extends TermController {

        Positions(PrimaryDatabase primary, ReplicaDatabase replica, Representations representations) {
            super("position", "positions", primary, replica, representations);
        }
    }

    /** The film awards of the world. */
    @RestController
    @RequestMapping(
            path = "/api/film_award",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class FilmAwards extends TermController {

        FilmAwards(PrimaryDatabase primary, ReplicaDatabase replica, Representations representations) {
            super("film_award", "film_awards", primary, replica, representations);
        }
    }

    /** What film awards are given for. */
    @RestController
    @RequestMapping(
            path = "/api/nomination",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class Nominations extends TermController {

        Nominations(PrimaryDatabase primary, ReplicaDatabase replica, Representations representations) {
            super("nomination", "nominations", primary, replica, representations);
        }
    }

    /** Kinds of publications. */
    @RestController
    @RequestMapping(
            path = "/api/category",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class Categories extends TermController {

        Categories(PrimaryDatabase primary, ReplicaDatabase replica, Representations representations) {
            super("category", "publication_categories", primary, replica, representations);
        }
    }
}
