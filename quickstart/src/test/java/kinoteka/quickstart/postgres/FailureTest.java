package kinoteka.quickstart.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void findsTheLineThatSaysWhy() {
        assertThat(Failure.reason("""
                        LOG:  starting PostgreSQL 18.4
                        FATAL:  could not create lock file "postmaster.pid": Permission denied
                        LOG:  database system is shut down
                        """))
                .isEqualTo(
                        "PostgreSQL does not start: could not create lock file \"postmaster.pid\": Permission denied");
        assertThat(Failure.reason("initdb: error: cannot be run as root\ninitdb: hint: log in as another user\n"))
                .isEqualTo("PostgreSQL does not start: cannot be run as root");
    }

    @Test
    void callsAFullDiskByItsName() {
        assertThat(Failure.reason("FATAL:  could not write to file \"pg_wal/xlogtemp.9\": No space left on device\n"))
                .isEqualTo("PostgreSQL does not start: the disk is full");
    }

    @Test
    void repeatsTheLastLineWhenNoneSaysWhy() {
        assertThat(Failure.reason("waiting\nunshare: not permitted\n\n"))
                .isEqualTo("PostgreSQL does not start: unshare: not permitted");
        assertThat(Failure.reason("")).isEqualTo("PostgreSQL does not start: it says nothing");
    }
}
