package kinoteka.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

class LeakCheckTest {

    @Test
    void reportsABufferThatIsNotReleased() throws InterruptedException {
        LeakCheck.listen();
        leak();

        assertThat(LeakCheck.leaks()).anySatisfy(leak -> assertThat(leak).contains("LEAK: ", "LeakCheckTest"));
    }

    @Test
    void listensAgainAfterTheStartOfAnApplication() throws InterruptedException {
        LeakCheck.listen();
        new SpringApplicationBuilder(LeakCheckTest.class)
                .web(WebApplicationType.NONE)
                .run()
                .close();
        LeakCheck.listen();
        leak();

        assertThat(LeakCheck.leaks()).anySatisfy(leak -> assertThat(leak).contains("LEAK: ", "LeakCheckTest"));
    }

    private static void leak() {
        ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
    }
}
