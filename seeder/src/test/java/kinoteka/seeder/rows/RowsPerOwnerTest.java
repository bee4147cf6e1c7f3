package kinoteka.seeder.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsPerOwnerTest {

    private final RowsPerOwner rows = new RowsPerOwner(2, 0, 1, 3);

    @Test
    void assignsRowsToOneOwnerAfterTheOther() {
        assertThat(IntStream.range(0, 9).map(rows::owner)).containsExactly(0, 0, 2, 3, 3, 3, 4, 4, 6);
        assertThat(IntStream.range(0, 9).map(rows::indexWithinOwner)).containsExactly(0, 1, 0, 0, 1, 2, 0, 1, 0);
        assertThat(IntStream.range(0, 7).map(rows::size)).containsExactly(2, 0, 1, 3, 2, 0, 1);
    }

    @Test
    void countsTheRowsOfTheFirstOwners() {
        assertThat(IntStream.range(0, 8).map(rows::total)).containsExactly(0, 2, 2, 3, 6, 8, 8, 9);
    }
}
