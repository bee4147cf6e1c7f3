package kinoteka.quickstart.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureReasonTest {

    @Test
    void findsTheLineOfTheError() {
        assertThat(FailureReason.reason("""
                        LOG:  starting PostgreSQL 18.4
                        FATAL:  could not create lock file "postmaster.pid": Permission denied
                        LOG:  database system is shut down
                        """))
                .isEqualTo(
                        "PostgreSQL cannot be started: could not create lock file \"postmaster.pid\": Permission denied");
        assertThat(FailureReason.reason("initdb: error: cannot be run as root\ninitdb: hint: log in as another user\n"))
                .isEqualTo("PostgreSQL cannot be started: cannot be run as root");
    }

    @Test
    void recognizesAFullDisk() {
        assertThat(FailureReason.reason(
                        "FATAL:  could not write to file \"pg_wal/xlogtemp.9\": No space left on device\n"))
                .isEqualTo("PostgreSQL cannot be started: the disk is full");
    }

    @Test
    void usesTheLastLineIfNoneIsAnError() {
        assertThat(FailureReason.reason("waiting\nunshare: not permitted\n\n"))
                .isEqualTo("PostgreSQL cannot be started: unshare: not permitted");
        assertThat(FailureReason.reason("")).isEqualTo("PostgreSQL cannot be started: no output");
    }
}
