package kinoteka.gateway.headers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

class ResponseHeadersTest {

    private final HttpHeaders response = new DefaultHttpHeaders().set("Date", "Sun, 06 Nov 1994 08:49:37 GMT");

    @Test
    void keepsAllValuesOfAHeader() {
        forward(new DefaultHttpHeaders().add("Link", "</a>").add("link", "</b>"));

        assertThat(response.getAll("link")).containsExactly("</a>", "</b>");
    }

    @Test
    void replacesTheDateByThatOfTheUpstream() {
        forward(new DefaultHttpHeaders().set("date", "Sun, 06 Nov 1994 08:49:00 GMT"));

        assertThat(response.getAll("Date")).containsExactly("Sun, 06 Nov 1994 08:49:00 GMT");
    }

    @Test
    void removesHopByHopHeadersAndThoseThatRevealSoftware() {
        forward(new DefaultHttpHeaders()
                .set("Connection", "close, X-Hop")
                .set("X-Hop", "1")
                .set("Keep-Alive", "timeout=5")
                .set("Transfer-Encoding", "chunked")
                .set("Server", "x/1")
                .set("X-Powered-By", "x"));

        assertThat(response.names()).containsExactly("Date");
    }

    @Test
    void leavesOutWhatConcernsTheConnectionWithoutAConnectionHeader() {
        forward(new DefaultHttpHeaders().set("Keep-Alive", "timeout=5"));

        assertThat(response.names()).containsExactly("Date");
    }

    @Test
    void readsEveryConnectionHeader() {
        forward(new DefaultHttpHeaders()
                .add("Connection", "close")
                .add("Connection", "X-Hop")
                .set("X-Hop", "1"));

        assertThat(response.names()).containsExactly("Date");
    }

    private void forward(HttpHeaders received) {
        ResponseHeaders.forward(received, response);
    }
}
