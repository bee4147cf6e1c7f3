package kinoteka.quickstart.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerLogTest {

    @Test
    void tellsWarningsAndWorseOnly() {
        assertThat(ServerLog.isTold("FATAL:  the database system is starting up"))
                .isTrue();
        assertThat(ServerLog.isTold("WARNING:  there is no transaction in progress"))
                .isTrue();
        assertThat(ServerLog.isTold("LOG:  checkpoint complete: ERROR: 0")).isFalse();
        assertThat(ServerLog.isTold("STATEMENT:  select 1")).isFalse();
    }
}
