package kinoteka.quickstart.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerLogTest {

    @Test
    void recognizesWarningsAndErrors() {
        assertThat(ServerLog.isWarningOrError("FATAL:  the database system is starting up"))
                .isTrue();
        assertThat(ServerLog.isWarningOrError("WARNING:  there is no transaction in progress"))
                .isTrue();
        assertThat(ServerLog.isWarningOrError("LOG:  checkpoint complete: ERROR: 0"))
                .isFalse();
        assertThat(ServerLog.isWarningOrError("STATEMENT:  select 1")).isFalse();
    }
}
