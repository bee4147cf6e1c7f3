package kinoteka.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakCheckTest {

    @Test
    void reportsABufferThatIsNotReleased() throws InterruptedException {
        LeakCheck.leaks(); // of tests before, which may leave a channel with unread responses

        leak();
        assertThat(LeakCheck.leaks()).singleElement().asString().contains("LEAK: ByteBuf.release()", "LeakCheckTest");
    }

    private static void leak() {
        ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
    }
}
