package kinoteka.catalog.staff;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class StaffIT {

    private Api api;
    private Api editor;
    private String path;

    @BeforeEach
    void connect(@LocalServerPort int port) throws Exception {
        api = Api.at(port);
        editor = api.as(Bearer.editor());
        path = "/api/movie/" + Samples.stalker() + "/staff";
    }

    @Test
    void namesSomebodyOnceAndTakesTheNameBack() throws Exception {
        var actor = "{\"person_id\":%d,\"position_id\":%d,\"character\":\"Писатель\",\"is_lead_role\":true}"
                .formatted(Samples.person(), Samples.term("positions"));

        var named = editor.post(path, actor);

        assertThat(named.headers().getLocation()).hasPath(path + "/" + named.id());
        assertThat(api.get(path).body()).containsExactly(named.body());
        assertThat(api.get(path + "/" + named.id()).body()).isEqualTo(named.body());
        assertThat(editor.post(path, actor).problem()).isEqualTo("resource-exists");
        assertThat(editor.with(HttpHeaders.IF_MATCH, "\"other\"")
                        .delete(path + "/" + named.id())
                        .status())
                .isEqualTo(412);
        assertThat(editor.delete(path + "/" + named.id()).status()).isEqualTo(204);
        assertThat(editor.delete(path + "/" + named.id()).status()).isEqualTo(404);
    }

    @Test
    void rejectsAPersonOrPositionThatDoesNotExist() throws Exception {
        var nobody = "{\"person_id\":%d,\"position_id\":%d}";

        assertThat(editor.post(path, nobody.formatted(Long.MAX_VALUE, Samples.term("positions")))
                        .field())
                .isEqualTo("person_id");
        assertThat(editor.post(path, nobody.formatted(Samples.person(), Long.MAX_VALUE))
                        .field())
                .isEqualTo("position_id");
        var nowhere = "/api/movie/9223372036854775807/staff";
        assertThat(editor.post(nowhere, nobody.formatted(Samples.person(), Samples.term("positions")))
                        .status())
                .isEqualTo(404);
        assertThat(api.get(nowhere).status()).isEqualTo(404);
        assertThat(api.as(Bearer.customer(1)).post(path, nobody.formatted(1, 1)).problem())
                .isEqualTo("forbidden");
    }

    @Test
    void doesNotShowAnotherFilmsStaff() throws Exception {
        var named = editor.post(
                path, "{\"person_id\":%d,\"position_id\":%d}".formatted(Samples.person(), Samples.term("positions")));
        var other = "/api/movie/" + Samples.stalker() + "/staff/" + named.id();

        assertThat(api.get(other).status()).isEqualTo(404);
        assertThat(editor.delete(other).status()).isEqualTo(404);
    }
}
