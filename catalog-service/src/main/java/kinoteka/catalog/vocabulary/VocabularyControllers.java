package kinoteka.catalog.vocabulary;

import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** All vocabularies over HTTP. */
final class VocabularyControllers {

    private VocabularyControllers() {}

    /** Tags of films and publications. */
    @RestController
    @RequestMapping(
            path = "/api/tag",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class TagController extends TermController {

        TagController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("tag", new Terms(primary, "tags"), replica, editing);
        }
    }

    /** Positions: kinds of work in the making of a film. */
    @RestController
    @RequestMapping(
            path = "/api/position",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class PositionController extends TermController {

        PositionController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("position", new Terms(primary, "positions"), replica, editing);
        }
    }

    /** Film awards, such as festival prizes. */
    @RestController
    @RequestMapping(
            path = "/api/film_award",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class FilmAwardController extends TermController {

        FilmAwardController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("film_award", new Terms(primary, "film_awards"), replica, editing);
        }
    }

    /** Nominations: categories in which film awards are won. */
    @RestController
    @RequestMapping(
            path = "/api/nomination",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class NominationController extends TermController {

        NominationController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("nomination", new Terms(primary, "nominations"), replica, editing);
        }
    }

    /** Categories of publications. */
    @RestController
    @RequestMapping(
            path = "/api/category",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class CategoryController extends TermController {

        CategoryController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("category", new Terms(primary, "publication_categories"), replica, editing);
        }
    }
}
