package kinoteka.catalog.vocabulary;

import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
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
    static class TagController extends TermController {

        TagController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("tag", new Vocabulary(primary, "tags"), replica, editing);
        }
    }

    /** What people do in the making of a film. */
    @RestController
    @RequestMapping(
            path = "/api/position",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class PositionController extends TermController {

        PositionController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("position", new Vocabulary(primary, "positions"), replica, editing);
        }
    }

    /** The film awards of the world. */
    @RestController
    @RequestMapping(
            path = "/api/film_award",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class FilmAwardController extends TermController {

        FilmAwardController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("film_award", new Vocabulary(primary, "film_awards"), replica, editing);
        }
    }

    /** What film awards are given for. */
    @RestController
    @RequestMapping(
            path = "/api/nomination",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class NominationController extends TermController {

        NominationController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("nomination", new Vocabulary(primary, "nominations"), replica, editing);
        }
    }

    /** Kinds of publications. */
    @RestController
    @RequestMapping(
            path = "/api/category",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    static class CategoryController extends TermController {

        CategoryController(PrimaryDatabase primary, ReplicaDatabase replica, Editing editing) {
            super("category", new Vocabulary(primary, "publication_categories"), replica, editing);
        }
    }
}
