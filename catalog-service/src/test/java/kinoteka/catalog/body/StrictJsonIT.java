package kinoteka.catalog.body;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

/** Bodies are read as the API's document describes them. */
@CatalogIT
class StrictJsonIT {

    private Api admin;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        admin = Api.at(port).as(Bearer.admin());
    }

    @ParameterizedTest
    @CsvSource({"90.0, 90", "9e1, 90", "900e-1, 90", "9.0E+1, 90", "0.0, 0", "-0.0, 0"})
    void readsAWholeNumberHoweverItIsWritten(String written, int read) {
        var body = "{\"title\":\"%s\",\"year\":1975,\"duration\":%s}".formatted(Samples.unique("Сталкер"), written);

        assertThat(admin.post("/api/movie", body).body().path("duration").intValue())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"90.5", "1e10", "1e400", "1e999999999", "1e-999999999", "\"90\"", "[90]", "true", "2147483648"})
    void rejectsAnythingElseWhereAWholeNumberIsExpected(String written) {
        var body = "{\"title\":\"a\",\"year\":1975,\"duration\":%s}".formatted(written);
        var response = admin.post("/api/movie", body);

        assertThat(response.status()).isEqualTo(422);
        assertThat(response.field()).isEqualTo("duration");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1990,5,17]",
                "\"1990-05-17T00:00:00\"",
                "\"1990-05-17T10:00:00Z\"",
                "\" 1990-05-17\"",
                "\"1990-05-17 \"",
                "\"1990-5-17\"",
                "\"-1990-05-17\"",
                "\"1990-02-30\"",
                "\"１９９０-05-17\"",
                "7441",
                "\"\"",
                "\"1800-12-31\"",
                "\"2999-01-01\""
            })
    void rejectsABirthdayThatIsNoDateOfThePast(String birthday) {
        var body = "{\"first_name\":\"a\",\"last_name\":\"b\",\"country\":\"c\",\"birthday\":%s}".formatted(birthday);
        var response = admin.post("/api/person", body);

        assertThat(response.status()).isEqualTo(422);
        assertThat(response.field()).isEqualTo("birthday");
    }

    /** A clapper board is one character, and two units of UTF-16. */
    @Test
    void countsCharactersAsTheDatabaseDoes() {
        var longest = "🎬".repeat(500);

        assertThat(admin.post("/api/movie", movie(longest)).body().path("title").stringValue())
                .isEqualTo(longest);
        assertThat(admin.post("/api/movie", movie(longest + "a")).field()).isEqualTo("title");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/cinema     | {'title':'a','url':'https://a.example','id':{}} | id",
                "/api/movie      | {'title':'a','year':1975,'duration':1,'rating_count':0} | rating_count",
                "/api/person     | {'first_name':'a','last_name':'b','country':'c','id':1} | id",
                "/api/tag        | {'title':'a','id':null} | id"
            })
    void rejectsReadOnlyFieldsInANewResource(String path, String body, String field) {
        var response = admin.post(path, body.replace('\'', '"'));

        assertThat(response.status()).isEqualTo(422);
        assertThat(response.field()).isEqualTo(field);
        assertThat(response.body().at("/errors/0/detail").stringValue())
                .isEqualTo("is read-only, so a new resource cannot have it");
    }

    @Test
    void ignoresReadOnlyFieldsWhereWhatWasReadIsSentBack() throws Exception {
        var path = "/api/movie/" + Samples.stalker();
        var read = admin.get(path + "?include=staff,awards,offers").body().toString();

        assertThat(admin.put(path, read).status()).isEqualTo(200);
        assertThat(admin.patch(path, read).status()).isEqualTo(200);
        assertThat(admin.put(path, "{\"id\":{},\"title\":\"Сталкер\",\"year\":1979,\"duration\":163}")
                        .status())
                .isEqualTo(200);
    }

    /** An invalid body is reported before the condition is evaluated (RFC 9110, section 13.2.1). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'isan':'0123456789012345678901234567890123'} | isan",
                "{'isan':['a']} | isan",
                "{'title':null} | title",
                "{'title':' '} | title",
                "{'tags':[' ']} | tags[0].<list element>",
                "{'year':1887} | year",
                "{'invented':null} | invented",
                "{'invented':1} | invented",
                "{'':null} | ''"
            })
    void rejectsAnInvalidPatchWhateverItsCondition(String patch, String field) throws Exception {
        var path = "/api/movie/" + Samples.stalker();
        for (var condition : new String[] {"\"stale\"", "*"}) {
            var response = admin.with(HttpHeaders.IF_MATCH, condition).patch(path, patch.replace('\'', '"'));

            assertThat(response.status()).as(condition).isEqualTo(422);
            assertThat(response.field()).isEqualTo(field);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"title\"", "1", ""})
    void rejectsAPatchThatIsNoObject(String patch) throws Exception {
        assertThat(admin.patch("/api/movie/" + Samples.stalker(), patch).problem())
                .isEqualTo("body-malformed");
    }

    @Test
    void namesEveryFieldOfAPatchThatIsNotValid() throws Exception {
        var response = admin.patch("/api/movie/" + Samples.stalker(), "{\"year\":1,\"isan\":\"\",\"x\":1}");

        assertThat(response.body().path("errors").findValuesAsString("field")).containsExactly("year", "isan", "x");
    }

    @Test
    void keepsTheCentsOfALargeAmountInAPatch() throws Exception {
        var patched = admin.patch("/api/movie/" + Samples.stalker(), "{\"budget\":123456789012.35}");

        assertThat(patched.body().path("budget").decimalValue()).isEqualByComparingTo("123456789012.35");
    }

    private static String movie(String title) {
        return "{\"title\":\"%s\",\"year\":1975,\"duration\":1}".formatted(title);
    }
}
